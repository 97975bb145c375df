"""The older Markdown mode: four marks, no nesting."""

from sandbox.botapi.errors import cannot_parse_entities
from sandbox.botapi.text.entities import Entity, in_order, utf16_length
from sandbox.botapi.text.links import checked_link, mentioned_user

_KINDS = {"*": "bold", "_": "italic", "`": "code", "```": "pre", "[": "text_link"}


def parse_markdown(source: str) -> tuple[str, list[Entity]]:
    """The text and its entities; raises ApiError with Telegram's own words."""
    text, entities, at = "", list[Entity](), 0
    while at < len(source):
        mark = "```" if source.startswith("```", at) else source[at]
        if mark == "\\" and source[at + 1 : at + 2] in ("_", "*", "`", "["):
            text += source[at + 1]
            at += 2
        elif mark not in _KINDS:
            text += mark
            at += 1
        else:
            inside, argument, at = _marked(source, at, mark)
            if inside and (entity := _entity(mark, inside, argument, utf16_length(text))):
                entities.append(entity)
            text += inside
    return text, in_order(entities)


def _marked(source: str, begin: int, mark: str) -> tuple[str, str, int]:
    """What stands between the marks, the argument, and the place after the second one."""
    closer = "]" if mark == "[" else mark
    start, language = _after_language(source, begin + len(mark), mark)
    end = source.find(closer, start)
    if end < 0:
        offset = len(source[:begin].encode())
        raise cannot_parse_entities(
            f"Can't find end of the entity starting at byte offset {offset}"
        )
    inside, after = source[start:end], end + len(closer)
    if mark != "[":
        return inside, language, after
    if not source.startswith("(", after):
        return inside, inside, after
    url_end = source.find(")", after)
    url_end = len(source) if url_end < 0 else url_end
    return inside, source[after + 1 : url_end], url_end + 1


def _after_language(source: str, at: int, mark: str) -> tuple[int, str]:
    if mark != "```":
        return at, ""
    first_line, line_end, _ = source[at:].partition("\n")
    if not line_end or "`" in first_line or " " in first_line:
        return at, ""
    return at + len(first_line) + 1, first_line


def _entity(mark: str, inside: str, argument: str, offset: int) -> Entity | None:
    length = utf16_length(inside)
    if mark != "[":
        return Entity(_KINDS[mark], offset, length, argument)
    if user := mentioned_user(argument):
        return Entity("text_mention", offset, length, str(user))
    link = checked_link(argument)
    return Entity("text_link", offset, length, link) if link else None
