"""Phones and names of people, made comparable."""

import re
import unicodedata

_MOBILE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})")
_BETWEEN_DIGITS = re.compile(r"[\s().-]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_MIDDLE_DOTS = re.compile(r"[.\u00b7\u2022\u2027\u2219\u22c5\u30fb\uff65]")


def canonical_phone(text: str) -> str | None:
    """A Chinese mobile number as eleven digits, however it is written, or None.

    +86 138 1234 5678, 0086-13812345678 and full-width digits are the same number; a landline,
    another country's number or two numbers in one cell are none.
    """
    narrow = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    found = _MOBILE.fullmatch(_BETWEEN_DIGITS.sub("", narrow))
    return found[1] if found else None


def masked_phone(phone: str) -> str:
    """A canonical phone as it may be shown to others: 138****5678."""
    return f"{phone[:3]}****{phone[-4:]}"


def comparable_name(name: str) -> str:
    """A name without what people write differently: spaces, width, case, kinds of middle dot.

    Two names are the same person's name when this is equal: 张 三 and 张三, 阿卜杜拉•买买提 and
    阿卜杜拉·买买提. It is for comparing only, never for showing.
    """
    folded = _MIDDLE_DOTS.sub(".", unicodedata.normalize("NFKC", name).casefold())
    return "".join(folded.split())
