"""Open coordination items stand on the agenda of their level's meetings."""

import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.tables.items import CoordinationItem
from db.tables.meetings import AgendaItem
from db.tables.programme import Project
from domain.items.machine import ItemAct
from domain.meetings.kinds import MeetingKind, Topic
from domain.vocabulary import Level, ProblemKind
from templates.organising import AgendaLine, MeetingAgenda
from tests import builders
from tests.builders import Cast, the_cast
from tests.usecases.items.desk import an_item
from tests.usecases.meetings.hall import NOTICE, NOW, a_draft, does, heard
from usecases.items.book import item, note
from usecases.meetings import drafting
from usecases.meetings.ahead import show_meeting
from usecases.meetings.drafting import Choice, Page


def agenda_of(session: Session, cast: Cast) -> tuple[AgendaLine, ...]:
    """What the draft that Meng has called speaks about."""
    draft = a_draft(session, cast)
    shown = does(session, cast.meng, drafting.show_agenda, Page(draft.id, 0), NOW)
    assert isinstance(shown, MeetingAgenda)
    return shown.lines


def an_item_at(
    session: Session, cast: Cast, level: Level, project: Project | None = None
) -> CoordinationItem:
    row = an_item(session, cast, project=project).row
    row.level = level
    session.flush()
    return row


def happens(session: Session, row: CoordinationItem, act: ItemAct) -> None:
    found = item(session, row.id, NOW)
    assert found
    note(session, found, act, NOW)


def test_an_open_item_stands_before_the_problems_and_delays_of_its_project(
    session: Session,
) -> None:
    cast = the_cast(session)
    builders.a_problem(session, cast.project, ProblemKind.FUNDING)
    builders.an_accepted_month(session, cast.listing, 10, 8_600_000)
    row = an_item_at(session, cast, Level.CITY)

    (line,) = agenda_of(session, cast)

    assert line.unit == "柳州市住建局"
    assert [(one.item_id, one.kind, one.is_moved_up) for one in line.reports.items] == [
        (row.id, ProblemKind.LAND_ACQUISITION, False)
    ]
    assert line.reports.problems == (ProblemKind.FUNDING,)
    assert line.reports.topics == (Topic.BEHIND,)
    kept = select(AgendaItem.topic, AgendaItem.item_id).order_by(AgendaItem.position)  # type: ignore[arg-type]
    assert session.exec(kept).first() == (Topic.ITEM, row.id)


def test_a_problem_that_is_an_open_item_is_spoken_about_once(session: Session) -> None:
    cast = the_cast(session)
    problem = builders.a_problem(session, cast.project)
    row = an_item(session, cast, problem_id=problem.id).row

    (line,) = agenda_of(session, cast)
    assert [one.item_id for one in line.reports.items] == [row.id]
    assert line.reports.problems == ()

    happens(session, row, ItemAct.DROPPED)
    draft = session.exec(select(AgendaItem.meeting_id)).first()
    assert draft
    shown = does(session, cast.meng, drafting.show_agenda, Page(draft, 0), NOW)
    assert isinstance(shown, MeetingAgenda)
    assert shown.lines[0].reports.items == ()
    assert shown.lines[0].reports.problems == (ProblemKind.LAND_ACQUISITION,)


def test_projects_keep_the_order_of_the_programme_whatever_is_said_of_them(
    session: Session,
) -> None:
    cast = the_cast(session)
    builders.a_problem(session, cast.project)
    second = builders.a_project(session, "柳江新高中")
    builders.a_listing(session, second)
    third = builders.a_project(session, "柳江区体育公园")
    builders.a_listing(session, third)
    builders.a_problem(session, third)
    an_item_at(session, cast, Level.CITY, second)

    names = [line.reports.name for line in agenda_of(session, cast)]

    assert names == ["白露大道（一期）", "柳江新高中", "柳江区体育公园"]


