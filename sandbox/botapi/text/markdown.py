"""MarkdownV2 as Telegram's own parser takes it (TDLib, MessageEntity.cpp)."""

from dataclasses import dataclass
from typing import NoReturn

from sandbox.botapi.errors import cannot_parse_entities
from sandbox.botapi.text.entities import Entity, in_order, utf16_length
from sandbox.botapi.text.links import checked_link, custom_emoji, mentioned_user

_RESERVED = "_*[]()~`>#+-=|{}.!\n"
_MARKS = {
    "__": "underline",
    "||": "spoiler",
    "```": "pre",
    "![": "custom_emoji",
    "_": "italic",
    "*": "bold",
    "~": "strikethrough",
    "`": "code",
    "[": "text_link",
}
_CLOSERS = {kind: mark for mark, kind in _MARKS.items()} | {"custom_emoji": "]", "text_link": "]"}
_NAMES = {
    "underline": "Underline",
    "spoiler": "Spoiler",
    "pre": "Pre",
    "custom_emoji": "CustomEmoji",
    "italic": "Italic",
    "bold": "Bold",
    "strikethrough": "Strikethrough",
    "code": "Code",
    "text_link": "TextUrl",
    "blockquote": "BlockQuote",
}


@dataclass(slots=True)
class _Open:
    kind: str
    argument: str
    offset: int
    begin: int
    source_at: int


def parse_markdown_v2(source: str) -> tuple[str, list[Entity]]:
    """The text and its entities; raises ApiError with Telegram's own words."""
    return _MarkdownParser(source).parse()


class _MarkdownParser:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.text: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def parse(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            self._step()
        if self.open and self.open[-1].kind == "blockquote":
            self._close_quote("blockquote")
        if self.open:
            self._fail_unclosed()
        return "".join(self.text), in_order(self.entities)

    def _step(self) -> None:
        character = self.source[self.at]
        following = self.source[self.at + 1 : self.at + 2]
        if character == "\\" and "\0" < following < "\x7f":
            self._push(following)
            self.at += 2
        elif character not in self._reserved():
            self._push(character)
            self.at += 1
        elif not self._end_here():
            self._begin_here(character)

    def _reserved(self) -> str:
        return "`" if self.open and self.open[-1].kind in ("code", "pre") else _RESERVED

    def _end_here(self) -> bool:
        """Close the innermost entity if it ends at this place."""
        if not self.open:
            return False
        kind = self.open[-1].kind
        if kind == "blockquote":
            return self._end_quote_here()
        if self._looking_at("\n") and kind not in ("code", "pre"):
            return self._end_line()
        mark = _CLOSERS[kind]
        if not self._looking_at(mark) or (kind == "italic" and self._looking_at("__")):
            return False
        self.at += len(mark)
        self._close(self.open[-1])
        self.open.pop()
        return True

    def _end_line(self) -> bool:
        if any(entity.kind == "blockquote" for entity in self.open):
            self._fail_unclosed()
        return False

    def _end_quote_here(self) -> bool:
        if self._looking_at("||") and self.source[self.at + 2 : self.at + 3] in ("", "\n"):
            self.at += 2
            self._close_quote("expandable_blockquote")
            return True
        if not self._looking_at("\n") or self._looking_at("\n>"):
            return False
        self._close_quote("blockquote")
        return False

    def _close_quote(self, kind: str) -> None:
        quote = self.open.pop()
        if self.offset > quote.offset:
            self._add(kind, quote)

    def _begin_here(self, character: str) -> None:
        if character == "\n":
            self._new_line()
        elif character == ">" and self.at == 0:
            self._open("blockquote", ">")
        else:
            self._begin_mark(character)

    def _new_line(self) -> None:
        self._push("\n")
        self.at += 1
        if self._looking_at(">"):
            if any(entity.kind == "blockquote" for entity in self.open):
                self.at += 1
            else:
                self._open("blockquote", ">")

    def _begin_mark(self, character: str) -> None:
        mark = next((mark for mark in _MARKS if self._looking_at(mark)), "")
        if not mark:
            raise cannot_parse_entities(
                f"Character '{character}' is reserved and must be escaped with the preceding '\\'"
            )
        self._open(_MARKS[mark], mark)
        if mark == "```":
            self.open[-1].argument = self._language()

    def _language(self) -> str:
        """The word after the opening of a code block, and the line end after it."""
        end = self.at
        while end < len(self.source) and not self.source[end].isspace() and self.source[end] != "`":
            end += 1
        language = ""
        if self.at < end < len(self.source) and self.source[end] != "`":
            language, self.at = self.source[self.at : end], end
        for line_end in ("\r\n", "\n\r", "\n", "\r"):
            if self._looking_at(line_end):
                self.at += len(line_end)
                break
        return language

    def _close(self, closed: _Open) -> None:
        if closed.kind == "text_link":
            self._close_link(closed)
        elif closed.kind == "custom_emoji":
            self._close_emoji(closed)
        elif self.offset > closed.offset:
            self._add(closed.kind, closed, closed.argument)

    def _close_link(self, closed: _Open) -> None:
        text = "".join(self.text[closed.begin :])
        url = self._address("a URL") if self._looking_at("(") else text
        if self.offset == closed.offset:
            return
        if user := mentioned_user(url):
            self._add("text_mention", closed, str(user))
        elif link := checked_link(url):
            self._add("text_link", closed, link)

    def _close_emoji(self, closed: _Open) -> None:
        if not self._looking_at("("):
            raise cannot_parse_entities("Custom emoji entity must contain a tg://emoji URL")
        emoji = custom_emoji(self._address("a custom emoji URL"))
        if emoji is None:
            raise cannot_parse_entities("Custom emoji URL must have an emoji identifier")
        self._add("custom_emoji", closed, emoji)

    def _address(self, what: str) -> str:
        self.at += 1
        begin, url = self.at, ""
        while self.at < len(self.source) and self.source[self.at] != ")":
            if self.source[self.at] == "\\" and self.at + 1 < len(self.source):
                self.at += 1
            url += self.source[self.at]
            self.at += 1
        if self.at >= len(self.source):
            raise cannot_parse_entities(
                f"Can't find end of {what} at byte offset {self._bytes(begin)}"
            )
        self.at += 1
        return url

    def _open(self, kind: str, mark: str) -> None:
        self.open.append(_Open(kind, "", self.offset, len(self.text), self.at))
        self.at += len(mark)

    def _add(self, kind: str, opened: _Open, argument: str = "") -> None:
        self.entities.append(Entity(kind, opened.offset, self.offset - opened.offset, argument))

    def _push(self, character: str) -> None:
        self.text.append(character)
        self.offset += utf16_length(character)

    def _looking_at(self, mark: str) -> bool:
        return self.source.startswith(mark, self.at)

    def _bytes(self, at: int) -> int:
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def _fail_unclosed(self) -> NoReturn:
        opened = self.open[-1]
        name = "PreCode" if opened.kind == "pre" and opened.argument else _NAMES[opened.kind]
        raise cannot_parse_entities(
            f"Can't find end of {name} entity at byte offset {self._bytes(opened.source_at)}"
        )
