"""Half a year of meetings by a given clock: who is told what, who presses and types what.

Buttons go through the real handlers; nothing travels, so months pass in seconds.
"""

import asyncio
import datetime as dtm
import re
from collections import defaultdict
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

from sqlmodel import Session, col, select
from telegram.ext import CallbackQueryHandler

from db.tables.people import Contact
from db.tables.speech import Delivery, Message, MessageState, Urgency
from domain.vocabulary import Language
from handlers.register import TOPICS
from templates.render import render
from tests.builders import asker
from tests.rounds import name_of
from usecases import composing, notices
from usecases.answers import Answers, InPlace, UseCase
from usecases.asker import Caller, identify, office, voice_of
from usecases.dialogs import hear
from usecases.groups import posting
from usecases.groups.keeping import keep_groups
from usecases.items.all_clear import clear_decision_alarms
from usecases.items.chasing import chase_decisions
from usecases.items.evidence import SentFile, evidence_or
from usecases.items.listing import items_called
from usecases.items.reading import show_called
from usecases.lookup import look_up
from usecases.meetings.planning import keep_meetings, plan_series
from usecases.membership import Joined, group_changed

OFFICE = dtm.timezone(dtm.timedelta(hours=8))
GROUP = -1001
Keyboard = list[list[dict[str, str]]]

_PLANNER = (
    chase_decisions,
    clear_decision_alarms,
    plan_series,
    keep_meetings,
    keep_groups,
    notices.expire,
)
_HEAR = hear(look_up)


@dataclass(frozen=True)
class Told:
    """Somebody was told something unasked: its kind, and the data of its buttons."""

    name: str
    kind: str
    buttons: tuple[str, ...]

    def offers(self, start: str) -> list[str]:
        """The buttons whose data begins so."""
        return [data for data in self.buttons if data.startswith(start)]


@dataclass(frozen=True)
class Shown:
    """Buttons on somebody's phone; `row` is the message that was told unasked."""

    keyboard: Keyboard
    row: Message | None = None


