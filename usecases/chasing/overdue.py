"""What is said of late reports to their reporters, and to the office while it is on trial."""

import datetime as dtm
from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session

from db.tables.people import Contact
from db.tables.speech import Notice, Urgency
from domain.chain import Rung
from domain.vocabulary import Role
from templates.chasing import (
    LateReports,
    RungOnTrial,
    TrialLine,
)
from usecases.chain import load_roster
from usecases.chasing.chased import chased_by_ids
from usecases.chasing.reminders import (
    LINES_SHOWN,
    covered_ids,
    owed_reports,
    theirs,
)
from usecases.notices import Composed, Occasion, register

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


def _on_trial(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """Who would have been told, and of how many reports, if this were no trial."""
    found = chased_by_ids(session, {notice.subject_id for notice in notices})
    roster = load_roster(session, now, [one.place for one in found.values()])
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


def _name(session: Session, contact_id: int | None) -> str:
    return session.get_one(Contact, contact_id).name if contact_id else ""


REPORT_OVERDUE = register(Occasion("report_overdue", Urgency.URGENT, _to_reporter, is_chasing=True))
RUNG_ON_TRIAL = register(Occasion("rung_on_trial", Urgency.ROUTINE, _on_trial, is_chasing=True))
