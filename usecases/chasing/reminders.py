"""Reminders before a report is due: one message a person, listing what they still owe."""

import datetime as dtm
from collections.abc import Collection, Iterator, Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.reporting import Obligation, ObligationState
from db.tables.speech import Notice, Urgency
from domain.access import Action, may
from domain.chain import Chain, Rung
from domain.timetable import Reminder
from templates.chasing import OwedReport, ReportReminder
from usecases.chasing.chased import Chased, chased_by_ids
from usecases.notices import Composed, Occasion, Subject, Telling, register
from usecases.obligations import AWAITED
from usecases.standing import standing_grants

LINES_SHOWN = 12
_LAST_CALL = "L"


def reminders_now(chased: Chased, chain: Chain, now: dtm.datetime) -> Iterator[Telling]:
    """Whom to remind of a report at present: of the reminders gone by only the latest counts."""
    rounds = chased.rules.reminders(chased.obligation.due_at)
    passed = [reminder for reminder in rounds if reminder.at <= now]
    if not passed or now >= chased.obligation.due_at:
        return
    subject = Subject("obligation", chased.id, _turn(chased, passed[-1]))
    ahead = [reminder.at for reminder in rounds if reminder.at > now]
    expires_at = min([*ahead, chased.obligation.due_at])
    for contact_id in reporters(chain, on_due_day=passed[-1].working_days_before == 0):
        yield Telling(subject, contact_id, expires_at)


def reporters(chain: Chain, *, on_due_day: bool) -> Iterator[int]:
    """The main reporter; the second one from the due day, or when the first cannot be told."""
    main, second = chain.seat(Rung.MAIN_REPORTER), chain.seat(Rung.SECOND_REPORTER)
    if main and main.acting_id:
        yield main.acting_id
    if second and second.acting_id and (on_due_day or main is None or main.gap):
        yield second.acting_id


def owed_reports(owed: Collection[Chased]) -> tuple[OwedReport, ...]:
    """The lines of a list of reports still to come, in their order."""
    return tuple(
        OwedReport(
            one.id,
            one.project.name,
            one.month,
            one.obligation.due_at,
            is_returned=one.obligation.state is ObligationState.RETURNED,
        )
        for one in owed
    )


def theirs(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> list[Chased]:
    """What of the notices' reports is still to come and still the person's to report."""
    found = chased_by_ids(session, {notice.subject_id for notice in notices})
    grants = standing_grants(session, contact.id, now)
    return [one for one in found.values() if may(Action.REPORT, grants, one.ground)]


def covered_ids(notices: Sequence[Notice], told: Collection[Chased]) -> frozenset[int]:
    """The notices about the reports that are told."""
    ids = {one.id for one in told}
    return frozenset(notice.id for notice in notices if notice.subject_id in ids)


def _compose(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    owed = [one for one in theirs(session, contact, notices, now) if one.obligation.due_at > now]
    if not owed:
        return Composed(None)
    first = owed[0]
    due_at, rules = first.obligation.due_at, first.rules
    message = ReportReminder(
        covered=first.covered,
        due_at=due_at,
        basis=rules.policy.reporting.basis,
        lines=owed_reports(owed[:LINES_SHOWN]),
        more=len(owed[LINES_SHOWN:]),
        is_due_today=rules.local_day(now) == first.due_day,
        is_provisional=rules.is_provisional(due_at),
        is_last_call=all(one.turn.endswith(_LAST_CALL) for one in notices),
        overdue=_count_overdue(session, contact, now),
    )
    return Composed(message, covered_ids(notices, owed))


def _count_overdue(session: Session, contact: Contact, now: dtm.datetime) -> int:
    """How many reports the person was reminded of before are late, still owed and still theirs."""
    reminded = (
        select(Notice)
        .join(Obligation, col(Obligation.id) == col(Notice.subject_id))
        .where(
            Notice.contact_id == contact.id,
            Notice.occasion == REPORT_REMINDER.name,
            Notice.subject_kind == "obligation",
            col(Obligation.state).in_(AWAITED),
            Obligation.due_at <= now,
        )
    )
    return len(theirs(session, contact, session.exec(reminded).all(), now))


def _turn(chased: Chased, reminder: Reminder) -> str:
    """Tells the reminders of a report apart, also after its due time was moved."""
    last = _LAST_CALL if reminder.is_last_call else ""
    return f"{chased.due_day}-{reminder.working_days_before}{last}"


REPORT_REMINDER = register(Occasion("report_reminder", Urgency.ROUTINE, _compose, is_chasing=True))
