"""What any conversation may have to say, whatever it is about."""

from dataclasses import dataclass

from templates.message import Button, Message, Rows


@dataclass(frozen=True)
class DialogAsleep(Message):
    """Free text after a pause: go on with the conversation, or look the words up?"""

    kind_of_dialog: str
    words: str

    def rows(self) -> Rows:
        """Go on, look up, or leave it."""
        return (
            (Button("go_on", "dialog.go_on"), Button("look_up", "dialog.look_up")),
            (Button("leave_dialog", "dialog.cancel"),),
        )


@dataclass(frozen=True)
class DialogCancelled(Message):
    """The conversation was left."""


@dataclass(frozen=True)
class NothingToCancel(Message):
    """There is no conversation open."""