class Secretariat:
    """The office at its phones; `notes` is everything said and pressed, in order."""

    def __init__(self, session: Session, now: dtm.datetime) -> None:
        self.session = session
        self.now = now
        self.notes: list[str] = []
        self.group = ""
        self._shown: defaultdict[int, list[Shown]] = defaultdict(list)

    def passes_to(self, now: dtm.datetime) -> list[Told]:
        """It is later now; what leaves at this moment."""
        self.now = now
        for duty in _PLANNER:
            duty(self.session, now)
        told = self._queued()
        for urgency in (Urgency.URGENT, Urgency.ROUTINE):
            while row := composing.compose_next(self.session, urgency, now, frozenset()):
                told.append(self._arrives(row))
        while post := posting.compose_next(self.session, now, frozenset()):
            told.append(self._arrives(post))
        return told

    def types(self, who: Contact, text: str) -> str:
        """Somebody types this; the kind of what they are answered."""
        self.notes.append(f"{who.name} ▸ {text}")
        return self._run(who, _HEAR, text)

    def sends_photo(self, who: Contact, caption: str) -> str:
        """Somebody sends a photo with these words under it."""
        self.notes.append(f"{who.name} ▸ [photo] {caption}")
        return self._run(who, evidence_or(SentFile.photo("photo", caption), _HEAR), caption)

    def presses(self, who: Contact, start: str) -> str:
        """Somebody presses their newest button whose data begins so."""
        shown, key = next(
            (shown, key)
            for shown in reversed(self._shown[who.id])
            for row in shown.keyboard
            for key in row
            if f"{key.get('data', '')}:".startswith(f"{start}:")
        )
        self.notes.append(f"{who.name} ▸ [{key['label']}]")
        return self._pressed(who, key["data"], shown.row)

    def offered(self, who: Contact, start: str) -> list[str]:
        """The data of the buttons that begin so on the newest message that has one."""
        keyboards = (_data(shown.keyboard) for shown in reversed(self._shown[who.id]))
        found = ([one for one in data if one.startswith(start)] for data in keyboards)
        return next(filter(None, found))

    def calls(self, who: Contact) -> str:
        """The coordinator calls a meeting."""
        self.notes.append(f"{who.name} ▸ /meetings")
        return self._pressed(who, "meeting.call")

    def opens(self, who: Contact, meeting_id: int) -> str:
        """Somebody opens a meeting of their list."""
        self.notes.append(f"{who.name} ▸ /meetings")
        return self._pressed(who, f"meeting.show:{meeting_id}")

    def opens_item(self, who: Contact, number: int) -> str:
        """Somebody reads an item's thread."""
        self.notes.append(f"{who.name} ▸ /item {number}")
        return self._run(who, show_called, str(number))

    def lists_items(self, who: Contact, words: str = "") -> str:
        """Somebody lists items."""
        self.notes.append(f"{who.name} ▸ /items {words}".rstrip())
        return self._run(who, items_called, words)

    def adds_the_bot(self, who: Contact, title: str) -> None:
        """Somebody puts the bot into a work group."""
        assert who.telegram_user_id
        caller = Caller(who.telegram_user_id, GROUP, is_private=False)
        there = identify(self.session, caller, self.now)
        self.group = title
        self.notes.append(f"{who.name} ▸ + {title}")
        group_changed(self.session, there, Joined(title, is_in=True), self.now)
        self._queued()

    def _queued(self) -> list[Told]:
        """What was said or changed besides the answers arrives, oldest first."""
        queued = select(Message).where(Message.state == MessageState.QUEUED)
        rows = self.session.exec(queued.order_by(col(Message.id))).all()
        return [self._arrives(row) for row in rows]

    def _arrives(self, row: Message) -> Told:
        row.state, row.sent_at, row.telegram_message_id = MessageState.SENT, self.now, row.id
        self.session.add(row)
        self.session.flush()
        name = name_of(self.session, row) if row.contact_id else self.group
        is_edit = row.delivery is Delivery.EDIT
        self._note(f"{name} ✎" if is_edit else name, row.text, row.keyboard)
        if row.contact_id:
            self._shown[row.contact_id].append(Shown(row.keyboard, row))
        return Told(name, row.kind, _data(row.keyboard))

    def _pressed(self, who: Contact, data: str, on: Message | None = None) -> str:
        asked: list[Any] = []

        async def run(_update: object, use_case: object, given: object) -> None:
            asked.append((use_case, given))

        update: Any = SimpleNamespace(callback_query=SimpleNamespace(data=data))
        context: Any = SimpleNamespace(run=run)
        asyncio.run(_handler(data).callback(update, context))
        ((use_case, given),) = asked
        return self._run(who, use_case, given, on)

    def _run(
        self, who: Contact, use_case: UseCase[Any], given: object, on: Message | None = None
    ) -> str:
        acting = asker(self.session, who, self.now).on(on)
        answers: Answers = use_case(self.session, acting, given, self.now)
        for answer in answers:
            said = render(answer.message, voice_of(self.session, who))
            self._note(who.name, said.text, said.keyboard)
            # What is answered in place stands where the pressed message stood.
            row = on if isinstance(answer, InPlace) else None
            self._shown[who.id].append(Shown(said.keyboard, row))
        return answers[-1].message.kind()

    def _note(self, name: str, text: str, keyboard: Keyboard) -> None:
        local = self.now.astimezone(OFFICE)
        self.notes.append(f"── {local:%Y-%m-%d %H:%M} → {name}\n{text}")
        self.notes += [" ".join(f"[{key['label']}]" for key in row) for row in keyboard]


def speaking(session: Session, people: list[Contact], language: Language) -> None:
    """Everybody, and every group, is spoken to in this language."""
    office(session).language = language
    for person in people:
        person.language = language
        session.add(person)
    session.flush()


def _data(keyboard: Keyboard) -> tuple[str, ...]:
    return tuple(key.get("data", "") for row in keyboard for key in row)


def _handler(data: str) -> Any:
    buttons = (
        one for topic in TOPICS for one in topic.HANDLERS if isinstance(one, CallbackQueryHandler)
    )
    return next(one for one in buttons if cast(re.Pattern[str], one.pattern).match(data))
