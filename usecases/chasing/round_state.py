"""How a month's round stands: every report that is expected, and which of them are in."""

import datetime as dtm
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from db.tables.chasing import Extension
from db.tables.programme import Project
from db.tables.reporting import Obligation, ObligationState, ReportingPeriod
from domain.access import Ground
from domain.chain import Chain, Gap, Rung
from domain.tally import Tally
from usecases.chain import load_roster, place_of
from usecases.listings import Listed, ground_of, listing_with, listings_of, of_year

NOT_EXPECTED = (ObligationState.EXEMPT, ObligationState.WITHDRAWN)
_OUTSTANDING = (ObligationState.OPEN, ObligationState.RETURNED)


@dataclass(frozen=True, slots=True)
class Expected:
    """A report that is expected; `due_at` is the time that counts for being on time."""

    obligation: Obligation
    project: Project
    listed: Listed
    ground: Ground
    due_at: dtm.datetime

    @property
    def is_reported(self) -> bool:
        """Whether it has come in once: 待审 and 退回待改 are never 未报."""
        return self.obligation.state is not ObligationState.OPEN

    @property
    def is_on_time(self) -> bool:
        """Whether its first submission was."""
        first = self.obligation.first_submitted_at
        return self.is_reported and first is not None and first <= self.due_at

    @property
    def is_outstanding(self) -> bool:
        """Whether a reporter still has to send it, for the first time or again."""
        return self.obligation.state in _OUTSTANDING

    @property
    def unit_id(self) -> int:
        """The lead unit's id, 0 where none is named."""
        unit = self.listed.lead_unit
        return unit.id if unit else 0

    @property
    def region_id(self) -> int:
        """The region's id, 0 where none is named."""
        return self.project.region_id or 0


def open_months(session: Session, now: dtm.datetime) -> Sequence[ReportingPeriod]:
    """The months that are open and whose books are not closed, the newest first."""
    query = select(ReportingPeriod).where(
        ReportingPeriod.opens_at <= now, col(ReportingPeriod.closed_at).is_(None)
    )
    newest = (col(ReportingPeriod.year).desc(), col(ReportingPeriod.month).desc())
    return session.exec(query.order_by(*newest)).all()


def expected_in(session: Session, month: ReportingPeriod) -> list[Expected]:
    """Every report expected of that month, in the order of the projects."""
    query = (
        select(Obligation, Project)
        .join(Project, col(Project.id) == col(Obligation.project_id))
        .where(Obligation.period_id == month.id, col(Obligation.state).not_in(NOT_EXPECTED))
        .order_by(col(Project.id))
    )
    rows = session.exec(query).all()
    listings = listings_of(session, [project.id for _, project in rows])
    extended = _extended(session, month)
    return [
        Expected(
            obligation,
            project,
            listing_with(obligation.listing_id, listings[project.id]),
            ground_of(project, of_year(listings[project.id], month.year)),
            extended.get(obligation.id, month.due_at),
        )
        for obligation, project in rows
    ]


def tally_of(reports: Iterable[Expected], unreached: Collection[int] = ()) -> Tally:
    """These reports counted; `unreached` are the obligations without a reporter to tell."""
    counted = list(reports)
    states = [one.obligation.state for one in counted]
    return Tally(
        expected=len(counted),
        reported=sum(one.is_reported for one in counted),
        on_time=sum(one.is_on_time for one in counted),
        waiting=states.count(ObligationState.SUBMITTED),
        returned=states.count(ObligationState.RETURNED),
        missing=states.count(ObligationState.OPEN),
        unreached=sum(one.obligation.id in unreached for one in counted),
    )


def chains_of(
    session: Session, reports: Iterable[Expected], now: dtm.datetime
) -> Mapping[int, Chain]:
    """The chain of each of these reports as it is now, by the obligation's id."""
    roster = load_roster(session, now)
    return {one.obligation.id: roster.chain(place_of(one.project, one.listed)) for one in reports}


def unreached(chains: Mapping[int, Chain]) -> Mapping[int, Gap]:
    """The reports without a reporter who can be told, each with what is wrong with the main one."""
    return {
        obligation_id: main.gap
        for obligation_id, chain in chains.items()
        if (main := chain.seat(Rung.MAIN_REPORTER)) and main.gap and not _second(chain)
    }


def _second(chain: Chain) -> bool:
    seat = chain.seat(Rung.SECOND_REPORTER)
    return seat is not None and seat.gap is None


def _extended(session: Session, month: ReportingPeriod) -> dict[int, dtm.datetime]:
    """The due times the office moved; a return's own date does not make a late report timely."""
    query = (
        select(Extension.obligation_id, func.max(Extension.due_after))
        .join(Obligation, col(Obligation.id) == col(Extension.obligation_id))
        .where(Obligation.period_id == month.id)
        .group_by(col(Extension.obligation_id))
    )
    return {
        obligation_id: max(due_at, month.due_at) for obligation_id, due_at in session.exec(query)
    }
