"""The command line stops with one clear sentence, or does what it says."""

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.commands.running import settings_or_exit
from bot.leadership import AlreadyRunningError, lock_file
from bot.settings import SettingsError, load_settings
from db.session import Database

TOKEN = "123456:" + "A" * 35


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a .env, and an environment without our settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("BOT_TOKEN", "DATABASE_URL", "WEBHOOK_URL", "TIMEZONE", "METRICS_LISTEN"):
        monkeypatch.delenv(name, raising=False)


def called(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, arguments, env={"BOT_TOKEN": TOKEN} | environment)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("BOT_TOKEN", "nonsense", "BOT_TOKEN: it should look like"),
        ("BOT_TOKEN", "", "BOT_TOKEN is not set"),
        ("BOT_API_URL", "localhost", "BOT_API_URL: it should be an http"),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL: only sqlite"),
        ("DATABASE_URL", "no address", "DATABASE_URL: it should look like"),
        ("TIMEZONE", "Guangxi", "TIMEZONE: it should be a time zone"),
        ("OFFICE_LANGUAGE", "fr", "OFFICE_LANGUAGE: "),
        ("SEND_RATE", "100", "SEND_RATE: "),
        ("WEBHOOK_URL", "https://example.org", "WEBHOOK_SECRET is needed"),
        ("METRICS_LISTEN", "9100", "METRICS_LISTEN: it should be HOST:PORT"),
    ],
)
def test_a_wrong_setting_stops_the_start_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as raised:
        load_settings()
    assert says in str(raised.value)
    assert "\n" not in str(raised.value)
    assert TOKEN not in str(raised.value)


def test_the_token_is_not_shown_by_accident(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    assert TOKEN not in repr(settings_or_exit())


def test_migrating_twice_is_harmless() -> None:
    assert called("migrate").exit_code == 0
    assert "up to date" in called("migrate").output


def test_a_backup_is_a_whole_database_and_overwrites_nothing(tmp_path: Path) -> None:
    called("migrate")
    copy = tmp_path / "copy.db"
    assert called("backup", str(copy)).exit_code == 0
    tables = sqlite3.connect(copy).execute("select name from sqlite_master").fetchall()
    assert ("contact",) in tables
    assert "exists already" in called("backup", str(copy)).output


def test_a_backup_of_nothing_says_so(tmp_path: Path) -> None:
    assert "no database" in called("backup", str(tmp_path / "copy.db")).output


def test_a_second_bot_on_the_same_file_is_refused(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'office.db'}")
    held = lock_file(database)
    with pytest.raises(AlreadyRunningError, match=r"office\.db"):
        lock_file(database)
    assert held is not None
    held.close()
    again = lock_file(database)
    assert again is not None
    again.close()
