"""Names, scopes and owners of projects, composed after the manner of real ones."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from string import Formatter
from typing import Any

from domain.vocabulary import Sector
from sandbox.sample.draw import Draw
from sandbox.sample.places import Place
from sandbox.sample.plans import YI
from sandbox.sample.words import table

SECTOR_WEIGHTS = {
    Sector.INFRASTRUCTURE: 46,
    Sector.INDUSTRY: 32,
    Sector.LIVELIHOOD: 14,
    Sector.ECOLOGY: 8,
}
"""How often a sector comes where the plan does not print sectors."""

PHASES = ("phase", "phase_end", "stage")
SIBLING_CHANCE = 0.12
ALIAS_CHANCE = 0.45
LONG_NAME = 18


@dataclass(frozen=True, slots=True)
class Composed:
    """What the words say of one project."""

    name: str
    alias: str | None
    scope: str
    owner: str
    work: str
    sector: Sector
    unit: str
    department: str
    industry: str
    agent: bool


@dataclass(slots=True)
class _Phased:
    """A first phase already named, waiting for its second."""

    work: Mapping[str, Any]
    template: str
    draw: Draw

    @property
    def name(self) -> str:
        return self.draw.fill(self.template)


class Composer:
    """Composes projects whose names and aliases never repeat."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._taken: set[str] = set()
        self._phased: dict[tuple[str, Sector], list[_Phased]] = {}
        self._pools: dict[tuple[str, bool], dict[str, list[str]]] = {}

    def compose(self, place: Place, sector: Sector | None, total: int) -> Composed:
        """A project at that place worth ``total`` yuan; no sector given means any that fits."""
        sector = sector or self._sector(place, total)
        waiting = self._phased.get((place.county, sector), [])
        if waiting and self._rng.random() < SIBLING_CHANCE:
            second = _second_phase(waiting.pop(0))
            if second.name not in self._taken:
                return self._finish(second.work, second.draw, second.name)
        while True:
            work = self._work(place, sector, total)
            template = self._rng.choice(work["names"])
            draw = self._draw(place, work, total)
            if draw.fill(template) not in self._taken:
                return self._named(place, work, template, draw)

    def _sector(self, place: Place, total: int) -> Sector:
        fitting = [s for s in Sector if _fitting(place, s, total)] or [Sector.INFRASTRUCTURE]
        return self._rng.choices(fitting, [SECTOR_WEIGHTS[s] for s in fitting])[0]

    def _work(self, place: Place, sector: Sector, total: int) -> Mapping[str, Any]:
        works = _fitting(place, sector, total) or [_nearest(place, sector, total)]
        return self._rng.choices(works, [work["weight"] for work in works])[0]

    def _draw(self, place: Place, work: Mapping[str, Any], total: int) -> Draw:
        pools = {**self._local_pools(place), "county_near": place.neighbours}
        low, high = (float(end) for end in work["size"])
        scale = min(1.0, max(0.0, math.log(total / YI / low) / math.log(high / low)))
        draw = Draw(self._rng, pools, work["numbers"], scale, place.words)
        if "company" in work:
            draw["company"] = draw.fill(work["company"])
        return draw

    def _local_pools(self, place: Place) -> dict[str, list[str]]:
        where = (place.words["city"], bool(place.spots))
        if where not in self._pools:
            self._pools[where] = _local_pools(place, self._rng)
        return self._pools[where]

    def _named(self, place: Place, work: Mapping[str, Any], template: str, draw: Draw) -> Composed:
        sector = Sector(work["sector"])
        if any(draw.get(blank) for blank in PHASES):
            waiting = self._phased.setdefault((place.county, sector), [])
            waiting.append(_Phased(work, template, draw))
        landmarks = self._local_pools(place)["landmark"]
        landmarks += [draw[blank] for blank in ("road", "bridge") if blank in draw]
        return self._finish(work, draw, draw.fill(template))

    def _finish(self, work: Mapping[str, Any], draw: Draw, name: str) -> Composed:
        self._taken.add(name)
        return Composed(
            name=name,
            alias=self._alias(work["alias"], draw, name),
            scope=draw.fill(work["scope"]),
            owner=draw.fill(self._rng.choice(work["owner"])),
            work=work["work"],
            sector=Sector(work["sector"]),
            unit=work["unit"],
            department=work.get("department", ""),
            industry=work["industry"],
            agent=work.get("agent", False),
        )

    def _alias(self, template: str, draw: Draw, name: str) -> str | None:
        """What people call the project; only from words its name has, and never two alike."""
        wanted = len(name) >= LONG_NAME or self._rng.random() < ALIAS_CHANCE
        blanks = {field for _, field, _, _ in Formatter().parse(template) if field}
        if not wanted or not blanks <= draw.keys():
            return None
        alias = draw.fill(template)
        if not alias or alias in self._taken:
            return None
        self._taken.add(alias)
        return alias


def _second_phase(first: _Phased) -> _Phased:
    numerals = str.maketrans(table("pools")["composed"]["next_phase"])
    for blank in first.draw.keys() & PHASES:
        first.draw[blank] = first.draw[blank].translate(numerals)
    return first


def _suits(work: Mapping[str, Any], place: Place, sector: Sector) -> bool:
    here = place.words["city"] in work.get("cities", [place.words["city"]])
    return work["sector"] == sector and here and (not place.crosses or "department" in work)


def _fitting(place: Place, sector: Sector, total: int) -> list[Mapping[str, Any]]:
    return [
        work
        for work in table("works")["works"]
        if _suits(work, place, sector) and work["size"][0] * YI <= total <= work["size"][1] * YI
    ]


def _nearest(place: Place, sector: Sector, total: int) -> Mapping[str, Any]:
    """The kind of works whose size comes closest, for a project dearer or cheaper than all."""
    works = [work for work in table("works")["works"] if _suits(work, place, sector)]

    def distance(work: Mapping[str, Any]) -> float:
        return min(abs(math.log(total / YI / float(end))) for end in work["size"])

    return min(works, key=distance)


def _local_pools(place: Place, rng: Random) -> dict[str, list[str]]:
    """The general pools with the region's own rivers, zones, spots, bridges and landmarks."""
    pools = {name: words for name, words in table("pools").items() if name != "composed"}
    parts = table("pools")["composed"]
    invented = [rng.choice(parts["heads"]) + rng.choice(parts["tails"]) for _ in range(60)]
    spots = [*place.spots, *place.spots, *place.spots, *dict.fromkeys(invented)]
    bridges = [rng.choice(spots) + parts["bridge"] for _ in range(5)]
    return {
        **pools,
        "spot": spots,
        "river": list(place.rivers),
        "zone": list(place.zones),
        "bridge": bridges,
        "landmark": list(bridges),
    }
