"""What a message is before it has words: a typed value, with the buttons it offers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

CALLBACK_BYTES = 64


@dataclass(frozen=True, slots=True)
class Button:
    """A button: a label by its key in buttons.toml, and what pressing it means.

    `action` and `args` travel as callback data of at most 64 bytes, so args are ids, never names.
    """

    label: str
    action: str
    args: tuple[int | str, ...] = ()
    words: Mapping[str, object] = field(default_factory=dict)

    @property
    def data(self) -> str:
        """The callback data; raises ValueError where Telegram would refuse it."""
        data = ":".join([self.action, *map(str, self.args)])
        if len(data.encode()) > CALLBACK_BYTES:
            raise ValueError(f"callback data over {CALLBACK_BYTES} bytes: {data}")
        return data


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class SharePhone:
    """A reply-keyboard button with which a person shares their own phone number."""

    label: str


Key = Button | Link | SharePhone
Rows = tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class Message:
    """Base of every typed message; its class name names its template in each language."""

    registry: ClassVar[dict[str, type["Message"]]] = {}

    def __init_subclass__(cls) -> None:
        # slots=True makes the class twice; the second, final one replaces the first here.
        Message.registry[cls.kind()] = cls

    @classmethod
    def kind(cls) -> str:
        """The template's name: `StatusCard` → `status_card`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def rows(self) -> Rows:
        """The buttons below the text, row by row; none unless a message says otherwise."""
        return ()
