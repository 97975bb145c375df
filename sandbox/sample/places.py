"""Where a project is: the region of the plan's tables, the county, the words for both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from sandbox.sample.facts import Organisation, OrganisationKind
from sandbox.sample.plans import Plan
from sandbox.sample.words import rows, table


@dataclass(frozen=True, slots=True)
class Place:
    """One project's place, with the governments there from the city down.

    ``crosses`` marks the autonomous region's own and crossing projects; theirs are the governments
    of the cities crossed.
    """

    region: str
    county: str
    code: str
    governments: tuple[Organisation, ...]
    crosses: bool
    neighbours: Sequence[str]
    words: Mapping[str, str]
    spots: Sequence[str]
    rivers: Sequence[str]
    zones: Sequence[str]


def place_in(plan: Plan, region: str | None, rng: Random) -> Place:
    """A place in a region of the plan, or anywhere in the plan's city where it prints none."""
    if region == plan.absorbs:
        return _crossing_place(region, rng)
    city = region or next(name for name in table("regions") if plan.title.startswith(name))
    counties = [row for row in rows("counties") if row["region"] == city]
    weights = [int(row["weight"]) for row in counties]
    county = rng.choices(counties, weights)[0]
    near = [row["short"] for row in counties if _is_far(row) and row is not county]
    near += [
        words["short"]
        for name, words in table("regions").items()
        if name != city and words["government"]
    ]
    county_kind = OrganisationKind(county["kind"])
    governments = (
        _city_government(city),
        Organisation(county["government"], county_kind, county["county"]),
    )
    return _place(region or county["county"], city, county, near, governments)


def _crossing_place(region: str, rng: Random) -> Place:
    """A place for a project that crosses cities; its governments are those of the cities."""
    counties = rng.sample([row for row in rows("counties") if _is_far(row)], 9)
    near = [row["short"] for row in counties[1:]]
    cities = dict.fromkeys(row["region"] for row in counties[:2])
    governments = tuple(_city_government(city) for city in cities)
    return _place(region, region, counties[0], near, governments)


def _city_government(city: str) -> Organisation:
    return Organisation(table("regions")[city]["government"], OrganisationKind.GOVERNMENT, city)


def _is_far(county: Mapping[str, str]) -> bool:
    """Whether it is a county, or a town run like one, rather than a district of the city."""
    return county["county"][-1] in table("pools")["composed"]["county_endings"]


def _place(
    region: str,
    words_of: str,
    county: Mapping[str, str],
    near: Sequence[str],
    governments: tuple[Organisation, ...],
) -> Place:
    words = table("regions")[words_of]
    crosses = not words["government"]
    return Place(
        region=region,
        county=county["county"],
        code=words["code"] if crosses else county["code"],
        governments=governments,
        crosses=crosses,
        neighbours=near,
        words={
            "city": words["city"],
            "city_short": words["short"],
            "county": county["county"].partition("（")[0],
            "county_short": county["short"],
        },
        spots=() if _is_far(county) else tuple(words["spots"]),
        rivers=words["rivers"],
        zones=words["zones"],
    )
