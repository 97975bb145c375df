"""Reading an update into plain typed values."""

import unicodedata

from telegram import Update


def ids_of(update: Update) -> tuple[int, ...]:
    """The ids a pressed button carries: `status.card:12:3` → (12, 3).

    Raises ValueError for anything but numbers: no button of ours carries that.
    """
    query = update.callback_query
    data = query.data if query and query.data else ""
    return tuple(int(part) for part in data.split(":")[1:])


def typed_text(update: Update) -> str:
    """What the person typed, without control characters that no one can have meant."""
    message = update.effective_message
    return clean(message.text or message.caption or "") if message else ""


def arguments_of(update: Update) -> str:
    """What follows a command: `/status 五象 大道` → `五象 大道`."""
    _, _, rest = typed_text(update).partition(" ")
    return rest.strip()


def clean(text: str) -> str:
    """The text with line ends kept and other control characters dropped."""
    kept = (char for char in text if char in "\n\t" or unicodedata.category(char) != "Cc")
    return "".join(kept).strip()
