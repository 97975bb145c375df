from io import BytesIO

import openpyxl
import pytest
from sqlmodel import Session

from db.tables.people import Contact
from domain.access import ScopeKind
from domain.chain import Gap, Rung
from domain.vocabulary import Role
from templates.holes import HoleLine, HolesByUnit, NoHoles, UnitHoles
from templates.linking import HowToLink
from templates.refusals import NotYours
from tests import builders
from tests.builders import NOW, Cast, asker
from usecases.answers import Answers, Hand
from usecases.holes import LINES_A_PAGE, Wanted, all_holes, every_unit, hand_over_holes, holes


def only(answers: Answers) -> object:
    (answer,) = answers
    return answer.message


def nothing_missing(session: Session) -> Cast:
    """The cast, and an information officer of the unit's as well."""
    cast = builders.the_cast(session)
    unit = builders.a_unit(session)
    second = builders.a_contact(session, "莫信息员", unit=unit, account=1010)
    builders.an_assignment(
        session,
        second,
        Role.INFORMATION_OFFICER,
        ScopeKind.ORGANISATION,
        unit.id,
    )
    return cast


def test_a_programme_whose_people_can_all_be_told_has_no_holes(session: Session) -> None:
    cast = nothing_missing(session)

    assert only(holes(session, asker(session, cast.meng), Wanted(), NOW)) == NoHoles(1)


def test_the_office_sees_the_units_with_holes_and_opens_one(session: Session) -> None:
    cast = nothing_missing(session)
    cast.huang.telegram_user_id = None
    session.flush()
    unit = builders.a_unit(session)
    meng = asker(session, cast.meng)

    listed = only(holes(session, meng, Wanted(), NOW))
    opened = only(holes(session, meng, Wanted(unit_id=unit.id), NOW))

    assert isinstance(listed, HolesByUnit)
    (line,) = listed.lines
    assert (line.unit_id, line.name, line.listings) == (unit.id, unit.name, 1)
    assert line.gaps == ((Gap.UNLINKED, 1),)
    assert isinstance(opened, UnitHoles)
    (project,) = opened.projects
    assert project.name == cast.project.name
    assert project.holes == (HoleLine(Rung.REVIEWER, Gap.UNLINKED, "黄联络员"),)


def test_one_person_missing_from_many_projects_counts_once(session: Session) -> None:
    cast = nothing_missing(session)
    for number in range(3):
        project = builders.a_project(session, f"样例{number}号路")
        builders.a_listing(session, project)
    cast.huang.telegram_user_id = None
    session.flush()

    listed = only(holes(session, asker(session, cast.meng), Wanted(), NOW))

    assert isinstance(listed, HolesByUnit)
    assert listed.lines[0].listings == 4
    assert listed.lines[0].gaps == ((Gap.UNLINKED, 1),)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("wei", "nothing"),
        ("lu", "nothing"),
        ("huang", "own"),
        ("qin", "own"),
        ("ou", "other"),
        ("tan", "all"),
        ("meng", "all"),
    ],
)
def test_each_role_sees_the_holes_it_is_entitled_to(session: Session, who: str, sees: str) -> None:
    cast = builders.the_cast(session)
    other = builders.a_project(session, "市一中改扩建")
    builders.a_listing(session, other, units=(builders.a_unit(session, "市教育局"),))

    message = only(holes(session, asker(session, getattr(cast, who)), Wanted(), NOW))

    if sees == "nothing":
        assert message == NotYours()
        return
    assert isinstance(message, HolesByUnit)
    units = {line.name for line in message.lines}
    own, others = {"柳州市住建局"}, {"市教育局"}
    assert units == {"own": own, "other": others, "all": own | others}[sees]


def test_a_stranger_learns_nothing_of_holes(session: Session) -> None:
    builders.the_cast(session)

    assert only(holes(session, asker(session, None), Wanted(), NOW)) == HowToLink()
    assert only(hand_over_holes(session, asker(session, None), None, NOW)) == HowToLink()


def test_a_button_for_another_s_unit_opens_only_one_s_own(session: Session) -> None:
    cast = builders.the_cast(session)
    other = builders.a_unit(session, "市教育局")
    builders.a_listing(session, builders.a_project(session, "市一中"), units=(other,))

    message = only(holes(session, asker(session, cast.huang), Wanted(unit_id=other.id), NOW))

    assert isinstance(message, HolesByUnit)
    assert {line.name for line in message.lines} == {"柳州市住建局"}


def many_units(session: Session, count: int) -> None:
    for number in range(count):
        unit = builders.a_unit(session, f"样例{number}局")
        builders.a_listing(session, builders.a_project(session, f"{number}号路"), units=(unit,))


def test_many_units_are_paged_and_a_page_that_is_gone_shows_the_last(session: Session) -> None:
    cast = builders.the_cast(session)
    many_units(session, LINES_A_PAGE + 2)
    meng = asker(session, cast.meng)

    first = only(holes(session, meng, Wanted(), NOW))
    beyond = only(holes(session, meng, Wanted(page=99), NOW))

    assert isinstance(first, HolesByUnit)
    assert isinstance(beyond, HolesByUnit)
    assert (len(first.lines), first.pages) == (LINES_A_PAGE, 2)
    assert (len(beyond.lines), beyond.page, beyond.first) == (3, 1, LINES_A_PAGE + 1)


def sheet_of(answers: Answers) -> list[tuple[str, ...]]:
    (hand,) = answers
    assert isinstance(hand, Hand)
    sheet = openpyxl.load_workbook(BytesIO(hand.content)).active
    assert sheet is not None
    return [tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True)]


def unlink(session: Session, contact: Contact) -> None:
    contact.telegram_user_id = None
    session.flush()


def test_the_workbook_lists_every_hole_with_whom_to_phone(session: Session) -> None:
    cast = builders.the_cast(session)
    unlink(session, cast.huang)

    rows = sheet_of(hand_over_holes(session, asker(session, cast.meng), None, NOW))

    assert rows[0] == ("责任单位", "项目名称", "环节", "情况", "姓名", "手机")
    assert (
        "柳州市住建局",
        cast.project.name,
        "联络员",
        "未开通",
        "黄联络员",
        cast.huang.phone,
    ) in rows
    assert ("柳州市住建局", cast.project.name, "备报信息员", "无人", "", "") in rows


def test_the_inspector_s_workbook_has_no_phones(session: Session) -> None:
    cast = builders.the_cast(session)
    unlink(session, cast.huang)

    rows = sheet_of(hand_over_holes(session, asker(session, cast.tan), None, NOW))

    assert "黄联络员" in [row[4] for row in rows]
    assert all(not row[5] for row in rows[1:])


def test_a_name_that_looks_like_a_formula_stays_text(session: Session) -> None:
    cast = builders.the_cast(session)
    cast.huang.name = "=1+1"
    unlink(session, cast.huang)

    rows = sheet_of(hand_over_holes(session, asker(session, cast.meng), None, NOW))

    assert "=1+1" in [row[4] for row in rows]


def test_the_operator_sees_every_hole_of_every_unit(session: Session) -> None:
    cast = builders.the_cast(session)
    many_units(session, LINES_A_PAGE)
    for number in range(LINES_A_PAGE + 1):
        builders.a_listing(session, builders.a_project(session, f"样例{number}号桥"))

    units = every_unit(session, all_holes(session, NOW))

    assert len(units) == LINES_A_PAGE + 1
    assert units[0].unit == "柳州市住建局"
    assert len(units[0].projects) == LINES_A_PAGE + 2
    assert cast.project.name in [project.name for project in units[0].projects]
