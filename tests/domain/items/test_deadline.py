"""What a decision's deadline asks for and when: tables for the office's days, and rules."""

import datetime as dtm
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import shipped_calendar
from domain.items.deadline import Deadline
from domain.policy import shipped_policy
from domain.timetable import Timetable

RULES = Timetable(shipped_policy("city"), shipped_calendar(), ZoneInfo("Asia/Shanghai"))


def at(month: int, day: int, hour: int, year: int = 2026) -> dtm.datetime:
    return dtm.datetime(year, month, day, hour, tzinfo=RULES.zone)


# Given on Wednesday 2 December, due on Wednesday the 30th at 18:00.
GIVEN, DUE = at(12, 2, 16), at(12, 30, 18)
UNSIGNED = Deadline(DUE, GIVEN, is_signed=False)
SIGNED = Deadline(DUE, GIVEN)
DONE_CLIMBING = replace(SIGNED, climbed=3)
FRIDAY = Deadline(at(12, 11, 18), GIVEN)
HOLIDAY = Deadline(at(2, 13, 18), at(1, 14, 10))


@pytest.mark.parametrize(
    ("deadline", "now", "next_at"),
    [
        (UNSIGNED, GIVEN, at(12, 4, 9)),
        (UNSIGNED, at(12, 4, 9), at(12, 7, 9)),
        (UNSIGNED, at(12, 7, 9), at(12, 25, 9)),
        (SIGNED, GIVEN, at(12, 25, 9)),
        (SIGNED, at(12, 25, 9), at(12, 29, 9)),
        (SIGNED, at(12, 29, 9), at(12, 30, 9)),
        (SIGNED, at(12, 30, 9), DUE),
        (SIGNED, DUE, at(12, 31, 9)),
        # The third rung: New Year's days off come between.
        (replace(SIGNED, climbed=1), at(12, 31, 9), at(1, 4, 9, 2027)),
        # Not yet let out: every working morning again.
        (replace(SIGNED, climbed=2), at(1, 5, 9, 2027), at(1, 6, 9, 2027)),
        (DONE_CLIMBING, at(1, 6, 9, 2027), None),
        (FRIDAY, at(12, 11, 18), at(12, 14, 9)),
        # The Saturday is worked, then come the days off of the Spring Festival.
        (HOLIDAY, at(2, 13, 18), at(2, 14, 9)),
        (replace(HOLIDAY, climbed=1), at(2, 14, 9), at(2, 24, 9)),
    ],
)
def test_when_the_planner_looks_at_a_decision_again(
    deadline: Deadline, now: dtm.datetime, next_at: dtm.datetime | None
) -> None:
    assert deadline.next_act_at(RULES, now) == next_at


def test_what_was_to_be_said_before_it_was_asked_is_not_said() -> None:
    short = Deadline(at(12, 4, 18), GIVEN, is_signed=False)
    assert [one.working_days_before for one in short.reminders(RULES)] == [1, 0]
    assert short.next_act_at(RULES, at(12, 4, 9)) == short.due_at


def test_whoever_is_asked_after_the_deadline_has_the_ladders_days_from_then_on() -> None:
    late = Deadline(at(12, 1, 18), GIVEN)
    assert late.rung_now(RULES, at(12, 2, 18)) is None
    step = late.rung_now(RULES, at(12, 3, 9))
    assert step is not None
    assert step.rung.working_days == 1


HOURS = st.integers(min_value=-24 * 40, max_value=24 * 40)
INSTANTS = HOURS.map(lambda hours: DUE + dtm.timedelta(hours=hours))
DEADLINES = st.builds(Deadline, INSTANTS, INSTANTS, st.booleans(), st.integers(0, 3))


@given(DEADLINES, INSTANTS)
def test_the_next_look_is_ahead_and_there_is_one_while_a_rung_is_left(
    deadline: Deadline, now: dtm.datetime
) -> None:
    next_at = deadline.next_act_at(RULES, now)
    if next_at is None:
        assert deadline.climbed == len(RULES.policy.ladder.rungs)
        assert deadline.due_at <= now
    else:
        assert next_at > now


@given(DEADLINES, INSTANTS)
def test_nothing_comes_due_before_the_next_look(deadline: Deadline, now: dtm.datetime) -> None:
    next_at = deadline.next_act_at(RULES, now)
    before = (next_at or now + dtm.timedelta(days=60)) - dtm.timedelta(seconds=1)
    assert (deadline.due_at <= now) == (deadline.due_at <= before)
    assert not [one for one in deadline.reminders(RULES) if now < one.at <= before]
    waited = deadline.rung_now(RULES, before)
    assert waited is None or waited == deadline.rung_now(RULES, now)
