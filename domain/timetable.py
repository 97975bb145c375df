"""When things are due and when the bot may speak: a policy on a calendar in the office's zone.

Days are counted where the office is, then turned into UTC; every instant given and returned is
aware. A timetable holds no state: what it answers follows from the rules alone, so a preview
shows exactly what will happen.
"""

import datetime as dtm
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

from domain.calendar import Calendar, Roll
from domain.periods import Period
from domain.policy import DueRule, MonthDay, MonthOf, Per, Policy, Rung, Window, WindowDays
from domain.vocabulary import Role

_MIDNIGHT = dtm.time(0)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder at an instant, so many working days before the due day (0: on it)."""

    at: datetime
    working_days_before: int
    is_last_call: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A rung of a ladder at the instant it may fire."""

    at: datetime
    rung: Rung


@dataclass(frozen=True, slots=True)
class Timetable:
    """The dates that follow from a policy, a calendar and the office's time zone."""

    policy: Policy
    calendar: Calendar
    zone: ZoneInfo

    def local_day(self, instant: datetime) -> date:
        """The date in the office at an instant."""
        return instant.astimezone(self.zone).date()

    def instant(self, day: date, time: dtm.time) -> datetime:
        """The UTC instant of a time of day in the office."""
        return datetime.combine(day, time, self.zone).astimezone(UTC)

    def is_provisional(self, instant: datetime) -> bool:
        """Whether a calendar notice that is still to come may move this date (暂定)."""
        return self.calendar.is_provisional(self.local_day(instant))

    def due_at(self, period: Period) -> datetime:
        """When the report on a period is due."""
        return self._due_by(self.policy.reporting.due_rule(period.month), period)

    def settled_at(self, year: int) -> datetime | None:
        """By when the year's figures are settled (年终核定), if the policy asks for that."""
        rule = self.policy.reporting.settlement
        return self._due_by(rule, Period(year, 12)) if rule else None

    def opens_at(self, period: Period) -> datetime:
        """When a period opens: at 00:00 of the policy's day, at latest of its first reminder's."""
        opening = self._day_in_month(self.policy.reporting.opens, period)
        days = [self.local_day(reminder.at) for reminder in self.reminders(self.due_at(period))]
        return self.instant(min([opening, *days]), _MIDNIGHT)

    def reminders(self, due_at: datetime) -> tuple[Reminder, ...]:
        """The reminders of a report that is due then, earliest first; none at or after it."""
        rules = self.policy.reminders
        planned = [
            Reminder(self._before(due_at, days, rules.time), days)
            for days in rules.working_days_before
        ]
        last_call = Reminder(self._before(due_at, 0, rules.last_call), 0, is_last_call=True)
        return tuple(reminder for reminder in [*planned, last_call] if reminder.at < due_at)

    def ladder(self, due_at: datetime) -> tuple[Step, ...]:
        """The rungs of a report that was due then, lowest first."""
        return self._steps(self.policy.ladder.rungs, due_at)

    def not_before_morning(self, step: Step, now: datetime) -> datetime:
        """When a rung may fire: at its own instant, or at that hour of the next working day."""
        if step.at > now:
            return step.at
        return self.instant(self._working_day(now, 1), step.rung.time)

    def review_due_at(self, submitted_at: datetime) -> datetime:
        """By when a report that was submitted then is to be reviewed."""
        return self._end_of_work(submitted_at, self.policy.review.working_days)

    def review_ladder(self, review_due_at: datetime) -> tuple[Step, ...]:
        """The rungs of a review that was due then, lowest first."""
        return self._steps(self.policy.review.rungs, review_due_at)

    def return_due_at(self, returned_at: datetime) -> datetime:
        """The earliest time a report that is returned now may be due again."""
        return self._end_of_work(returned_at, self.policy.review.return_working_days)

    def allowed_after_delivery(self, delivered_at: datetime) -> datetime:
        """From when on somebody above the liaison may hear of what was asked below then."""
        days = self.policy.ladder.after_delivery
        return self.instant(self._working_day(delivered_at, days), _MIDNIGHT)

    def promise_choices(self, now: datetime) -> tuple[datetime, ...]:
        """The times that may be promised now, earliest first; today only while it lies ahead."""
        promise = self.policy.ladder.promise
        today = self.local_day(now)
        first = 0 if self.calendar.is_working_day(today) else 1
        days = range(first, first + promise.working_days)
        times = (self.instant(self._working_day(now, day), promise.time) for day in days)
        return tuple(at for at in times if at > now)

    def after_broken_promise(self, promised: datetime) -> datetime:
        """When the rung that a promise held fires: at the next working morning."""
        return self.instant(self._working_day(promised, 1), self.policy.reminders.time)

    def next_allowed(self, window: Window, now: datetime) -> datetime:
        """The earliest instant from `now` on at which the window is open."""
        return next(self._openings(window, now))

    def digests(self, role: Role, day: date) -> tuple[datetime, ...]:
        """When the digests of this role are made on a day, earliest first; none on a day off."""
        if not self.calendar.is_working_day(day):
            return ()
        return tuple(self.instant(day, time) for time in self.policy.windows.digests.get(role, ()))

    def digest_now(self, role: Role, now: datetime) -> datetime | None:
        """The latest of today's digests that has come, if one has."""
        come = [at for at in self.digests(role, self.local_day(now)) if at <= now]
        return max(come, default=None)

    def digest_ends(self, role: Role, digest_at: datetime) -> datetime:
        """Until when a digest is worth saying: until the day's next one, or the day's end."""
        day = self.local_day(digest_at)
        later = [at for at in self.digests(role, day) if at > digest_at]
        return min(later, default=self.instant(day + timedelta(days=1), _MIDNIGHT))

    def budget_left(self, role: Role, told_at: Iterable[datetime], now: datetime) -> int | None:
        """How many unasked messages a person in this role may still get; None for no limit.

        `told_at` are the instants of the unasked messages the person got before.
        """
        budget = self.policy.budgets.get(role)
        if budget is None:
            return None
        first = self._first_day(budget.per, now)
        used = sum(self.local_day(at) >= first for at in told_at if at <= now)
        return max(0, budget.messages - used)

    def budget_renews_at(self, role: Role, now: datetime) -> datetime | None:
        """When a used up budget is full again; None for a role without one."""
        budget = self.policy.budgets.get(role)
        if budget is None:
            return None
        days = 7 if budget.per is Per.WEEK else 1
        return self.instant(self._first_day(budget.per, now) + timedelta(days=days), _MIDNIGHT)

    def _due_by(self, rule: DueRule, period: Period) -> datetime:
        day = self.calendar.roll(self._day_in_month(rule, period), rule.roll)
        if rule.roll is not Roll.NONE:
            day = self._after_long_break(day)
        return self.instant(day, rule.time)

    def _day_in_month(self, named: MonthDay, period: Period) -> date:
        month = period if named.of is MonthOf.SAME else period.next
        if named.nth_workday:
            return self.calendar.nth_working_day(month, named.nth_workday)
        assert named.day, "a sound policy names the day one way or the other"
        return min(month.first_day + timedelta(days=named.day - 1), month.last_day)

    def _after_long_break(self, day: date) -> date:
        rule = self.policy.reporting.long_break
        found = rule and self.calendar.long_break_before(day, rule.days, rule.within)
        if not rule or not found:
            return day
        return self.calendar.add_working_days(found.last, rule.moves_to)

    def _working_day(self, instant: datetime, days: int) -> date:
        return self.calendar.add_working_days(self.local_day(instant), days)

    def _before(self, due_at: datetime, days: int, time: dtm.time) -> datetime:
        last = self.calendar.roll(self.local_day(due_at), Roll.PREVIOUS)
        return self.instant(self.calendar.add_working_days(last, -days), time)

    def _end_of_work(self, instant: datetime, days: int) -> datetime:
        return self.instant(self._working_day(instant, days), self.policy.reporting.time)

    def _steps(self, rungs: tuple[Rung, ...], due_at: datetime) -> tuple[Step, ...]:
        return tuple(
            Step(self.instant(self._working_day(due_at, rung.working_days), rung.time), rung)
            for rung in rungs
        )

    def _openings(self, window: Window, now: datetime) -> Iterator[datetime]:
        today = self.local_day(now)
        for day in (today + timedelta(days=number) for number in count()):
            if window.days is WindowDays.WORKING and not self.calendar.is_working_day(day):
                continue
            for hours in window.hours:
                if now < self.instant(day, hours.end):
                    yield max(now, self.instant(day, hours.start))

    def _first_day(self, per: Per, now: datetime) -> date:
        today = self.local_day(now)
        return today - timedelta(days=today.weekday()) if per is Per.WEEK else today
