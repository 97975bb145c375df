"""Logging: one line an event, as text for people or as JSON for machines; never a token."""

import logging
import sys
from typing import Any

import structlog

log: Any = structlog.get_logger("liaison")


def set_up_logging(form: str) -> None:
    """Log to standard error in this form ("text" or "json"), other libraries' warnings too."""
    renderer: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            renderer,
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
