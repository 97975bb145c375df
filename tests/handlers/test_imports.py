"""A document becomes an upload, and the buttons below its preview reach their use-cases."""

from collections.abc import Callable
from inspect import unwrap
from typing import Any

import pytest
from telegram import Bot, File, Update, User
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from domain.vocabulary import Level
from handlers.imports import HANDLERS, TAKE
from usecases.importing.files import File as Sent
from usecases.imports import (
    Belonging,
    Upload,
    accept_new_names,
    bring_back,
    choose_programme,
    confirm,
    drop,
    refuse_oversized,
    skip_bad_rows,
)

PERSON = {"id": 7, "is_bot": False, "first_name": "蒙"}
CHAT = {"id": 7, "type": "private", "first_name": "蒙"}
GROUP = {"id": -100, "type": "supergroup", "title": "调度群"}
LIMIT = 20 * 1024 * 1024

Asked = list[tuple[Callable[..., Any], object]]


class Recorded:
    """A context whose door notes what was asked of it."""

    def __init__(self) -> None:
        self.asked: Asked = []

    async def run(self, _update: Update, use_case: Callable[..., Any], given: object) -> None:
        self.asked.append((unwrap(use_case), given))


async def asked_by(body: dict[str, Any]) -> Asked:
    """What the first handler that wants the update asks for."""
    bot: ExtBot[None] = ExtBot("1:token")
    bot._bot_user = User(1, "bot", is_bot=True, username="liaison_test_bot")
    update, context = Update.de_json({"update_id": 1, **body}, bot), Recorded()
    for handler in HANDLERS:
        check = handler.check_update(update)
        if check is not None and check is not False:
            await handler.callback(update, context)  # type: ignore[arg-type]
            break
    return context.asked


def sent(chat: dict[str, Any] = CHAT, size: int | None = 3, **more: Any) -> dict[str, Any]:
    document = {"file_id": "f", "file_unique_id": "u", "file_name": "项目\x07表.xlsx"}
    if size is not None:
        document = {**document, "file_size": size}  # type: ignore[dict-item]
    message = {"message_id": 1, "date": 1, "chat": chat, "from": PERSON, "document": document}
    return {"message": {**message, **more}}


def pressed(data: str) -> dict[str, Any]:
    message = {"message_id": 1, "date": 1, "chat": CHAT, "text": "…"}
    query = {"id": "1", "from": PERSON, "chat_instance": "1", "data": data, "message": message}
    return {"callback_query": query}


@pytest.fixture
def _telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    async def get_file(_bot: Bot, *_: object, **__: object) -> File:
        return File("f", "u")

    async def download(_file: File, **_: object) -> bytearray:
        return bytearray(b"PK!")

    monkeypatch.setattr(ExtBot, "get_file", get_file)
    monkeypatch.setattr(File, "download_as_bytearray", download)


def failing(error: TelegramError) -> Callable[..., Any]:
    async def get_file(_bot: Bot, *_: object, **__: object) -> File:
        raise error

    return get_file


@pytest.mark.usefixtures("_telegram")
async def test_a_document_is_fetched_and_handed_on() -> None:
    upload = Upload(Sent("项目表.xlsx", b"PK!"), "2026年市级")
    assert await asked_by(sent(caption=" 2026年市级 ")) == [(TAKE, upload)]


@pytest.mark.usefixtures("_telegram")
async def test_a_document_in_a_group_is_none_of_ours() -> None:
    assert await asked_by(sent(GROUP)) == []


async def test_a_document_over_the_limit_is_not_fetched() -> None:
    assert await asked_by(sent(size=LIMIT + 1)) == [(refuse_oversized, "项目表.xlsx")]


async def test_telegram_may_be_the_one_to_find_it_too_big(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ExtBot, "get_file", failing(BadRequest("File is too big")))
    assert await asked_by(sent(size=None)) == [(refuse_oversized, "项目表.xlsx")]


async def test_another_failure_is_tried_again_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ExtBot, "get_file", failing(BadRequest("wrong file_id")))
    with pytest.raises(BadRequest):
        await asked_by(sent())


@pytest.mark.parametrize(
    ("data", "use_case", "given"),
    [
        ("import.confirm:7", confirm, 7),
        ("import.accept:7", accept_new_names, 7),
        ("import.skip:7", skip_bad_rows, 7),
        ("import.return:7", bring_back, 7),
        ("import.drop:7", drop, 7),
        ("import.programme:7:1:2026", choose_programme, Belonging(7, None, Level.CITY, 2026)),
        ("import.into:7:3", choose_programme, Belonging(7, 3)),
    ],
)
async def test_a_button_reaches_its_use_case(
    data: str, use_case: Callable[..., Any], given: object
) -> None:
    assert await asked_by(pressed(data)) == [(use_case, given)]
