"""A year of accepted reports, the month that is being reported, and the problems."""

import datetime as dtm
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, insert, select

from db.tables.people import Assignment, Contact
from db.tables.programme import Listing, ResponsibleUnit
from db.tables.reporting import (
    Obligation,
    ObligationState,
    Problem,
    Report,
    ReportingPeriod,
    ReportSource,
    Verdict,
)
from domain.calendar import shipped_calendar
from domain.periods import Period
from domain.policy import shipped_policy
from domain.timetable import Timetable
from domain.vocabulary import PlanCategory, Role
from sandbox.sample import history, problems
from sandbox.sample.facts import MonthFact
from sandbox.seeding.last_year import listed_last_year
from sandbox.seeding.projects import Rows
from usecases.obligations import first_act_at

Row = dict[str, Any]
ZONE = ZoneInfo("Asia/Shanghai")
TIMETABLE = Timetable(shipped_policy("city"), shipped_calendar(), ZONE)
SUBMITTED_EVERY = 4
"""So many projects have one that has already sent the report of the month that is open."""


@dataclass(frozen=True, slots=True)
class _Months:
    """A programme's facts with what their rows need."""

    rows: Rows
    periods: Mapping[Period, ReportingPeriod]
    listings: Mapping[tuple[str, int], Listing]
    officers: Mapping[int, int]
    liaisons: Mapping[int, int]
    lead_units: Mapping[int, int] = field(default_factory=dict)


def write_reports(session: Session, rows: Rows, now: dtm.datetime) -> None:
    """Every month up to the one that is open at `now`: accepted, and that one partly sent."""
    open_month = Period.of(TIMETABLE.local_day(now))
    facts = history(rows.programme, (open_month.year, open_month.month))
    months = _Months(
        rows,
        _periods(session, {_period(fact) for fact in facts}),
        listed_last_year(session, rows, facts) | _of_this_year(rows),
        _first_in_post(session, Role.INFORMATION_OFFICER),
        _first_in_post(session, Role.LIAISON),
        _lead_units(session),
    )
    accepted = [fact for fact in facts if _period(fact) < open_month]
    current = [fact for fact in facts if _period(fact) == open_month]
    _accept(session, months, accepted)
    _open(session, months, current, now)


def _accept(session: Session, months: _Months, facts: list[MonthFact]) -> None:
    owed = [_obligation(months, fact, ObligationState.ACCEPTED) for fact in facts]
    for row in owed:
        row["first_submitted_at"] = _submitted(row)
    ids = _insert(session, owed)
    reports = []
    for fact, row in zip(facts, owed, strict=True):
        judged = _judged(row)
        verdict = {"verdict": Verdict.ACCEPTED, "verdict_at": judged}
        verdict["verdict_by_id"] = months.liaisons.get(months.lead_units[row["listing_id"]])
        reports.append(_report(months, fact, row, ids) | verdict)
    session.exec(insert(Report), params=reports)


def _open(session: Session, months: _Months, facts: list[MonthFact], now: dtm.datetime) -> None:
    """The month being reported: a part of it has been sent and waits for the liaisons."""
    sent = facts[::SUBMITTED_EVERY]
    yesterday = TIMETABLE.calendar.add_working_days(TIMETABLE.local_day(now), -1)
    owed = [_obligation(months, fact, ObligationState.OPEN) for fact in facts]
    for row in owed:
        row["next_act_at"] = first_act_at(TIMETABLE, row["due_at"])
    for row in owed[::SUBMITTED_EVERY]:
        row["state"] = ObligationState.SUBMITTED
        row["first_submitted_at"] = _at(yesterday, row["project_id"])
        row["next_act_at"] = _first_review_rung(row["first_submitted_at"])
    ids = _insert(session, owed)
    reports = [
        _report(months, fact, row, ids)
        | {"verdict": Verdict.PENDING, "verdict_at": None, "verdict_by_id": None}
        for fact, row in zip(sent, owed[::SUBMITTED_EVERY], strict=True)
    ]
    session.exec(insert(Report), params=reports)


def _first_review_rung(submitted_at: dtm.datetime) -> dtm.datetime:
    return TIMETABLE.review_ladder(TIMETABLE.review_due_at(submitted_at))[0].at


def _obligation(months: _Months, fact: MonthFact, state: ObligationState) -> Row:
    period = months.periods[_period(fact)]
    listing = months.listings[fact.code, fact.year]
    return {
        "project_id": listing.project_id,
        "period_id": period.id,
        "listing_id": listing.id,
        "state": state,
        "due_at": period.due_at,
        "first_submitted_at": None,
        "next_act_at": None,
        "reason": "",
    }


