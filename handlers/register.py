"""Every handler, in the order in which they are asked whether an update is theirs."""

from handlers import (
    brakes,
    conversation,
    help,
    holes,
    imports,
    linking,
    lists,
    many,
    membership,
    overview,
    picturing,
    reporting,
    reviewing,
    settings,
    status,
)
from handlers.door import OfficeApplication

# The conversation takes every free text and whatever is left: it stays last.
TOPICS = (
    linking,
    status,
    reporting,
    many,
    reviewing,
    lists,
    overview,
    picturing,
    holes,
    imports,
    brakes,
    settings,
    help,
    membership,
    conversation,
)


def register(application: OfficeApplication) -> None:
    """Add every topic's handlers; the first that wants an update gets it."""
    for topic in TOPICS:
        application.add_handlers(topic.HANDLERS)
