"""Every handler, in the order in which they are asked whether an update is theirs."""

from handlers import (
    alerts,
    brakes,
    conversation,
    correcting,
    deciding,
    groups,
    handover,
    help,
    holes,
    imports,
    item_alerts,
    item_answers,
    items,
    linking,
    lists,
    many,
    meetings,
    membership,
    overview,
    record,
    reporting,
    reviewing,
    settings,
    status,
    updating,
)
from handlers.door import OfficeApplication

# The conversation takes every free text and whatever is left: it stays last.
TOPICS = (
    linking,
    status,
    reporting,
    many,
    reviewing,
    correcting,
    alerts,
    lists,
    record,
    overview,
    meetings,
    deciding,
    items,
    item_answers,
    item_alerts,
    updating,
    holes,
    imports,
    brakes,
    handover,
    settings,
    help,
    groups,
    membership,
    conversation,
)


def register(application: OfficeApplication) -> None:
    """Add every topic's handlers; the first that wants an update gets it."""
    for topic in TOPICS:
        application.add_handlers(topic.HANDLERS)
