"""Logging: one line an event, as text for people or as JSON for machines; never a token,
nor what the database quotes of a row."""

import logging
import re
import sys
from typing import Any

import structlog

log: Any = structlog.get_logger("liaison")

# PostgreSQL quotes the row that breaks a rule: Key (phone)=(...) already exists.
_VALUES = re.compile(r"(DETAIL:)(?:(?!\\n)[^\n])*")
_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{30,}")


def set_up_logging(form: str) -> None:
    """Log to standard error in this form ("text" or "json"), other libraries' warnings too."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            _blot_out,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    others = logging.StreamHandler(sys.stderr)
    others.setFormatter(_Discreet("%(levelname)s:%(name)s:%(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[others])
    # A tick that takes longer than its interval skips the next one: that is how it is meant.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def discreet(text: str) -> str:
    """The text without a bot's token, which addresses carry, and without a row's values."""
    return _VALUES.sub(r"\1 <left out>", _TOKEN.sub("<token>", text))


def _blot_out(_logger: object, _method: str, event: Any) -> Any:
    return {
        name: discreet(value) if isinstance(value, str) else value for name, value in event.items()
    }


class _Discreet(logging.Formatter):
    """Writes other libraries' lines, without a token."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, its traceback included."""
        return discreet(super().format(record))
