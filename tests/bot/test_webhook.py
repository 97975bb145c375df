"""Updates brought by webhook are rows before they are acknowledged."""

import socket
from collections.abc import AsyncIterator

import httpx
import pytest
from sqlmodel import select

from bot.webhook import PATH, SECRET_HEADER
from db.tables.intake import InboxUpdate
from sandbox.local import LocalTelegram
from tests.office import Office

SECRET = b"only-telegram-knows"


def a_free_address() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{probe.getsockname()[1]}"


@pytest.fixture
async def office(telegram: LocalTelegram, database_url: str) -> AsyncIterator[Office]:
    """The real bot, to which Telegram brings updates."""
    made = Office(telegram, database_url)
    address = a_free_address()
    made.settings = type(made.settings).model_validate(
        made.settings.model_dump()
        | {
            "webhook_url": f"http://{address}",
            "webhook_secret": SECRET.decode(),
            "webhook_listen": address,
        }
    )
    async with made:
        yield made


async def post(office: Office, body: bytes, secret: bytes | None) -> int:
    headers = [(SECRET_HEADER.encode(), secret)] if secret is not None else []
    async with httpx.AsyncClient() as client:
        url = f"http://{office.settings.webhook_listen}{PATH}"
        return (await client.post(url, content=body, headers=headers)).status_code


def kept(office: Office) -> list[int]:
    with office.database.transaction() as session:
        return list(session.exec(select(InboxUpdate.update_id)))


async def test_what_is_brought_is_kept_and_answered(office: Office) -> None:
    await office.wei.types("/help")
    await office.wei.hears("")
    assert len(kept(office)) == 1


async def test_without_the_secret_nothing_is_taken(office: Office) -> None:
    await office.wei.types("/help")
    await office.wei.hears("")
    before = kept(office)
    for secret in (None, b"", b"guess", "密".encode()):
        assert await post(office, b'{"update_id": 1}', secret) == 403
    assert kept(office) == before


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"not json", 400), (b"\xff\xfe", 400), (b"[1, 2]", 200), (b'"x"', 200), (b"{}", 200)],
)
async def test_nonsense_harms_nothing(office: Office, body: bytes, status: int) -> None:
    await office.wei.types("/help")
    await office.wei.hears("")
    assert await post(office, body, SECRET) == status
    assert len(kept(office)) == 1


async def test_an_update_brought_twice_is_kept_once(office: Office) -> None:
    await office.wei.types("/help")
    await office.wei.hears("")
    for _ in range(2):
        assert await post(office, b'{"update_id": 900000001}', SECRET) == 200
    assert kept(office).count(900000001) == 1