def _report(months: _Months, fact: MonthFact, owed: Row, ids: Mapping[tuple[int, int], int]) -> Row:
    project = months.rows.projects[fact.code]
    return {
        "obligation_id": ids[owed["project_id"], owed["period_id"]],
        "revision": 1,
        "author_id": months.officers.get(project.owner_id or 0),
        "source": ReportSource.CHAT,
        "basis": TIMETABLE.policy.reporting.basis,
        "invested_month": None if _is_preparatory(months, fact) else fact.invested,
        "physical_progress": fact.physical_progress,
        "next_steps": "",
        "explanation": "",
        "submitted_at": owed["first_submitted_at"],
        "verdict_reason": "",
    }


def _is_preparatory(months: _Months, fact: MonthFact) -> bool:
    """Whether the project reports its preliminary work instead of investment."""
    return months.listings[fact.code, fact.year].plan_category is PlanCategory.PREPARATORY


def _insert(session: Session, owed: list[Row]) -> dict[tuple[int, int], int]:
    """Write obligations; their ids by project and period."""
    session.exec(insert(Obligation), params=owed)
    periods = {row["period_id"] for row in owed}
    found = select(Obligation.project_id, Obligation.period_id, Obligation.id)
    written = session.exec(found.where(col(Obligation.period_id).in_(periods)))
    return {(project, period): row for project, period, row in written}


def _submitted(owed: Row) -> dtm.datetime:
    """Up to three working days before it was due."""
    number, due = owed["project_id"], TIMETABLE.local_day(owed["due_at"])
    return _at(TIMETABLE.calendar.add_working_days(due, -(number % 4)), number)


def _judged(owed: Row) -> dtm.datetime:
    """The working day after it was sent."""
    sent = TIMETABLE.local_day(owed["first_submitted_at"])
    return _at(TIMETABLE.calendar.add_working_days(sent, 1), owed["project_id"] + 3)


def _at(day: dtm.date, number: int) -> dtm.datetime:
    """An office hour of the day, another one for each number."""
    return TIMETABLE.instant(day, dtm.time(9 + number % 8, number * 7 % 60))


def _period(fact: MonthFact) -> Period:
    return Period(fact.year, fact.month)


def _periods(session: Session, wanted: Iterable[Period]) -> dict[Period, ReportingPeriod]:
    """The periods' rows, made where a programme before did not make them."""
    rows = session.exec(select(ReportingPeriod)).all()
    known = {Period(row.year, row.month): row for row in rows}
    for period in sorted(set(wanted) - known.keys()):
        known[period] = ReportingPeriod(
            year=period.year,
            month=period.month,
            opens_at=TIMETABLE.opens_at(period),
            due_at=TIMETABLE.due_at(period),
        )
    session.add_all(known.values())
    session.flush()
    return known


def _of_this_year(rows: Rows) -> dict[tuple[str, int], Listing]:
    return {(code, rows.programme.year): listing for code, listing in rows.listings.items()}


def _lead_units(session: Session) -> dict[int, int]:
    found = select(ResponsibleUnit.listing_id, ResponsibleUnit.organisation_id)
    return dict(session.exec(found.where(ResponsibleUnit.position == 1)).all())


def _first_in_post(session: Session, role: Role) -> dict[int, int]:
    """Somebody who holds this role in each organisation."""
    query = (
        select(Contact.organisation_id, Contact.id)
        .join(Assignment, col(Assignment.contact_id) == col(Contact.id))
        .where(Assignment.role == role)
        .order_by(col(Contact.id).desc())
    )
    return {unit: contact for unit, contact in session.exec(query) if unit is not None}


def write_problems(session: Session, rows: Rows) -> None:
    """Every problem of the year, adopted by the liaison the working day after it was raised."""
    session.exec(insert(Problem), params=list(_problems(rows)))


def _problems(rows: Rows) -> Iterator[Row]:
    for fact in problems(rows.programme, (rows.programme.year, 10)):
        number = rows.projects[fact.code].id
        adopted = TIMETABLE.calendar.add_working_days(fact.opened, 1)
        closed = fact.closed
        # Nothing is closed out before it was adopted.
        closed = max(closed, adopted + dtm.timedelta(days=1)) if closed else None
        yield {
            "project_id": number,
            "kind": fact.kind,
            "text": fact.text,
            "raised_at": _at(fact.opened, number),
            "adopted_at": _at(adopted, number),
            "closed_at": _at(closed, number) if closed else None,
            "closing_note": fact.outcome or "",
        }
