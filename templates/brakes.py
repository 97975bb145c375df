"""The office's brakes: what is asked before one is put on, what is in force, who hears of it."""

import datetime as dtm
from dataclasses import dataclass

from domain.brakes import Brake, BrakeProblem, HoldScope
from domain.periods import Period
from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 4
_CANCEL = Button("brake_cancel", "dialog.cancel")


@dataclass(frozen=True)
class BrakeOn:
    """What a brake is put on; everybody has neither id nor name."""

    scope: HoldScope
    target_id: int = 0
    name: str = ""

    @property
    def args(self) -> tuple[int, int]:
        """As arguments of a button."""
        return self.scope.number, self.target_id


@dataclass(frozen=True)
class BrakeTargets(Message):
    """Several units or projects may be meant: which one?"""

    brake: Brake
    words: str
    targets: tuple[BrakeOn, ...]

    def rows(self) -> Rows:
        """A button for each."""
        buttons = tuple(
            Button("ordinal", f"{self.brake.value}.of", one.args, {"number": number})
            for number, one in enumerate(self.targets, start=1)
        )
        return in_rows(buttons, BUTTONS_A_ROW)


@dataclass(frozen=True)
class BrakeNowhere(Message):
    """No unit and no project is called that."""

    words: str


@dataclass(frozen=True)
class NothingToBrake(Message):
    """Nothing is owed there at present, so there is nothing to extend or to exempt."""

    brake: Brake
    on: BrakeOn


@dataclass(frozen=True)
class HowToBrake(Message):
    """The command came without saying what: how to."""

    brake: Brake


@dataclass(frozen=True)
class HeldLine:
    """A hold on chasing that is in force."""

    hold_id: int
    on: BrakeOn
    since: dtm.datetime
    by: str
    until: dtm.datetime | None = None
    reason: str = ""


@dataclass(frozen=True)
class HoldsInForce(Message):
    """Every hold on chasing, each with the way to lift it."""

    lines: tuple[HeldLine, ...]

    def rows(self) -> Rows:
        """Lift one; hold everybody while that is not so."""
        everybody = any(line.on.scope is HoldScope.EVERYBODY for line in self.lines)
        hold_all = () if everybody else ((Button("hold_all", "hold.all"),),)
        return (*in_rows(_lifting(self.lines), BUTTONS_A_ROW), *hold_all)


@dataclass(frozen=True)
class AskHoldUntil(Message):
    """Until when is chasing held? `reports` still to come are covered now."""

    on: BrakeOn
    reports: int
    today: dtm.date
    days: tuple[dtm.date, ...]
    problems: tuple[BrakeProblem, ...] = ()

    def rows(self) -> Rows:
        """Until it is lifted, until one of some likely days, or not at all."""
        days = tuple(day_button("hold.until", day) for day in self.days)
        return ((Button("hold_open", "hold.open"),), days, (_CANCEL,))


@dataclass(frozen=True)
class AskBrakeReason(Message):
    """Why? The end is echoed above the question; a hold needs no reason."""

    brake: Brake
    on: BrakeOn
    day: dtm.date | None = None
    month: Period | None = None
    problems: tuple[BrakeProblem, ...] = ()

    def rows(self) -> Rows:
        """No reason where none is needed, or the way out."""
        none = (Button("no_reason", "hold.no_reason"),) if self.brake is Brake.HOLD else ()
        return ((*none, _CANCEL),)


@dataclass(frozen=True)
class HoldMade(Message):
    """Chasing is held from now on."""

    line: HeldLine
    was_held: bool = False

    def rows(self) -> Rows:
        """Lift it again, and see what else is held."""
        return (
            (
                Button("lift", "hold.lift", (self.line.hold_id,)),
                Button("all_holds", "hold.list"),
            ),
        )


@dataclass(frozen=True)
class HoldLifted(Message):
    """Chasing goes on; `by` is empty where the hold was over by itself."""

    line: HeldLine
    by: str = ""


@dataclass(frozen=True)
class HoldsChanged(Message):
    """To the other coordinators: what was held, and what goes on again."""

    made: tuple[HeldLine, ...] = ()
    lifted: tuple[HoldLifted, ...] = ()

    def rows(self) -> Rows:
        """Lift one."""
        return in_rows(_lifting(self.made), BUTTONS_A_ROW)


def _lifting(lines: tuple[HeldLine, ...]) -> tuple[Button, ...]:
    if len(lines) == 1:
        return (Button("lift", "hold.lift", (lines[0].hold_id,)),)
    return tuple(
        Button("lift_number", "hold.lift", (line.hold_id,), {"number": number})
        for number, line in enumerate(lines, start=1)
    )


def day_button(action: str, day: dtm.date) -> Button:
    """A day to press; it names itself, so that it means the same when it is pressed later."""
    return Button("a_day", action, (f"{day:%Y%m%d}",), {"day": day})
