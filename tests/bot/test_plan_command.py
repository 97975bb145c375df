"""The operator sees from the command line who would hear what, and nothing is sent."""

import datetime as dtm
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import select

from bot.__main__ import main
from bot.commands import plan as command
from db.session import Database
from db.tables.speech import Message, Notice
from tests import builders
from tests.builders import NOW
from usecases.periods import keep_periods


class StandingClock:
    """It is always NOW."""

    def now(self) -> dtm.datetime:
        return NOW


@pytest.fixture(autouse=True)
def _office(
    monkeypatch: pytest.MonkeyPatch, database: Database, database_url: str, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", "123456:" + "A" * 35)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setattr(command, "WallClock", StandingClock)
    with database.transaction() as session:
        builders.the_cast(session)
        keep_periods(session, NOW)


def called(*arguments: str) -> Result:
    return CliRunner().invoke(main, ("plan", *arguments))


def test_the_plan_shows_who_would_hear_what_when(database: Database) -> None:
    result = called("--until", "2026-11-26")
    assert result.exit_code == 0, result.output
    assert "11月20日(周五)09:00" in result.output
    assert "提醒信息员填报：韦信息员" in result.output
    assert "报联络员：黄联络员" in result.output
    with database.transaction() as session:
        assert session.exec(select(Message)).all() == []
        assert session.exec(select(Notice)).all() == []


def test_one_persons_messages_begin_as_they_would_be_read() -> None:
    result = called("--until", "2026-11-26", "--person", "黄联络员")
    assert "柳州市住建局11月月报：应报1，未报1" in result.output
    assert "韦信息员" not in result.output


def test_an_unknown_person_is_an_error() -> None:
    assert called("--until", "2026-11-26", "--person", "无此人").exit_code == 1
