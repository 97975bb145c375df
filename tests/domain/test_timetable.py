from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import shipped_calendar
from domain.periods import Period
from domain.policy import read_policy, resolve_policy, shipped_policy
from domain.timetable import Timetable
from domain.vocabulary import Role

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = shipped_calendar()
CITY = Timetable(shipped_policy("city"), CALENDAR, ZONE)
REGION = Timetable(shipped_policy("region"), CALENDAR, ZONE)

TIMETABLES = st.sampled_from([CITY, REGION])
PERIODS = st.builds(Period, st.integers(2025, 2029), st.integers(1, 12))
INSTANTS = st.datetimes(
    datetime.fromisoformat("2025-01-01"),
    datetime.fromisoformat("2029-12-01"),
    timezones=st.just(UTC),
)


def at(text: str) -> datetime:
    """An instant from how the office's clock shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


def shown(instant: datetime) -> str:
    return instant.astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


def with_rules(text: str) -> Timetable:
    policy = read_policy(resolve_policy(f'extends = "city"\n{text}'))
    return Timetable(policy, CALENDAR, ZONE)


# The 25th rolled on; 28 February is the fifth working day after 春节; December by the 20th.
@pytest.mark.parametrize(
    ("month", "due"),
    [
        (1, "2026-01-26"),
        (2, "2026-02-28"),
        (3, "2026-03-25"),
        (4, "2026-04-27"),
        (5, "2026-05-25"),
        (6, "2026-06-25"),
        (7, "2026-07-27"),
        (8, "2026-08-25"),
        (9, "2026-09-28"),
        (10, "2026-10-26"),
        (11, "2026-11-25"),
        (12, "2026-12-21"),
    ],
)
def test_the_citys_due_days_of_2026(month: int, due: str) -> None:
    assert shown(CITY.due_at(Period(2026, month))) == f"{due} 18:00"


@pytest.mark.parametrize(
    ("period", "due"),
    [
        ("2025-12", "2026-01-08"),
        ("2026-01", "2026-02-06"),
        ("2026-02", "2026-03-06"),
        ("2026-03", "2026-04-08"),
        ("2026-04", "2026-05-11"),
        ("2026-05", "2026-06-05"),
        ("2026-06", "2026-07-07"),
        ("2026-07", "2026-08-07"),
        ("2026-08", "2026-09-07"),
        ("2026-09", "2026-10-13"),
        ("2026-10", "2026-11-06"),
        ("2026-11", "2026-12-07"),
        ("2026-12", "2027-01-08"),
    ],
)
def test_the_regions_due_days_are_the_fifth_working_day_of_the_next_month(
    period: str, due: str
) -> None:
    assert shown(REGION.due_at(Period.parse(period))) == f"{due} 18:00"


@pytest.mark.parametrize(
    ("rules", "period", "due"),
    [
        ('[reporting]\nday = 8\nof = "same"', "2026-10", "2026-10-13 18:00"),
        ('[reporting]\nday = 10\nof = "same"', "2026-10", "2026-10-13 18:00"),
        ('[reporting]\nday = 12\nof = "same"', "2026-10", "2026-10-12 18:00"),
        ('[reporting]\nday = 5\nof = "next"', "2026-09", "2026-10-13 18:00"),
        ('[reporting]\nday = 5\nof = "next"\nlong_break = false', "2026-09", "2026-10-08 18:00"),
        ('[reporting]\nday = 5\nof = "next"\nroll = "none"', "2026-09", "2026-10-05 18:00"),
        ('[reporting]\nday = 8\nof = "same"\nroll = "none"', "2026-10", "2026-10-08 18:00"),
        ('[reporting]\nday = 5\nof = "next"\nroll = "previous"', "2026-09", "2026-09-30 18:00"),
        ('[reporting]\nday = 31\ntime = "12:00"', "2026-06", "2026-06-30 12:00"),
        (
            '[reporting]\nnth_workday = 2\nof = "next"\nlong_break = false',
            "2026-04",
            "2026-05-07 18:00",
        ),
        (
            '[[reporting.months]]\nmonth = 6\nnth_workday = 1\nof = "next"',
            "2026-06",
            "2026-07-01 18:00",
        ),
        ('[[reporting.months]]\nmonth = 6\ntime = "09:30"', "2026-06", "2026-06-25 09:30"),
    ],
)
def test_due_days_follow_the_policys_own_rules(rules: str, period: str, due: str) -> None:
    assert shown(with_rules(rules).due_at(Period.parse(period))) == due


def test_a_due_day_in_a_year_without_a_notice_is_provisional() -> None:
    assert REGION.is_provisional(REGION.due_at(Period(2026, 12)))
    assert not REGION.is_provisional(REGION.due_at(Period(2026, 11)))


def test_a_loaded_notice_moves_the_due_day() -> None:
    notice = {"published": True, "off": ["2027-01-01..2027-01-03"], "makeup_work": ["2027-01-09"]}
    loaded = Timetable(REGION.policy, CALENDAR.with_notice("CN", 2027, notice), ZONE)
    longer = notice | {"off": ["2027-01-01..2027-01-04"]}
    moved = Timetable(REGION.policy, CALENDAR.with_notice("CN", 2027, longer), ZONE)

    assert shown(loaded.due_at(Period(2026, 12))) == "2027-01-08 18:00"
    assert shown(moved.due_at(Period(2026, 12))) == "2027-01-09 18:00"
    assert not moved.is_provisional(moved.due_at(Period(2026, 12)))


def test_the_citys_year_is_settled_in_january() -> None:
    settled = CITY.settled_at(2025)

    assert settled is not None
    assert shown(settled) == "2026-01-12 18:00"
    assert REGION.settled_at(2025) is None


@pytest.mark.parametrize(
    ("timetable", "period", "opens"),
    [
        (CITY, "2026-11", "2026-11-15 00:00"),
        (CITY, "2026-12", "2026-12-15 00:00"),
        (REGION, "2026-11", "2026-12-01 00:00"),
        (REGION, "2026-09", "2026-10-01 00:00"),
    ],
)
def test_a_period_opens_at_midnight_of_the_policys_day(
    timetable: Timetable, period: str, opens: str
) -> None:
    assert shown(timetable.opens_at(Period.parse(period))) == opens


def test_a_period_is_open_before_its_first_reminder() -> None:
    early = with_rules("[reporting]\nday = 16\n[reminders]\nworking_days_before = [5, 0]")

    assert shown(early.opens_at(Period(2026, 11))) == "2026-11-09 00:00"


def test_who_owes_a_report_is_reminded_three_days_before_one_day_before_and_on_the_day() -> None:
    reminders = CITY.reminders(CITY.due_at(Period(2026, 11)))

    assert [(shown(one.at), one.working_days_before, one.is_last_call) for one in reminders] == [
        ("2026-11-20 09:00", 3, False),
        ("2026-11-24 09:00", 1, False),
        ("2026-11-25 09:00", 0, False),
        ("2026-11-25 15:30", 0, True),
    ]


def test_reminders_count_working_days_over_a_break() -> None:
    reminders = CITY.reminders(at("2026-10-08 18:00"))

    assert [shown(one.at) for one in reminders] == [
        "2026-09-28 09:00",
        "2026-09-30 09:00",
        "2026-10-08 09:00",
        "2026-10-08 15:30",
    ]


def test_nobody_is_reminded_after_the_report_was_due() -> None:
    for due_at in ("2026-11-25 12:00", "2026-11-25 15:30"):
        assert shown(CITY.reminders(at(due_at))[-1].at) == "2026-11-25 09:00"


def test_a_due_day_that_is_off_is_reminded_of_on_the_working_day_before() -> None:
    reminders = CITY.reminders(at("2026-10-05 18:00"))

    assert shown(reminders[-1].at) == "2026-09-30 15:30"


def test_the_ladder_climbs_a_rung_each_working_day_at_nine() -> None:
    steps = CITY.ladder(CITY.due_at(Period(2026, 11)))

    assert [(shown(step.at), step.rung.tells) for step in steps] == [
        ("2026-11-26 09:00", (Role.INFORMATION_OFFICER, Role.LIAISON)),
        ("2026-11-27 09:00", (Role.COMMISSIONER,)),
        ("2026-11-30 09:00", (Role.FIRST_RESPONSIBLE,)),
    ]


def test_a_review_is_due_in_two_working_days_and_then_chased() -> None:
    due_at = CITY.review_due_at(at("2026-11-26 16:20"))

    assert shown(due_at) == "2026-11-30 18:00"
    assert [shown(step.at) for step in CITY.review_ladder(due_at)] == [
        "2026-12-01 09:00",
        "2026-12-02 09:00",
    ]


@pytest.mark.parametrize(
    ("returned", "due"),
    [
        ("2026-11-25 10:00", "2026-11-26 18:00"),
        ("2026-11-27 19:00", "2026-11-30 18:00"),
        ("2026-09-30 17:00", "2026-10-08 18:00"),
    ],
)
def test_a_returned_report_has_at_least_one_working_day(returned: str, due: str) -> None:
    assert shown(CITY.return_due_at(at(returned))) == due


def test_a_leader_hears_at_earliest_a_working_day_after_somebody_below_was_reached() -> None:
    assert shown(CITY.allowed_after_delivery(at("2026-11-27 11:00"))) == "2026-11-30 00:00"


@pytest.mark.parametrize(
    ("now", "choices"),
    [
        ("2026-11-26 09:10", ["2026-11-26", "2026-11-27", "2026-11-30"]),
        ("2026-11-26 18:00", ["2026-11-27", "2026-11-30"]),
        ("2026-11-28 10:00", ["2026-11-30", "2026-12-01", "2026-12-02"]),
    ],
)
def test_a_promise_is_for_one_of_the_next_three_working_days(now: str, choices: list[str]) -> None:
    assert [shown(one) for one in CITY.promise_choices(at(now))] == [
        f"{day} 18:00" for day in choices
    ]


def test_a_broken_promise_lets_the_rung_fire_the_next_working_morning() -> None:
    assert shown(CITY.after_broken_promise(at("2026-11-27 18:00"))) == "2026-11-30 09:00"


@pytest.mark.parametrize(
    ("now", "allowed"),
    [
        ("2026-11-25 07:00", "2026-11-25 08:45"),
        ("2026-11-25 08:45", "2026-11-25 08:45"),
        ("2026-11-25 10:10", "2026-11-25 10:10"),
        ("2026-11-25 11:30", "2026-11-25 15:15"),
        ("2026-11-25 17:30", "2026-11-26 08:45"),
        ("2026-11-27 20:00", "2026-11-30 08:45"),
        ("2026-09-30 17:45", "2026-10-08 08:45"),
        ("2026-10-10 09:00", "2026-10-10 09:00"),
    ],
)
def test_routine_messages_wait_for_their_window(now: str, allowed: str) -> None:
    assert shown(CITY.next_allowed(CITY.policy.windows.routine, at(now))) == allowed


def test_a_window_may_be_open_every_day() -> None:
    timetable = with_rules('[windows.urgent]\ndays = "all"')

    assert shown(
        timetable.next_allowed(timetable.policy.windows.urgent, at("2026-11-28 09:00"))
    ) == ("2026-11-28 09:00")


def test_a_budget_is_for_the_offices_own_day() -> None:
    told = [at("2026-11-25 09:00"), at("2026-11-24 23:59")]

    assert CITY.budget_left(Role.INFORMATION_OFFICER, told, at("2026-11-25 15:30")) == 1
    assert CITY.budget_left(Role.COMMISSIONER, told, at("2026-11-25 15:30")) == 0
    assert CITY.budget_left(Role.COMMISSIONER, told, at("2026-11-26 00:00")) == 1


def test_a_weekly_budget_begins_on_monday() -> None:
    monday, sunday = [at("2026-11-23 00:00")], [at("2026-11-29 12:00")]

    assert CITY.budget_left(Role.FIRST_RESPONSIBLE, monday, at("2026-11-29 23:59")) == 0
    assert CITY.budget_left(Role.FIRST_RESPONSIBLE, sunday, at("2026-11-30 00:00")) == 1


def test_more_messages_than_the_budget_leave_nothing() -> None:
    told = [at(f"2026-11-25 09:0{minute}") for minute in range(5)]

    assert CITY.budget_left(Role.LIAISON, told, at("2026-11-25 12:00")) == 0


def test_the_office_itself_has_no_budget() -> None:
    assert CITY.budget_left(Role.COORDINATOR, [], at("2026-11-25 09:00")) is None


@given(TIMETABLES, PERIODS)
def test_a_report_is_due_on_a_working_day_in_order_and_after_it_opened(
    timetable: Timetable, period: Period
) -> None:
    due_at = timetable.due_at(period)

    assert CALENDAR.is_working_day(timetable.local_day(due_at))
    assert due_at.tzinfo is UTC
    assert timetable.opens_at(period) < due_at < timetable.due_at(period.next)


@given(TIMETABLES, PERIODS)
def test_reminders_rungs_and_the_due_time_follow_each_other_on_working_days(
    timetable: Timetable, period: Period
) -> None:
    due_at = timetable.due_at(period)
    instants = [
        *(reminder.at for reminder in timetable.reminders(due_at)),
        due_at,
        *(step.at for step in timetable.ladder(due_at)),
    ]

    assert instants == sorted(set(instants))
    assert timetable.opens_at(period) < instants[0]
    assert all(CALENDAR.is_working_day(timetable.local_day(instant)) for instant in instants)


@given(TIMETABLES, INSTANTS)
def test_what_is_allowed_is_allowed_at_once_and_never_in_the_past(
    timetable: Timetable, now: datetime
) -> None:
    for window in (timetable.policy.windows.routine, timetable.policy.windows.urgent):
        allowed = timetable.next_allowed(window, now)

        assert allowed >= now
        assert timetable.next_allowed(window, allowed) == allowed
        assert CALENDAR.is_working_day(timetable.local_day(allowed))


@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=20)))
def test_waiting_never_makes_a_message_leave_earlier(now: datetime, wait: timedelta) -> None:
    window = CITY.policy.windows.routine

    assert CITY.next_allowed(window, now) <= CITY.next_allowed(window, now + wait)


@given(INSTANTS)
def test_promises_lie_ahead_and_the_latest_is_within_three_working_days(now: datetime) -> None:
    choices = CITY.promise_choices(now)

    assert choices
    assert all(choice > now for choice in choices)
    last = CITY.local_day(choices[-1])
    assert CALENDAR.working_days_between(CITY.local_day(now), last) <= 3


def test_days_are_the_offices_days_wherever_the_machine_is() -> None:
    assert CITY.local_day(datetime(2026, 11, 24, 16, 0, tzinfo=UTC)) == date(2026, 11, 25)
