"""Connections to the Bot API."""

from http import HTTPStatus
from typing import Any

from telegram.error import NetworkError
from telegram.request import HTTPXRequest

# What Telegram answers besides success and its own 5xx; PTB knows what each of them means.
_TELEGRAMS_OWN = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
        HTTPStatus.CONFLICT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)


class UnexpectedStatusError(NetworkError):
    """An answer that is not Telegram's: a proxy's, a captive portal's, another server's."""


class TelegramRequest(HTTPXRequest):
    """PTB's connections, which tell Telegram's answers from somebody else's."""

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """The answer's status and payload; raises UnexpectedStatusError for a foreign status."""
        status, payload = await super().do_request(*args, **kwargs)
        if not _may_be_telegrams(status):
            raise UnexpectedStatusError(f"HTTP status {status}")
        return status, payload


def _may_be_telegrams(status: int) -> bool:
    return 200 <= status < 300 or status in _TELEGRAMS_OWN or 500 <= status < 600
