"""Work groups: binding one, in private; and what is posted there."""

import datetime as dtm
from dataclasses import dataclass

from domain.tally import Tally
from domain.vocabulary import Level, Role
from templates.meetings import MeetingHead
from templates.message import Button, Message, Rows
from templates.overdue import OpenMonth
from templates.paging import in_rows, pager

BUTTONS_A_ROW = 3
LEVELS = tuple(Level)


@dataclass(frozen=True)
class GroupScope:
    """What a group is bound to; `region` is empty for the whole level."""

    level: Level
    region: str = ""


@dataclass(frozen=True)
class GroupLine:
    """A group the bot is in, and what it is bound to, if to anything."""

    group_id: int
    title: str
    scope: GroupScope | None = None


@dataclass(frozen=True)
class GroupGreeting(Message):
    """The one line a group gets before it is bound."""


@dataclass(frozen=True)
class AskInPrivate(Message):
    """In a bound group, once a day at most: nothing about projects or people is answered here."""

    bot: str


@dataclass(frozen=True)
class WorkGroups(Message):
    """To a coordinator: the groups the bot is in, a page of them."""

    groups: tuple[GroupLine, ...]
    page: int = 0
    pages: int = 1

    def rows(self) -> Rows:
        """Each group."""
        buttons = tuple(
            Button("ordinal", "group.show", (one.group_id,), {"number": number})
            for number, one in enumerate(self.groups, start=1)
        )
        turn = pager("group.list", self.page, self.pages, ())
        return tuple(filter(None, (*in_rows(buttons, BUTTONS_A_ROW), turn)))


@dataclass(frozen=True)
class BindLevels(Message):
    """To a coordinator, whose group this is to be: to which level is it to be bound?"""

    group: GroupLine
    levels: tuple[Level, ...]

    def rows(self) -> Rows:
        """The levels with projects; the end of it where it is bound."""
        choose = tuple(
            Button(
                "group_level",
                "group.level",
                (self.group.group_id, LEVELS.index(level), 0),
                {"level": level},
            )
            for level in self.levels
        )
        end = (Button("group_unbind", "group.ask_unbind", (self.group.group_id,)),)
        return tuple(filter(None, (choose, end if self.group.scope else ())))


@dataclass(frozen=True)
class BindRegions(Message):
    """The whole county level, or which county? A page of them, by their ids."""

    group: GroupLine
    regions: tuple[tuple[int, str], ...]
    page: int = 0
    pages: int = 1

    def rows(self) -> Rows:
        """The level, its counties, the pages, and back."""
        here = (self.group.group_id, LEVELS.index(Level.COUNTY))
        counties = tuple(
            Button("group_region", "group.scope", (*here, number), {"region": name})
            for number, name in self.regions
        )
        whole = (Button("group_whole_level", "group.scope", (*here, 0)),)
        turn = pager("group.level", self.page, self.pages, here)
        back = Button("back", "group.show", (self.group.group_id,))
        return (whole, *in_rows(counties, BUTTONS_A_ROW), (*turn, back))


@dataclass(frozen=True)
class BindPreview(Message):
    """What would be posted in the group, before it is bound.

    `region_id` is 0 for the whole level; `meetings` would be posted first.
    """

    group: GroupLine
    scope: GroupScope
    region_id: int
    projects: int
    units: int
    meetings: tuple[MeetingHead, ...] = ()

    def rows(self) -> Rows:
        """Bind it, or choose anew."""
        scope = (self.group.group_id, LEVELS.index(self.scope.level), self.region_id)
        return (
            (
                Button("group_bind", "group.bind", scope),
                Button("back", "group.show", (self.group.group_id,)),
            ),
        )


@dataclass(frozen=True)
class GroupBound(Message):
    """The group is bound."""

    group: GroupLine

    def rows(self) -> Rows:
        """Undo it."""
        return ((Button("group_unbind", "group.ask_unbind", (self.group.group_id,)),),)


@dataclass(frozen=True)
class ConfirmUnbind(Message):
    """Nothing would be posted in the group from then on."""

    group: GroupLine

    def rows(self) -> Rows:
        """Do it, or leave it."""
        here = (self.group.group_id,)
        return (
            (Button("group_unbind_yes", "group.unbind", here), Button("back", "group.show", here)),
        )


@dataclass(frozen=True)
class GroupUnbound(Message):
    """The group is bound to nothing now."""

    group: GroupLine

    def rows(self) -> Rows:
        """Bind it anew."""
        return ((Button("group_bind_anew", "group.show", (self.group.group_id,)),),)


@dataclass(frozen=True)
class GroupsLost(Message):
    """To the office, once: the bot was taken out of these groups, or may not write there."""

    groups: tuple[GroupLine, ...]


@dataclass(frozen=True)
class GroupMeeting(Message):
    """In a group: a meeting; its projects and units are those of the group's scope."""

    head: MeetingHead
    projects: int
    units: tuple[str, ...]


@dataclass(frozen=True)
class GroupMeetingChanged(Message):
    """In a group: the time or place changed since the meeting was last posted there."""

    head: MeetingHead
    starts_before: dtm.datetime
    place_before: str


@dataclass(frozen=True)
class GroupMeetingOff(Message):
    """In a group: a meeting that was posted there does not take place."""

    head: MeetingHead


@dataclass(frozen=True)
class Mention:
    """Somebody who is called by their role, not by their name."""

    account: int
    role: Role


@dataclass(frozen=True)
class UnitCount:
    """How a unit's reports stand, and who of it is called; no name where none leads."""

    unit: str
    tally: Tally
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True)
class GroupCounts(Message):
    """In a group: how the month's reports of its scope stand, unit by unit."""

    scope: GroupScope
    at: OpenMonth
    as_at: dtm.datetime
    total: Tally
    units: tuple[UnitCount, ...]
