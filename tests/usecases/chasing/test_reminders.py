import datetime as dtm

import pytest
from sqlmodel import Session, col, select

from db.tables.people import Assignment, Contact, Leave
from db.tables.programme import Project
from db.tables.reporting import Obligation, ObligationState
from db.tables.speech import Message, Notice, NoticeState
from domain.access import ScopeKind
from domain.vocabulary import Language, Role
from tests import builders
from tests.builders import NOW, Cast
from tests.rounds import at, heard, names_heard
from usecases.chasing.tick import chase
from usecases.obligations import obligation_changed
from usecases.periods import keep_periods
from usecases.policies import apply_policy

T3, T1, DUE_DAY, LAST_CALL, DUE = at(20, 9), at(24, 9), at(25, 9), at(25, 15, 30), at(25, 18)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    for name in ("柳江新高中", "柳江区体育公园（二期）"):
        builders.a_listing(session, builders.a_project(session, name))
    keep_periods(session, NOW)
    return cast


def second_reporter(session: Session) -> Contact:
    """The lead unit's own information officer."""
    unit = builders.a_unit(session)
    second = builders.a_contact(session, "莫信息员", unit=unit, account=1010)
    builders.an_assignment(
        session, second, Role.INFORMATION_OFFICER, ScopeKind.ORGANISATION, unit.id
    )
    return second


def the_obligation(session: Session, project: Project) -> Obligation:
    return session.exec(select(Obligation).where(Obligation.project_id == project.id)).one()


def test_three_working_days_before_one_message_lists_what_is_owed(
    session: Session, cast: Cast
) -> None:
    assert heard(session, T3 - dtm.timedelta(minutes=1)) == []
    ((name, lines),) = heard(session, T3)
    assert name == cast.wei.name
    assert lines == [
        "<b>11月月报：您有3项待填</b>",
        "截止 11月25日(周三)18:00",
        "",
        "1 白露大道（一期）",
        "2 柳江新高中",
        "3 柳江区体育公园（二期）",
        "口径：预计至11月底",
    ]
    (row,) = session.exec(select(Message))
    buttons = [[key["label"] for key in line] for line in row.keyboard]
    assert buttons == [["填1", "填2", "填3"], ["一次填3项"], ["不归我管"]]


def test_an_english_reader_is_reminded_in_english(session: Session, cast: Cast) -> None:
    cast.wei.language = Language.EN
    ((_, lines),) = heard(session, T3)
    assert lines[:2] == ["<b>Nov reports: 3 to fill in</b>", "Due Wed 25 Nov, 18:00"]


def test_nobody_is_reminded_twice_of_the_same_instant(session: Session, cast: Cast) -> None:
    assert names_heard(session, T3) == [cast.wei.name]
    assert names_heard(session, T3 + dtm.timedelta(minutes=5)) == []


def test_who_still_owes_is_reminded_again_and_twice_on_the_due_day(
    session: Session, cast: Cast
) -> None:
    for instant in (T3, T1, DUE_DAY, LAST_CALL):
        assert names_heard(session, instant) == [cast.wei.name]


@pytest.mark.usefixtures("cast")
def test_the_last_call_says_that_it_is_the_last(session: Session) -> None:
    ((_, morning),) = heard(session, DUE_DAY)
    ((_, last_call),) = heard(session, LAST_CALL)
    assert morning[:2] == ["<b>11月月报：您有3项待填</b>", "今天11月25日(周三)18:00截止"]
    assert last_call[:2] == [
        "<b>11月月报最后提醒：您有3项还没报</b>",
        "今天18:00截止，过时算迟报",
    ]


@pytest.mark.usefixtures("cast")
def test_a_reminder_mentions_the_older_months_still_owed(session: Session) -> None:
    ((_, november),) = heard(session, T3)
    assert not any("以前月份" in line for line in november)
    december = at(18, 9).replace(month=12)
    keep_periods(session, december)
    (lines,) = (lines for _, lines in heard(session, december) if "12月月报：您有" in lines[0])
    assert "另有以前月份欠报3项，也请补上（发“填报”看）" in lines


def test_what_was_reported_meanwhile_is_left_out(session: Session, cast: Cast) -> None:
    chase(session, T3)
    reported = the_obligation(session, cast.project)
    reported.state = ObligationState.SUBMITTED
    obligation_changed(session, reported, T3)
    ((_, lines),) = heard(session, T3)
    assert lines[0] == "<b>11月月报：您有2项待填</b>"
    assert "白露大道" not in "".join(lines)


