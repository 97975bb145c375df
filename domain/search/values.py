"""What is searched, and what a search answers."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Named:
    """Something people look for by name.

    `place` is the region it belongs to ("柳州市", "柳州市鹿寨县"); it may be said with the name or
    left out, whether the name itself holds it or not.
    """

    key: int
    name: str
    aliases: tuple[str, ...] = ()
    code: str | None = None
    place: str = ""


class Evidence(StrEnum):
    """Why a name is among the hits."""

    EXACT = "exact"
    CODE = "code"
    CONTAINED = "contained"
    WORDS = "words"
    PINYIN = "pinyin"
    INITIALS = "initials"
    FUZZY = "fuzzy"


class Certainty(StrEnum):
    """What may be done with the hits: show the first, let the asker choose, or only offer."""

    ONE = "one"
    SEVERAL = "several"
    NEAREST = "nearest"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Hit:
    """One name found; `score` is 0 to 100 and comparable within one answer only."""

    key: int
    score: float
    how: Evidence


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits, best first, equal ones by name.

    With ONE the first hit is meant; whatever follows it is further off (罗文大桥 is a project, and
    part of the name of another).
    """

    kind: Certainty
    hits: tuple[Hit, ...] = ()
