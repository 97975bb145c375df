"""Alerts: what is late, as those above the reporter hear it, what they answered, the all-clear."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from domain.chain import Gap
from domain.periods import Period
from domain.vocabulary import Role
from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 4


class AlertEnd(StrEnum):
    """How a report somebody was alarmed about stands now that it is late no more."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    EXTENDED = "extended"
    EXEMPT = "exempt"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    MOVED = "moved"


@dataclass(frozen=True)
class Promised:
    """By when somebody promised a report; broken once that time is over."""

    until: dtm.datetime
    is_broken: bool = False


@dataclass(frozen=True)
class Heard:
    """What became of telling somebody: when they were told, knew, and what they promised."""

    told_at: dtm.datetime
    known_at: dtm.datetime | None = None
    promised: Promised | None = None


@dataclass(frozen=True)
class LateReport:
    """A late report as those above the reporter see it: what was done about it, nothing more."""

    obligation_id: int
    project_id: int
    name: str
    month: Period
    days_late: int
    is_returned: bool = False
    times_reminded: int = 0
    liaison_asked: bool = False
    gap: Gap | None = None
    promised: Promised | None = None
    commissioner: Heard | None = None


@dataclass(frozen=True)
class EndedReport:
    """A report that was in the alert and is late no more; `at` is when it came in or is due now."""

    name: str
    month: Period
    end: AlertEnd
    at: dtm.datetime | None = None


@dataclass(frozen=True)
class Answering:
    """What the person told has answered, and what they may still answer.

    `below` is whom they may hand it to; `choices` are the times they may promise.
    """

    known_at: dtm.datetime | None = None
    promised: Promised | None = None
    handed_to: str = ""
    difficulty: str = ""
    below: Role | None = None
    choices: tuple[dtm.datetime, ...] = ()
    takes_difficulties: bool = False

    def rows(self, today: dtm.datetime) -> Rows:
        """What may still be answered."""
        first = (Button("alert_know", "alert.know"),) * (self.known_at is None)
        if self.below and not self.handed_to:
            first += (Button(f"alert_ask_{self.below.value}", "alert.ask"),)
        difficulty = (Button("alert_difficulty", "alert.difficulty"),) * self.takes_difficulties
        promises = tuple(_promise(at, today) for at in self.choices)
        return tuple(row for row in (first, *in_rows(promises, 2), difficulty) if row)


def _promise(at: dtm.datetime, today: dtm.datetime) -> Button:
    return Button(
        "alert_promise", "alert.promise", (int(at.timestamp()),), {"at": at, "now": today}
    )


