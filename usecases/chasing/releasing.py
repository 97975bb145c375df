"""The coordinator's word before a first-responsible person hears: send, put off, one by one."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session, select

from db.tables.chasing import Release, ReleaseVerdict
from db.tables.speech import Notice
from domain.access import Action
from domain.chain import Rung
from domain.vocabulary import Role
from templates.message import Message
from templates.office import StaleButton
from templates.release import ReleaseItem, ReleaseLine, ReleaseOver, ReleaseStand
from usecases import audit
from usecases.answers import Answers, InPlace, Say, in_place, say
from usecases.asker import Asker
from usecases.chain import load_roster
from usecases.chasing.chased import chased_by_ids
from usecases.chasing.holds import held
from usecases.chasing.ladder import Late, gate_of, release, rung_now
from usecases.chasing.refreshing import refresh
from usecases.chasing.release_list import RELEASE_ASKED, ended_of, lines_of, list_again
from usecases.chasing.reopening import pressed_notices
from usecases.obligations import next_act_at
from usecases.rights import entitled


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
def send(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Answers:
    """发送: this one, then the next is shown."""
    return _decide_one(session, asker, obligation_id, ReleaseVerdict.SENT, now)


@entitled(Action.RELEASE)
def put_off(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Answers:
    """暂缓: not this one today, then the next is shown."""
    return _decide_one(session, asker, obligation_id, ReleaseVerdict.HELD_BACK, now)


def _asked(session: Session, asker: Asker, now: dtm.datetime) -> list[Notice]:
    """What the pressed list asked about."""
    notices = pressed_notices(session, asker, now)
    return [one for one in notices if one.occasion == RELEASE_ASKED.name]


def _waiting(lines: Sequence[ReleaseLine]) -> list[ReleaseLine]:
    return [line for line in lines if line.stand is ReleaseStand.WAITING]


def _next(session: Session, notices: Sequence[Notice], now: dtm.datetime) -> Message:
    """The next item that waits; with none left, the list."""
    lines = lines_of(session, notices, now)
    waiting = _waiting(lines)
    if not waiting:
        return list_again(session, notices, now)
    return ReleaseItem(now, waiting[0], lines.index(waiting[0]) + 1, len(lines))


def _decide_all(
    session: Session, asker: Asker, verdict: ReleaseVerdict, now: dtm.datetime
) -> Answers:
    notices = _asked(session, asker, now)
    if not notices:
        return say(StaleButton())
    waiting = [line.obligation_id for line in _waiting(lines_of(session, notices, now))]
    decided = _decide(session, asker, waiting, verdict, now)
    refresh(session, decided, now, but=asker.pressed)
    return in_place(list_again(session, notices, now))


def _decide_one(
    session: Session,
    asker: Asker,
    obligation_id: int,
    verdict: ReleaseVerdict,
    now: dtm.datetime,
) -> Answers:
    notices = [one for one in _asked(session, asker, now) if one.subject_id == obligation_id]
    if not notices:
        return say(StaleButton())
    line = next(iter(lines_of(session, notices, now)), None)
    waits = line is not None and line.stand is ReleaseStand.WAITING
    done = _decide(session, asker, [obligation_id], verdict, now) if waits else []
    following = InPlace(_next(session, _asked(session, asker, now), now))
    if not done:
        return (following, Say(_over(session, notices, line, now)))
    refresh(session, done, now, but=asker.pressed)
    return (following,)


def _over(
    session: Session, notices: Sequence[Notice], line: ReleaseLine | None, now: dtm.datetime
) -> ReleaseOver:
    """Why nothing was sent."""
    if line is not None:
        return ReleaseOver(line.name, stand=line.stand)
    ended = ended_of(session, notices, now)[0]
    return ReleaseOver(ended.name, ended)


def _decide(
    session: Session,
    asker: Asker,
    obligation_ids: Sequence[int],
    verdict: ReleaseVerdict,
    now: dtm.datetime,
) -> list[int]:
    """Record the word given on these reports, and act on it; those it could be given on."""
    found = chased_by_ids(session, obligation_ids)
    roster = load_roster(session, now, [one.place for one in found.values()])
    gate, brakes = gate_of(session, list(found.values())), held(session, now)
    decided = []
    for one in found.values():
        step = rung_now(one, now)
        if step is None or Role.FIRST_RESPONSIBLE not in step.rung.tells or brakes.has(one):
            continue
        late = Late(one, roster.chain(one.place), step)
        if not gate.may_fire(late, now):
            continue
        _record(session, asker, late, verdict, now)
        if verdict is ReleaseVerdict.SENT:
            release(session, late, now)
            one.obligation.next_act_at = next_act_at(one.rules, one.obligation, now)
        decided.append(one.id)
    session.flush()
    return decided


def _record(
    session: Session, asker: Asker, late: Late, verdict: ReleaseVerdict, now: dtm.datetime
) -> None:
    known = select(Release).where(
        Release.obligation_id == late.chased.id, Release.turn == late.turn
    )
    row = session.exec(known).one_or_none() or Release(
        obligation_id=late.chased.id,
        turn=late.turn,
        verdict=verdict,
        decided_by_id=asker.contact_id,
        decided_at=now,
    )
    row.verdict, row.decided_by_id, row.decided_at = verdict, asker.contact_id, now
    session.add(row)
    seat = late.chain.seat(Rung.FIRST_RESPONSIBLE)
    audit.record(
        session,
        asker,
        f"release.{verdict.value}",
        now,
        ("obligation", late.chased.id),
        contact=seat.acting_id if seat else None,
    )
