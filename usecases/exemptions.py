"""Months for which the office asks a project for no report (免报)."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.tables.chasing import Exemption
from domain.periods import Period


def exempt_projects(session: Session, month: Period) -> dict[int, str]:
    """Why no report is asked of some projects for this month, by the project's id."""
    return {row.project_id: row.reason for row in exemptions(session) if covers(row, month)}


def exemptions(session: Session) -> Sequence[Exemption]:
    """Those that nobody has lifted, the oldest first."""
    query = select(Exemption).where(col(Exemption.lifted_at).is_(None))
    return session.exec(query.order_by(col(Exemption.id))).all()


def covers(row: Exemption, month: Period) -> bool:
    """Whether the exemption is for this month, too."""
    return first_month(row) <= month <= last_month(row)


def first_month(row: Exemption) -> Period:
    """The first month it is for."""
    return Period(row.first_year, row.first_month)


def last_month(row: Exemption) -> Period:
    """The last month it is for."""
    return Period(row.last_year, row.last_month)
