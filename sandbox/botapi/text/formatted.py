"""From a call's text and parse mode to what a message holds."""

from dataclasses import dataclass
from typing import Any

from sandbox.botapi.errors import FormError
from sandbox.botapi.text.detection import with_detected
from sandbox.botapi.text.entities import Entity, in_order, utf16_offsets
from sandbox.botapi.text.html import parse_html
from sandbox.botapi.text.links import checked_link, mentioned_user
from sandbox.botapi.text.markdown import parse_markdown_v2
from sandbox.botapi.text.old_markdown import parse_markdown

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
RAW_BYTES = 32768
_PARSERS = {"html": parse_html, "markdown": parse_markdown, "markdownv2": parse_markdown_v2}
_KEEPS_SPACE = ("pre", "code", "custom_emoji")


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text with its entities, as stored."""

    text: str
    entities: tuple[Entity, ...] = ()


def parse(source: str, mode: str, entities: list[dict[str, Any]] | None = None) -> Formatted:
    """Read the markup of `source`; given entities count only without a parse mode.

    Raises FormError for a parse mode or markup Telegram does not take. Nothing is trimmed yet:
    Telegram does that after it has looked up the chat.
    """
    require_utf8(source)
    if len(source.encode()) > RAW_BYTES:
        raise FormError("text is too long")
    source, mode = source.replace("\r", ""), mode.strip().lower()
    if mode in ("", "none"):
        return Formatted(source, tuple(_given(entities or [])))
    if mode not in _PARSERS:
        raise FormError("unsupported parse_mode")
    text, found = _PARSERS[mode](source)
    return Formatted(text, tuple(found))


def require_utf8(source: str) -> None:
    """Raise FormError for half a character, which no UTF-8 holds."""
    if any("\ud800" <= character <= "\udfff" for character in source):
        raise FormError("strings must be encoded in UTF-8")


def finish_text(parsed: Formatted) -> Formatted:
    """Trim, measure and find the automatic entities of a message's text.

    Raises FormError when nothing is left or more than 4096 code points are.
    """
    trimmed = _trimmed(parsed)
    if not trimmed.text:
        raise FormError("text must be non-empty")
    if len(trimmed.text) > TEXT_LIMIT:
        raise FormError("message is too long")
    return Formatted(trimmed.text, tuple(with_detected(trimmed.text, list(trimmed.entities))))


def finish_caption(parsed: Formatted) -> Formatted:
    """The same for a caption, which may be empty and holds 1024 code points."""
    trimmed = _trimmed(parsed)
    if len(trimmed.text) > CAPTION_LIMIT:
        raise FormError("message caption is too long")
    return Formatted(trimmed.text, tuple(with_detected(trimmed.text, list(trimmed.entities))))


def typed(text: str) -> Formatted:
    """What a person types: trimmed, no markup, automatic entities only."""
    trimmed = _trimmed(Formatted(text.replace("\r", "")))
    return Formatted(trimmed.text, tuple(with_detected(trimmed.text, [])))


def _clean(text: str) -> str:
    """Control characters become spaces one for one, so that entities stay in place."""
    return "".join(" " if c < " " and c != "\n" else c for c in text)


def _trimmed(parsed: Formatted) -> Formatted:
    text = _clean(parsed.text)
    start = len(text) - len(text.lstrip(" \n"))
    stripped = text.strip(" \n")
    offsets = utf16_offsets(text)
    first, last = offsets[start], offsets[start + len(stripped)]
    kept = (_cut(entity, first, last) for entity in parsed.entities)
    entities = [entity for entity in kept if entity and _shows(entity, stripped)]
    return Formatted(stripped, tuple(in_order(entities)))


def _cut(entity: Entity, first: int, last: int) -> Entity | None:
    begin, end = max(entity.offset, first), min(entity.end, last)
    if begin >= end:
        return None
    return Entity(entity.type, begin - first, end - begin, entity.argument)


def _shows(entity: Entity, text: str) -> bool:
    units = text.encode("utf-16-le")[entity.offset * 2 : entity.end * 2]
    return entity.type in _KEEPS_SPACE or bool(units.decode("utf-16-le", "ignore").strip())


def _given(entities: list[dict[str, Any]]) -> list[Entity]:
    """Entities the caller wrote out; kinds Telegram finds by itself are left to it."""
    return [_given_one(entity) for entity in entities if "type" in entity]


def _given_one(entity: dict[str, Any]) -> Entity:
    kind = str(entity["type"])
    argument = str(entity.get("language") or entity.get("custom_emoji_id") or "")
    if kind == "text_link":
        url = str(entity.get("url", ""))
        link = checked_link(url)
        if user := mentioned_user(url):
            kind, argument = "text_mention", str(user)
        elif link is None:
            raise FormError(f"Entity URL '{url}' is invalid: Wrong HTTP URL")
        else:
            argument = link
    elif kind == "text_mention":
        argument = str(entity["user"]["id"])
    return Entity(kind, int(entity.get("offset", 0)), int(entity.get("length", 0)), argument)
