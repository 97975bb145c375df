"""Which units answer for a project: the first-listed leads, counties answer for land."""

from random import Random

from sandbox.sample.compose import Composed
from sandbox.sample.facts import Organisation, OrganisationKind
from sandbox.sample.places import Place
from sandbox.sample.words import table

COUNTY_LEADS = 0.3
BUREAU_SUPPORTS = 0.5
COUNTY_SUPPORTS = 0.6
LAND_BUREAU_SUPPORTS = 0.1


def responsible_units(place: Place, composed: Composed, rng: Random) -> tuple[Organisation, ...]:
    """One to three units in order.

    Guangxi's plan, 三(一): the city's government answers for its projects, the department for the
    region's own and crossing ones. Liuzhou's plan, 三(二): bureaus and counties lead, and the
    county concerned answers for land acquisition.
    """
    if place.crosses:
        department = Organisation(composed.department, OrganisationKind.DEPARTMENT, place.region)
        return (department, *place.governments[: rng.randint(0, 2)])
    city, county = place.governments
    bureau = _bureau(city.region, composed.unit)
    if place.region == city.region:
        return (city, *_some(rng, (bureau, BUREAU_SUPPORTS), (county, COUNTY_SUPPORTS)))
    if rng.random() < COUNTY_LEADS:
        return (county, *_some(rng, (bureau, BUREAU_SUPPORTS)))
    land = _bureau(city.region, table("people")["land_bureau"])
    return (bureau, *_some(rng, (county, COUNTY_SUPPORTS), (land, LAND_BUREAU_SUPPORTS)))


def _bureau(city: str, name: str) -> Organisation:
    return Organisation(city + name, OrganisationKind.BUREAU, city)


def _some(rng: Random, *chances: tuple[Organisation, float]) -> tuple[Organisation, ...]:
    return tuple(unit for unit, chance in chances if rng.random() < chance)
