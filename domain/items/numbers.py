"""The number by which people name an item: 事项12, 议定事项 12, #12, １２."""

import re

_NUMBER = re.compile(r"\d+")
LONGEST = 15
"""A longer number names nothing, and no database could look for it."""


def item_number(text: str) -> int | None:
    """The one number in these words; None where there is none or several."""
    found = _NUMBER.findall(text)
    return int(found[0]) if len(found) == 1 and len(found[0]) <= LONGEST else None
