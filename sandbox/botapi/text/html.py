"""HTML markup as Telegram's own parser takes it (TDLib, MessageEntity.cpp)."""

import re
from dataclasses import dataclass
from typing import NoReturn

from sandbox.botapi.errors import cannot_parse_entities
from sandbox.botapi.text.entities import Entity, in_order, utf16_length
from sandbox.botapi.text.links import checked_link, mentioned_user

_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "u": "underline",
    "ins": "underline",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
_TAGS = {*_SIMPLE, "a", "tg-emoji", "pre", "code", "blockquote"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")
_SPACES = " \t\r\n\0\v"
_END = "\0"


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    begin: int


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The text and its entities; raises ApiError with Telegram's own words."""
    return _HtmlParser(source).parse()


def decode_reference(source: str, at: int) -> tuple[str, int] | None:
    """The character an `&...;` at `at` stands for and the place after it, if it is one.

    Only four names and numbers are known; everything else stays as it is written.
    """
    found = _REFERENCE.match(source, at)
    if not found:
        return None
    hexadecimal, decimal, name = found.groups()
    if name is not None:
        return (_NAMED[name], found.end()) if name in _NAMED else None
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    return (chr(code), found.end()) if 0 < code < 0x10FFFF else None


class _HtmlParser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source[self.at] == "<":
                self._tag()
            else:
                self._character()
        if self.open:
            tag = self.open[-1].tag
            raise cannot_parse_entities(f'Can\'t find end tag corresponding to start tag "{tag}"')
        text = "".join(self.text)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise cannot_parse_entities(
                "Text contains invalid Unicode characters after decoding HTML entities,"
                " check for unmatched surrogate code units"
            )
        return text, in_order([_without_lone_language(entity) for entity in self.entities])

    def _character(self) -> None:
        decoded = decode_reference(self.source, self.at) if self._peek() == "&" else None
        character, self.at = decoded or (self.source[self.at], self.at + 1)
        self.text.append(character)
        self.offset += utf16_length(character)

    def _tag(self) -> None:
        begin = self.at
        self.at += 1
        if self._peek() == "/":
            self._end_tag(begin)
        else:
            self._start_tag(begin)

    def _start_tag(self, begin: int) -> None:
        tag = _ascii_lower(self._until(_SPACES + ">"))
        if self._peek() == _END:
            self._fail("Unclosed start tag", begin)
        if tag not in _TAGS:
            self._fail(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while self._skip_spaces() != ">":
            argument = self._attribute(tag, begin) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            self._fail('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, argument, self.offset, len(self.text)))

    def _attribute(self, tag: str, begin: int) -> str | None:
        """The part of one attribute that the tag has a use for."""
        name = self._until(_SPACES + "=>/\"'")
        if not name:
            self._fail(f'Empty attribute name in the tag "{tag}"', begin)
        if self._skip_spaces() != "=":
            if self._peek() == _END:
                self._fail(f'Unclosed start tag "{tag}"', begin)
            return "1" if (tag, name) == ("blockquote", "expandable") else None
        self.at += 1
        if self._skip_spaces() == _END:
            self._fail(f'Unclosed start tag "{tag}"', begin)
        value = self._quoted() if self._peek() in "'\"" else self._name_token()
        if self._peek() == _END:
            self._fail("Unclosed start tag", begin)
        return _argument(tag, name, value)

    def _name_token(self) -> str:
        begin = self.at
        while (character := self._peek()).isascii() and (character.isalnum() or character in ".-"):
            self.at += 1
        if self._peek() not in _SPACES + ">":
            self._fail("Unexpected end of name token", begin)
        return self.source[begin : self.at].lower()

    def _quoted(self) -> str:
        quote = self._peek()
        self.at += 1
        value = ""
        while self._peek() not in (quote, _END):
            decoded = decode_reference(self.source, self.at) if self._peek() == "&" else None
            character, self.at = decoded or (self.source[self.at], self.at + 1)
            value += character
        self.at += self._peek() == quote
        return value

    def _end_tag(self, begin: int) -> None:
        if not self.open:
            self._fail("Unexpected end tag", begin)
        self.at += 1
        tag = _ascii_lower(self._until(_SPACES + ">"))
        if self._skip_spaces() != ">":
            self._fail("Unclosed end tag", begin)
        self.at += 1
        closed = self.open[-1]
        if tag not in ("", closed.tag):
            where = f"at byte offset {self._bytes(begin)}"
            raise cannot_parse_entities(
                f'Unmatched end tag {where}, expected "</{closed.tag}>", found "</{tag}>"'
            )
        if self.offset > closed.offset:
            self._close(closed)
        self.open.pop()

    def _close(self, closed: _Open) -> None:
        length = self.offset - closed.offset
        tag, argument = closed.tag, closed.argument
        if tag in _SIMPLE:
            self._add(_SIMPLE[tag], closed)
        elif tag == "tg-emoji":
            if not argument.lstrip("-").isdigit() or int(argument) == 0:
                raise cannot_parse_entities("Invalid custom emoji identifier specified")
            self._add("custom_emoji", closed, argument)
        elif tag == "a":
            self._close_link(closed)
        elif tag in ("pre", "code"):
            self._close_code(closed, length)
        elif tag == "blockquote":
            self._add("expandable_blockquote" if argument else "blockquote", closed)

    def _close_link(self, closed: _Open) -> None:
        url = closed.argument or "".join(self.text[closed.begin :])
        if user := mentioned_user(url):
            self._add("text_mention", closed, str(user))
        elif link := checked_link(url):
            self._add("text_link", closed, link)

    def _close_code(self, closed: _Open, length: int) -> None:
        """`<pre><code class="language-x">`, either way round, is one block with a language."""
        inner = self.entities[-1] if self.entities else None
        same = inner is not None and (inner.offset, inner.length) == (closed.offset, length)
        if inner and same and {inner.type, closed.tag} == {"pre", "code"}:
            language = inner.argument or closed.argument
            if language:
                self.entities[-1] = Entity("pre", closed.offset, length, language)
                return
        self._add(closed.tag, closed, closed.argument)

    def _add(self, kind: str, closed: _Open, argument: str = "") -> None:
        self.entities.append(Entity(kind, closed.offset, self.offset - closed.offset, argument))

    def _peek(self) -> str:
        return self.source[self.at] if self.at < len(self.source) else _END

    def _until(self, stops: str) -> str:
        begin = self.at
        while self._peek() not in stops:
            self.at += 1
        return self.source[begin : self.at]

    def _skip_spaces(self) -> str:
        while self._peek() != _END and self._peek() in _SPACES:
            self.at += 1
        return self._peek()

    def _bytes(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def _fail(self, what: str, at: int) -> NoReturn:
        raise cannot_parse_entities(f"{what} at byte offset {self._bytes(at)}")


def _ascii_lower(name: str) -> str:
    """Telegram lowers A to Z and leaves every other alphabet alone."""
    return name.encode().lower().decode()


def _argument(tag: str, name: str, value: str) -> str | None:
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return None


def _without_lone_language(entity: Entity) -> Entity:
    if entity.type == "code":
        return Entity("code", entity.offset, entity.length)
    return entity
