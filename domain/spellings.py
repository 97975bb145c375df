"""How offices write categories, sectors, states, roles, languages and regions."""

import re
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from typing import TypeVar

from domain.vocabulary import ActualState, Language, PlanCategory, Role, Sector
from domain.words import any_of, read_words

Member = TypeVar("Member", bound=StrEnum)

_WORDS = read_words("spellings")
_TOPICS: dict[type[StrEnum], str] = {
    PlanCategory: "categories",
    Sector: "sectors",
    ActualState: "states",
    Role: "roles",
    Language: "languages",
}
_DASHES = re.compile("[\u2010-\u2015\u2212\u2500\u2501\ufe58\ufe63]+")
_TRAILING = re.compile(any_of(_WORDS["trailing"]) + "$")
_REGION = re.compile(
    "(?:[\u4e00-\u9fff()]{1,20})" + any_of(_WORDS["region_words"]["endings"]) + "$"
)

JOINT_REGIONS = frozenset(_WORDS["regions"].values())
"""Regions that are no place: what the region's own units and several cities build."""


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """A text as it is compared: one width, one dash, no spaces, no capitals."""
    narrow = unicodedata.normalize("NFKC", text)
    return _DASHES.sub("-", re.sub(r"\s+", "", narrow)).casefold()


def named(kind: type[Member], text: str) -> Member | None:
    """The member of a closed set that a whole text names, if it names one."""
    word = folded(text)
    members = _members(kind)
    return members.get(word) or members.get(_TRAILING.sub("", word))


def names(kind: type[Member]) -> tuple[str, ...]:
    """Every spelling of every member of a closed set."""
    return tuple(_members(kind))


def mentioned(kind: type[Member], text: str) -> tuple[Member, ...]:
    """The members named anywhere in a text by their proper names, in the set's order."""
    word = folded(text)
    return tuple(
        member
        for member in kind
        if any(folded(name) in word for name in _WORDS[_TOPICS[kind]][member]["names"])
    )


def sector(text: str) -> Sector | None:
    """The sector a whole text names; also a finer one that belongs to it, such as 交通."""
    return named(Sector, text) or _finer_sectors().get(_TRAILING.sub("", folded(text)))


def region(text: str) -> str:
    """A region's name in its one spelling; a name without other spellings as it is."""
    name = "".join(text.split())
    return str(_WORDS["regions"].get(name, name))


def looks_like_region(text: str) -> bool:
    """Whether a text by its form names a city, county, district or the region's own units."""
    name = region(text)
    return name in JOINT_REGIONS or bool(_REGION.match(folded(name)))


@cache
def _members(kind: type[Member]) -> dict[str, Member]:
    words = _WORDS[_TOPICS[kind]]
    return {
        folded(spelling): kind(member)
        for member, lists in words.items()
        for spelling in [*lists["names"], *lists.get("also", ())]
    }


@cache
def _finer_sectors() -> dict[str, Sector]:
    sectors = _WORDS["sectors"].items()
    return {folded(name): Sector(sector) for sector, lists in sectors for name in lists["finer"]}