def test_an_item_of_another_level_or_that_ended_is_not_spoken_about(session: Session) -> None:
    cast = the_cast(session)
    an_item_at(session, cast, Level.COUNTY)
    happens(session, an_item_at(session, cast, Level.CITY), ItemAct.DROPPED)

    assert agenda_of(session, cast) == ()


def test_what_the_county_is_stuck_with_stands_on_the_citys_agenda_marked_and_its_unit_comes(
    session: Session,
) -> None:
    cast = the_cast(session)
    county = builders.a_region(session, "柳江区", Level.COUNTY)
    project = builders.a_project(session, "柳江区项目", region=county)
    programme = builders.a_programme(session, level=Level.COUNTY)
    unit = builders.a_unit(session, "柳江区住建局")
    builders.a_listing(session, project, programme=programme, units=(unit,))
    row = an_item_at(session, cast, Level.CITY, project)
    happens(session, row, ItemAct.MOVED_UP)

    lines = agenda_of(session, cast)

    assert [(line.unit, line.reports.name) for line in lines] == [("柳江区住建局", "柳江区项目")]
    assert [(one.item_id, one.is_moved_up) for one in lines[0].reports.items] == [(row.id, True)]


@pytest.mark.parametrize(
    ("kind", "count"), [(MeetingKind.LAND_SUPPLY, 1), (MeetingKind.FINANCING, 0)]
)
def test_each_kind_of_meeting_takes_up_its_own_items(
    session: Session, kind: MeetingKind, count: int
) -> None:
    cast = the_cast(session)
    an_item_at(session, cast, Level.CITY)
    draft = a_draft(session, cast)

    choice = Choice(draft.id, tuple(MeetingKind).index(kind))
    does(session, cast.meng, drafting.choose_kind, choice, NOW)

    assert len(session.exec(select(AgendaItem)).all()) == count


def test_the_units_notice_names_the_items_it_reports_on(session: Session) -> None:
    cast = the_cast(session)
    row = an_item_at(session, cast, Level.CITY)
    draft = a_draft(session, cast)
    does(session, cast.meng, drafting.publish, draft.id, NOW)

    ((name, kind, text),) = heard(session, NOTICE)

    assert (name, kind) == ("黄联络员", "meeting_notices")
    assert f"1 白露大道（一期）：征地拆迁（事项{row.id}）" in text


def test_what_was_settled_before_the_notice_leaves_is_not_named_in_it(session: Session) -> None:
    cast = the_cast(session)
    row = an_item_at(session, cast, Level.CITY)
    draft = a_draft(session, cast)
    does(session, cast.meng, drafting.publish, draft.id, NOW)
    happens(session, row, ItemAct.DROPPED)

    ((_, _, text),) = heard(session, NOTICE)

    assert "白露大道" not in text


def test_the_unit_of_the_meetings_own_level_reports_on_what_is_listed_at_two(
    session: Session,
) -> None:
    cast = the_cast(session)
    programme = builders.a_programme(session, level=Level.COUNTY)
    county_unit = builders.a_unit(session, "柳江区住建局")
    builders.a_listing(session, cast.project, programme=programme, units=(county_unit,))
    happens(session, an_item_at(session, cast, Level.CITY), ItemAct.MOVED_UP)

    assert [line.unit for line in agenda_of(session, cast)] == ["柳州市住建局"]


def test_a_project_left_out_stays_out_when_one_of_its_problems_becomes_an_item(
    session: Session,
) -> None:
    cast = the_cast(session)
    problem = builders.a_problem(session, cast.project)
    draft = a_draft(session, cast)
    does(session, cast.meng, drafting.toggle_project, Choice(draft.id, cast.project.id), NOW)

    an_item(session, cast, problem_id=problem.id)
    does(session, cast.meng, show_meeting, draft.id, NOW + dtm.timedelta(minutes=5))

    rows = session.exec(select(AgendaItem)).all()
    assert [(row.topic, row.left_out) for row in rows] == [(Topic.ITEM, True)]
