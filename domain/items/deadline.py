"""What the deadline of a decision asks for, and when: reminders, the signature, the ladder."""

import datetime as dtm
from collections.abc import Iterable
from dataclasses import dataclass

from domain.items.machine import STUCK_AT, ItemAct
from domain.timetable import Reminder, Step, Timetable

ASK_AGAIN_AFTER = 2
"""So many working days unsigned (未签收), and the unit's liaison is asked once more."""

PHONE_AFTER = 3
"""So many, and the office is told to phone."""


def is_stuck(thread: Iterable[ItemAct]) -> bool:
    """Whether so many deadlines were missed since the item was last moved up."""
    missed = 0
    for act in thread:
        if act is ItemAct.MOVED_UP:
            missed = 0
        missed += act is ItemAct.DEADLINE_MISSED
    return missed >= STUCK_AT


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as a unit has it: asked for at `asked_at`, `climbed` rungs had their turn.

    Whoever is asked, or asked anew, after the deadline has the ladder's days from then on.
    """

    due_at: dtm.datetime
    asked_at: dtm.datetime
    is_signed: bool = True
    climbed: int = 0

    @property
    def climbs_from(self) -> dtm.datetime:
        """From when the ladder counts its days."""
        return max(self.due_at, self.asked_at)

    def reminders(self, rules: Timetable) -> tuple[Reminder, ...]:
        """The policy's reminders, earliest first, as far as they come after it was asked.

        The last call is left out: it is for what can still be filled in that afternoon.
        """
        planned = rules.reminders(self.due_at)
        return tuple(one for one in planned if one.at > self.asked_at and not one.is_last_call)

    def asks_again_at(self, rules: Timetable) -> dtm.datetime:
        """When the liaison is asked once more to sign for it."""
        return self._morning_after(rules, ASK_AGAIN_AFTER)

    def phones_at(self, rules: Timetable) -> dtm.datetime:
        """From when the office is to phone for the signature."""
        return self._morning_after(rules, PHONE_AFTER)

    def rung_now(self, rules: Timetable, now: dtm.datetime) -> Step | None:
        """The rung whose day has come: one at a time, however many days were missed."""
        steps = rules.ladder(self.climbs_from)[self.climbed :]
        return steps[0] if steps and steps[0].at <= now else None

    def next_act_at(self, rules: Timetable, now: dtm.datetime) -> dtm.datetime | None:
        """When to look again, always later than now; None once every rung has had its turn.

        A rung whose day has passed is looked at every working morning until it has had its turn.
        """
        ahead = [at for at in (*self._asks(rules), self.due_at) if at > now]
        if ahead:
            return min(ahead)
        rungs = rules.ladder(self.climbs_from)[self.climbed :]
        return rules.not_before_morning(rungs[0], now) if rungs else None

    def _asks(self, rules: Timetable) -> list[dtm.datetime]:
        reminders = [one.at for one in self.reminders(rules)]
        signing = [] if self.is_signed else [self.asks_again_at(rules), self.phones_at(rules)]
        return [at for at in (*reminders, *signing) if at < self.due_at]

    def _morning_after(self, rules: Timetable, days: int) -> dtm.datetime:
        day = rules.calendar.add_working_days(rules.local_day(self.asked_at), days)
        return rules.instant(day, rules.policy.reminders.time)
