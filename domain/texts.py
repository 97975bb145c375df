"""Texts as Telegram counts and carries them."""

import html
import re

_TAG = re.compile(r"<(/?)([a-z]+)[^>]*>")


def plain(markup: str) -> str:
    """HTML markup as plain text: tags dropped, entities decoded."""
    return html.unescape(_TAG.sub("", markup))


def length(markup: str) -> int:
    """How long Telegram finds a text: code points after the markup is parsed."""
    return len(plain(markup))


def split_html(markup: str, longest: int) -> list[str]:
    """Cut a text into parts of at most `longest` characters, at line ends where it can.

    A tag open at a cut is closed there and opened again in the next part.
    """
    parts: list[str] = []
    current = ""
    for line in markup.split("\n"):
        for piece in _pieces(line, longest):
            joined = f"{current}\n{piece}" if current else piece
            if length(joined) > longest and current:
                parts.append(current)
                joined = piece
            current = joined
    return _mended([*parts, current])


def _pieces(line: str, longest: int) -> list[str]:
    """A line that is too long by itself, cut between characters; its markup is given up."""
    if length(line) <= longest:
        return [line]
    text = plain(line)
    return [
        html.escape(text[start : start + longest], quote=False)
        for start in range(0, len(text), longest)
    ]


def _mended(parts: list[str]) -> list[str]:
    open_tags: list[str] = []
    mended = []
    for part in parts:
        prefix = "".join(open_tags)
        open_tags = _still_open(prefix + part)
        closing = "".join(f"</{_name(tag)}>" for tag in reversed(open_tags))
        mended.append(prefix + part + closing)
    return mended


def _still_open(markup: str) -> list[str]:
    stack: list[str] = []
    for tag in _TAG.finditer(markup):
        if not tag.group(1):
            stack.append(tag.group(0))
        elif stack:
            stack.pop()
    return stack


def _name(tag: str) -> str:
    found = _TAG.match(tag)
    return found.group(2) if found else ""
