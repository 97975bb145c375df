"""A report that is owed, with everything that decides what may be done about it."""

import datetime as dtm
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from db.tables.programme import Project
from db.tables.reporting import (
    Obligation,
    ObligationState,
    Report,
    ReportDraft,
    ReportingPeriod,
    Verdict,
)
from domain.access import Ground
from domain.chain import Chain
from domain.periods import Period
from domain.reporting.base import Base
from domain.timetable import Timetable
from usecases.chain import load_roster, place_of
from usecases.listings import Listed, ground_of, listing_with, listings_of, of_year
from usecases.policies import timetable_of
from usecases.reporting.bases import Past, base_of, past_of

AWAITED = (ObligationState.OPEN, ObligationState.RETURNED)


class Obstacle(StrEnum):
    """Why nothing can be filled in at present."""

    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    EXEMPT = "exempt"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class Matter:
    """An obligation with its month, project, listing, chain, rules and figures so far."""

    obligation: Obligation
    books: ReportingPeriod
    project: Project
    listed: Listed
    ground: Ground
    chain: Chain
    timetable: Timetable
    base: Base

    @property
    def id(self) -> int:
        return self.obligation.id

    @property
    def period(self) -> Period:
        """The month that is reported."""
        return self.base.period

    @property
    def obstacle(self) -> Obstacle | None:
        """Why it cannot be filled in at present, if so."""
        state = self.obligation.state
        if state is ObligationState.WITHDRAWN or self.listed.listing.withdrawn_at:
            return Obstacle.WITHDRAWN
        if state is ObligationState.EXEMPT:
            return Obstacle.EXEMPT
        if self.books.closed_at is not None:
            return Obstacle.CLOSED
        return None if state in AWAITED else Obstacle(state.value)


def matter_of(session: Session, obligation_id: int, now: dtm.datetime) -> Matter | None:
    """The matter as it stands now; its obligation stays locked, so that two people take turns."""
    hold_books(session, [obligation_id])
    found = (
        select(Obligation)
        .where(Obligation.id == obligation_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    obligation = session.exec(found).one_or_none()
    return matters_of(session, [obligation], now)[0] if obligation else None


def hold_books(session: Session, obligation_ids: Collection[int]) -> None:
    """Nobody closes the books of these reports' months before this transaction ends.

    Call it before the obligations are locked: whoever closes books comes to them that way, too.
    """
    months = select(Obligation.period_id).where(col(Obligation.id).in_(obligation_ids))
    books = select(ReportingPeriod).where(col(ReportingPeriod.id).in_(months))
    shared = books.order_by(col(ReportingPeriod.id)).with_for_update(read=True)
    session.exec(shared.execution_options(populate_existing=True)).all()


def matters_of(
    session: Session, obligations: Sequence[Obligation], now: dtm.datetime
) -> tuple[Matter, ...]:
    """The matters of these obligations, in their order and in a handful of queries."""
    shelf = _Shelf.filled(session, obligations, now)
    return tuple(shelf.matter(obligation) for obligation in obligations)


def newest_report(session: Session, obligation_id: int) -> Report | None:
    """The latest revision, whatever became of it."""
    found = select(Report).where(Report.obligation_id == obligation_id)
    return session.exec(found.order_by(col(Report.revision).desc())).first()


def draft_of(session: Session, obligation_id: int) -> ReportDraft | None:
    """What somebody has filled in so far."""
    found = select(ReportDraft).where(ReportDraft.obligation_id == obligation_id)
    return session.exec(found).one_or_none()


def accepted_report(session: Session, obligation_id: int) -> Report | None:
    """The revision that counts: the last one accepted."""
    found = select(Report).where(
        Report.obligation_id == obligation_id, Report.verdict == Verdict.ACCEPTED
    )
    return session.exec(found.order_by(col(Report.revision).desc())).first()


def is_corrected(session: Session, obligation_id: int) -> bool:
    """Whether somebody has begun to correct (更正) an accepted month."""
    draft = draft_of(session, obligation_id)
    return draft is not None and bool(draft.content.get("correction_reason"))


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Everything many matters are made of, read at once."""

    projects: Mapping[int, Project]
    listings: Mapping[int, tuple[Listed, ...]]
    books: Mapping[int, ReportingPeriod]
    past: Past
    chains: Mapping[int, Chain]
    timetables: Mapping[int | None, Timetable]

    @classmethod
    def filled(
        cls, session: Session, obligations: Sequence[Obligation], now: dtm.datetime
    ) -> "_Shelf":
        ids = sorted({one.project_id for one in obligations})
        months = sorted({one.period_id for one in obligations})
        rows = session.exec(select(Project).where(col(Project.id).in_(ids)))
        projects = {row.id: row for row in rows}
        listings = listings_of(session, ids)
        books = select(ReportingPeriod).where(col(ReportingPeriod.id).in_(months))
        places = {
            listed.listing.id: place_of(projects[project_id], listed)
            for project_id, group in listings.items()
            for listed in group
        }
        roster = load_roster(session, now, list(places.values()))
        chains = {listing_id: roster.chain(place) for listing_id, place in places.items()}
        versions = {one.policy_version_id for one in obligations}
        return cls(
            projects,
            listings,
            {row.id: row for row in session.exec(books)},
            past_of(session, ids),
            chains,
            {version: timetable_of(session, version) for version in versions},
        )

    def matter(self, obligation: Obligation) -> Matter:
        project, books = self.projects[obligation.project_id], self.books[obligation.period_id]
        listings = self.listings[project.id]
        listed = listing_with(obligation.listing_id, listings)
        timetable = self.timetables[obligation.policy_version_id]
        month = Period(books.year, books.month)
        category = listed.listing.plan_category
        covered = timetable.policy.reporting.covered_by(month, category) or (month,)
        return Matter(
            obligation,
            books,
            project,
            listed,
            ground_of(project, of_year(listings, month.year)),
            self.chains[listed.listing.id],
            timetable,
            base_of(self.past, project, listed, covered, timetable.policy),
        )
