"""What the programmes say of projects, read for many projects at once."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from db.tables.people import Organisation
from db.tables.programme import Listing, Programme, Project, ResponsibleUnit
from domain.access import Ground
from domain.vocabulary import Level

_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Listed:
    """A project as one programme lists it, with its responsible units, the lead unit first."""

    listing: Listing
    programme: Programme
    units: tuple[Organisation, ...] = ()

    @property
    def lead_unit(self) -> Organisation | None:
        """The first-listed responsible unit (排名第一的单位为牵头单位)."""
        return self.units[0] if self.units else None

    @property
    def is_active(self) -> bool:
        """Whether the project has not been withdrawn (退出) from this programme."""
        return self.listing.withdrawn_at is None


Listings = Mapping[int, tuple[Listed, ...]]
"""The listings of each project by its id: the newest year first, then the highest level."""


def listings_of(session: Session, project_ids: Collection[int]) -> Listings:
    """Every listing of these projects, in three queries however many there are."""
    query = select(Listing).where(col(Listing.project_id).in_(project_ids))
    rows = session.exec(query).all()
    # The totals a document states are long, and few who list projects want them.
    known = select(Programme).options(defer(Programme.stated))  # type: ignore[arg-type]
    programmes = {programme.id: programme for programme in session.exec(known)}
    units = units_of(session, [listing.id for listing in rows])
    found: defaultdict[int, list[Listed]] = defaultdict(list)
    for listing in rows:
        programme = programmes[listing.programme_id]
        listed = Listed(listing, programme, tuple(units.get(listing.id, ())))
        found[listing.project_id].append(listed)
    return {project_id: tuple(sorted(group, key=_order)) for project_id, group in found.items()}


def units_of(session: Session, listing_ids: Collection[int]) -> Mapping[int, list[Organisation]]:
    """The responsible units of each listing, in their order."""
    query = (
        select(ResponsibleUnit.listing_id, Organisation)
        .join(Organisation, col(Organisation.id) == col(ResponsibleUnit.organisation_id))
        .where(col(ResponsibleUnit.listing_id).in_(listing_ids))
        .order_by(col(ResponsibleUnit.listing_id), col(ResponsibleUnit.position))
    )
    units: defaultdict[int, list[Organisation]] = defaultdict(list)
    for listing_id, unit in session.exec(query):
        units[listing_id].append(unit)
    return units


def of_year(listings: Iterable[Listed], year: int) -> tuple[Listed, ...]:
    """The listings that count in a year: those not withdrawn, else the withdrawn ones.

    A year without any is told by the newest year before it, else by the earliest there is:
    December's report is due in January, when the new programme may not be out yet.
    """
    known = tuple(listings)
    years = {listed.programme.year for listed in known}
    wanted = max((one for one in years if one <= year), default=min(years, default=year))
    counting = tuple(listed for listed in known if listed.programme.year == wanted)
    return tuple(listed for listed in counting if listed.is_active) or counting


def listing_with(listing_id: int, listings: Iterable[Listed]) -> Listed:
    """The one of these with this id; raises StopIteration where it is not among them."""
    return next(one for one in listings if one.listing.id == listing_id)


def ground_of(project: Project, counting: Iterable[Listed]) -> Ground:
    """What of a project decides who is entitled to it, by the listings that count now."""
    listings = tuple(counting)
    return Ground(
        project_id=project.id,
        region_id=project.region_id,
        lead_unit_ids=frozenset(one.lead_unit.id for one in listings if one.lead_unit),
        supporting_unit_ids=frozenset(unit.id for one in listings for unit in one.units[1:]),
        owner_id=project.owner_id,
    )


def local_day(zone: str, now: dtm.datetime) -> dtm.date:
    """The day it is in the office at that moment."""
    return now.astimezone(ZoneInfo(zone)).date()


def _order(listed: Listed) -> tuple[int, int, str]:
    programme = listed.programme
    return -programme.year, _LEVELS.index(programme.level), programme.batch