@pytest.mark.usefixtures("cast")
def test_who_owes_nothing_more_hears_nothing(session: Session) -> None:
    chase(session, T3)
    for obligation in session.exec(select(Obligation)):
        obligation.state = ObligationState.ACCEPTED
        obligation_changed(session, obligation, T3)
    assert names_heard(session, T3) == []
    states = set(session.exec(select(Notice.state)))
    assert states == {NoticeState.WITHDRAWN}


def test_the_second_reporter_is_reminded_from_the_due_day(session: Session, cast: Cast) -> None:
    second = second_reporter(session)
    assert names_heard(session, T1) == [cast.wei.name]
    assert set(names_heard(session, DUE_DAY)) == {cast.wei.name, second.name}


def test_the_second_reporter_is_reminded_at_once_where_the_first_cannot_be(
    session: Session, cast: Cast
) -> None:
    second = second_reporter(session)
    cast.wei.telegram_user_id = None
    session.flush()
    assert names_heard(session, T3) == [second.name]


def test_a_deputy_is_reminded_instead_of_who_is_away(session: Session, cast: Cast) -> None:
    second_reporter(session)
    deputy = builders.a_contact(session, "韦副手", account=1011)
    session.add(
        Leave(
            contact_id=cast.wei.id,
            first_day=T3.date(),
            last_day=T3.date(),
            deputy_id=deputy.id,
            entered_at=NOW,
        )
    )
    session.flush()
    assert names_heard(session, T3) == [deputy.name]


def test_who_links_later_hears_what_still_holds(session: Session, cast: Cast) -> None:
    cast.wei.telegram_user_id = None
    session.flush()
    assert names_heard(session, T3) == []
    cast.wei.telegram_user_id = 1001
    session.flush()
    assert names_heard(session, at(20, 16)) == [cast.wei.name]


def test_after_an_outage_only_the_latest_reminder_is_said(session: Session, cast: Cast) -> None:
    assert names_heard(session, T1 + dtm.timedelta(hours=1)) == [cast.wei.name]
    assert len(session.exec(select(Message)).all()) == 1
    turns = set(session.exec(select(Notice.turn)))
    assert turns == {"2026-11-25-1"}


def test_a_reminder_that_could_not_be_told_gives_way_to_the_next(
    session: Session, cast: Cast
) -> None:
    chase(session, T3)
    assert names_heard(session, T1) == [cast.wei.name]
    expired = session.exec(select(Notice).where(Notice.state == NoticeState.EXPIRED)).all()
    assert {notice.turn for notice in expired} == {"2026-11-25-3"}


def test_nobody_is_reminded_outside_the_offices_hours(session: Session, cast: Cast) -> None:
    assert names_heard(session, at(20, 12)) == []
    assert names_heard(session, at(21, 10)) == []  # a Saturday
    assert names_heard(session, at(23, 8, 45)) == [cast.wei.name]


def test_more_than_the_budget_waits_for_the_next_day(session: Session, cast: Cast) -> None:
    apply_policy(
        session,
        None,
        'extends = "city"\n[budgets]\ninformation_officer = { messages = 1, per = "day" }\n',
        NOW,
    )
    assert names_heard(session, DUE_DAY) == [cast.wei.name]
    assert names_heard(session, LAST_CALL) == []
    held = session.exec(select(Notice).where(col(Notice.turn).endswith("L"))).all()
    assert {notice.due_at for notice in held} == {at(26, 0)}


def test_who_no_longer_reports_for_a_project_is_not_told_of_it(
    session: Session, cast: Cast
) -> None:
    chase(session, T3)
    post = session.exec(select(Assignment).where(Assignment.contact_id == cast.wei.id)).one()
    post.until = T3 - dtm.timedelta(minutes=1)
    session.flush()
    assert names_heard(session, T3) == []


def test_a_provisional_date_says_so(session: Session, cast: Cast) -> None:
    builders.a_listing(session, cast.project, programme=builders.a_programme(session, 2027))
    january = dtm.datetime(2027, 1, 20, 1, 0, tzinfo=dtm.UTC)
    keep_periods(session, january)
    said = heard(session, january)
    texts = ["\n".join(lines) for _, lines in said]
    assert any("（暂定）" in text for text in texts)
