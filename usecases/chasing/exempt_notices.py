"""Whoever was reminded of a report hears that it is not asked for any more."""

import datetime as dtm
from collections.abc import Mapping, Sequence

from sqlmodel import Session, col, select

from db.tables.chasing import Exemption
from db.tables.people import Contact
from db.tables.programme import Project
from db.tables.reporting import Obligation, ObligationState, ReportingPeriod
from db.tables.speech import Notice, Urgency
from domain.periods import Period
from templates.exempting import ExemptReport, ReportsExempt
from usecases.notices import Composed, Occasion, Subject, Telling, notify_all, register

LINES_SHOWN = 12


def tell_of_exemption(
    session: Session, row: Exemption, reminded: Mapping[int, set[int]], now: dtm.datetime
) -> int:
    """These people hear of the reports they were reminded of; how many people."""
    tellings = [
        Telling(Subject("obligation", obligation_id, f"exempt {row.id}"), contact_id)
        for obligation_id, people in reminded.items()
        for contact_id in sorted(people)
    ]
    notify_all(session, REPORT_EXEMPT, tellings, now)
    return len({telling.contact_id for telling in tellings})


def _compose(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    ids = {notice.subject_id for notice in notices}
    query = (
        select(Obligation.id, Project.name, ReportingPeriod)
        .join(Project, col(Project.id) == col(Obligation.project_id))
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(col(Obligation.id).in_(ids), Obligation.state == ObligationState.EXEMPT)
        .order_by(col(Obligation.id))
    )
    rows = session.exec(query).all()
    if not rows:
        return Composed(None)
    lines = [ExemptReport(name, Period(one.year, one.month)) for _, name, one in rows]
    message = ReportsExempt(tuple(lines[:LINES_SHOWN]), more=len(lines[LINES_SHOWN:]))
    still = {obligation_id for obligation_id, *_ in rows}
    told = frozenset(notice.id for notice in notices if notice.subject_id in still)
    return Composed(message, told)


REPORT_EXEMPT = register(Occasion("report_exempt", Urgency.URGENT, _compose, spends_budget=False))
