"""Rows that are no projects: section titles, and the subtotals they state."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from domain import spellings
from domain.spellings import folded
from domain.stated.totals import Scope
from domain.tables.values import WORDS
from domain.vocabulary import PlanCategory, Sector
from domain.words import any_of

_WORDS = WORDS["sections"]
_AFTER_NUMBER = any_of(_WORDS["after_numbers"])
_NUMBERING = re.compile(rf"^\(?(?:{any_of(_WORDS['numbers'])}|\d)+(?:{_AFTER_NUMBER}|$)")
_TITLE_NUMBER = re.compile(rf"\(?{any_of(_WORDS['numbers'])}+{_AFTER_NUMBER}")
_COUNTED = rf"{any_of(_WORDS['count_leads'])}?(\d+){any_of(_WORDS['counters'])}"
_COUNT = re.compile(rf"\({_COUNTED}\)$|[:,]?{_COUNTED}$")
_COUNT_ALONE = re.compile(_COUNTED)
_NOTE = re.compile(rf"{any_of(_WORDS['notes'])}[^:]{{0,4}}:")
_SUBTOTALS = WORDS["subtotals"]
_SUBTOTAL = re.compile(
    f"(?P<of>.*?)(?:(?P<section>{any_of(_SUBTOTALS['section'])})"
    f"|(?P<sheet>{any_of(_SUBTOTALS['sheet'])}))"
)
_REGION = re.compile(rf"[\u4e00-\u9fff]{{2,10}}{any_of(_WORDS['region_endings'])}")


class Extent(Enum):
    """What a subtotal row without further words adds up."""

    SECTION = auto()
    SHEET = auto()


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections a row stands in, outermost first; each limits one dimension."""

    base: Scope
    nested: tuple[Scope, ...] = ()

    def entered(self, section: Scope) -> "Sections":
        """After a section's title: it ends the last section of its own dimension."""
        return replace(self, nested=(*self._outside(section), section))

    def scope(self) -> Scope:
        """All that these sections limit."""
        return _combined([self.base, *self.nested])

    def scope_of(self, section: Scope) -> Scope:
        """What a total named after a section adds up: 南宁市小计 within 新开工."""
        return _combined([self.base, *self._outside(section), section])

    def _outside(self, section: Scope) -> tuple[Scope, ...]:
        kinds = [_dimension(each) for each in self.nested]
        kind = _dimension(section)
        return self.nested[: kinds.index(kind)] if kind in kinds else self.nested


def section_named(text: str, regions: Collection[str]) -> Scope | None:
    """The section a title opens: 一、新开工项目（12项）, （二）基础设施类, 南宁市."""
    name = _COUNT.sub("", _NUMBERING.sub("", folded(text)))
    if category := spellings.named(PlanCategory, name):
        return Scope((category,))
    if sector := spellings.named(Sector, name):
        return Scope(sector=sector)
    region = spellings.region(name)
    is_known = region in regions or region in spellings.JOINT_REGIONS
    return Scope(region=region) if is_known or _REGION.fullmatch(region) else None


def subtotal_named(text: str, regions: Collection[str]) -> Scope | Extent | None:
    """What a subtotal row adds up: a named section, its own section, or the whole sheet."""
    said = _COUNT.sub("", _NUMBERING.sub("", folded(text)))
    found = _SUBTOTAL.fullmatch(said)
    if found is None:
        return None
    if found["of"]:
        return section_named(found["of"], regions)
    return Extent.SECTION if found["section"] else Extent.SHEET


def projects_counted(text: str) -> int | None:
    """The number of projects that a section's title or a subtotal row gives: 12项."""
    said = folded(text)
    found = _COUNT.search(said) or _COUNT_ALONE.fullmatch(said)
    if found is None:
        return None
    return int(next(group for group in found.groups() if group))


def is_number_of_section(text: str) -> bool:
    """Whether a cell holds nothing but a section's or a row's number: 一, （二）, 3."""
    return bool(_NUMBERING.fullmatch(folded(text)))


def is_numbered(text: str) -> bool:
    """Whether a text begins as titles do: 一、, （二）."""
    return bool(_TITLE_NUMBER.match(folded(text)))


def is_note(text: str) -> bool:
    """Whether a row's first text opens a remark below the table: 注：, 填表人：."""
    return bool(_NOTE.match(folded(text)))


def _dimension(section: Scope) -> str:
    if section.categories:
        return "category"
    return "sector" if section.sector else "region"


def _combined(scopes: Sequence[Scope]) -> Scope:
    combined = Scope()
    for scope in scopes:
        combined = Scope(
            scope.categories or combined.categories,
            scope.region or combined.region,
            scope.sector or combined.sector,
        )
    return combined
