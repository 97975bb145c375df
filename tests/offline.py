"""The bot at work without a network or a clock of its own: real handlers, planner and delivery.

Every instant is given. What arrives on a phone is kept in `heard`, in the order of its arrival.
"""

import datetime as dtm
from collections import defaultdict
from collections.abc import Coroutine
from dataclasses import dataclass
from itertools import count
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select
from telegram import Update, User
from telegram.ext import ExtBot

from bot.running import caller_of
from db.session import Database
from db.tables.people import Unreachable
from db.tables.speech import Delivery, Message, MessageState, Urgency
from domain.texts import plain
from handlers.register import TOPICS
from scheduler.planner import DUTIES
from templates.office import StaleButton
from usecases import delivery, outbox, reachability
from usecases.answers import UseCase, say
from usecases.asker import identify
from usecases.outcomes import Delivered, Outcome, PersonUnreachable

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Heard:
    """A message as it arrived; an edit arrives in the place of what it changes."""

    row_id: int
    at: dtm.datetime
    account: int
    message_id: int
    kind: str
    text: str
    keyboard: list[list[dict[str, str]]]
    urgency: Urgency
    is_edit: bool

    @property
    def lines(self) -> list[str]:
        """What the screen shows, line by line, the buttons last."""
        rows = [" ".join(f"[{key['label']}]" for key in row) for row in self.keyboard]
        return [*plain(self.text).splitlines(), *rows]

    @property
    def offered(self) -> list[str]:
        """What the buttons carry, in their order."""
        return [key["data"] for row in self.keyboard for key in row if "data" in key]


