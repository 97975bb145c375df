"""The times of meetings as people write them; today is Wednesday, 18 November 2026."""

import datetime as dtm
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.meetings.moments import Moment, MomentProblem, read_moment
from domain.vocabulary import Language
from templates.formats import Formats
from templates.render import wordbook

TODAY = dtm.date(2026, 11, 18)
OFFICE = ZoneInfo("Asia/Shanghai")


def moment(month: int, day: int, hour: int, minute: int = 0) -> Moment:
    return Moment(dtm.date(2026, month, day), dtm.time(hour, minute))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("下周三下午3点", moment(11, 25, 15)),
        ("下周三下午三点", moment(11, 25, 15)),
        ("11月28日15:00", moment(11, 28, 15)),
        ("11月28日 15：00", moment(11, 28, 15)),
        ("2026-11-28 15:00", moment(11, 28, 15)),
        ("2026年11月28日15时", moment(11, 28, 15)),
        ("12/2 9:30", moment(12, 2, 9, 30)),
        ("明天上午9点半", moment(11, 19, 9, 30)),
        ("明天上午9点一刻", moment(11, 19, 9, 15)),
        ("明天上午9点20分", moment(11, 19, 9, 20)),
        ("28日15:00", moment(11, 28, 15)),
        ("28号下午两点半", moment(11, 28, 14, 30)),
        ("周五 15:00", moment(11, 20, 15)),
        ("周五9点整", moment(11, 20, 9)),
        ("周五中午12点", moment(11, 20, 12)),
        ("周五中午11点半", moment(11, 20, 11, 30)),
        ("周五中午1点", moment(11, 20, 13)),
        ("周五晚上7点", moment(11, 20, 19)),
        ("周五3点", moment(11, 20, 15)),
        ("周五9点", moment(11, 20, 9)),
        ("下午3点，下周三", moment(11, 25, 15)),
        ("12月2日(周三)15:00", moment(12, 2, 15)),
        ("１２月２日（周三）１５：００", moment(12, 2, 15)),
        ("next Wed 3pm", moment(11, 25, 15)),
        ("3:30 pm next Wednesday", moment(11, 25, 15, 30)),
        ("tomorrow at 9:30 am", moment(11, 19, 9, 30)),
        ("Wed 2 Dec, 15:00", moment(12, 2, 15)),
        ("28 Nov 15:00", moment(11, 28, 15)),
        ("Nov 28 at 3 p.m.", moment(11, 28, 15)),
        ("Nov 28, 2026 15:00", moment(11, 28, 15)),
        ("noon tomorrow", moment(11, 19, 12)),
        ("tomorrow 12 am", moment(11, 19, 0)),
        ("tomorrow 12 pm", moment(11, 19, 12)),
    ],
)
def test_a_time_is_read_as_people_write_it(typed: str, meant: Moment) -> None:
    assert read_moment(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("下周三", MomentProblem.TIME_MISSING),
        ("11月28日", MomentProblem.TIME_MISSING),
        ("下午3点", MomentProblem.DAY_MISSING),
        ("15:00", MomentProblem.DAY_MISSING),
        ("尽快", MomentProblem.NOT_A_TIME),
        ("", MomentProblem.NOT_A_TIME),
        ("2月30日15:00", MomentProblem.NOT_A_TIME),
        ("明天25:00", MomentProblem.NOT_A_TIME),
        ("明天9:75", MomentProblem.NOT_A_TIME),
        ("明天或后天15:00", MomentProblem.NOT_A_TIME),
        ("12月2日(周四)15:00", MomentProblem.WEEKDAY_DIFFERS),
        ("Thu 2 Dec, 15:00", MomentProblem.WEEKDAY_DIFFERS),
    ],
)
def test_what_is_no_full_time_is_asked_about(typed: str, problem: MomentProblem) -> None:
    assert read_moment(typed, TODAY) is problem


@given(
    st.dates(TODAY, TODAY + dtm.timedelta(days=250)),
    st.times(),
    st.sampled_from(Language),
)
def test_a_time_is_read_as_the_bot_itself_writes_it(
    day: dtm.date, time: dtm.time, language: Language
) -> None:
    formats = Formats(wordbook(language, "names"), OFFICE)

    read = read_moment(formats.moment(dtm.datetime.combine(day, time, OFFICE)), TODAY)

    assert read == Moment(day, time.replace(second=0, microsecond=0))


@given(st.text(max_size=40))
def test_nothing_typed_breaks_the_reading(typed: str) -> None:
    assert isinstance(read_moment(typed, TODAY), Moment | MomentProblem)
