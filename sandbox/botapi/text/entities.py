"""Entities: the marked stretches of a text, counted in UTF-16 code units."""

from dataclasses import dataclass
from typing import Any

_ORDER = (
    "blockquote",
    "expandable_blockquote",
    "pre",
    "code",
    "text_link",
    "text_mention",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "custom_emoji",
)


@dataclass(frozen=True, slots=True)
class Entity:
    """One marked stretch; `argument` is the link, language, user or emoji it carries."""

    type: str
    offset: int
    length: int
    argument: str = ""

    @property
    def end(self) -> int:
        """The first code unit after it."""
        return self.offset + self.length

    def as_json(self) -> dict[str, Any]:
        """As the Bot API shows it; a mentioned user stands there by id alone."""
        shown: dict[str, Any] = {"type": self.type, "offset": self.offset, "length": self.length}
        name = {"text_link": "url", "pre": "language", "custom_emoji": "custom_emoji_id"}
        if self.type == "text_mention":
            shown["user"] = {"id": int(self.argument), "is_bot": False, "first_name": ""}
        elif self.argument and self.type in name:
            shown[name[self.type]] = self.argument
        return shown


def in_order(entities: list[Entity]) -> list[Entity]:
    """Sorted as Telegram answers them: by place, the longer first, then by kind."""

    def key(entity: Entity) -> tuple[int, int, int]:
        kind = _ORDER.index(entity.type) if entity.type in _ORDER else -1
        return entity.offset, -entity.length, kind

    return sorted(entities, key=key)


def utf16_length(text: str) -> int:
    """The length in UTF-16 code units, in which entities are measured."""
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_offsets(text: str) -> list[int]:
    """For every index into `text`, and its end, the place in UTF-16 code units."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + (2 if character > "\uffff" else 1))
    return offsets
