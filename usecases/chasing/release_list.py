"""The list of what would go to first-responsible persons, for the coordinators to decide on."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.tables.chasing import Release, ReleaseVerdict
from db.tables.people import Contact
from db.tables.speech import Notice, NoticeState, Urgency
from domain.chain import Rung, Seat
from templates.alerts import EndedReport
from templates.release import ReleaseAsked, ReleaseLine, ReleaseStand
from usecases import budgets
from usecases.chain import load_roster
from usecases.chasing.alert_lines import ended_reports
from usecases.chasing.alerts import COMMISSIONER_OVERDUE, FIRST_RESPONSIBLE_OVERDUE
from usecases.chasing.chased import Chased, chased_by_ids
from usecases.chasing.facts import Facts, facts_of, open_promises
from usecases.notices import Composed, Occasion, register, spending_occasions
from usecases.people import unit_name


def lines_of(
    session: Session, notices: Sequence[Notice], now: dtm.datetime
) -> tuple[ReleaseLine, ...]:
    """What these notices ask about and is still late, each with what was decided since."""
    asked_at = {notice.subject_id: notice.created_at for notice in notices}
    late = late_of(session, notices, now)
    roster = load_roster(session, now, [one.place for one in late])
    facts, promises = facts_of(session, late), open_promises(session, late)
    lines = []
    for one in late:
        seat = roster.chain(one.place).seat(Rung.FIRST_RESPONSIBLE)
        decided = _decided(session, one, asked_at[one.id])
        stand = decided or (ReleaseStand.PROMISED if one.id in promises else _standing(seat))
        lines.append(_line(session, one, seat, stand, facts, now))
    return tuple(lines)


def late_of(session: Session, notices: Sequence[Notice], now: dtm.datetime) -> list[Chased]:
    """The reports these notices are about, as far as they are late."""
    found = chased_by_ids(session, {notice.subject_id for notice in notices})
    return [one for one in found.values() if one.obligation.due_at <= now]


def ended_of(
    session: Session, notices: Sequence[Notice], now: dtm.datetime
) -> tuple[EndedReport, ...]:
    """Those of them that are late no more."""
    return ended_reports(session, notices, late_of(session, notices, now), now)


def list_again(session: Session, notices: Sequence[Notice], now: dtm.datetime) -> ReleaseAsked:
    """The list as it stands now."""
    return ReleaseAsked(now, lines_of(session, notices, now), ended_of(session, notices, now))


def _compose(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    lines = lines_of(session, notices, now)
    asked = tuple(line for line in lines if line.stand in _ASKED)
    if not asked:
        return Composed(None)
    ids = {line.obligation_id for line in asked}
    told = frozenset(notice.id for notice in notices if notice.subject_id in ids)
    return Composed(ReleaseAsked(now, asked), told)


def _line(
    session: Session,
    one: Chased,
    seat: Seat | None,
    stand: ReleaseStand,
    facts: Facts,
    now: dtm.datetime,
) -> ReleaseLine:
    person = session.get(Contact, seat.acting_id) if seat and seat.acting_id else None
    return ReleaseLine(
        obligation_id=one.id,
        name=one.project.name,
        month=one.month,
        days_late=one.rules.calendar.working_days_between(one.due_day, one.rules.local_day(now)),
        stand=stand,
        person=person.name if person else "",
        unit=unit_name(session, person) if person else "",
        gap=seat.gap if seat else None,
        commissioner=facts.heard(one, COMMISSIONER_OVERDUE.name, now),
        arrives_at=_waits_until(session, one, person, now) if stand is ReleaseStand.SENT else None,
    )


def _standing(seat: Seat | None) -> ReleaseStand:
    return ReleaseStand.UNREACHABLE if seat is None or seat.gap else ReleaseStand.WAITING


def _decided(session: Session, one: Chased, asked_at: dtm.datetime) -> ReleaseStand | None:
    """What was decided of its present ladder; putting it off holds only for the day's list."""
    query = select(Release).where(
        Release.obligation_id == one.id, col(Release.turn).startswith(one.ladder_turn)
    )
    for row in session.exec(query.order_by(col(Release.id).desc())):
        if row.verdict is ReleaseVerdict.SENT:
            return ReleaseStand.SENT
        if row.decided_at >= asked_at:
            return ReleaseStand.HELD_BACK
    return None


def _waits_until(
    session: Session, one: Chased, person: Contact | None, now: dtm.datetime
) -> dtm.datetime | None:
    """When somebody whose budget is used up will hear of it, if they have not yet."""
    if person is None:
        return None
    waiting = select(Notice.id).where(
        Notice.subject_kind == "obligation",
        Notice.subject_id == one.id,
        Notice.occasion == FIRST_RESPONSIBLE_OVERDUE.name,
        Notice.contact_id == person.id,
        Notice.state == NoticeState.DUE,
    )
    if session.exec(waiting).first() is None:
        return None
    return budgets.full_again_at(session, person, spending_occasions(), now)


_ASKED = (ReleaseStand.WAITING, ReleaseStand.UNREACHABLE)
RELEASE_ASKED = register(
    Occasion("release_asked", Urgency.URGENT, _compose, spends_budget=False, is_chasing=True)
)
