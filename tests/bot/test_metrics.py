"""The operator sees what waits, what failed and who cannot be reached; the figures are counted."""

import re

import httpx
import pytest

from bot.metrics import Metrics
from db.session import Database
from db.tables.intake import InboxUpdate, UpdateState
from db.tables.people import Unreachable
from db.tables.speech import Message, MessageState, Urgency
from tests.builders import NOW, a_contact, the_cast
from usecases.notices import Subject, notify
from usecases.office_notices import UPDATE_FAILED


async def answer(database: Database, path: str) -> httpx.Response:
    app = Metrics(database, "127.0.0.1:0").app()
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        return await client.get(path)


async def figures(database: Database) -> dict[str, float]:
    page = (await answer(database, "/metrics")).text
    return {name: float(value) for name, value in re.findall(r"^liaison_(\w+) (\S+)$", page, re.M)}


async def test_an_office_at_rest_shows_only_noughts(database: Database) -> None:
    shown = await figures(database)
    assert len(shown) == 7
    assert set(shown.values()) == {0.0}


async def test_every_figure_counts_its_own(database: Database) -> None:
    with database.transaction() as session:
        cast = the_cast(session)
        for number, fate in enumerate(UpdateState):
            session.add(
                InboxUpdate(update_id=number, chat_id=1, raw="{}", received_at=NOW, state=fate)
            )
        for state in MessageState:
            session.add(
                Message(
                    chat_id=1,
                    urgency=Urgency.ANSWER,
                    kind="test",
                    text="话",
                    state=state,
                    created_at=NOW,
                )
            )
        notify(session, UPDATE_FAILED, Subject("inbox_update", 1), cast.meng.id, NOW)
        a_contact(session).unreachable = Unreachable.BLOCKED

    assert set((await figures(database)).values()) == {1.0}


async def test_the_bot_is_well_when_its_database_answers(database: Database) -> None:
    assert (await answer(database, "/healthz")).status_code == 200


async def test_the_bot_is_not_well_without_its_database(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OSError("the database is away")

    monkeypatch.setattr(database, "transaction", away)
    assert (await answer(database, "/healthz")).status_code == 500
