"""The chain of responsibility of a listed project: who reports, who reviews, who hears of it.

The rules are those of the seed documents: the first-listed responsible unit leads (排名第一的单位为
牵头单位); its section head is the liaison and reviews; its deputy leader is the commissioner, its
leader the first-responsible person; the owner and the responsible unit each name an information
officer, and the owner's reports first.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.access import Grant, ScopeKind
from domain.vocabulary import Level, Role


class Rung(StrEnum):
    """The places in a chain, in the order in which a late report reaches them."""

    MAIN_REPORTER = "main_reporter"
    SECOND_REPORTER = "second_reporter"
    REVIEWER = "reviewer"
    COMMISSIONER = "commissioner"
    FIRST_RESPONSIBLE = "first_responsible"


class Gap(StrEnum):
    """Why nobody on a rung can be told anything at present."""

    EMPTY = "empty"
    LEFT = "left"
    AWAY = "away"
    UNLINKED = "unlinked"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Post:
    """Somebody holds a role over a scope."""

    person_id: int
    grant: Grant


@dataclass(frozen=True, slots=True)
class Person:
    """What the chain needs to know of somebody: their unit, and why they cannot be told, if so."""

    id: int
    unit_id: int | None = None
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """What of a listing decides its chain."""

    project_id: int
    level: Level
    lead_unit_id: int | None = None
    owner_id: int | None = None
    region_id: int | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A rung and who sits on it: the holder, who acts for them now, and why nobody can be told."""

    rung: Rung
    holder_id: int | None = None
    acting_id: int | None = None
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Hole:
    """A rung on which nobody can be told, and whom that is about, if there is anybody."""

    rung: Rung
    gap: Gap
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Chain:
    """The rungs of one listing, in order.

    The second reporter's is left out where the owner leads itself or is not known: then one
    information officer is all there has to be.
    """

    seats: tuple[Seat, ...]

    def seat(self, rung: Rung) -> Seat | None:
        """Who sits on a rung; None where the listing does not call for it."""
        return next((seat for seat in self.seats if seat.rung is rung), None)

    @property
    def holes(self) -> tuple[Hole, ...]:
        """The rungs on which nobody can be told anything at present."""
        return tuple(
            Hole(seat.rung, seat.gap, seat.acting_id or seat.holder_id)
            for seat in self.seats
            if seat.gap
        )

    def involves(self, person_id: int) -> bool:
        """Whether somebody holds a rung, or acts on one at present."""
        return any(person_id in (seat.holder_id, seat.acting_id) for seat in self.seats)


_NEAR = (ScopeKind.PROJECT, ScopeKind.ORGANISATION)
_NEAREST_FIRST = (*_NEAR, ScopeKind.REGION, ScopeKind.ALL)

_LEAD_RUNGS = {
    Rung.REVIEWER: Role.LIAISON,
    Rung.COMMISSIONER: Role.COMMISSIONER,
    Rung.FIRST_RESPONSIBLE: Role.FIRST_RESPONSIBLE,
}

_Index = Mapping[tuple[Role, ScopeKind, int | None], Sequence[int]]


