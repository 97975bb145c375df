"""`run`: one update, one use-case, one transaction. Nothing else commits on a handler's behalf."""

import asyncio
import contextvars
import datetime as dtm
from typing import TypeVar

from sqlmodel import Session
from telegram import CallbackQuery, Update
from telegram.error import TelegramError

from bot.clock import Clock
from bot.log import log
from db.session import Database
from db.tables.intake import UpdateState
from db.tables.speech import Message
from usecases import audit, inbox, outbox
from usecases.answers import Answers, UseCase
from usecases.asker import Asker, Caller, identify
from usecases.conversation import outdated
from usecases.inbox import Claimed
from usecases.reachability import person_wrote

Given = TypeVar("Given")

# Longer than this nobody watches a button spin.
SPINNER_WITHIN = 2.0

# Which claimed update the handler at work is handling; set by the handling loop.
handling: contextvars.ContextVar[Claimed] = contextvars.ContextVar("handling")


class Runner:
    """Opens the door: effect, dialog, everything to be said and "done" commit together."""

    def __init__(self, database: Database, clock: Clock, wake_delivery: asyncio.Event) -> None:
        self._database = database
        self._clock = clock
        self._wake_delivery = wake_delivery
        self._spinners: set[asyncio.Task[None]] = set()

    async def run(self, update: Update, use_case: UseCase[Given], given: Given) -> None:
        """Do the use-case for whoever sent the update, at most once; then let delivery know."""
        claimed = handling.get()
        await asyncio.to_thread(self._transact, claimed, update, use_case, given)
        self._wake_delivery.set()
        if update.callback_query is not None:
            # Not waited for: while Telegram hangs, the next update is handled all the same.
            stopping = asyncio.create_task(stop_the_spinner(update.callback_query))
            self._spinners.add(stopping)
            stopping.add_done_callback(self._spinners.discard)

    def _transact(
        self, claimed: Claimed, update: Update, use_case: UseCase[Given], given: Given
    ) -> None:
        now = self._clock.now()
        caller = caller_of(update)
        with self._database.transaction() as session:
            row = inbox.still_ours(session, claimed)
            if row is None:
                return
            asker = identify(session, caller, now).on(_pressed(session, caller))
            if update.my_chat_member is None:
                person_wrote(session, asker)
            answers = _answers(session, asker, use_case, given, now)
            # Linking or /settings may have changed who this is and how they are spoken to.
            hearer = identify(session, caller, now).on(asker.pressed)
            outbox.queue_answers(session, hearer, answers, claimed.update_id, now)
            inbox.settle(session, row, UpdateState.DONE, now)


def _answers(
    session: Session, asker: Asker, use_case: UseCase[Given], given: Given, now: dtm.datetime
) -> Answers:
    """What the use-case says; a button never offered here reaches no use-case."""
    if asker.caller.pressed_data is not None and asker.pressed is None:
        audit.record(session, asker, "button.never_offered", now)
        return outdated(session, asker, None, now)
    return use_case(session, asker, given, now)


def was_offered(session: Session, caller: Caller) -> bool:
    """Whether the button pressed, if one was, was ever offered in that chat."""
    return caller.pressed_data is None or _pressed(session, caller) is not None


def _pressed(session: Session, caller: Caller) -> Message | None:
    """The message whose button was pressed, if it was ever offered there."""
    if caller.pressed_message_id is None or caller.pressed_data is None:
        return None
    return outbox.offered(session, caller.chat_id, caller.pressed_message_id, caller.pressed_data)


async def stop_the_spinner(query: CallbackQuery) -> None:
    """Answer the callback query, after commit; one that has expired meanwhile is no matter."""
    try:
        async with asyncio.timeout(SPINNER_WITHIN):
            await query.answer()
    except (TelegramError, TimeoutError) as error:
        log.info("callback_query_not_answered", reason=repr(error))


def caller_of(update: Update) -> Caller:
    """Who sent an update, where, and what was pressed; ValueError for an update without a user."""
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None:
        raise ValueError("an update without a person cannot be run")
    query = update.callback_query
    return Caller(
        user_id=user.id,
        chat_id=chat.id,
        is_private=chat.type == chat.PRIVATE,
        name=user.full_name,
        pressed_message_id=query.message.message_id if query and query.message else None,
        pressed_data=query.data if query else None,
    )
