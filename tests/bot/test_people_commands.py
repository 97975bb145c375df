"""The operator invites people and has the office looked over from the command line."""

import asyncio
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import Session, select

from bot.__main__ import main
from db.session import Database
from db.tables.people import Invitation
from domain.invitations import digest
from sandbox.local import BOT_USERNAME, LocalTelegram
from tests import builders
from tests.builders import the_cast

TOKEN = "123456:" + "A" * 35
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("BOT_API_URL", NOWHERE)
    monkeypatch.setenv("DATABASE_URL", database_url)


def called(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def some_people(session: Session) -> None:
    the_cast(session)
    unit = builders.a_unit(session)
    builders.a_contact(session, "莫某", unit=unit, phone="19900005001")
    builders.a_contact(session, "莫小某", unit=unit)


@pytest.mark.parametrize(
    "whom", [("--contact", "莫某"), ("--phone", "19900005001"), ("--phone", "+86 199 0000 5001")]
)
def test_invite_prints_the_link_that_links(database: Database, whom: tuple[str, str]) -> None:
    with database.transaction() as session:
        some_people(session)

    result = called("invite", *whom)

    assert result.exit_code == 0, result.output
    found = re.search(
        r"^https://t\.me/liaison_test_bot\?start=([\w-]{22,64})$", result.output, re.M
    )
    assert found is not None
    with database.transaction() as session:
        invitation = session.exec(select(Invitation)).one()
        assert invitation.token_hash == digest(found[1])


def test_invite_of_nobody_or_of_several_issues_nothing(database: Database) -> None:
    with database.transaction() as session:
        some_people(session)

    nobody, several = called("invite", "--contact", "查无此人"), called("invite", "--contact", "莫")

    assert (nobody.exit_code, several.exit_code) == (1, 1)
    assert "没有找到" in nobody.output
    assert "莫某" in several.output
    assert "莫小某" in several.output
    with database.transaction() as session:
        assert session.exec(select(Invitation)).all() == []


@pytest.mark.parametrize("arguments", [(), ("--contact", "莫某", "--phone", "19900005001")])
def test_invite_says_what_it_needs(arguments: tuple[str, ...]) -> None:
    result = called("invite", *arguments)

    assert result.exit_code == 2
    assert "--contact NAME or --phone PHONE" in result.output


def test_before_the_bot_ever_ran_its_name_is_asked_of_telegram(database: Database) -> None:
    with database.transaction() as session:
        some_people(session)
        builders.an_office(session).bot_username = ""

    result = called("invite", "--contact", "莫某")

    assert result.exit_code == 1
    assert "Telegram was not reached" in result.output


async def test_with_telegram_at_hand_the_very_first_invitation_works(
    database: Database, telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", telegram.token)
    monkeypatch.setenv("BOT_API_URL", telegram.api_url)
    with database.transaction() as session:
        some_people(session)
        builders.an_office(session).bot_username = ""

    result = await asyncio.to_thread(called, "invite", "--contact", "莫某")

    assert result.exit_code == 0, result.output
    assert f"https://t.me/{BOT_USERNAME}?start=" in result.output


async def test_doctor_lists_what_is_missing_by_unit(
    database: Database, telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", telegram.token)
    monkeypatch.setenv("BOT_API_URL", telegram.api_url)
    with database.transaction() as session:
        some_people(session)

    result = await asyncio.to_thread(called, "doctor")

    assert result.exit_code == 0, result.output
    assert f"@{BOT_USERNAME}" in result.output
    assert "2人未开通" in result.output
    assert "白露大道（一期）" in result.output
    assert "备报信息员" in result.output


def test_doctor_of_a_new_office_says_what_comes_first() -> None:
    result = called("doctor")

    assert result.exit_code == 1
    assert "连不上 Telegram" in result.output
    assert "没有协调员" in result.output
