"""Leave: the questions of the conversation that registers it, and who hears of it."""

import datetime as dtm
from dataclasses import dataclass

from domain.leave import LeaveProblem
from templates.message import Button, Message, Rows
from templates.paging import in_rows
from templates.people import PersonLine

BUTTONS_A_ROW = 2


@dataclass(frozen=True)
class LeaveDays:
    """Leave from the first to the last day, both included, and who stands in, if anybody."""

    leave_id: int
    first: dtm.date
    last: dtm.date
    deputy: str = ""


@dataclass(frozen=True)
class AskLeaveFirst(Message):
    """From which day? `whom` is empty for one's own leave."""

    whom: str
    today: dtm.date
    problems: tuple[LeaveProblem, ...] = ()

    def rows(self) -> Rows:
        """The two likeliest days, and the way out."""
        tomorrow = self.today + dtm.timedelta(days=1)
        return (
            (
                _day("leave.first", self.today),
                _day("leave.first", tomorrow),
            ),
            (Button("leave_dialog", "dialog.cancel"),),
        )


@dataclass(frozen=True)
class AskLeaveLast(Message):
    """Until which day? The first one is echoed with its weekday."""

    whom: str
    first: dtm.date
    problems: tuple[LeaveProblem, ...] = ()

    def rows(self) -> Rows:
        """Just that day, or the way out."""
        return (
            (
                Button("same_day", "leave.last", (f"{self.first:%Y%m%d}",)),
                Button("leave_dialog", "dialog.cancel"),
            ),
        )


@dataclass(frozen=True)
class AskLeaveDeputy(Message):
    """Who stands in? The days are echoed with their weekdays; `people` are some who could."""

    whom: str
    first: dtm.date
    last: dtm.date
    people: tuple[PersonLine, ...]
    problems: tuple[LeaveProblem, ...] = ()

    def rows(self) -> Rows:
        """The likeliest people, nobody, or the way out."""
        people = tuple(
            Button("person", "leave.deputy", (person.contact_id,), {"name": person.name})
            for person in self.people
        )
        ways_out = (
            Button("no_deputy", "leave.nobody"),
            Button("leave_dialog", "dialog.cancel"),
        )
        return (*in_rows(people, BUTTONS_A_ROW), ways_out)


@dataclass(frozen=True)
class LeaveRecorded(Message):
    """The leave is registered; whether the deputy can be told."""

    whom: str
    days: LeaveDays
    deputy_linked: bool

    def rows(self) -> Rows:
        """Take it back."""
        return ((Button("cancel_leave", "leave.cancel", (self.days.leave_id,)),),)


@dataclass(frozen=True)
class LeaveCancelled(Message):
    """That leave is off."""

    whom: str
    first: dtm.date
    last: dtm.date


@dataclass(frozen=True)
class NotTheirLeave(Message):
    """That person's leave is not for the asker to register."""

    name: str


@dataclass(frozen=True)
class StandIn:
    """Somebody to stand in for, and when."""

    name: str
    unit: str
    first: dtm.date
    last: dtm.date


@dataclass(frozen=True)
class DeputyNamed(Message):
    """To a deputy: whom they stand in for, and when."""

    stand_ins: tuple[StandIn, ...]


@dataclass(frozen=True)
class DeputyReleased(Message):
    """To somebody who was named as deputy: they are not needed after all."""

    stand_ins: tuple[StandIn, ...]


@dataclass(frozen=True)
class EnteredLeave:
    """Leave that somebody else has registered, and who that was."""

    by: str
    days: LeaveDays


@dataclass(frozen=True)
class LeaveEntered(Message):
    """To a person: somebody else has registered leave for them."""

    entries: tuple[EnteredLeave, ...]

    def rows(self) -> Rows:
        """Say that it is not so."""
        return tuple((cancel_on(entry.days),) for entry in self.entries)


def _day(action: str, day: dtm.date) -> Button:
    """A day to press; it names itself, so that it means the same when it is pressed later."""
    return Button("a_day", action, (f"{day:%Y%m%d}",), {"day": day})


def cancel_on(days: LeaveDays) -> Button:
    """The button that takes back one of several leaves."""
    return Button("cancel_leave_on", "leave.cancel", (days.leave_id,), {"day": days.first})
