"""A new office's first months, in which nobody above the liaison is told anything yet."""

from collections.abc import Collection

from sqlmodel import Session, col, func, select

from db.tables.reporting import ReportingPeriod
from domain.periods import Period
from usecases.chasing.chased import Chased


def months_on_trial(session: Session, chased: Collection[Chased]) -> set[Period]:
    """Those months that are among the office's first ones (trial_periods)."""
    limits = {one.month: one.rules.policy.ladder.trial_periods for one in chased}
    return {month for month, limit in limits.items() if is_on_trial(session, month, limit)}


def is_on_trial(session: Session, month: Period, trial_periods: int) -> bool:
    """Whether a month is among so many first ones of the office."""
    return _months_before(session, month) < trial_periods


def _months_before(session: Session, month: Period) -> int:
    number = col(ReportingPeriod.year) * 12 + col(ReportingPeriod.month)
    query = select(func.count()).select_from(ReportingPeriod)
    return session.exec(query.where(number < month.year * 12 + month.month)).one()
