"""Words, commands and buttons about coordination items, from what Telegram sends."""

from collections.abc import Callable
from typing import Any

import pytest
from telegram import Update

from handlers.items import HANDLERS
from handlers.register import TOPICS
from tests.handlers.test_asking import Recorded, bot, said
from tests.handlers.test_imports import pressed
from usecases.items.listing import Narrowed, items_called, show_counts, show_list, show_regions
from usecases.items.raising import AskedOf, ask_text, ask_unit, choose_unit, raise_item
from usecases.items.reading import show, show_called, turn

ASKED: list[tuple[dict[str, Any], Callable[..., Any], object]] = [
    (said("/item 12"), show_called, "12"),
    (said("事项 12"), show_called, "12"),
    (said("事项12"), show_called, "事项12"),
    (said("议定事项12"), show_called, "议定事项12"),
    (said("事项"), show_called, ""),
    (said("/items"), items_called, ""),
    (said("/items 用地"), items_called, "用地"),
    (said("协调事项"), items_called, ""),
    (said("事项清单 五象"), items_called, "五象"),
    (pressed("item.show:12"), show, 12),
    (pressed("item.turn:12:1"), turn, (12, 1)),
    (pressed("item.list:3:1:0"), show_list, Narrowed(3, 1, 0)),
    (pressed("item.kinds"), show_counts, None),
    (pressed("item.regions"), show_regions, 0),
    (pressed("item.regions:2"), show_regions, 2),
    (pressed("item.raise:7"), raise_item, 7),
    (pressed("item.ask:12:3"), choose_unit, AskedOf(12, 3)),
    (pressed("item.unit:12"), ask_unit, 12),
    (pressed("item.text:12"), ask_text, 12),
]


@pytest.mark.parametrize(("body", "use_case", "given"), ASKED)
async def test_each_asks_for_its_use_case_and_no_other_topic_wants_it(
    body: dict[str, Any], use_case: Callable[..., Any], given: object
) -> None:
    update = Update.de_json({"update_id": 1, **body}, bot())
    everybody = [one for topic in TOPICS[:-1] for one in topic.HANDLERS]
    (wanting,) = [one for one in everybody if one.check_update(update)]
    assert wanting in HANDLERS
    context = Recorded()
    await wanting.callback(update, context)
    assert context.asked == [(use_case, given)]
