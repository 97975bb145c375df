"""The series plan themselves; the office looks through each draft and lets it out."""

from sqlmodel import Session, select

from db.tables.meetings import Meeting, MeetingState
from domain.vocabulary import Level
from tests import builders
from tests.builders import the_cast
from tests.usecases.meetings.hall import OFFICE, at, does, heard, kinds_heard
from usecases.meetings import drafting
from usecases.meetings.planning import plan_series


def drafts(session: Session) -> list[tuple[Level, str]]:
    rows = session.exec(select(Meeting)).all()
    return [(row.level, f"{row.starts_at.astimezone(OFFICE):%m-%d %H:%M}") for row in rows]


def test_a_draft_of_the_series_lies_before_the_office_two_working_days_ahead(
    session: Session,
) -> None:
    the_cast(session)

    # Told on 27 November, two working days before 1 December; drafted two days before that.
    assert plan_series(session, at(11, 25, 8, 59)) == 0
    assert plan_series(session, at(11, 25, 9)) == 1
    assert plan_series(session, at(11, 25, 10)) == 0

    assert drafts(session) == [(Level.CITY, "12-01 15:00")]
    assert kinds_heard(session, at(11, 25, 10)) == [("蒙协调员", "drafts_waiting")]


def test_nothing_leaves_unconfirmed_and_the_office_is_asked_again_when_it_is_time(
    session: Session,
) -> None:
    the_cast(session)
    plan_series(session, at(11, 25, 9))
    heard(session, at(11, 25, 9))

    assert kinds_heard(session, at(11, 27, 9)) == [("蒙协调员", "drafts_waiting")]
    assert heard(session, at(11, 30, 9)) == []
    assert heard(session, at(12, 1, 14)) == []


def test_a_series_meets_where_it_met_last(session: Session) -> None:
    cast = the_cast(session)
    plan_series(session, at(11, 25, 9))
    row = session.exec(select(Meeting)).one()
    row.place = "201会议室"
    session.flush()
    does(session, cast.meng, drafting.publish, row.id, at(11, 25, 10))

    plan_series(session, at(12, 10, 9))

    places = session.exec(select(Meeting.place)).all()
    assert list(places) == ["201会议室", "201会议室"]


def test_a_dropped_meeting_of_a_series_does_not_come_back(session: Session) -> None:
    cast = the_cast(session)
    plan_series(session, at(11, 25, 9))
    row = session.exec(select(Meeting)).one()
    does(session, cast.meng, drafting.drop, row.id, at(11, 25, 10))

    assert plan_series(session, at(11, 26, 9)) == 0
    assert session.exec(select(Meeting.state)).one() is MeetingState.DROPPED


def test_all_three_levels_meet_and_each_county_by_itself(session: Session) -> None:
    the_cast(session)
    for level, names in ((Level.REGION, ["区直"]), (Level.COUNTY, ["柳江区", "柳城县"])):
        programme = builders.a_programme(session, level=level)
        for name in names:
            region = builders.a_region(session, name, level)
            project = builders.a_project(session, f"{name}项目", region=region)
            builders.a_listing(session, project, programme=programme)

    for day in range(20, 31):
        plan_series(session, at(11, day, 9))
    plan_series(session, at(12, 2, 9))

    assert sorted(drafts(session)) == [
        (Level.CITY, "12-01 15:00"),
        *[(Level.COUNTY, "11-23 09:30")] * 2,
        *[(Level.COUNTY, "11-30 09:30")] * 2,
        *[(Level.COUNTY, "12-07 09:30")] * 2,
        (Level.REGION, "12-09 15:00"),
    ]


def test_a_level_without_projects_holds_no_meetings(session: Session) -> None:
    builders.an_office(session)

    assert plan_series(session, at(11, 25, 9)) == 0


def test_after_an_outage_only_a_meeting_that_can_still_be_announced_is_drafted(
    session: Session,
) -> None:
    the_cast(session)

    assert plan_series(session, at(12, 1, 14)) == 0
    assert drafts(session) == []