@dataclass(frozen=True)
class LateForLiaison(Message):
    """To the liaison: what of their unit's reports is late; `late` counts those not shown too.

    `returned` of them were in and have not come back changed; `waiting` wait for the liaison.
    """

    unit: str
    month: Period
    expected: int
    as_at: dtm.datetime
    lines: tuple[LateReport, ...]
    late: int
    returned: int = 0
    ended: tuple[EndedReport, ...] = ()
    answering: Answering = Answering()
    waiting: int = 0

    def rows(self) -> Rows:
        """Enter one as told by phone, what waits for review, and the answers."""
        buttons = tuple(
            Button("fill_number", "phone.fill", (line.obligation_id,), {"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        review = Button("alert_review", "alert.review", (), {"count": self.waiting})
        reviews = ((review,),) if self.waiting and self.lines else ()
        answers = self.answering.rows(self.as_at) if self.lines else ()
        return (*in_rows(buttons, BUTTONS_A_ROW), *reviews, *answers)


@dataclass(frozen=True)
class LateForCommissioner(Message):
    """To the commissioner: what is late of the projects they answer for."""

    month: Period
    expected: int
    as_at: dtm.datetime
    lines: tuple[LateReport, ...]
    late: int
    returned: int = 0
    ended: tuple[EndedReport, ...] = ()
    answering: Answering = Answering()

    def rows(self) -> Rows:
        """Each project's card, and the answers."""
        return _cards_and_answers(self.lines, self.answering, self.as_at)


@dataclass(frozen=True)
class LateForFirstResponsible(Message):
    """To the first-responsible person, when the office let it out: few words, and only facts."""

    month: Period
    expected: int
    reported: int
    as_at: dtm.datetime
    lines: tuple[LateReport, ...]
    late: int
    returned: int = 0
    ended: tuple[EndedReport, ...] = ()
    answering: Answering = Answering()

    def rows(self) -> Rows:
        """The answers, and each project's card."""
        return _cards_and_answers(self.lines, self.answering, self.as_at)


@dataclass(frozen=True)
class AskedFromAbove(Message):
    """Somebody above handed an alert on (交办): who asks, and for what."""

    by: str
    by_role: Role
    to_role: Role
    month: Period
    as_at: dtm.datetime
    lines: tuple[LateReport, ...]
    late: int
    ended: tuple[EndedReport, ...] = ()
    answering: Answering = Answering()

    def rows(self) -> Rows:
        """To whom reports: fill one in; to the others the project's card and the answers."""
        if self.to_role not in (Role.INFORMATION_OFFICER, Role.LIAISON):
            return _cards_and_answers(self.lines, self.answering, self.as_at)
        buttons = tuple(
            Button("fill_number", "report.fill", (line.obligation_id,), {"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        answers = self.answering.rows(self.as_at) if self._answers else ()
        return (*in_rows(buttons, BUTTONS_A_ROW), *answers)

    @property
    def _answers(self) -> bool:
        """Whoever reports answers by reporting."""
        return bool(self.lines) and self.to_role is not Role.INFORMATION_OFFICER


def _cards_and_answers(
    lines: tuple[LateReport, ...], answering: Answering, now: dtm.datetime
) -> Rows:
    """Each project's card by its number, a single one by name; and the answers."""
    if len(lines) == 1:
        cards: tuple[Button, ...] = (Button("alert_card", "status.card", (lines[0].project_id,)),)
    else:
        cards = tuple(
            Button("ordinal", "status.card", (line.project_id,), {"number": number})
            for number, line in enumerate(lines, start=1)
        )
    answers = answering.rows(now) if lines else ()
    return (*answers, *in_rows(cards, BUTTONS_A_ROW))


@dataclass(frozen=True)
class WhichIsDifficult(Message):
    """有困难: about which of the late reports?"""

    lines: tuple[LateReport, ...]

    def rows(self) -> Rows:
        """One each."""
        buttons = tuple(
            Button("ordinal", "alert.difficult", (line.obligation_id,), {"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        return in_rows(buttons, BUTTONS_A_ROW)


@dataclass(frozen=True)
class AskDifficulty(Message):
    """What is the difficulty? The next words are the answer."""

    name: str
    is_unfit: bool = False

    def rows(self) -> Rows:
        """The way out."""
        return ((Button("leave_dialog", "dialog.cancel"),),)


@dataclass(frozen=True)
class DifficultyNoted(Message):
    """The difficulty is an unreviewed problem now; who hears of it."""

    name: str
    text: str
    tells_liaison: bool


@dataclass(frozen=True)
class DifficultyLine:
    """A difficulty somebody above told of."""

    project_id: int
    name: str
    by: str
    by_role: Role
    text: str


@dataclass(frozen=True)
class DifficultiesTold(Message):
    """To liaison and office: what those who were alarmed say stands in the way."""

    lines: tuple[DifficultyLine, ...]

    def rows(self) -> Rows:
        """Each project's problems."""
        buttons = tuple(
            Button("ordinal", "status.card", (line.project_id,), {"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        return in_rows(buttons, BUTTONS_A_ROW)


@dataclass(frozen=True)
class NobodyBelow(Message):
    """The one below cannot be told: nothing was handed on."""

    role: Role
    gap: Gap


@dataclass(frozen=True)
class AlertOver(Message):
    """To whoever answers an alert of which nothing is late any more, or not theirs."""


@dataclass(frozen=True)
class PromisePassed(Message):
    """The time promised is over already, or too far ahead: the alert shows those there are now."""


@dataclass(frozen=True)
class AllClear(Message):
    """To everybody who was told: these reports are late no more, nothing is left to do."""

    lines: tuple[EndedReport, ...]
    more: int = 0
    still_late: int = 0
