"""Delivery: the one worker that sends, answers first, within Telegram's limits."""

import asyncio
import datetime as dtm

from sqlmodel import Session
from telegram import Bot

from bot.clock import Clock
from bot.finishing import to_the_end, until_done
from bot.log import log
from bot.telegram import send
from db.session import Database
from db.tables.speech import Urgency
from domain.pacing import GROUP_WINDOW, Pacer
from usecases import composing, delivery
from usecases.delivery import Parcel, UnclaimableError
from usecases.groups import posting
from usecases.groups.posting import PostNotComposedError
from usecases.outcomes import (
    BadKeyboard,
    BadMarkup,
    Migrated,
    NoAnswer,
    NotEditable,
    Outcome,
    Refused,
    Throttled,
    Unexpected,
)

IN_FLIGHT = 8
LOOK_AGAIN_AFTER = 0.2
TRY_AGAIN_AFTER = 1.0
# Claiming takes a few milliseconds of the database: done before the turn comes, not after.
CLAIM_AHEAD = 0.02


class Courier:
    """Claims what may leave now, sends it, records what became of it."""

    def __init__(
        self, bot: Bot, database: Database, clock: Clock, rate: float, wake: asyncio.Event
    ) -> None:
        self._bot = bot
        self._database = database
        self._clock = clock
        self._wake = wake
        self._rate = rate
        self._pacer = Pacer(rate)
        self._busy: set[int] = set()
        self._flights: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Deliver until cancelled; what is in flight then is waited for."""
        await until_done(self._recover, "delivery_not_begun", asyncio.get_running_loop().time())
        try:
            while True:
                try:
                    await self._step()
                except Exception:
                    log.exception("delivery_loop_error")
                    await asyncio.sleep(TRY_AGAIN_AFTER)
        finally:
            await self.land()

    async def land(self) -> None:
        """Wait for every send in flight and its record."""
        while self._flights:
            await asyncio.shield(asyncio.wait(set(self._flights)))

    async def _step(self) -> None:
        """Send the next message as soon as its turn comes, or rest until there may be one."""
        wait = self._pacer.slot_at() - asyncio.get_running_loop().time() - CLAIM_AHEAD
        if len(self._flights) >= IN_FLIGHT:
            await asyncio.wait(set(self._flights), return_when=asyncio.FIRST_COMPLETED)
        elif wait > 0:
            await asyncio.sleep(wait)
        elif not await to_the_end(self._send_next()):
            await self._rest()

    async def _send_next(self) -> bool:
        """Claim one and send it in its turn; what was claimed is sent even while stopping."""
        loop = asyncio.get_running_loop()
        turn = max(loop.time(), self._pacer.slot_at())
        resting = frozenset(self._busy) | self._pacer.resting(turn)
        parcel = await asyncio.to_thread(self._claim, resting)
        if parcel is None:
            return False
        await asyncio.sleep(max(0.0, turn - loop.time()))
        self._take_off(parcel, loop.time())
        return True

    def _take_off(self, parcel: Parcel, now: float) -> None:
        self._busy.add(parcel.chat_id)
        self._pacer.sent(parcel.chat_id, now)
        flight = asyncio.create_task(self._fly(parcel))
        self._flights.add(flight)
        flight.add_done_callback(self._flights.discard)

    async def _fly(self, parcel: Parcel) -> None:
        outcome = await send(self._bot, parcel)
        self._pacer.landed(parcel.chat_id, asyncio.get_running_loop().time())
        self._note(parcel, outcome)
        # What became of it is known only here: the database being away is waited out.
        await until_done(self._settle, "send_not_recorded", parcel, outcome)
        self._busy.discard(parcel.chat_id)
        self._wake.set()

    async def _rest(self) -> None:
        self._wake.clear()
        try:
            async with asyncio.timeout(LOOK_AGAIN_AFTER):
                await self._wake.wait()
        except TimeoutError:
            self._pacer.forget_before(asyncio.get_running_loop().time())

    def _claim(self, resting: frozenset[int]) -> Parcel | None:
        """The most pressing message that may leave now; what cannot be said stops no other."""
        while True:
            present = self._clock.now()
            try:
                with self._database.transaction() as session:
                    return _most_pressing(session, present, resting)
            except composing.NotComposedError as error:
                log.exception("notices_not_composed", notices=error.notice_ids)
                with self._database.transaction() as session:
                    composing.put_off(session, error.notice_ids, present)
            except PostNotComposedError as error:
                log.exception("post_not_composed", post=error.post_id)
                with self._database.transaction() as session:
                    posting.put_off(session, error.post_id, present)
            except UnclaimableError as error:
                log.exception("message_cannot_leave", message=error.message_id)
                with self._database.transaction() as session:
                    delivery.cannot_leave(session, error.message_id, repr(error.__cause__), present)

    def _settle(self, parcel: Parcel, outcome: Outcome) -> None:
        with self._database.transaction() as session:
            delivery.settle(session, parcel.message_id, outcome, self._clock.now())

    def _note(self, parcel: Parcel, outcome: Outcome) -> None:
        now = asyncio.get_running_loop().time()
        match outcome:
            case Throttled(seconds=seconds):
                self._pacer.throttled(parcel.chat_id, seconds, now)
                log.warning("telegram_asks_to_wait", chat=parcel.chat_id, seconds=seconds)
            case (
                BadMarkup(reason=reason)
                | BadKeyboard(reason=reason)
                | NotEditable(reason=reason)
                | Refused(reason=reason)
                | Unexpected(reason=reason)
            ):
                log.error("our_message_was_refused", message=parcel.message_id, reason=reason)
            case NoAnswer(reason=reason):
                log.warning("no_answer_to_a_send", message=parcel.message_id, reason=reason)
            case Migrated(new_chat_id=new_chat_id):
                log.info("group_moved", old=parcel.chat_id, new=new_chat_id)

    def _recover(self, now: float) -> None:
        """Pick up what a killed process left, and rebuild the windows from the last minute."""
        self._pacer = Pacer(self._rate)
        present = self._clock.now()
        with self._database.transaction() as session:
            uncertain = delivery.recover(session)
            since = present - dtm.timedelta(seconds=GROUP_WINDOW)
            for chat_id, at in delivery.sent_between(session, since, present):
                self._pacer.remember(chat_id, now - (present - at).total_seconds())
        if uncertain:
            log.warning("sends_left_uncertain_by_the_last_process", count=uncertain)


def _most_pressing(session: Session, now: dtm.datetime, resting: frozenset[int]) -> Parcel | None:
    for message_id in delivery.heads(session, now, resting):
        parcel = delivery.claim(session, message_id, now)
        if parcel is not None:
            return parcel
    for urgency in (Urgency.URGENT, Urgency.ROUTINE):
        parcel = delivery.compose(session, urgency, now, resting)
        if parcel is not None:
            return parcel
    return None
