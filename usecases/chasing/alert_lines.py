"""The lines of an alert: what was done about each late report, how the others ended, and what its
reader has answered."""

import datetime as dtm
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.programme import Project
from db.tables.reporting import Obligation, ObligationState, Problem, Report, ReportingPeriod
from db.tables.speech import Notice, NoticeState
from domain.chain import Rung
from domain.ladder import BELOW, MAY_PROMISE
from domain.periods import Period
from domain.vocabulary import Role
from templates.alerts import AlertEnd, Answering, EndedReport, LateReport
from usecases.chain import load_roster
from usecases.chasing.chased import Chased
from usecases.chasing.facts import Facts
from usecases.chasing.overdue import REPORT_OVERDUE
from usecases.chasing.reminders import REPORT_REMINDER
from usecases.obligations import AWAITED

LIAISON_ALERT = "unit_overdue"
HANDED_ON = "asked_from_above"
_ASKED_REPORTERS = (REPORT_REMINDER.name, REPORT_OVERDUE.name)


def late_lines(
    session: Session, late: Sequence[Chased], facts: Facts, now: dtm.datetime
) -> tuple[LateReport, ...]:
    """What was done about each of them; a request that has only just left does not count."""
    roster = load_roster(session, now, [one.place for one in late])
    return tuple(
        LateReport(
            one.id,
            one.project.id,
            one.project.name,
            one.month,
            days_late=one.rules.calendar.working_days_between(
                one.due_day, one.rules.local_day(now)
            ),
            is_returned=one.obligation.state is ObligationState.RETURNED,
            times_reminded=facts.times_asked(one, _ASKED_REPORTERS, _this_morning(one, now)),
            liaison_asked=facts.was_told(one, LIAISON_ALERT),
            gap=seat.gap if (seat := roster.chain(one.place).seat(Rung.MAIN_REPORTER)) else None,
            promised=facts.promised(one, now),
        )
        for one in late
    )


def ended_reports(
    session: Session, notices: Sequence[Notice], late: Collection[Chased], now: dtm.datetime
) -> tuple[EndedReport, ...]:
    """Those of the notices' reports that are not late and theirs any more, and how that came."""
    gone = {notice.subject_id for notice in notices} - {one.id for one in late}
    query = (
        select(Obligation, ReportingPeriod, Project)
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .join(Project, col(Project.id) == col(Obligation.project_id))
        .where(col(Obligation.id).in_(gone))
        .order_by(col(Obligation.id))
    )
    return tuple(
        _ended(session, obligation, period, project.name, now)
        for obligation, period, project in session.exec(query)
    )


def answering(
    session: Session,
    contact: Contact,
    role: Role,
    late: Sequence[Chased],
    facts: Facts,
    now: dtm.datetime,
) -> Answering:
    """What somebody has answered about these reports, and what they may still answer."""
    known = [at for one in late if (at := facts.known_at(one, contact.id))]
    promised = [given for one in late if (given := facts.promised_by(one, contact.id, now))]
    below = BELOW.get(role)
    return Answering(
        known_at=min(known) if late and len(known) == len(late) else None,
        promised=max(promised, key=lambda one: one.until, default=None),
        handed_to=_handed_to(session, contact, late),
        difficulty=_difficulty(session, contact, late),
        below=below,
        choices=_choices(role, late, facts, now),
        takes_difficulties=role in MAY_PROMISE,
    )


def _choices(
    role: Role, late: Sequence[Chased], facts: Facts, now: dtm.datetime
) -> tuple[dtm.datetime, ...]:
    """The times that may be promised, while a report has no promise on its present rung."""
    if role not in MAY_PROMISE:
        return ()
    free = [one for one in late if not is_promised(one, facts)]
    return free[0].rules.promise_choices(now) if free else ()


def is_promised(chased: Chased, facts: Facts) -> bool:
    """Whether it was promised on its present rung: that can be done once."""
    promise = facts.promise(chased)
    return promise is not None and promise.turn == chased.turn


def _handed_to(session: Session, contact: Contact, late: Sequence[Chased]) -> str:
    """Whom this person asked to see to one of these reports, if anybody."""
    query = select(Notice).where(
        Notice.subject_kind == "obligation",
        col(Notice.subject_id).in_([one.id for one in late]),
        Notice.occasion == HANDED_ON,
        col(Notice.state).in_((NoticeState.DUE, NoticeState.TOLD)),
    )
    turns = {one.id: one.ladder_turn for one in late}
    for notice in session.exec(query):
        asked = notice.details.get("by") == contact.id
        if asked and notice.turn.startswith(turns[notice.subject_id]):
            return session.get_one(Contact, notice.contact_id).name
    return ""


def _difficulty(session: Session, contact: Contact, late: Sequence[Chased]) -> str:
    """What this person last said stands in the way, since these reports became late."""
    if not late:
        return ""
    query = select(Problem.text).where(
        col(Problem.project_id).in_([one.project.id for one in late]),
        Problem.raised_by_id == contact.id,
        Problem.raised_at >= min(one.obligation.due_at for one in late),
        col(Problem.report_id).is_(None),
    )
    return session.exec(query.order_by(col(Problem.id).desc())).first() or ""


def _ended(
    session: Session, obligation: Obligation, period: ReportingPeriod, name: str, now: dtm.datetime
) -> EndedReport:
    month = Period(period.year, period.month)
    state = obligation.state
    if state not in AWAITED:
        at = _reported_at(session, obligation) if state in _REPORTED else None
        return EndedReport(name, month, AlertEnd(state.value), at)
    if period.closed_at is not None:
        return EndedReport(name, month, AlertEnd.CLOSED)
    if obligation.due_at <= now:
        return EndedReport(name, month, AlertEnd.MOVED)
    returned = state is ObligationState.RETURNED
    end = AlertEnd.RETURNED if returned else AlertEnd.EXTENDED
    return EndedReport(name, month, end, obligation.due_at)


_REPORTED = (ObligationState.SUBMITTED, ObligationState.ACCEPTED)


def _reported_at(session: Session, obligation: Obligation) -> dtm.datetime | None:
    newest = select(Report.submitted_at).where(Report.obligation_id == obligation.id)
    return session.exec(newest.order_by(col(Report.revision).desc())).first()


def _this_morning(chased: Chased, now: dtm.datetime) -> dtm.datetime:
    return chased.rules.instant(chased.rules.local_day(now), dtm.time(0))