class Offline:
    """People with phones around the bot; `blocked` are the accounts that let nothing through."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.blocked: set[int] = set()
        self.heard: list[Heard] = []
        self.chats: defaultdict[int, dict[int, Heard]] = defaultdict(dict)
        self._numbers = count(1)
        self._bot: ExtBot[None] = ExtBot("1:token")
        self._bot._bot_user = User(1, "bot", is_bot=True, username="liaison_test_bot")
        self._handlers = [handler for topic in TOPICS for handler in topic.HANDLERS]
        if database.is_sqlite:
            # Nothing is lost here by a power cut, and a year has many transactions.
            sa.event.listen(database.engine, "connect", _in_a_hurry)

    def tick(self, now: dtm.datetime) -> list[Heard]:
        """What the planner does at this moment, and what arrives because of it."""
        for duty in DUTIES:
            with self.database.transaction() as session:
                duty.work(session, now)
        return self.deliver(now)

    def deliver(self, now: dtm.datetime) -> list[Heard]:
        """Everything that may leave now leaves; what arrived."""
        before = len(self.heard)
        self._send_queued(now)
        with self.database.transaction() as session:
            for urgency in (Urgency.URGENT, Urgency.ROUTINE):
                while parcel := delivery.compose(session, urgency, now, NOBODY):
                    self._send(session, parcel, now)
        return self.heard[before:]

    def types(self, account: int, text: str, now: dtm.datetime) -> list[Heard]:
        """Somebody writes; the answers. What others hear of it leaves with `deliver`."""
        body: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            length = len(text.split()[0])
            body["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._update({"message": _message(account, next(self._numbers), body)}, now)

    def sends(self, account: int, body: dict[str, Any], now: dtm.datetime) -> list[Heard]:
        """Somebody sends a photo or file, as Telegram says it; the answers."""
        return self._update({"message": _message(account, next(self._numbers), body)}, now)

    def shares_phone(self, account: int, phone: str, now: dtm.datetime) -> list[Heard]:
        """Somebody shares their own phone number; the answers."""
        card = {"phone_number": phone, "first_name": ".", "user_id": account}
        message = _message(account, next(self._numbers), {"contact": card})
        return self._update({"message": message}, now)

    def presses(self, account: int, action: str, now: dtm.datetime) -> list[Heard]:
        """Somebody presses the newest button that carries this, or begins so; the answers."""
        shown, data = self.button(account, action)
        message = _message(account, shown.message_id, {"text": "."})
        query = {"id": "1", "from": message["from"], "chat_instance": "1", "data": data}
        return self._update({"callback_query": query | {"message": message}}, now)

    def button(self, account: int, action: str) -> tuple[Heard, str]:
        """The newest message in a chat with such a button, and what it carries.

        `phone.fill` is the first one that begins so, `phone.fill#2` the second.
        """
        begins, _, number = action.partition("#")
        for shown in reversed(self.chats[account].values()):
            fitting = [one for one in shown.offered if f"{one}:".startswith(f"{begins}:")]
            if len(fitting) >= int(number or 1):
                return shown, fitting[int(number or 1) - 1]
        raise LookupError(f"{account} was never offered {action}")

    def was_offered(self, account: int, action: str) -> bool:
        """Whether any message in a chat has such a button."""
        try:
            self.button(account, action)
        except LookupError:
            return False
        return True

    def is_offered(self, account: int, action: str) -> bool:
        """Whether the newest message in a chat has such a button."""
        newest = next(reversed(self.chats[account].values()), None)
        offered = newest.offered if newest else []
        return any(f"{one}:".startswith(f"{action}:") for one in offered)

    def _update(self, body: dict[str, Any], now: dtm.datetime) -> list[Heard]:
        update = Update.de_json({"update_id": next(self._numbers), **body}, self._bot)
        door = SimpleNamespace(
            run=lambda update, use_case, given: self._run(update, use_case, given, now),
            bot=SimpleNamespace(set_my_commands=_nothing),
        )
        for handler in self._handlers:
            check = handler.check_update(update)
            if check is not None and check is not False:
                _finish(handler.callback(update, door))
                break
        before = len(self.heard)
        self._send_queued(now)
        return self.heard[before:]

    async def _run(
        self, update: Update, use_case: UseCase[Any], given: Any, now: dtm.datetime
    ) -> None:
        """What `bot.running` does, without the inbox and threads."""
        caller = caller_of(update)
        with self.database.transaction() as session:
            pressed = None
            if caller.pressed_message_id is not None and caller.pressed_data is not None:
                pressed = outbox.offered(
                    session, caller.chat_id, caller.pressed_message_id, caller.pressed_data
                )
            asker = identify(session, caller, now).on(pressed)
            reachability.person_wrote(session, asker)
            lost = caller.pressed_data is not None and pressed is None
            answers = say(StaleButton()) if lost else use_case(session, asker, given, now)
            hearer = identify(session, caller, now).on(asker.pressed)
            outbox.queue_answers(session, hearer, answers, None, now)

    def _send_queued(self, now: dtm.datetime) -> None:
        """What is queued, oldest first: nothing here has to wait for its turn."""
        queued = select(Message.id).where(Message.state == MessageState.QUEUED)
        with self.database.transaction() as session:
            for message_id in session.exec(queued.order_by(col(Message.id))).all():
                if parcel := delivery.claim(session, message_id, now):
                    self._send(session, parcel, now)

    def _send(self, session: Session, parcel: delivery.Parcel, now: dtm.datetime) -> None:
        outcome = self._outcome(parcel)
        delivery.settle(session, parcel.message_id, outcome, now)
        if isinstance(outcome, Delivered):
            self._arrives(session.get_one(Message, parcel.message_id), parcel, now)

    def _outcome(self, parcel: delivery.Parcel) -> Outcome:
        if parcel.chat_id in self.blocked:
            return PersonUnreachable(Unreachable.BLOCKED)
        return Delivered(parcel.edits or next(self._numbers))

    def _arrives(self, row: Message, parcel: delivery.Parcel, now: dtm.datetime) -> None:
        is_edit = row.delivery in (Delivery.EDIT, Delivery.EDIT_CAPTION)
        # An edit is shown where the message is that it changes.
        number = parcel.edits or row.telegram_message_id
        assert number is not None
        arrived = Heard(
            row.id, now, row.chat_id, number, row.kind, row.text, row.keyboard, row.urgency, is_edit
        )
        self.heard.append(arrived)
        self.chats[row.chat_id][number] = arrived


def _message(account: int, number: int, body: dict[str, Any]) -> dict[str, Any]:
    person = {"id": account, "is_bot": False, "first_name": "."}
    chat = {"id": account, "type": "private", "first_name": "."}
    return {"message_id": number, "date": 1, "chat": chat, "from": person, **body}


def _finish(work: Coroutine[Any, Any, None]) -> None:
    """Run to its end what never waits for anything."""
    try:
        work.send(None)
    except StopIteration:
        return
    raise AssertionError("a handler waited for the network")


async def _nothing(*_args: object, **_kwargs: object) -> None:
    return None


def _in_a_hurry(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")
