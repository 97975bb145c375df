"""Reports still to come, with what decides who is to hear of them and what is said."""

import datetime as dtm
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.programme import Project
from db.tables.reporting import Obligation, ObligationState, ReportingPeriod
from domain.access import Ground
from domain.chain import Place
from domain.periods import Period
from domain.policy import Rung
from domain.timetable import Step, Timetable
from usecases.chain import place_of
from usecases.listings import Listed, ground_of, listing_with, listings_of, of_year
from usecases.obligations import AWAITED, climbs_from
from usecases.policies import timetable_of


@dataclass(frozen=True, slots=True)
class Chased:
    """A report that is chased, of an open month, by the rules that month keeps."""

    obligation: Obligation
    month: Period
    project: Project
    listed: Listed
    ground: Ground
    rules: Timetable

    @property
    def id(self) -> int:
        return self.obligation.id

    @property
    def place(self) -> Place:
        """What decides its chain."""
        return place_of(self.project, self.listed)

    @property
    def covered(self) -> tuple[Period, ...]:
        """The months the report covers, the last one being its own."""
        category = self.listed.listing.plan_category
        return self.rules.policy.reporting.covered_by(self.month, category) or (self.month,)

    @property
    def due_day(self) -> dtm.date:
        return self.rules.local_day(self.obligation.due_at)

    @property
    def steps(self) -> tuple[Step, ...]:
        """The rungs of its ladder, lowest first."""
        return self.rules.ladder(climbs_from(self.obligation))

    @property
    def ladder_turn(self) -> str:
        """How the turns of its present ladder begin: one that starts again has others."""
        return f"{self.rules.local_day(climbs_from(self.obligation))}+"

    @property
    def turn(self) -> str:
        """The turn of the rung that came last; before the first one the ladder's foot."""
        climbed = self.obligation.climbed
        return self.turn_of(self.steps[climbed - 1].rung if climbed else None)

    def turn_of(self, rung: Rung | None) -> str:
        """Tells rungs apart, also after the due time was moved."""
        return f"{self.ladder_turn}{rung.working_days if rung else 0}"


def chased_by_ids(
    session: Session, ids: Collection[int], states: Collection[ObligationState] = AWAITED
) -> dict[int, Chased]:
    """Those of these obligations whose report is still to come; settled ones are left out.

    Other `states` are for what is chased after the report is in.
    """
    query = (
        select(Obligation, ReportingPeriod, Project)
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .join(Project, col(Project.id) == col(Obligation.project_id))
        .where(col(Obligation.id).in_(ids), col(Obligation.state).in_(states))
        .where(col(ReportingPeriod.closed_at).is_(None))
        .order_by(col(Obligation.due_at), col(Obligation.id))
    )
    rows = session.exec(query).all()
    listings = listings_of(session, {project.id for _, _, project in rows})
    rules = _rules(session, {obligation.policy_version_id for obligation, _, _ in rows})
    return {
        obligation.id: _chased(obligation, period, project, listings[project.id], rules)
        for obligation, period, project in rows
    }


def _chased(
    obligation: Obligation,
    period: ReportingPeriod,
    project: Project,
    listings: tuple[Listed, ...],
    rules: Mapping[int | None, Timetable],
) -> Chased:
    return Chased(
        obligation,
        Period(period.year, period.month),
        project,
        listing_with(obligation.listing_id, listings),
        ground_of(project, of_year(listings, period.year)),
        rules[obligation.policy_version_id],
    )


def _rules(session: Session, versions: Collection[int | None]) -> dict[int | None, Timetable]:
    return {version: timetable_of(session, version) for version in versions}
