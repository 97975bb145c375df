"""What Telegram's answer, or the lack of one, means for a message."""

import httpx
import pytest
from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from bot.requests import TelegramRequest, UnexpectedStatusError
from bot.telegram import outcome_of, send
from db.tables.people import Unreachable
from db.tables.speech import Delivery
from usecases.delivery import Parcel
from usecases.outcomes import (
    BadKeyboard,
    BadMarkup,
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

PERSON, GROUP = 1001, -1001
NEVER = PersonUnreachable(Unreachable.NEVER_STARTED)
KICKED = "Forbidden: bot was kicked from the group chat"


def caused(error: TelegramError, cause: Exception) -> TelegramError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "chat", "outcome"),
    [
        (RetryAfter(41), PERSON, Throttled(41.0)),
        (ChatMigrated(-1005), GROUP, Migrated(-1005)),
        (Forbidden("bot was blocked by the user"), PERSON, PersonUnreachable(Unreachable.BLOCKED)),
        (Forbidden("user is deactivated"), PERSON, PersonUnreachable(Unreachable.DEACTIVATED)),
        (Forbidden("bot can't initiate conversation with a user"), PERSON, NEVER),
        (BadRequest("Chat not found"), PERSON, NEVER),
        (BadRequest("Chat not found"), GROUP, GroupGone("Chat not found")),
        (Forbidden(KICKED), GROUP, GroupGone(KICKED)),
    ],
)
def test_a_chat_that_takes_nothing_is_told_from_one_that_will_later(
    error: TelegramError, chat: int, outcome: Outcome
) -> None:
    assert outcome_of(error, chat) == outcome


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("can't parse entities: Unexpected end tag at byte offset 3", BadMarkup),
        ("BUTTON_DATA_INVALID", BadKeyboard),
        ("BUTTON_URL_INVALID", BadKeyboard),
        ("inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL", BadKeyboard),
        ("can't parse inline keyboard button: Text buttons are unallowed", BadKeyboard),
        ("REPLY_MARKUP_TOO_LONG", BadKeyboard),
        ("message to edit not found", NotEditable),
        ("message can't be edited", NotEditable),
        ("there is no text in the message to edit", NotEditable),
        ("message is too long", Refused),
        ("message caption is too long", Refused),
    ],
)
def test_a_refusal_says_what_telegram_did_not_take(reason: str, kind: type[Outcome]) -> None:
    outcome = outcome_of(BadRequest(reason), PERSON)
    assert type(outcome) is kind


@pytest.mark.parametrize(
    "error",
    [
        NetworkError("Internal Server Error"),
        caused(NetworkError("Bad Gateway (502)"), TelegramError("Invalid server response")),
        caused(NetworkError("refused"), httpx.ConnectError("refused")),
        caused(TimedOut(), httpx.ConnectTimeout("")),
        caused(TimedOut(), httpx.PoolTimeout("")),
        InvalidToken("Unauthorized"),
    ],
)
def test_what_surely_did_not_leave_is_tried_again(error: TelegramError) -> None:
    assert isinstance(outcome_of(error, PERSON), NotSent)


@pytest.mark.parametrize(
    "error",
    [
        caused(TimedOut(), httpx.ReadTimeout("")),
        caused(NetworkError("gone"), httpx.RemoteProtocolError("gone")),
        caused(NetworkError("unknown"), RuntimeError("closed")),
        TelegramError("Invalid server response"),
    ],
)
def test_what_may_have_arrived_is_uncertain(error: TelegramError) -> None:
    assert isinstance(outcome_of(error, PERSON), NoAnswer)


def test_a_file_telegram_finds_too_large_is_not_tried_for_ever() -> None:
    error = NetworkError("Request Entity Too Large")
    assert isinstance(outcome_of(error, PERSON), Refused)


async def answering(status: int, monkeypatch: pytest.MonkeyPatch) -> int:
    async def answer(*_: object, **__: object) -> tuple[int, bytes]:
        return status, b"{}"

    monkeypatch.setattr(HTTPXRequest, "do_request", answer)
    given, _ = await TelegramRequest().do_request("http://127.0.0.1/", "POST")
    return given


@pytest.mark.parametrize("status", [100, 302, 304, 402, 407, 418, 600])
async def test_an_answer_telegram_never_gives_is_somebody_elses(
    status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnexpectedStatusError) as raised:
        await answering(status, monkeypatch)
    assert outcome_of(raised.value, PERSON) == Unexpected(f"HTTP status {status}")


@pytest.mark.parametrize("status", [200, 400, 401, 403, 404, 409, 413, 429, 500, 502, 503])
async def test_what_telegram_itself_answers_is_left_to_ptb(
    status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await answering(status, monkeypatch) == status


async def test_a_row_no_call_can_be_made_of_is_uncertain_and_stops_nothing() -> None:
    nonsense = Parcel(1, PERSON, Delivery.SEND, "话", keyboard=[[{"label": "no action"}]])
    assert isinstance(await send(Bot("1:" + "A" * 35), nonsense), NoAnswer)
