"""Half a year of meetings by a given clock: who is told what, who presses and types what.

Buttons go through the real handlers; nothing travels, so months pass in seconds.
"""

import asyncio
import datetime as dtm
import re
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from sqlmodel import Session
from telegram.ext import CallbackQueryHandler

from db.tables.people import Contact
from db.tables.speech import MessageState, Urgency
from domain.vocabulary import Language
from handlers.meetings import HANDLERS
from templates.render import render
from tests.builders import asker
from tests.rounds import name_of
from usecases import composing, notices
from usecases.answers import Answers, UseCase
from usecases.asker import voice_of
from usecases.dialogs import hear
from usecases.lookup import look_up
from usecases.meetings.planning import keep_meetings, plan_series

OFFICE = dtm.timezone(dtm.timedelta(hours=8))
Keyboard = list[list[dict[str, str]]]


@dataclass(frozen=True)
class Told:
    """Somebody was told something unasked: its kind, and the data of its buttons."""

    name: str
    kind: str
    buttons: tuple[str, ...]

    def offers(self, start: str) -> list[str]:
        """The buttons whose data begins so."""
        return [data for data in self.buttons if data.startswith(start)]


_HEAR = hear(look_up)


class Secretariat:
    """The office at its phones; `notes` is everything said and pressed, in order."""

    def __init__(self, session: Session, now: dtm.datetime) -> None:
        self.session = session
        self.now = now
        self.notes: list[str] = []
        self._shown: dict[int, list[Keyboard]] = {}

    def passes_to(self, now: dtm.datetime) -> list[Told]:
        """It is later now; what leaves at this moment."""
        self.now = now
        plan_series(self.session, now)
        keep_meetings(self.session, now)
        notices.expire(self.session, now)
        told = []
        for urgency in (Urgency.URGENT, Urgency.ROUTINE):
            while row := composing.compose_next(self.session, urgency, now, frozenset()):
                row.state, row.sent_at = MessageState.SENT, now
                assert row.contact_id
                self._note(name_of(self.session, row), row.text, row.keyboard)
                self._shown.setdefault(row.contact_id, []).append(row.keyboard)
                told.append(Told(name_of(self.session, row), row.kind, _data(row.keyboard)))
        return told

    def types(self, who: Contact, text: str) -> str:
        """Somebody types this; the kind of what they are answered."""
        self.notes.append(f"{who.name} ▸ {text}")
        return self._run(who, _HEAR, text)

    def presses(self, who: Contact, start: str) -> str:
        """Somebody presses their newest button whose data begins so."""
        keyboards = reversed(self._shown[who.id])
        key = next(
            key
            for keyboard in keyboards
            for row in keyboard
            for key in row
            if key.get("data", "").startswith(start)
        )
        self.notes.append(f"{who.name} ▸ [{key['label']}]")
        return self._pressed(who, key["data"])

    def calls(self, who: Contact) -> str:
        """The coordinator calls a meeting."""
        self.notes.append(f"{who.name} ▸ /meetings")
        return self._pressed(who, "meeting.call")

    def opens(self, who: Contact, meeting_id: int) -> str:
        """Somebody opens a meeting of their list."""
        self.notes.append(f"{who.name} ▸ /meetings")
        return self._pressed(who, f"meeting.show:{meeting_id}")

    def _pressed(self, who: Contact, data: str) -> str:
        asked: list[Any] = []

        async def run(_update: object, use_case: object, given: object) -> None:
            asked.append((use_case, given))

        update: Any = SimpleNamespace(callback_query=SimpleNamespace(data=data))
        context: Any = SimpleNamespace(run=run)
        asyncio.run(_handler(data).callback(update, context))
        ((use_case, given),) = asked
        return self._run(who, use_case, given)

    def _run(self, who: Contact, use_case: UseCase[Any], given: object) -> str:
        answers: Answers = use_case(
            self.session, asker(self.session, who, self.now), given, self.now
        )
        for answer in answers:
            said = render(answer.message, voice_of(self.session, who))
            self._note(who.name, said.text, said.keyboard)
            self._shown.setdefault(who.id, []).append(said.keyboard)
        return answers[-1].message.kind()

    def _note(self, name: str, text: str, keyboard: Keyboard) -> None:
        local = self.now.astimezone(OFFICE)
        self.notes.append(f"── {local:%Y-%m-%d %H:%M} → {name}\n{text}")
        self.notes += [" ".join(f"[{key['label']}]" for key in row) for row in keyboard]


def speaking(session: Session, people: list[Contact], language: Language) -> None:
    """Everybody is spoken to in this language."""
    for person in people:
        person.language = language
        session.add(person)
    session.flush()


def _data(keyboard: Keyboard) -> tuple[str, ...]:
    return tuple(key.get("data", "") for row in keyboard for key in row)


def _handler(data: str) -> Any:
    buttons = (one for one in HANDLERS if isinstance(one, CallbackQueryHandler))
    return next(one for one in buttons if cast(re.Pattern[str], one.pattern).match(data))
