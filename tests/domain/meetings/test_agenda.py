"""Who speaks when."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.meetings.agenda import Spoken, in_speaking_order
from domain.meetings.kinds import Attendance, LeaveVerdict, ReplyStanding, Topic, standing_of

ITEMS = st.lists(
    st.builds(Spoken, st.integers(1, 5), st.integers(1, 4), st.sampled_from(Topic)), max_size=20
)


def test_a_unit_speaks_once_of_all_its_projects_and_problems_come_before_delays() -> None:
    found = [
        Spoken(1, 10, Topic.BEHIND),
        Spoken(1, 10, Topic.PROBLEM, 7),
        Spoken(2, 20, Topic.PROBLEM, 8),
        Spoken(3, 10, Topic.OVERDUE_START),
        Spoken(4, 30, Topic.PROBLEM, 9),
    ]

    spoken = in_speaking_order(found, {20: 1, 10: 2})

    assert [(one.organisation_id, one.project_id, one.topic.value) for one in spoken] == [
        (20, 2, "problem"),
        (10, 1, "problem"),
        (10, 1, "behind"),
        (10, 3, "overdue_start"),
    ]


@given(ITEMS, st.dictionaries(st.integers(1, 4), st.integers(1, 9)))
def test_everything_of_the_units_invited_is_spoken_about_and_nothing_else(
    found: list[Spoken], seats: dict[int, int]
) -> None:
    spoken = in_speaking_order(found, seats)

    assert sorted(map(str, spoken)) == sorted(
        str(one) for one in found if one.organisation_id in seats
    )


@pytest.mark.parametrize(
    ("attendance", "verdict", "standing"),
    [
        (None, None, ReplyStanding.UNANSWERED),
        (Attendance.LEADER, None, ReplyStanding.LEADER),
        (Attendance.DELEGATE, None, ReplyStanding.DELEGATE),
        (Attendance.LEAVE, LeaveVerdict.ASKED, ReplyStanding.LEAVE_ASKED),
        (Attendance.LEAVE, LeaveVerdict.GRANTED, ReplyStanding.LEAVE_GRANTED),
        (Attendance.LEAVE, LeaveVerdict.REFUSED, ReplyStanding.LEAVE_REFUSED),
    ],
)
def test_a_unit_stands_as_it_answered_and_as_its_leave_was_decided(
    attendance: Attendance | None, verdict: LeaveVerdict | None, standing: ReplyStanding
) -> None:
    assert standing_of(attendance, verdict) is standing


def test_a_unit_whose_leave_was_refused_has_to_answer_again() -> None:
    assert [one for one in ReplyStanding if one.is_open] == [
        ReplyStanding.UNANSWERED,
        ReplyStanding.LEAVE_REFUSED,
    ]
    assert not any(one.is_open and one.is_coming for one in ReplyStanding)
