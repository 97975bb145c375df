"""What those who follow projects hear of them."""

from dataclasses import dataclass
from enum import StrEnum

from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 6


@dataclass(frozen=True)
class WhatChanged:
    """One kind of change of a project, and how often it happened."""

    what: StrEnum
    count: int


@dataclass(frozen=True)
class FollowedProject:
    """A project somebody follows, with what changed since they last heard of it."""

    project_id: int
    name: str
    changes: tuple[WhatChanged, ...]


@dataclass(frozen=True)
class FollowedProjectsChanged(Message):
    """To a follower: what is new about their projects, all of them in one message.

    `more` is how many further projects changed that the message has no room for.
    """

    projects: tuple[FollowedProject, ...]
    more: int = 0

    def rows(self) -> Rows:
        """Each project's card."""
        buttons = tuple(
            Button("ordinal", "status.card", (project.project_id,), words={"number": number})
            for number, project in enumerate(self.projects, start=1)
        )
        return in_rows(buttons, BUTTONS_A_ROW)
