"""A scripted day of an office, in both languages and on both databases, against its transcript.

The files beside this one are its acts: importing, linking, asking, and the kill in the middle.
"""

import asyncio
from pathlib import Path

import pytest

from domain.vocabulary import Language
from sandbox.local import LocalTelegram
from tests.e2e import asking
from tests.e2e.day import Day
from tests.e2e.golden import check, transcript
from tests.e2e.importing import (
    the_contacts_are_imported,
    the_office_is_founded,
    the_programme_is_changed,
    the_programme_is_imported,
)
from tests.e2e.killing import everybody_asks_and_the_bot_is_killed
from tests.e2e.linking import bad_links_are_refused, the_people_are_linked
from tests.e2e.phone import Phone

FOLLOWED = "静兰立交工程"
CARDS = (
    "柳南区汽车客运站迁建工程",
    "沙塘小学迁建工程",
    "静兰湿地公园",
    "白露高中建设工程",
    "柳州安沙机场建设工程",
    "板马水库工程",
)


@pytest.mark.timeout(900)
@pytest.mark.parametrize("language", list(Language))
async def test_a_day(
    telegram: LocalTelegram, database_url: str, language: Language, tmp_path: Path
) -> None:
    day = Day(telegram, database_url, language, tmp_path)
    try:
        coordinator = await the_office_is_founded(day)
        await the_programme_is_imported(day, coordinator)
        await the_contacts_are_imported(day, coordinator)
        phones = await the_people_are_linked(day, coordinator)
        await bad_links_are_refused(day, coordinator, phones)
        await asking.a_year_has_passed(day)
        await the_afternoon(day, coordinator, list(phones.values()))
        await nothing_was_left_unheard(day)
        assert await day.closes() == 0
    finally:
        await day.is_killed()
    check(f"a_day.{language}.txt", transcript(day.phones))


async def the_afternoon(day: Day, coordinator: Phone, phones: list[Phone]) -> None:
    """Two hundred questions and more, and a kill in the middle."""
    before = sum(phone.asked for phone in day.phones)
    await asking.names_are_looked_up(phones[:10])
    await asyncio.gather(
        *map(asking.leafs_through_a_card, phones[10:16], CARDS),
        *(asking.narrows_a_long_list(phone, "大桥") for phone in phones[16:18]),
        *(asking.follows(phone, FOLLOWED) for phone in phones[18:20]),
        asking.changes_the_mind(phones[20], FOLLOWED),
        *(asking.is_a_stranger(day.stranger(f"生人{number}")) for number in (1, 2)),
    )
    names = [project.name for project in day.programme.projects if "路" in project.name]
    await everybody_asks_and_the_bot_is_killed(day, phones, names)
    await asyncio.gather(
        *map(asking.leafs_through_a_card, phones[:6], CARDS),
        *(asking.looks_over_the_programme(phone) for phone in phones[6:10]),
        *(asking.sees_what_there_is_to_do(phone) for phone in phones[10:16]),
        *(asking.narrows_a_long_list(phone, "防洪") for phone in phones[16:18]),
        *(asking.presses_what_was_not_offered(phone, FOLLOWED) for phone in phones[21:23]),
    )
    await asking.takes_the_programme_over_twice(coordinator)
    await the_programme_is_changed(day, coordinator, FOLLOWED)
    for follower in phones[18:20]:
        assert FOLLOWED in (await follower.hears()).text
    assert sum(phone.asked for phone in day.phones) - before >= 200


async def nothing_was_left_unheard(day: Day) -> None:
    """Nobody was told anything that this script does not know of."""
    await asyncio.gather(*(phone.person.hears_nothing() for phone in day.phones))
