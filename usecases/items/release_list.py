"""The list of what would go to first-responsible persons about decisions, for the office."""

import datetime as dtm
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from db.tables.chasing import ReleaseVerdict
from db.tables.items import ItemRelease
from db.tables.people import Contact
from db.tables.speech import Notice, NoticeState, Urgency
from domain.chain import Seat
from domain.vocabulary import Role
from templates.item_alerts import DecisionReleaseAsked, DecisionReleaseLine
from templates.release import ReleaseStand
from usecases import budgets
from usecases.chain import load_roster
from usecases.items.alerts import DECISION_OVERDUE_TOP, ended_of, heard_of, line_of, seat
from usecases.items.timing import DECISION, Pressed, pressed_by_ids
from usecases.notices import Composed, Occasion, register, spending_occasions

_ASKED = (ReleaseStand.WAITING, ReleaseStand.UNREACHABLE)


def lines_of(
    session: Session, notices: Sequence[Notice], now: dtm.datetime
) -> tuple[DecisionReleaseLine, ...]:
    """What these notices ask about and is late still, each with what was decided since."""
    asked_at = {notice.subject_id: notice.created_at for notice in notices}
    late = late_of(session, notices, now)
    roster, heard = load_roster(session, now, [one.place for one in late]), heard_of(session, late)
    lines = []
    for one in late:
        person = seat(roster, one, Role.FIRST_RESPONSIBLE)
        stand = _decided(session, one, asked_at[one.id]) or _standing(person)
        line = _line(session, one, person, stand, now)
        told = replace(line.line, commissioner=heard.get(one.id))
        lines.append(replace(line, line=told))
    return tuple(lines)


def late_of(session: Session, notices: Sequence[Notice], now: dtm.datetime) -> list[Pressed]:
    """The decisions these notices are about, as far as they are late."""
    found = pressed_by_ids(session, {notice.subject_id for notice in notices}, now)
    return [one for one in found.values() if one.is_late(now)]


def list_again(
    session: Session, notices: Sequence[Notice], now: dtm.datetime
) -> DecisionReleaseAsked:
    """The list as it stands now."""
    ended = ended_of(session, notices, late_of(session, notices, now), now)
    return DecisionReleaseAsked(now, lines_of(session, notices, now), ended)


def asked_still(session: Session, contact_id: int, now: dtm.datetime) -> list[Notice]:
    """What somebody was asked to let out and is late still, each once."""
    query = select(Notice).where(
        Notice.subject_kind == DECISION,
        Notice.contact_id == contact_id,
        Notice.occasion == DECISION_RELEASE_ASKED.name,
        Notice.state == NoticeState.TOLD,
    )
    notices = session.exec(query.order_by(col(Notice.id))).all()
    late = {one.id for one in late_of(session, notices, now)}
    newest = {notice.subject_id: notice for notice in notices if notice.subject_id in late}
    return list(newest.values())


def _compose(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    asked = tuple(line for line in lines_of(session, notices, now) if line.stand in _ASKED)
    if not asked:
        return Composed(None)
    ids = {line.decision_id for line in asked}
    told = frozenset(notice.id for notice in notices if notice.subject_id in ids)
    return Composed(DecisionReleaseAsked(now, asked), told)


def _line(
    session: Session, one: Pressed, held: Seat, stand: ReleaseStand, now: dtm.datetime
) -> DecisionReleaseLine:
    person = session.get(Contact, held.acting_id) if held.acting_id else None
    return DecisionReleaseLine(
        one.id,
        line_of(one, now),
        stand,
        person.name if person else "",
        held.gap,
        _waits_until(session, one, person, now) if stand is ReleaseStand.SENT else None,
    )


def _standing(held: Seat) -> ReleaseStand:
    return ReleaseStand.UNREACHABLE if held.gap else ReleaseStand.WAITING


def _decided(session: Session, one: Pressed, asked_at: dtm.datetime) -> ReleaseStand | None:
    """What was decided of its present ladder; putting it off holds only for the day's list."""
    query = select(ItemRelease).where(
        ItemRelease.decision_id == one.id, col(ItemRelease.turn).startswith(one.ladder_turn)
    )
    for row in session.exec(query.order_by(col(ItemRelease.id).desc())):
        if row.verdict is ReleaseVerdict.SENT:
            return ReleaseStand.SENT
        if row.decided_at >= asked_at:
            return ReleaseStand.HELD_BACK
    return None


def _waits_until(
    session: Session, one: Pressed, person: Contact | None, now: dtm.datetime
) -> dtm.datetime | None:
    """When somebody whose budget is used up will hear of it, if they have not yet."""
    waiting = select(Notice.id).where(
        Notice.subject_kind == DECISION,
        Notice.subject_id == one.id,
        Notice.occasion == DECISION_OVERDUE_TOP.name,
        Notice.state == NoticeState.DUE,
    )
    if person is None or session.exec(waiting).first() is None:
        return None
    return budgets.full_again_at(session, person, spending_occasions(), now)


DECISION_RELEASE_ASKED = register(
    Occasion(
        "decision_release_asked", Urgency.URGENT, _compose, spends_budget=False, is_chasing=True
    )
)