class Roster:
    """Everybody's posts and absences, loaded once, from which any number of chains is read.

    `posts` come in the order in which they were filled: of two equally near the earlier holds.
    `away` names who is on leave, and the deputy each has named, if any.
    """

    def __init__(
        self,
        posts: Iterable[Post],
        people: Mapping[int, Person],
        away: Mapping[int, int | None],
    ) -> None:
        self._people = people
        self._away = away
        by_presence: dict[bool, list[Post]] = {True: [], False: []}
        for post in posts:
            by_presence[people[post.person_id].gap is not Gap.LEFT].append(post)
        self._present = _indexed(by_presence[True])
        self._departed = _indexed(by_presence[False])

    def chain(self, place: Place) -> Chain:
        """Who sits on each rung of that listing.

        A person named for the project itself goes before the unit's, that before the region's,
        that before one for everything.
        """
        return Chain((*self._reporters(place), *self._of_the_lead_unit(place)))

    def _of_the_lead_unit(self, place: Place) -> Iterator[Seat]:
        for rung, role in _LEAD_RUNGS.items():
            # Above the county the reviewer is the lead unit's own liaison and nobody else.
            own_only = rung is Rung.REVIEWER and place.level is not Level.COUNTY
            kinds = _NEAR if own_only else _NEAREST_FIRST
            yield self._seat(
                rung,
                next(_holders(self._present, role, place, kinds), None),
                next(_holders(self._departed, role, place, kinds), None),
            )

    def _reporters(self, place: Place) -> Iterator[Seat]:
        present = self._officers(self._present, place)
        departed = self._officers(self._departed, place)
        two_named = place.owner_id not in (None, place.lead_unit_id)
        for rung in (Rung.MAIN_REPORTER, Rung.SECOND_REPORTER):
            holder = next(present, None)
            if holder or two_named or rung is Rung.MAIN_REPORTER:
                yield self._seat(rung, holder, None if holder else next(departed, None))

    def _officers(self, index: _Index, place: Place) -> Iterator[int]:
        """One information officer of the owner, one of the lead unit, then whoever covers both."""
        chosen: set[int] = set()
        for side in self._sides(index, place):
            found = next((person for person in side if person not in chosen), None)
            if found is not None:
                chosen.add(found)
                yield found

    def _sides(self, index: _Index, place: Place) -> Iterator[Sequence[int]]:
        role, lead = Role.INFORMATION_OFFICER, place.lead_unit_id
        named = index.get((role, ScopeKind.PROJECT, place.project_id), ())
        # Whoever is named for the project reports for the owner, unless they are the unit's.
        leads = [one for one in named if lead and self._people[one].unit_id == lead]
        owners = [one for one in named if one not in leads]
        if place.owner_id == lead:
            owners, leads = list(named), list(named)
        yield [*owners, *_at(index, role, ScopeKind.ORGANISATION, place.owner_id)]
        yield [*leads, *_at(index, role, ScopeKind.ORGANISATION, lead)]
        yield list(_holders(index, role, place, (ScopeKind.REGION, ScopeKind.ALL)))

    def _seat(self, rung: Rung, holder: int | None, former: int | None) -> Seat:
        if holder is None:
            return Seat(rung, former, gap=Gap.LEFT if former else Gap.EMPTY)
        if holder not in self._away:
            return Seat(rung, holder, holder, self._people[holder].gap)
        deputy = self._deputy(holder)
        if deputy is None:
            return Seat(rung, holder, gap=Gap.AWAY)
        return Seat(rung, holder, deputy.id, deputy.gap)

    def _deputy(self, holder: int) -> Person | None:
        """Who stands in for somebody on leave; a deputy who is away or gone does not."""
        deputy = self._people.get(self._away[holder] or 0)
        if deputy is None or deputy.id in self._away or deputy.gap is Gap.LEFT:
            return None
        return deputy


def _indexed(posts: Iterable[Post]) -> _Index:
    index: defaultdict[tuple[Role, ScopeKind, int | None], list[int]] = defaultdict(list)
    for post in posts:
        grant = post.grant
        index[grant.role, grant.scope_kind, grant.scope_id].append(post.person_id)
    return index


def _holders(index: _Index, role: Role, place: Place, kinds: Sequence[ScopeKind]) -> Iterator[int]:
    scopes = {
        ScopeKind.PROJECT: place.project_id,
        ScopeKind.ORGANISATION: place.lead_unit_id,
        ScopeKind.REGION: place.region_id,
    }
    for kind in kinds:
        yield from _at(index, role, kind, scopes.get(kind))


def _at(index: _Index, role: Role, kind: ScopeKind, scope_id: int | None) -> Sequence[int]:
    if scope_id is None and kind is not ScopeKind.ALL:
        return ()
    return index.get((role, kind, scope_id), ())
