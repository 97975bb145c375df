"""The log never shows the token, whoever writes it."""

import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.log import log, set_up_logging

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz_12345"
PHONE = "19900001001"
ADDRESS = f"https://api.telegram.org/bot{TOKEN}/sendMessage"


@pytest.fixture
def put_back() -> Iterator[None]:
    """The log as other tests know it, afterwards."""
    yield
    structlog.reset_defaults()


@pytest.mark.usefixtures("put_back")
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_line_carries_the_token(
    form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    set_up_logging(form)
    log.warning("telegram_not_reached", reason=f"cannot reach {ADDRESS}")
    logging.getLogger("httpx").error("POST %s", ADDRESS)
    try:
        raise RuntimeError(ADDRESS)
    except RuntimeError:
        log.exception("update_not_handled")
        logging.getLogger("telegram").exception("failed")

    written = capsys.readouterr().err
    assert TOKEN not in written
    assert written.count("<token>") >= 4
    assert "update_not_handled" in written


@pytest.mark.usefixtures("put_back")
@pytest.mark.parametrize("form", ["text", "json"])
def test_no_line_carries_what_the_database_quotes_of_a_row(
    form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    set_up_logging(form)
    quoted = f"duplicate key\nDETAIL:  Key (phone)=({PHONE}) already exists.\n[SQL: INSERT]"
    try:
        raise RuntimeError(quoted)
    except RuntimeError as error:
        log.exception("duty_failed", reason=repr(error))
        logging.getLogger("sqlalchemy").exception("failed")

    written = capsys.readouterr().err
    assert PHONE not in written
    assert written.count("<left out>") >= 3
    assert "[SQL: INSERT]" in written
