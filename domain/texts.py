"""Texts as Telegram counts and carries them."""

import html
import re

_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)[^>]*>")
# What is never cut in two: a tag, a character reference, any other single character.
_ATOM = re.compile(r"</?[a-z][^>]*>|&#?\w+;|.", re.DOTALL)


def plain(markup: str) -> str:
    """HTML markup as plain text: tags dropped, entities decoded."""
    return html.unescape(_TAG.sub("", markup))


def length(markup: str) -> int:
    """How long Telegram finds a text: code points after the markup is parsed."""
    return len(plain(markup))


def split_html(markup: str, longest: int) -> list[str]:
    """Cut a text into parts of at most `longest` characters, at line ends where it can.

    A tag open at a cut is closed there and opened again in the next part. No part is blank,
    which Telegram would refuse, unless the whole text is.
    """
    parts: list[str] = []
    current = ""
    for piece in (piece for line in markup.split("\n") for piece in _pieces(line, longest)):
        joined = f"{current}\n{piece}" if current else piece
        if length(joined) > longest:
            parts.append(current)
            joined = piece
        current = joined
    spoken = [part for part in _mended([*parts, current]) if plain(part).strip()]
    return spoken or [""]


def _pieces(line: str, longest: int) -> list[str]:
    """A line that is too long by itself, cut between characters."""
    if length(line) <= longest:
        return [line]
    pieces, size = [""], 0
    for atom in _ATOM.findall(line):
        more = length(atom)
        if size + more > longest:
            pieces.append("")
            size = 0
        pieces[-1] += atom
        size += more
    return pieces


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
