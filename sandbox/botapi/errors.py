"""The answers with which Telegram refuses a call, word for word."""

from typing import Any

_PREFIXES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class ApiError(Exception):
    """A refused call: `code`, the exact `description`, and `parameters` for the caller.

    `of_form` tells a call no Telegram would ever take from one that only met the wrong moment
    (a blocked user, a deleted message, a limit).
    """

    def __init__(self, code: int, text: str = "", parameters: dict[str, Any] | None = None) -> None:
        self.code = code
        self.description = describe(code, text)
        self.parameters = parameters or {}
        self.of_form = False
        super().__init__(self.description)

    def body(self) -> dict[str, Any]:
        """The JSON answer."""
        answer = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


class FormError(ApiError):
    """A call whose form is wrong: a fault of the bot, whatever the moment."""

    def __init__(self, text: str, code: int = 400) -> None:
        super().__init__(code, text)
        self.of_form = True


def describe(code: int, text: str) -> str:
    """The description of an error: its kind, then `text` with a small first letter.

    The letter stays when the second character is a capital or `_` (BUTTON_DATA_INVALID).
    """
    prefix = _PREFIXES[code]
    if not text:
        return prefix
    shouted = len(text) > 1 and (text[1] == "_" or text[1].isupper())
    return f"{prefix}: {text if shouted else text[0].lower() + text[1:]}"


def chat_not_found() -> ApiError:
    """An unknown chat, a person the bot has never met, or a chat_id that is no number."""
    return ApiError(400, "chat not found")


def forbidden(text: str) -> ApiError:
    """A chat the bot may not write to."""
    return ApiError(403, text)


def conflict(text: str) -> ApiError:
    """Two ways of taking updates at once."""
    return ApiError(409, text)


def too_many_requests(retry_after: int) -> ApiError:
    """A limit was hit; `retry_after` in whole seconds goes into a header as well."""
    return ApiError(429, f"retry after {retry_after}", {"retry_after": retry_after})


def migrated(new_chat_id: int) -> ApiError:
    """A group that has become a supergroup with another id."""
    text = "group chat was upgraded to a supergroup chat"
    return ApiError(400, text, {"migrate_to_chat_id": new_chat_id})


def cannot_parse_entities(why: str) -> FormError:
    """Markup Telegram cannot read."""
    return FormError(f"can't parse entities: {why}")
