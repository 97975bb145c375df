"""Corrections that still wait for their review when the books are closed (封账)."""

import datetime as dtm

from sqlmodel import Session, col, select

from db.tables.reporting import Obligation, ObligationState, Report, ReportingPeriod, Verdict
from usecases import audit
from usecases.asker import Asker
from usecases.obligations import obligation_changed
from usecases.reporting.agreeing import propose_for
from usecases.reporting.matters import Matter, accepted_report, matters_of


def propose_overtaken(
    session: Session, asker: Asker, period: ReportingPeriod, now: dtm.datetime
) -> None:
    """They go the way of corrections after the books; meanwhile what was accepted counts.

    A closed month is never rewritten: what differs is proposed to the liaison and the office.
    """
    waiting = (
        select(Obligation, Report)
        .join(Report, col(Report.obligation_id) == col(Obligation.id))
        .where(
            Obligation.period_id == period.id,
            Obligation.state == ObligationState.SUBMITTED,
            Report.verdict == Verdict.PENDING,
            Report.correction_reason != "",
        )
    )
    rows = session.exec(waiting.order_by(col(Obligation.id))).all()
    matters = matters_of(session, [obligation for obligation, _ in rows], now)
    for matter, (_, report) in zip(matters, rows, strict=True):
        _propose(session, asker, matter, report, now)


def _propose(
    session: Session, asker: Asker, matter: Matter, report: Report, now: dtm.datetime
) -> None:
    accepted = accepted_report(session, matter.id)
    assert accepted is not None, "only an accepted month is corrected"
    report.verdict, report.verdict_at = Verdict.SUPERSEDED, now
    report.verdict_by_id = asker.contact_id
    session.add(report)
    matter.obligation.state = ObligationState.ACCEPTED
    obligation_changed(session, matter.obligation, now)
    audit.record(session, asker, "report.overtaken_by_books", now, ("report", report.id))
    amount = (report.invested_month or 0) - (accepted.invested_month or 0)
    author_id = report.author_id or asker.contact_id
    propose_for(session, matter, (amount, report.correction_reason), author_id, now)
