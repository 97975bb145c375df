"""Conversations as rows: started, heard, put to sleep and ended in the transaction of their effect.

A topic registers a flow; `hear` takes every free text and gives it to the awake dialog, asks what
is meant when the dialog sleeps, and otherwise looks the words up.
"""

import datetime as dtm
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from db.tables.speech import Dialog
from domain.dialogs import Ask, Finish, Machine, Position, Turn, is_awake
from templates.dialogs import DialogAsleep, DialogCancelled, NothingToCancel
from templates.message import Message
from usecases.answers import Answers, UseCase, say
from usecases.asker import Asker


class Conversation(Protocol):
    """A kind of conversation: what it makes of an answer, and how it asks again after a sleep."""

    @property
    def kind(self) -> str:
        """The word by which its rows are known."""

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """What follows when this was said at the row's step."""

    def asked_again(
        self, session: Session, asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """The question at which the conversation stands."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A conversation kept wholly in its row: its rules, its questions, and what its end does."""

    kind: str
    machine: Machine
    question: Callable[[Session, Asker, Ask], Message]
    finish: Callable[[Session, Asker, Mapping[str, Any], dtm.datetime], Answers]

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """The machine's turn: the next question, or what the end does."""
        today = now.astimezone(ZoneInfo(asker.voice.zone)).date()
        turn: Turn = self.machine.hear(_position(row), text, today)
        if isinstance(turn, Finish):
            session.delete(row)
            session.flush()
            return self.finish(session, asker, turn.draft, now)
        row.step, row.draft, row.touched_at = turn.position.step, dict(turn.position.draft), now
        session.add(row)
        return say(self.question(session, asker, turn))

    def asked_again(
        self, session: Session, asker: Asker, row: Dialog, _now: dtm.datetime
    ) -> Answers:
        """The question of the row's step."""
        return say(self.question(session, asker, Ask(_position(row))))


_CONVERSATIONS: dict[str, Conversation] = {}
Known = TypeVar("Known", bound=Conversation)


def register_flow(conversation: Known) -> Known:
    """Make a kind of conversation known, so that its rows can go on after a restart."""
    _CONVERSATIONS[conversation.kind] = conversation
    return conversation


def begin(
    session: Session, asker: Asker, flow: Flow, known: Mapping[str, Any], now: dtm.datetime
) -> Answers:
    """Start a conversation with this person, in place of any other they had open."""
    position = flow.machine.start(known)
    stand_at(session, asker, flow, position, now)
    return say(flow.question(session, asker, Ask(position)))


def stand_at(
    session: Session,
    asker: Asker,
    conversation: Conversation,
    position: Position,
    now: dtm.datetime,
) -> None:
    """The next free text is an answer at this position, in place of any other conversation."""
    end(session, asker)
    row = Dialog(
        contact_id=asker.contact_id,
        kind=conversation.kind,
        step=position.step,
        draft=dict(position.draft),
        started_at=now,
        touched_at=now,
    )
    session.add(row)
    session.flush()


def hear(look_up: UseCase[str]) -> UseCase[str]:
    """The use-case for free text: the awake dialog's answer, or words to look up."""

    def heard(session: Session, asker: Asker, text: str, now: dtm.datetime) -> Answers:
        row = open_dialog(session, asker)
        if row is None:
            return look_up(session, asker, text, now)
        if not is_awake(row.touched_at, now):
            return _asleep(session, row, text)
        return _CONVERSATIONS[row.kind].heard(session, asker, row, text, now)

    return heard


def go_on(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """Wake a sleeping dialog: its question is asked again, nothing said is lost."""
    row = open_dialog(session, asker)
    if row is None:
        return say(NothingToCancel())
    row.touched_at, row.set_aside = now, ""
    session.add(row)
    return _CONVERSATIONS[row.kind].asked_again(session, asker, row, now)


def look_up_instead(look_up: UseCase[str]) -> UseCase[None]:
    """The use-case for 「查询」 at a sleeping dialog: look up the words set aside; it sleeps on."""

    def looked_up(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
        row = open_dialog(session, asker)
        words = row.set_aside if row else ""
        return look_up(session, asker, words, now) if words else say(NothingToCancel())

    return looked_up


def cancel(session: Session, asker: Asker, _given: None, _now: dtm.datetime) -> Answers:
    """/cancel: leave the conversation; it always works."""
    return say(DialogCancelled() if end(session, asker) else NothingToCancel())


def open_dialog(session: Session, asker: Asker) -> Dialog | None:
    """The conversation this person has open, awake or asleep."""
    row = _row_of(session, asker)
    # A kind this version no longer knows can only be forgotten: nothing could be asked.
    return row if row is not None and row.kind in _CONVERSATIONS else None


def end(session: Session, asker: Asker) -> bool:
    """Forget this person's open conversation; False when there was none."""
    row = _row_of(session, asker)
    if row is None:
        return False
    session.delete(row)
    session.flush()
    return True


def _row_of(session: Session, asker: Asker) -> Dialog | None:
    if asker.contact is None:
        return None
    found = select(Dialog).where(Dialog.contact_id == asker.contact.id)
    return session.exec(found).one_or_none()


def _asleep(session: Session, row: Dialog, text: str) -> Answers:
    row.set_aside = text
    session.add(row)
    return say(DialogAsleep(row.kind, text))


def _position(row: Dialog) -> Position:
    return Position(row.step, row.draft)
