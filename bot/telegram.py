"""The network side of sending: one message to Telegram, and what its answer means."""

from io import BytesIO

import httpx
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from telegram import Message as TelegramMessage
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.requests import UnexpectedStatusError
from bot.waits import seconds_of
from db.tables.people import Unreachable
from db.tables.speech import Delivery
from usecases.delivery import Parcel
from usecases.outcomes import (
    BadKeyboard,
    BadMarkup,
    Delivered,
    GroupGone,
    Migrated,
    NoAnswer,
    NotEditable,
    NotSent,
    Outcome,
    PersonUnreachable,
    Refused,
    Throttled,
    Unexpected,
)

# Telegram may wait out a flood by itself and answer late; a short limit here makes doubles.
ANSWER_WITHIN = 30.0

Keyboard = InlineKeyboardMarkup | ReplyKeyboardMarkup | None


async def send(bot: Bot, parcel: Parcel) -> Outcome:
    """Send one parcel and say what became of it; never raises."""
    try:
        return await _call(bot, parcel)
    except TelegramError as error:
        return outcome_of(error, parcel.chat_id)
    except Exception as error:
        # Before the call or after it? Nobody can say, so it counts as unanswered.
        return NoAnswer(repr(error))


def outcome_of(error: TelegramError, chat_id: int) -> Outcome:
    """What a failed call means for the message, named by what to do next."""
    match error:
        case RetryAfter():
            return Throttled(seconds_of(error))
        case ChatMigrated():
            return Migrated(error.new_chat_id)
        case Forbidden():
            return _forbidden(error, chat_id)
        case BadRequest():
            return _bad_request(error, chat_id)
        case UnexpectedStatusError():
            return Unexpected(error.message)
        case NetworkError():
            return _network(error)
        case InvalidToken():
            # The operator's to mend; what is to be said is kept until then.
            return NotSent(error.message)
        case _:
            return NoAnswer(error.message)


async def _call(bot: Bot, parcel: Parcel) -> Outcome:
    markup = keyboard_of(parcel.keyboard)
    match parcel.delivery:
        case Delivery.EDIT | Delivery.EDIT_CAPTION:
            return await _edit(bot, parcel, markup)
        case Delivery.SEND:
            sent = await bot.send_message(
                parcel.chat_id,
                parcel.text,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                disable_web_page_preview=True,
                disable_notification=parcel.silent,
                read_timeout=ANSWER_WITHIN,
            )
        case Delivery.DOCUMENT:
            sent = await bot.send_document(
                parcel.chat_id,
                _file(parcel),
                filename=parcel.file_name,
                caption=parcel.text,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                read_timeout=ANSWER_WITHIN,
            )
        case Delivery.PHOTO:
            sent = await bot.send_photo(
                parcel.chat_id,
                _file(parcel),
                caption=parcel.text,
                parse_mode=ParseMode.HTML,
                reply_markup=markup,
                read_timeout=ANSWER_WITHIN,
            )
    return Delivered(sent.message_id, _file_id(sent))


async def _edit(bot: Bot, parcel: Parcel, markup: Keyboard) -> Outcome:
    buttons = markup if isinstance(markup, InlineKeyboardMarkup) else None
    try:
        if parcel.delivery is Delivery.EDIT_CAPTION:
            await bot.edit_message_caption(
                parcel.chat_id,
                parcel.edits,
                caption=parcel.text,
                parse_mode=ParseMode.HTML,
                reply_markup=buttons,
                read_timeout=ANSWER_WITHIN,
            )
        else:
            await bot.edit_message_text(
                parcel.text,
                parcel.chat_id,
                parcel.edits,
                parse_mode=ParseMode.HTML,
                reply_markup=buttons,
                disable_web_page_preview=True,
                read_timeout=ANSWER_WITHIN,
            )
    except BadRequest as error:
        if "message is not modified" not in error.message.lower():
            raise
    return Delivered()


def keyboard_of(rows: list[list[dict[str, str]]]) -> Keyboard:
    """Stored rows as Telegram's markup: inline buttons, or the keyboard that asks for a phone."""
    if not rows:
        return None
    if any("request" in key for row in rows for key in row):
        return ReplyKeyboardMarkup(
            [[KeyboardButton(key["label"], request_contact=True) for key in row] for row in rows],
            resize_keyboard=True,
            one_time_keyboard=True,
        )
    return InlineKeyboardMarkup([[_inline(key) for key in row] for row in rows])


def _inline(key: dict[str, str]) -> InlineKeyboardButton:
    if "url" in key:
        return InlineKeyboardButton(key["label"], url=key["url"])
    return InlineKeyboardButton(key["label"], callback_data=key["data"])


def _file(parcel: Parcel) -> str | BytesIO:
    return parcel.file if isinstance(parcel.file, str) else BytesIO(parcel.file)


def _file_id(sent: TelegramMessage) -> str | None:
    if sent.document:
        return sent.document.file_id
    return sent.photo[-1].file_id if sent.photo else None


def _forbidden(error: Forbidden, chat_id: int) -> Outcome:
    if chat_id < 0:
        return GroupGone(error.message)
    text = error.message.lower()
    if "deactivated" in text:
        return PersonUnreachable(Unreachable.DEACTIVATED)
    if "initiate" in text:
        return PersonUnreachable(Unreachable.NEVER_STARTED)
    return PersonUnreachable(Unreachable.BLOCKED)


def _bad_request(error: BadRequest, chat_id: int) -> Outcome:
    text = error.message.lower()
    if "can't parse entities" in text:
        return BadMarkup(error.message)
    if any(part in text for part in _ABOUT_BUTTONS):
        return BadKeyboard(error.message)
    if any(part in text for part in _ABOUT_EDITING):
        return NotEditable(error.message)
    if chat_id < 0 and any(part in text for part in _ABOUT_RIGHTS):
        return GroupGone(error.message)
    if "chat not found" in text:
        return _not_found(error, chat_id)
    return Refused(error.message)


_ABOUT_BUTTONS = ("button", "keyboard", "reply_markup", "reply markup")
_ABOUT_RIGHTS = ("not enough rights", "no rights", "chat_write_forbidden")
_ABOUT_EDITING = ("message to edit not found", "message can't be edited", "in the message to edit")


def _not_found(error: BadRequest, chat_id: int) -> Outcome:
    if chat_id < 0:
        return GroupGone(error.message)
    return PersonUnreachable(Unreachable.NEVER_STARTED)


def _network(error: NetworkError) -> Outcome:
    """A connection that never stood, or Telegram's own 5xx, surely sent nothing."""
    if "too large" in error.message.lower():
        return Refused(error.message)
    # PTB names no cause for a status it understood, and its own error for a 5xx that is no JSON.
    if error.__cause__ is None or isinstance(error.__cause__, _SURELY_NOT_SENT):
        return NotSent(error.message)
    return NoAnswer(error.message)


_SURELY_NOT_SENT = (
    TelegramError,
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
)
