"""Entities nobody marked: addresses, commands, mentions, numbers found in the text."""

import re

from sandbox.botapi.text.entities import Entity, in_order, utf16_offsets
from sandbox.botapi.text.links import checked_link

_TOP_LEVEL = "com|org|net|cn|gov|edu|io|me|app|dev|info|ru|de|uk|eu|hk|mo|tw|top|vip|xyz"
_PATTERNS = (
    ("email", re.compile(r"(?<![\w.+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    (
        "url",
        re.compile(
            r"(?:(?<![A-Za-z0-9+@.-])(?:https?|ftp|tg|ton)://[A-Za-z0-9.:@\[\]-]+"
            rf"|(?<![\w@.-])(?:[A-Za-z0-9-]+\.)+(?:{_TOP_LEVEL})(?![\w.-]*\w))"
            r"(?:[/?#][A-Za-z0-9/?#&=%._~:@!$+,;()*'-]*)?"
        ),
    ),
    (
        "bot_command",
        re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/<>])"),
    ),
    ("mention", re.compile(r"(?<!\w)@[A-Za-z0-9_]{4,32}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}(?![\w#])")),
    ("cashtag", re.compile(r"(?<![\w$])\$[A-Z]{1,8}(?![\w$])")),
    ("phone_number", re.compile(r"(?<![\w+.])\+\d(?:[ ()-]{0,2}\d){8,14}(?![\w.])")),
)
_STOPS_DETECTION = ("code", "pre", "text_link", "text_mention")


def with_detected(text: str, marked: list[Entity]) -> list[Entity]:
    """The marked entities and the automatic ones that stand clear of code, links and each other."""
    offsets = utf16_offsets(text)
    taken = [(entity.offset, entity.end) for entity in marked if entity.type in _STOPS_DETECTION]
    found: list[Entity] = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            begin, end = match.start(), _trimmed_end(kind, text, match)
            place = (offsets[begin], offsets[end])
            if any(place[0] < busy[1] and busy[0] < place[1] for busy in taken):
                continue
            if kind == "url" and not checked_link(text[begin:end]):
                continue
            taken.append(place)
            found.append(Entity(kind, place[0], place[1] - place[0]))
    return in_order([*marked, *found])


def _trimmed_end(kind: str, text: str, match: re.Match[str]) -> int:
    """A sentence's own punctuation does not belong to the address before it."""
    if kind != "url":
        return match.end()
    return match.start() + len(text[match.start() : match.end()].rstrip(".,:;!?'("))
