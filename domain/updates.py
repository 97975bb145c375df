"""Reading just enough of a raw update to store it: nothing here may fail on a malformed one."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Origin:
    """The chat and person an update comes from, as far as it says."""

    chat_id: int | None
    user_id: int | None


def update_id_of(raw: Any) -> int | None:
    """The update's number, or None where it has none that could be confirmed."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return number if isinstance(number, int) else None


def origin(raw: dict[str, Any]) -> Origin:
    """Where an update comes from; whatever it is, it carries one object beside its number."""
    body = next((value for value in raw.values() if isinstance(value, dict)), {})
    message = body.get("message")
    chat = body.get("chat") or (message.get("chat") if isinstance(message, dict) else None)
    return Origin(_id(chat), _id(body.get("from")))


def as_json(raw: Any) -> str:
    """The update as it came; a lone surrogate, which no database takes, becomes a question mark."""
    return json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace").decode()


def _id(thing: Any) -> int | None:
    number = thing.get("id") if isinstance(thing, dict) else None
    return number if isinstance(number, int) else None
