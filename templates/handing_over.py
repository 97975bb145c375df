"""不归我管: who reports instead, what the liaison confirms, and who hears of it."""

from dataclasses import dataclass
from enum import StrEnum

from templates.chasing import OwedReport, fill_buttons
from templates.message import Button, Message, Rows
from templates.paging import in_rows
from templates.people import PersonLine

BUTTONS_A_ROW = 4
_CANCEL = Button("brake_cancel", "dialog.cancel")


class SuccessorProblem(StrEnum):
    """Why an answer names nobody who could take over."""

    NOBODY_CALLED_SO = "nobody_called_so"
    SEVERAL_PEOPLE = "several_people"
    ONESELF = "oneself"
    TOO_LONG = "too_long"


@dataclass(frozen=True)
class Handed:
    """Projects somebody says are not theirs to report: the names of some, and how many in all."""

    names: tuple[str, ...]
    total: int


@dataclass(frozen=True)
class OwnProject:
    """A project somebody reports."""

    project_id: int
    name: str


@dataclass(frozen=True)
class HandOverWhich(Message):
    """Which of the projects are not theirs?"""

    projects: tuple[OwnProject, ...]
    more: int = 0

    def rows(self) -> Rows:
        """One of them, or all."""
        buttons = tuple(
            Button("ordinal", "handover.one", (one.project_id,), {"number": number})
            for number, one in enumerate(self.projects, start=1)
        )
        count = len(self.projects) + self.more
        every = Button("hand_over_all", "handover.all", (), {"count": count})
        return (*in_rows(buttons, BUTTONS_A_ROW), (every, _CANCEL))


@dataclass(frozen=True)
class NothingToHandOver(Message):
    """They report nothing at present that could be handed over."""


@dataclass(frozen=True)
class AskSuccessor(Message):
    """Who reports them instead? `said` are words that name nobody in the contact book.

    `former` is whose they were, when it is the liaison who names somebody else.
    """

    handed: Handed
    former: str = ""
    people: tuple[PersonLine, ...] = ()
    said: str = ""
    problem: SuccessorProblem | None = None

    def rows(self) -> Rows:
        """Those who could be meant, the name as it was said, nobody known, or the way out."""
        people = tuple(
            Button("person", "handover.to", (one.contact_id,), {"name": one.name})
            for one in self.people
        )
        if self.former:
            return (*in_rows(people, 2), (_CANCEL,))
        said = ((Button("hand_over_said", "handover.said", (), {"name": self.said}),),)
        ways_out = (Button("hand_over_unknown", "handover.unknown"), _CANCEL)
        return (*in_rows(people, 2), *(said if self.said else ()), ways_out)


@dataclass(frozen=True)
class HandOverAsked(Message):
    """It waits for confirmation by these liaisons, or by the office where there is none."""

    handed: Handed
    successor: str
    decides: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandOverCase:
    """What one person asked to hand over to one successor, who may be unknown or only named."""

    handover_id: int
    handed: Handed
    former: str
    former_unit: str
    successor: str = ""
    successor_unit: str = ""
    is_in_book: bool = False
    is_linked: bool = False


@dataclass(frozen=True)
class HandOversToConfirm(Message):
    """To whoever decides: people say that these projects are not theirs to report."""

    cases: tuple[HandOverCase, ...]

    def rows(self) -> Rows:
        """Decide it, or open one of several."""
        if len(self.cases) == 1:
            return _decisions(self.cases[0])
        buttons = tuple(
            Button("hand_over_open", "handover.open", (case.handover_id,), {"number": number})
            for number, case in enumerate(self.cases, start=1)
        )
        return in_rows(buttons, BUTTONS_A_ROW)


@dataclass(frozen=True)
class HandOverConfirmed(Message):
    """To whoever decided: the successor reports from now on."""

    case: HandOverCase


@dataclass(frozen=True)
class HandOverRefused(Message):
    """To whoever decided: everything stays as it was."""

    case: HandOverCase


@dataclass(frozen=True)
class Answered:
    """How a request to hand over was answered, and by whom."""

    handed: Handed
    by: str
    successor: str
    is_confirmed: bool
    phone: str = ""


@dataclass(frozen=True)
class HandOverAnswered(Message):
    """To whoever asked: what became of it."""

    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class TakenOver(Message):
    """To the successor: these reports are theirs from now on."""

    handed: Handed
    former: str
    lines: tuple[OwedReport, ...]

    def rows(self) -> Rows:
        """Fill in what is still to come."""
        return fill_buttons(self.lines) if self.lines else ()


def _decisions(case: HandOverCase) -> Rows:
    here = (case.handover_id,)
    other = "hand_over_other" if case.is_in_book else "hand_over_name"
    agree = (Button("hand_over_yes", "handover.yes", here),) if case.is_in_book else ()
    return (
        (*agree, Button("hand_over_no", "handover.no", here)),
        (Button(other, "handover.other", here),),
    )
