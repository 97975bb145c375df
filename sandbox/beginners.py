"""Whom a visitor should begin with: one good example of each kind of person."""

import datetime as dtm
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from sqlmodel import Session, col, select

from db.tables.people import Assignment, Contact, Leave, Organisation
from db.tables.programme import Listing, Project, ResponsibleUnit
from domain.vocabulary import Language, Role
from usecases.listings import local_day

_ZONE = "Asia/Shanghai"
_CHAIN = {
    Role.LIAISON: "liaison",
    Role.INFORMATION_OFFICER: "unit_officer",
    Role.COMMISSIONER: "commissioner",
    Role.FIRST_RESPONSIBLE: "first_responsible",
}
_A_HANDFUL = 8
"""An owner whose information officer is an example has no more projects than this."""


@dataclass(frozen=True, slots=True)
class Post:
    """A contact with the first role they were given, and where they are."""

    contact: Contact
    role: Role
    unit: Organisation

    @property
    def is_linked(self) -> bool:
        """Whether the contact has linked an account."""
        return self.contact.telegram_user_id is not None


def posts_of(session: Session) -> list[Post]:
    """Everybody who holds a role now, as the contact book has them."""
    query = (
        select(Contact, Assignment, Organisation)
        .join(Assignment, col(Assignment.contact_id) == col(Contact.id))
        .join(Organisation, col(Organisation.id) == col(Contact.organisation_id))
        .where(col(Contact.left_at).is_(None), col(Assignment.until).is_(None))
        .order_by(col(Contact.id), col(Assignment.id).desc())
    )
    held = {who.id: Post(who, what.role, unit) for who, what, unit in session.exec(query)}
    return list(held.values())


def beginners(session: Session, posts: Sequence[Post], now: dtm.datetime) -> dict[int, str]:
    """The hint of each example by contact, the best one to begin with first.

    A kind of which there is nobody is left out, and nobody is an example twice.
    """
    office = _Office.of(session, posts, now)
    hints: dict[int, str] = {}
    for hint, candidates in office.kinds().items():
        found = next((one for one in candidates if one.contact.id not in hints), None)
        if found:
            hints[found.contact.id] = hint
    return hints


@dataclass(frozen=True, slots=True)
class _Office:
    """Everybody; how many listings each unit leads, projects each owner has, and listings of each
    owner each unit leads; who is away."""

    posts: Sequence[Post]
    led: Counter[int]
    owned: Counter[int]
    owned_and_led: Counter[tuple[int | None, int]]
    away: frozenset[int]

    @classmethod
    def of(cls, session: Session, posts: Sequence[Post], now: dtm.datetime) -> Self:
        today = local_day(_ZONE, now)
        lead = select(ResponsibleUnit.organisation_id).where(ResponsibleUnit.position == 1)
        away = select(Leave.contact_id).where(Leave.first_day <= today, Leave.last_day >= today)
        return cls(
            posts,
            Counter(session.exec(lead)),
            Counter(owner for owner in session.exec(select(Project.owner_id)) if owner),
            _owned_and_led(session),
            frozenset(session.exec(away)),
        )

    def kinds(self) -> dict[str, Iterator[Post]]:
        """Who might stand for which kind of person."""
        chain = self._busiest_chain()
        unlinked = (post for post in self.posts if not post.is_linked)
        return {
            "coordinator": _of_role(Role.COORDINATOR, self._linked()),
            "owner_officer": self._owners_officers(self._linked(), chain),
            **{hint: _of_role(role, chain) for role, hint in _CHAIN.items()},
            "inspector": _of_role(Role.INSPECTOR, self._linked()),
            "english": (one for one in self._linked() if one.contact.language is Language.EN),
            "away": (one for one in self._linked() if one.contact.id in self.away),
            "to_link": self._owners_officers(unlinked, chain),
        }

    def _linked(self) -> Iterator[Post]:
        return (post for post in self.posts if post.is_linked)

    def _owners_officers(self, posts: Iterable[Post], chain: Sequence[Post]) -> Iterator[Post]:
        """Those of owners with a handful of projects, the most under this chain first."""
        unit = chain[0].unit.id if chain else 0
        few = (post for post in posts if 0 < self.owned[post.unit.id] <= _A_HANDFUL)

        def rank(post: Post) -> tuple[int, int]:
            return -self.owned_and_led[post.unit.id, unit], -self.owned[post.unit.id]

        return iter(sorted(few, key=rank))

    def _busiest_chain(self) -> list[Post]:
        """The people, linked and there, of the unit that leads most with somebody in every role."""
        people: defaultdict[int, list[Post]] = defaultdict(list)
        for post in self._linked():
            if post.contact.id not in self.away:
                people[post.unit.id].append(post)
        chains = (people[unit] for unit, _ in self.led.most_common())
        return next((chain for chain in chains if {one.role for one in chain} >= set(_CHAIN)), [])


def _owned_and_led(session: Session) -> Counter[tuple[int | None, int]]:
    query = (
        select(Project.owner_id, ResponsibleUnit.organisation_id)
        .join(Listing, col(Listing.project_id) == col(Project.id))
        .join(ResponsibleUnit, col(ResponsibleUnit.listing_id) == col(Listing.id))
        .where(ResponsibleUnit.position == 1)
    )
    return Counter(session.exec(query).all())


def _of_role(role: Role, posts: Iterable[Post]) -> Iterator[Post]:
    return (post for post in posts if post.role is role)
