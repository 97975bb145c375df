"""One call as a method sees it, and the book of methods the sandbox speaks."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from typing import Any

from sandbox.botapi.bots import Bot
from sandbox.botapi.chats import Chat, Json
from sandbox.botapi.errors import FormError, chat_not_found
from sandbox.botapi.parameters import Parameters
from sandbox.botapi.world import Telegram


@dataclass(frozen=True, slots=True)
class Ask:
    """A call of `method` (as the documentation spells it) by `bot`."""

    telegram: Telegram
    bot: Bot
    method: str
    parameters: Parameters

    def chat(self) -> Chat:
        """The chat `chat_id` names, if the bot may write to it; raises ApiError."""
        return self.telegram.chat_for(self.bot, self.chat_id())

    def chat_id(self) -> int:
        """The number in `chat_id`; raises FormError when it is none."""
        written = self.parameters.text("chat_id").strip()
        if not written:
            raise FormError("chat_id is empty")
        if written.startswith("@"):
            raise chat_not_found()
        number = self.parameters.integer("chat_id")
        if not number:
            raise FormError("chat not found")
        return number


@dataclass(frozen=True, slots=True)
class Reply:
    """What a method gives back, with the words some answers carry."""

    result: Any
    description: str = ""

    def body(self) -> Json:
        """The JSON answer."""
        told = {"description": self.description} if self.description else {}
        return {"ok": True, "result": self.result} | told


Method = Callable[[Ask], Reply]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A method the sandbox speaks, with the parameters it honours."""

    name: str
    parameters: frozenset[str]
    run: Method


_BOOK: dict[str, Spoken] = {}


def speaks(name: str, parameters: str = "") -> Callable[[Method], Method]:
    """Enter a method into the book, with the names of the parameters it honours."""

    def enter(run: Method) -> Method:
        _BOOK[name.lower()] = Spoken(name, frozenset(parameters.split()), run)
        return run

    return enter


def spoken(method: str) -> Spoken:
    """The method of this name, in any case.

    Raises FormError: Telegram's own 404 for an unknown one, and a 404 that says so for one
    Telegram has and the sandbox has not.
    """
    if method.lower() in _BOOK:
        return _BOOK[method.lower()]
    if method.lower() in _KNOWN:
        raise FormError(f"The sandbox does not speak {method}", 404)
    raise FormError("method not found", 404)


def require_spoken_parameters(method: Spoken, parameters: Parameters) -> None:
    """Raise FormError for an argument Telegram would act on and the sandbox would not.

    Arguments Telegram does not know either are ignored, as Telegram ignores them.
    """
    unspoken = (_KNOWN[method.name.lower()] - method.parameters) & parameters.texts.keys()
    if unspoken:
        raise FormError(f"The sandbox does not speak {min(unspoken)} of {method.name}")


def _known_methods() -> dict[str, frozenset[str]]:
    """Every method of Bot API 10.1 with its parameters, names in lower case."""
    text = resources.files("sandbox.botapi").joinpath("known_methods.json").read_text("utf-8")
    return {name.lower(): frozenset(fields) for name, fields in json.loads(text).items()}


_KNOWN = _known_methods()
