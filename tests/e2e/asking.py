"""The afternoon: two hundred questions by everybody, entitled and not."""

import asyncio
from collections.abc import Sequence
from itertools import cycle

from sqlmodel import Session, col, delete, update

from db.session import Database
from db.tables.reporting import Obligation, ObligationState, Report, Verdict
from sandbox.seeding import SAMPLE_DAY
from sandbox.seeding.people import write_leave
from sandbox.seeding.projects import rows_of, write_states
from sandbox.seeding.reports import write_problems, write_reports
from tests.e2e.day import Day
from tests.e2e.phone import Phone
from tests.e2e.words import SEARCHES


async def a_year_has_passed(day: Day) -> None:
    """The reports and problems of the year, written while the bot is down."""
    assert await day.closes() == 0
    await asyncio.to_thread(_write_the_year, day)
    await day.opens()


def _write_the_year(day: Day) -> None:
    database = Database(day.database_url)
    with database.transaction() as session:
        rows = rows_of(session, day.programme)
        # The bot has asked for the open month already; the year brings its own.
        session.exec(delete(Obligation))
        write_states(session, rows)
        write_reports(session, rows, SAMPLE_DAY)
        _take_back_what_waits(session)
        write_problems(session, rows)
        write_leave(session, rows.programme)
    database.dispose()


def _take_back_what_waits(session: Session) -> None:
    """Nothing waits for review: this day is of those who ask, and nobody is told of the round."""
    session.exec(delete(Report).where(col(Report.verdict) == Verdict.PENDING))
    sent = update(Obligation).where(col(Obligation.state) == ObligationState.SUBMITTED)
    session.exec(sent.values(state=ObligationState.OPEN, first_submitted_at=None))


async def names_are_looked_up(phones: Sequence[Phone]) -> None:
    """Every way to name a project, dealt out to these people."""
    shares: list[list[tuple[str, str]]] = [[] for _ in phones]
    for share, search in zip(cycle(shares), SEARCHES, strict=False):
        share.append(search)
    await asyncio.gather(*map(_looks_up, phones, shares))


async def _looks_up(phone: Phone, searches: Sequence[tuple[str, str]]) -> None:
    for words, meant in searches:
        answer = await phone.asks(words)
        assert answer.text.split("\n")[0] == meant or not meant, (words, answer.text)


async def leafs_through_a_card(phone: Phone, name: str) -> None:
    """A card, what opens from it, earlier months, and back to the newest."""
    card = await phone.asks(name)
    assert card.text.startswith(name)
    await phone.taps("status.history")
    await phone.taps("status.turn", 2)
    card = await phone.taps("status.turn", 1)
    if phone.is_offered(card, "status.people"):
        await phone.taps("status.people")
        await phone.taps("status.turn")
    await phone.taps("status.problems")
    await phone.taps("status.turn")


async def narrows_a_long_list(phone: Phone, words: str) -> None:
    """Pages, categories, regions, and a project picked from what is left."""
    await phone.asks(words)
    await phone.taps("lookup.page")
    await phone.taps("lookup.categories")
    await phone.taps("lookup.page")
    await phone.taps("lookup.regions")
    await phone.taps("lookup.page")
    await phone.taps("status.card")


async def looks_over_the_programme(phone: Phone) -> None:
    """The sums, down to the projects of one, a project's card, and the table."""
    await phone.asks("/overview")
    await phone.taps("overview.show")
    await phone.taps("overview.show")
    await phone.taps("overview.projects")
    await phone.taps("status.card")
    await phone.taps("overview.table")


async def sees_what_there_is_to_do(phone: Phone) -> None:
    """/help, /settings, and what only some may ask."""
    for command in ("/help", "/settings", "/holes", "/invite", "/unlink"):
        await phone.asks(command)


async def follows(phone: Phone, name: str) -> None:
    """Follow a project."""
    await phone.asks(name)
    await phone.taps("status.follow")


async def changes_the_mind(phone: Phone, name: str) -> None:
    """Follow a project, and follow it no more."""
    await follows(phone, name)
    await phone.taps("status.unfollow")


async def is_a_stranger(phone: Phone) -> None:
    """Somebody unknown learns how to link, whatever they send."""
    for words in ("静兰立交工程", "/status 静兰立交工程", "/overview", "/holes", "/help", "总览"):
        answer = await phone.asks(words)
        assert "静兰" not in answer.text


async def presses_what_was_not_offered(phone: Phone, name: str) -> None:
    """Forged data, another's list, a button pressed twice: said kindly, nothing given away."""
    card = await phone.asks(name)
    for data in ("status.people:1", "import.confirm:1", "unlink.do:1", "status.card:x", "nonsense"):
        answer = await phone.replays(card, data)
        assert answer.text == (await phone.replays(card, "status.card:99999999")).text


async def takes_the_programme_over_twice(coordinator: Phone) -> None:
    """The button under an import confirmed this morning, pressed from an old screen."""
    for message in coordinator.person.room.shown():
        for version in message.history:
            keys = [key for row in (version.markup or {}).get("inline_keyboard", []) for key in row]
            if keys and keys[0]["callback_data"].startswith("import.confirm"):
                await coordinator.replays(message, keys[0]["callback_data"])
                return
    raise AssertionError("nothing was imported this morning")
