"""What was said about late reports, and what was answered: read for many of them at once."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sqlmodel import Session, col, select

from db.tables.chasing import Acknowledgement, Promise, PromiseState
from db.tables.speech import Message, MessageState, Notice
from templates.alerts import Heard, Promised
from usecases.chasing.chased import Chased


class _Turned(Protocol):
    """Something that was said or answered of a report on a turn of its ladder."""

    @property
    def obligation_id(self) -> int: ...

    @property
    def turn(self) -> str: ...


Row = TypeVar("Row", bound=_Turned)


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody was really reached about a report."""

    obligation_id: int
    occasion: str
    turn: str
    contact_id: int
    at: dtm.datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """Of each report, by its obligation's id: who was reached, who knows, what was promised."""

    told: Mapping[int, list[Told]]
    known: Mapping[int, list[Acknowledgement]]
    promises: Mapping[int, list[Promise]]

    def times_asked(self, chased: Chased, occasions: Collection[str], before: dtm.datetime) -> int:
        """How often somebody was reached on these occasions before a moment.

        What several people were told in the same turn counts once.
        """
        turns = {
            (one.occasion, one.turn)
            for one in self.told[chased.id]
            if one.occasion in occasions and one.at < before
        }
        return len(turns)

    def was_told(self, chased: Chased, occasion: str) -> bool:
        """Whether anybody was reached on an occasion since its present ladder began."""
        return any(True for _ in self._told_on(chased, occasion))

    def promise(self, chased: Chased) -> Promise | None:
        """What was promised last since its present ladder began."""
        return next(reversed(self._of_ladder(self.promises, chased)), None)

    def promised(self, chased: Chased, now: dtm.datetime) -> Promised | None:
        """That promise as it is shown."""
        return _shown(self.promise(chased), now)

    def known_at(self, chased: Chased, contact_id: int) -> dtm.datetime | None:
        """Since when somebody knows of it, as they said themselves."""
        rows = self._of_ladder(self.known, chased)
        times = [one.acknowledged_at for one in rows if one.contact_id == contact_id]
        return min(times, default=None)

    def promised_by(self, chased: Chased, contact_id: int, now: dtm.datetime) -> Promised | None:
        """What somebody promised themselves."""
        rows = self._of_ladder(self.promises, chased)
        return _shown(next((one for one in rows if one.contact_id == contact_id), None), now)

    def heard(self, chased: Chased, occasion: str, now: dtm.datetime) -> Heard | None:
        """What became of telling whoever was told on this occasion last."""
        last = max(self._told_on(chased, occasion), key=lambda one: one.at, default=None)
        if last is None:
            return None
        known_at = self.known_at(chased, last.contact_id)
        return Heard(last.at, known_at, self.promised_by(chased, last.contact_id, now))

    def _told_on(self, chased: Chased, occasion: str) -> Iterator[Told]:
        for one in self.told[chased.id]:
            if one.occasion == occasion and one.turn.startswith(chased.ladder_turn):
                yield one

    @staticmethod
    def _of_ladder(rows: Mapping[int, list[Row]], chased: Chased) -> list[Row]:
        return [row for row in rows[chased.id] if row.turn.startswith(chased.ladder_turn)]


def facts_of(session: Session, chased: Iterable[Chased]) -> Facts:
    """The facts of these reports."""
    ids = [one.id for one in chased]
    known = select(Acknowledgement).where(col(Acknowledgement.obligation_id).in_(ids))
    promises = select(Promise).where(col(Promise.obligation_id).in_(ids))
    return Facts(
        _by_report(_told(session, ids)),
        _by_report(session.exec(known.order_by(col(Acknowledgement.id)))),
        _by_report(session.exec(promises.order_by(col(Promise.id)))),
    )


def open_promises(session: Session, chased: Iterable[Chased]) -> dict[int, Promise]:
    """The promises that may still hold a rung of the present ladders, by obligation."""
    ladders = {one.id: one.ladder_turn for one in chased}
    query = select(Promise).where(
        col(Promise.obligation_id).in_(ladders), Promise.state == PromiseState.OPEN
    )
    rows = session.exec(query.order_by(col(Promise.promised_for)))
    return {
        row.obligation_id: row for row in rows if row.turn.startswith(ladders[row.obligation_id])
    }


def _told(session: Session, ids: Collection[int]) -> Iterator[Told]:
    query = (
        select(Notice, Message.sent_at)
        .join(Message, col(Message.id) == col(Notice.message_id))
        .where(
            Notice.subject_kind == "obligation",
            col(Notice.subject_id).in_(ids),
            Message.state == MessageState.SENT,
        )
        .order_by(col(Message.sent_at), col(Notice.id))
    )
    for row, sent_at in session.exec(query):
        if sent_at is not None:
            yield Told(row.subject_id, row.occasion, row.turn, row.contact_id, sent_at)


def _by_report(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.obligation_id].append(row)
    return found


def _shown(promise: Promise | None, now: dtm.datetime) -> Promised | None:
    if promise is None or promise.state is PromiseState.DROPPED:
        return None
    return Promised(promise.promised_for, promise.promised_for <= now)
