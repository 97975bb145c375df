"""What is said of late reports: to the reporter, the liaison, the commissioner, the office."""

import datetime as dtm
from collections import Counter
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, func, select

from db.tables.people import Contact
from db.tables.programme import ResponsibleUnit
from db.tables.reporting import Obligation, ObligationState, ReportingPeriod
from db.tables.speech import Message, MessageState, Notice, Urgency
from domain.chain import Chain, Rung
from domain.periods import Period
from domain.vocabulary import Role
from templates.chasing import (
    LateForCommissioner,
    LateForLiaison,
    LateReport,
    LateReports,
    RungOnTrial,
    TrialLine,
)
from usecases.chain import load_roster
from usecases.chasing.chased import Chased, chased_by_ids
from usecases.chasing.reminders import (
    LINES_SHOWN,
    REPORT_REMINDER,
    covered_ids,
    owed_reports,
    theirs,
)
from usecases.notices import Composed, Occasion, register

_NOT_EXPECTED = (ObligationState.EXEMPT, ObligationState.WITHDRAWN)
_ROLE_RUNGS = {
    Role.COMMISSIONER: Rung.COMMISSIONER,
    Role.FIRST_RESPONSIBLE: Rung.FIRST_RESPONSIBLE,
}


def _to_reporter(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    late = [one for one in theirs(session, contact, notices, now) if one.obligation.due_at <= now]
    if not late:
        return Composed(None)
    first = late[0]
    message = LateReports(
        first.covered,
        first.obligation.due_at,
        owed_reports(late[:LINES_SHOWN]),
        more=len(late[LINES_SHOWN:]),
    )
    return Composed(message, covered_ids(notices, late))


def _to_liaison(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    late = _late_under(session, contact, Rung.REVIEWER, notices, now)
    if not late:
        return Composed(None)
    months = {one.month for one, _ in late}
    units = {unit.id: unit.name for one, _ in late if (unit := one.listed.lead_unit)}
    message = LateForLiaison(
        unit=next(iter(units.values())) if len(units) == 1 else "",
        month=max(months),
        expected=_expected(session, months, units),
        as_at=now,
        lines=_lines(session, late[:LINES_SHOWN], now),
        late=len(late),
    )
    return Composed(message, covered_ids(notices, [one for one, _ in late]))


def _to_commissioner(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    late = _late_under(session, contact, Rung.COMMISSIONER, notices, now)
    if not late:
        return Composed(None)
    months = {one.month for one, _ in late}
    units = {unit.id for one, _ in late if (unit := one.listed.lead_unit)}
    message = LateForCommissioner(
        month=max(months),
        expected=_expected(session, months, units),
        as_at=now,
        lines=_lines(session, late[:LINES_SHOWN], now),
        late=len(late),
    )
    return Composed(message, covered_ids(notices, [one for one, _ in late]))


def _on_trial(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """Who would have been told, and of how many reports, if this were no trial."""
    found = chased_by_ids(session, {notice.subject_id for notice in notices})
    roster = load_roster(session, now)
    counts: Counter[tuple[Role, int | None]] = Counter()
    for notice in notices:
        if one := found.get(notice.subject_id):
            role = Role(notice.details["role"])
            seat = roster.chain(one.place).seat(_ROLE_RUNGS[role])
            counts[role, seat.acting_id if seat else None] += 1
    if not counts:
        return Composed(None)
    lines = tuple(
        TrialLine(role, _name(session, person), count) for (role, person), count in counts.items()
    )
    return Composed(RungOnTrial(lines), covered_ids(notices, found.values()))


def _late_under(
    session: Session,
    contact: Contact,
    rung: Rung,
    notices: Sequence[Notice],
    now: dtm.datetime,
) -> list[tuple[Chased, Chain]]:
    """What of the notices' reports is still late and still this person's to see to."""
    found = chased_by_ids(session, {notice.subject_id for notice in notices})
    roster = load_roster(session, now)
    chains = [(one, roster.chain(one.place)) for one in found.values()]
    return [
        (one, chain)
        for one, chain in chains
        if one.obligation.due_at <= now
        and (seat := chain.seat(rung))
        and seat.acting_id == contact.id
    ]


def _lines(
    session: Session, late: Collection[tuple[Chased, Chain]], now: dtm.datetime
) -> tuple[LateReport, ...]:
    times = _times_asked(session, [one.id for one, _ in late], _REPORTER_OCCASIONS)
    liaisons = _times_asked(session, [one.id for one, _ in late], (UNIT_OVERDUE.name,))
    return tuple(
        LateReport(
            one.id,
            one.project.id,
            one.project.name,
            one.month,
            days_late=one.rules.calendar.working_days_between(
                one.due_day, one.rules.local_day(now)
            ),
            times_reminded=times[one.id],
            liaison_asked=liaisons[one.id] > 0,
            gap=seat.gap if (seat := chain.seat(Rung.MAIN_REPORTER)) else None,
        )
        for one, chain in late
    )


def _times_asked(
    session: Session, ids: Collection[int], occasions: Collection[str]
) -> Counter[int]:
    """How many messages about each report really reached somebody on these occasions."""
    query = (
        select(Notice.subject_id, func.count(func.distinct(col(Notice.message_id))))
        .join(Message, col(Message.id) == col(Notice.message_id))
        .where(
            Notice.subject_kind == "obligation",
            col(Notice.subject_id).in_(ids),
            col(Notice.occasion).in_(occasions),
            Message.state == MessageState.SENT,
        )
        .group_by(col(Notice.subject_id))
    )
    return Counter(dict(session.exec(query).all()))


def _expected(session: Session, months: Collection[Period], unit_ids: Collection[int]) -> int:
    """How many reports these lead units owe for these months in all (应报)."""
    query = (
        select(ReportingPeriod.year, ReportingPeriod.month, func.count())
        .join(Obligation, col(Obligation.period_id) == col(ReportingPeriod.id))
        .join(ResponsibleUnit, col(ResponsibleUnit.listing_id) == col(Obligation.listing_id))
        .where(
            ResponsibleUnit.position == 1,
            col(ResponsibleUnit.organisation_id).in_(unit_ids),
            col(Obligation.state).not_in(_NOT_EXPECTED),
        )
        .group_by(col(ReportingPeriod.year), col(ReportingPeriod.month))
    )
    counted = session.exec(query)
    return sum(count for year, month, count in counted if Period(year, month) in months)


def _name(session: Session, contact_id: int | None) -> str:
    return session.get_one(Contact, contact_id).name if contact_id else ""


REPORT_OVERDUE = register(Occasion("report_overdue", Urgency.URGENT, _to_reporter, is_chasing=True))
UNIT_OVERDUE = register(Occasion("unit_overdue", Urgency.URGENT, _to_liaison, is_chasing=True))
COMMISSIONER_OVERDUE = register(
    Occasion("commissioner_overdue", Urgency.URGENT, _to_commissioner, is_chasing=True)
)
RUNG_ON_TRIAL = register(Occasion("rung_on_trial", Urgency.ROUTINE, _on_trial, is_chasing=True))
_REPORTER_OCCASIONS = (REPORT_REMINDER.name, REPORT_OVERDUE.name)
