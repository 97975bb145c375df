"""How somebody the office does not know yet gets to know it."""

from dataclasses import dataclass

from templates.message import Message


@dataclass(frozen=True)
class PleaseLink(Message):
    """To somebody unlinked: nothing but the way to link themselves."""
