"""What holds a rung, and which way its message goes: tables, and rules that hold for any office."""

import datetime as dtm
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import shipped_calendar
from domain.ladder import (
    ABOVE_THE_LIAISON,
    BELOW,
    MAY_PROMISE,
    Way,
    held_until,
    may_fire,
    tells_leaders,
    waits_for_release,
    way_to,
)
from domain.policy import Ladder, shipped_policy
from domain.policy.chasing import Release
from domain.timetable import Timetable
from domain.vocabulary import Role

RULES = Timetable(shipped_policy("city"), shipped_calendar(), ZoneInfo("Asia/Shanghai"))
# Wednesday 25 November 2026, 18:00 in the office.
DUE = dtm.datetime(2026, 11, 25, 10, tzinfo=dtm.UTC)
FOOT, COMMISSIONER, TOP = RULES.ladder(DUE)
MINUTES = st.integers(min_value=-10_000, max_value=60_000)
INSTANTS = MINUTES.map(lambda minutes: DUE + dtm.timedelta(minutes=minutes))


def ladder(release: Release) -> Ladder:
    return replace(RULES.policy.ladder, release=release)


def at(day: int, hour: int) -> dtm.datetime:
    return dtm.datetime(2026, 11, day, hour, tzinfo=RULES.zone)


TELL, SHOW, ASK, NOT = Way.TELL, Way.SHOW_OFFICE, Way.ASK_OFFICE, Way.NOT


@pytest.mark.parametrize(
    ("role", "release", "way", "on_trial"),
    [
        (Role.LIAISON, Release.ASK, TELL, TELL),
        (Role.INFORMATION_OFFICER, Release.OFF, TELL, TELL),
        (Role.COMMISSIONER, Release.ASK, TELL, SHOW),
        (Role.COMMISSIONER, Release.OFF, TELL, SHOW),
        (Role.FIRST_RESPONSIBLE, Release.ASK, ASK, SHOW),
        (Role.FIRST_RESPONSIBLE, Release.AUTO, TELL, SHOW),
        (Role.FIRST_RESPONSIBLE, Release.OFF, NOT, NOT),
    ],
)
def test_the_way_lateness_goes_to_each_role(
    role: Role, release: Release, way: Way, on_trial: Way
) -> None:
    assert way_to(role, ladder(release), is_on_trial=False) is way
    assert way_to(role, ladder(release), is_on_trial=True) is on_trial


def test_only_what_the_office_must_let_out_waits_for_it() -> None:
    waiting = [
        (step.rung.working_days, release)
        for step in (FOOT, COMMISSIONER, TOP)
        for release in Release
        if waits_for_release(step.rung, ladder(release), is_on_trial=False)
    ]
    assert waiting == [(3, Release.ASK)]
    assert not waits_for_release(TOP.rung, ladder(Release.ASK), is_on_trial=True)


@pytest.mark.parametrize(
    ("delivered", "promised", "now", "fires"),
    [
        (at(26, 9), None, at(27, 9), True),
        (at(26, 9), None, at(27, 8), False),  # its day has not come
        (None, None, at(27, 9), False),  # nobody below was reached
        (at(27, 8), None, at(27, 9), False),  # only just reached
        (at(27, 8), None, at(30, 9), True),
        (at(26, 9), at(26, 18), at(27, 9), True),
        (at(26, 9), at(27, 18), at(27, 9), False),  # a promise holds it over the weekend
        (at(26, 9), at(27, 18), at(29, 9), False),
        (at(26, 9), at(27, 18), at(30, 9), True),
    ],
)
def test_when_the_commissioners_rung_may_have_its_turn(
    delivered: dtm.datetime | None, promised: dtm.datetime | None, now: dtm.datetime, fires: bool
) -> None:
    assert (
        may_fire(COMMISSIONER, RULES, delivered_at=delivered, promised_for=promised, now=now)
        is fires
    )


def test_the_foot_of_the_ladder_waits_for_no_delivery() -> None:
    assert may_fire(FOOT, RULES, delivered_at=None, promised_for=None, now=FOOT.at)


@given(now=INSTANTS, delivered=st.none() | INSTANTS, promised=st.none() | INSTANTS)
def test_whatever_fires_had_its_day_its_promise_over_and_somebody_reached_below(
    now: dtm.datetime, delivered: dtm.datetime | None, promised: dtm.datetime | None
) -> None:
    for step in (FOOT, COMMISSIONER, TOP):
        if may_fire(step, RULES, delivered_at=delivered, promised_for=promised, now=now):
            assert now >= step.at
            assert promised is None or promised < now
            assert not tells_leaders(step.rung) or (delivered is not None and delivered < now)


@given(promised=INSTANTS)
def test_no_promise_holds_a_rung_for_ever(promised: dtm.datetime) -> None:
    until = held_until(RULES, promised)
    assert until is not None
    assert promised < until <= promised + dtm.timedelta(days=14)
    fired = may_fire(TOP, RULES, delivered_at=DUE, promised_for=promised, now=max(until, TOP.at))
    assert fired


def test_an_alert_is_handed_down_one_step_at_a_time() -> None:
    order = [Role.FIRST_RESPONSIBLE, *BELOW.values()]
    assert [BELOW.get(role) for role in order] == [*BELOW.values(), None]


def test_nothing_is_promised_where_nothing_comes_after() -> None:
    assert Role.FIRST_RESPONSIBLE not in MAY_PROMISE
    assert BELOW.keys() >= MAY_PROMISE
    assert BELOW.keys() >= ABOVE_THE_LIAISON
