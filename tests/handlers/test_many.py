import pytest
from telegram import Update

from handlers.many import HANDLERS
from handlers.register import TOPICS
from tests.handlers.test_imports import pressed

OFFERED = (
    "report.many",
    "many.table",
    "many.submit:3",
    "many.in_wan:3",
    "many.later",
    "many.drop:3",
    "many.dropped:3",
)


@pytest.mark.parametrize("data", OFFERED)
def test_every_button_of_the_table_is_answered_by_one_handler(data: str) -> None:
    update = Update.de_json({"update_id": 1, **pressed(data)}, None)
    wanting = [one for topic in TOPICS[:-1] for one in topic.HANDLERS if one.check_update(update)]
    assert len(wanting) == 1
    assert wanting[0] in HANDLERS
