"""The only door from a handler to the database: `run(update, use_case, given)`."""

from collections.abc import Awaitable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from usecases.answers import UseCase

Given = TypeVar("Given")


class Run(Protocol):
    """Does a use-case and everything that follows from it in one transaction."""

    def __call__(
        self, update: Update, use_case: UseCase[Given], given: Given
    ) -> Awaitable[None]: ...


@dataclass
class Door:
    """What the composition root hands to the handlers."""

    run: Run | None = None


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], Door]):
    """A handler's context, with the door in reach."""

    @property
    def run(self) -> Run:
        """The door; it is opened by the composition root before the first update."""
        run = self.bot_data.run
        if run is None:
            raise RuntimeError("the door was not opened")
        return run


OfficeApplication = Application[ExtBot[None], Context, dict[Any, Any], dict[Any, Any], Door, None]
