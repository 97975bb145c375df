"""The coordinator's word before a first-responsible person hears of a late decision."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session, select

from db.tables.chasing import ReleaseVerdict
from db.tables.items import ItemRelease
from db.tables.speech import Notice
from domain.access import Action
from domain.vocabulary import Role
from templates.item_alerts import (
    DecisionReleaseAsked,
    DecisionReleaseItem,
    DecisionReleaseLine,
)
from templates.message import Message
from templates.office import StaleButton
from templates.release import ReleaseStand
from usecases import audit
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.chain import load_roster
from usecases.chasing.holds import held
from usecases.chasing.refreshing import told_by
from usecases.items.chasing import next_act_at
from usecases.items.climbing import Late, gate_of, late_now, release
from usecases.items.refreshing import refresh
from usecases.items.release_list import (
    DECISION_RELEASE_ASKED,
    asked_still,
    lines_of,
    list_again,
)
from usecases.items.timing import DECISION, pressed_by_ids
from usecases.rights import entitled

_LISTS = (DecisionReleaseAsked.kind(), DecisionReleaseItem.kind())


@entitled(Action.RELEASE)
def open_list(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The list of what waits for the office's word, asked for again (/todo)."""
    notices = asked_still(session, asker.contact_id, now)
    return say(list_again(session, notices, now) if notices else StaleButton())


@entitled(Action.RELEASE)
def send_all(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """全部发送: everything on the pressed list that waits and may still be told."""
    return _decide_all(session, asker, ReleaseVerdict.SENT, now)


@entitled(Action.RELEASE)
def put_off_all(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """暂缓: nothing of the list is told today."""
    return _decide_all(session, asker, ReleaseVerdict.HELD_BACK, now)


@entitled(Action.RELEASE)
def show_list(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The list again, in place of one of its items."""
    notices = _asked(session, asker, now)
    return in_place(list_again(session, notices, now)) if notices else say(StaleButton())


@entitled(Action.RELEASE)
def show_each(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """逐项: the first that waits."""
    notices = _asked(session, asker, now)
    return in_place(_next(session, notices, now)) if notices else say(StaleButton())


@entitled(Action.RELEASE)
def send(session: Session, asker: Asker, decision_id: int, now: dtm.datetime) -> Answers:
    """发送: this one, then the next is shown."""
    return _decide_one(session, asker, decision_id, ReleaseVerdict.SENT, now)


@entitled(Action.RELEASE)
def put_off(session: Session, asker: Asker, decision_id: int, now: dtm.datetime) -> Answers:
    """暂缓: not this one today, then the next is shown."""
    return _decide_one(session, asker, decision_id, ReleaseVerdict.HELD_BACK, now)


def _asked(session: Session, asker: Asker, now: dtm.datetime) -> list[Notice]:
    """What the pressed list asked about; one asked for again stands for all that still waits."""
    if asker.pressed is None:
        return []
    told = [
        one
        for one in told_by(session, asker.pressed, DECISION)
        if one.contact_id == asker.contact_id and one.occasion == DECISION_RELEASE_ASKED.name
    ]
    if told or asker.pressed.kind not in _LISTS:
        return told
    return asked_still(session, asker.contact_id, now)


def _waiting(lines: Sequence[DecisionReleaseLine]) -> list[DecisionReleaseLine]:
    return [line for line in lines if line.stand is ReleaseStand.WAITING]


def _next(session: Session, notices: Sequence[Notice], now: dtm.datetime) -> Message:
    """The next item that waits; with none left, the list."""
    lines = lines_of(session, notices, now)
    waiting = _waiting(lines)
    if not waiting:
        return list_again(session, notices, now)
    return DecisionReleaseItem(now, waiting[0], lines.index(waiting[0]) + 1, len(lines))


def _decide_all(
    session: Session, asker: Asker, verdict: ReleaseVerdict, now: dtm.datetime
) -> Answers:
    notices = _asked(session, asker, now)
    if not notices:
        return say(StaleButton())
    waiting = [line.decision_id for line in _waiting(lines_of(session, notices, now))]
    refresh(session, _decide(session, asker, waiting, verdict, now), now, but=asker.pressed)
    return in_place(list_again(session, notices, now))


def _decide_one(
    session: Session,
    asker: Asker,
    decision_id: int,
    verdict: ReleaseVerdict,
    now: dtm.datetime,
) -> Answers:
    """Decide on it if it still waits; else the list says what became of it."""
    notices = _asked(session, asker, now)
    waiting = [line.decision_id for line in _waiting(lines_of(session, notices, now))]
    if decision_id not in waiting:
        return in_place(list_again(session, notices, now)) if notices else say(StaleButton())
    done = _decide(session, asker, [decision_id], verdict, now)
    refresh(session, done, now, but=asker.pressed)
    return in_place(_next(session, notices, now))


def _decide(
    session: Session,
    asker: Asker,
    decision_ids: Sequence[int],
    verdict: ReleaseVerdict,
    now: dtm.datetime,
) -> list[int]:
    """Record the word given on these decisions and act on it; those it could be given on."""
    found = list(pressed_by_ids(session, decision_ids, now).values())
    roster = load_roster(session, now, [one.place for one in found])
    gate, brakes = gate_of(session, found, now), held(session, now)
    decided = []
    for late in late_now(found, now):
        one = late.pressed
        is_held = brakes.covers(one.item.project.id, one.decided.unit.id)
        asks = Role.FIRST_RESPONSIBLE in late.step.rung.tells
        if is_held or not asks or not gate.may_fire(late, now):
            continue
        _record(session, asker, late, verdict, now)
        if verdict is ReleaseVerdict.SENT:
            release(session, late, roster, now)
            one.row.next_act_at = next_act_at(one, now)
        decided.append(one.id)
    session.flush()
    return decided


def _record(
    session: Session, asker: Asker, late: Late, verdict: ReleaseVerdict, now: dtm.datetime
) -> None:
    subject = late.subject
    known = select(ItemRelease).where(
        ItemRelease.decision_id == subject.id, ItemRelease.turn == subject.turn
    )
    row = session.exec(known).one_or_none() or ItemRelease(
        decision_id=subject.id,
        turn=subject.turn,
        verdict=verdict,
        decided_by_id=asker.contact_id,
        decided_at=now,
    )
    row.verdict, row.decided_by_id, row.decided_at = verdict, asker.contact_id, now
    session.add(row)
    audit.record(session, asker, f"item_release.{verdict.value}", now, (DECISION, subject.id))
