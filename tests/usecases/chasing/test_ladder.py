import pytest
from sqlmodel import Session, select

from db.session import Database
from db.tables.programme import Project
from db.tables.reporting import Obligation, ObligationState
from db.tables.speech import Message, MessageState, Notice, Urgency
from tests import builders
from tests.builders import NOW, Cast
from tests.rounds import at, heard, name_of, names_heard
from usecases import composing
from usecases.chasing.tick import chase
from usecases.obligations import obligation_changed
from usecases.periods import keep_periods
from usecases.policies import apply_policy
from usecases.reporting.matters import matter_of

# The report on November is due on Wednesday the 25th, 18:00.
T1, T2, T3 = at(26, 9), at(27, 9), at(30, 9)
NO_TRIAL = 'extends = "city"\n[ladder]\ntrial_periods = 0\n'


@pytest.fixture
def cast(session: Session) -> Cast:
    """Two projects late in an office that is past its trial."""
    cast = builders.the_cast(session)
    apply_policy(session, None, NO_TRIAL, NOW)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, NOW)
    for reminder in (at(20, 9), at(24, 9), at(25, 9)):
        heard(session, reminder)
    return cast


def the_obligation(session: Session, project: Project) -> Obligation:
    return session.exec(select(Obligation).where(Obligation.project_id == project.id)).one()


def test_a_day_after_the_due_time_reporter_and_liaison_hear(session: Session, cast: Cast) -> None:
    said = dict(heard(session, T1))
    assert set(said) == {cast.wei.name, cast.huang.name}
    assert said[cast.wei.name][:2] == [
        "<b>11月月报已过期，您还有2项未报</b>",
        "原定 11月25日(周三)18:00，请今天补报",
    ]
    lines = said[cast.huang.name]
    assert lines[:2] == ["<b>柳州市住建局11月月报：应报2，未报2</b>", "截至 11月26日(周四)09:00"]
    assert "1 白露大道（一期）：已提醒3次，未答复" in lines
    assert lines[-1] == "点序号可代填。"


def test_nobody_hears_of_lateness_on_the_due_day_itself(session: Session, cast: Cast) -> None:
    assert names_heard(session, at(25, 18, 30)) == []
    assert cast.huang.name not in names_heard(session, at(25, 20))


def test_two_days_after_the_commissioner_hears(session: Session, cast: Cast) -> None:
    heard(session, T1)
    ((name, lines),) = heard(session, T2)
    assert name == cast.qin.name
    assert lines[:2] == [
        "<b>您分管的项目有2项11月月报未报</b>",
        "截至 11月27日(周五)09:00（应报2）",
    ]
    assert "1 白露大道（一期）：迟2个工作日，已请联络员办理" in lines


@pytest.mark.usefixtures("cast")
def test_what_was_reported_meanwhile_reaches_no_leader(session: Session) -> None:
    heard(session, T1)
    chase(session, T2)
    for obligation in session.exec(select(Obligation)):
        obligation.state = ObligationState.SUBMITTED
        obligation_changed(session, obligation, T2)
    assert heard(session, T2) == []


def test_no_leader_hears_before_somebody_below_was_really_reached(
    session: Session, cast: Cast
) -> None:
    chase(session, T1)
    while row := composing.compose_next(session, Urgency.URGENT, T1, frozenset()):
        row.state = MessageState.FAILED
    session.flush()
    assert names_heard(session, T2) == []
    assert names_heard(session, T3) == []
    assert the_obligation(session, cast.project).climbed == 1


def test_after_an_outage_the_ladder_starts_at_its_foot(session: Session, cast: Cast) -> None:
    assert set(names_heard(session, T3)) == {cast.wei.name, cast.huang.name}
    assert names_heard(session, at(30, 16)) == []
    said = names_heard(session, T3.replace(month=12, day=1))
    assert said == [cast.qin.name]


def test_one_really_reached_is_enough(session: Session, cast: Cast) -> None:
    cast.wei.telegram_user_id = None
    session.flush()
    said = dict(heard(session, T1))
    assert set(said) == {cast.huang.name}
    assert names_heard(session, T2) == [cast.qin.name]


def test_an_unlinked_liaison_never_alarms_the_commissioner_early(
    session: Session, cast: Cast
) -> None:
    cast.huang.telegram_user_id = None
    session.flush()
    assert names_heard(session, T1) == [cast.wei.name]
    ((name, lines),) = heard(session, T2)
    assert name == cast.qin.name
    assert "1 白露大道（一期）：迟2个工作日，已请信息员补报" in lines


def test_the_liaison_is_told_whom_the_bot_cannot_reach(session: Session, cast: Cast) -> None:
    for message in session.exec(select(Message)):
        message.state = MessageState.FAILED
    cast.wei.telegram_user_id = None
    session.flush()
    said = dict(heard(session, T1))
    assert "1 白露大道（一期）：信息员未开通，未能提醒" in said[cast.huang.name]


def test_in_a_new_offices_first_months_leaders_hear_nothing_and_the_office_sees_it(
    session: Session,
) -> None:
    cast = builders.the_cast(session)
    keep_periods(session, NOW)
    heard(session, T1)
    ((name, lines),) = heard(session, T2)
    assert name == cast.meng.name
    assert lines == ["<b>试运行：以下未报提醒没有发出，只给您看</b>", "责任专员 覃专员：1项"]
    ((name, lines),) = heard(session, T3)
    assert name == cast.meng.name
    assert lines[1] == "第一责任人 陆局长：1项"


def test_the_first_responsible_person_hears_nothing_that_was_not_released(
    session: Session, cast: Cast
) -> None:
    for day in (T1, T2, T3):
        assert cast.lu.name not in names_heard(session, day)


def test_a_returned_report_is_chased_by_its_own_date(session: Session, cast: Cast) -> None:
    heard(session, T1)
    returned = the_obligation(session, cast.project)
    returned.state, returned.due_at = ObligationState.RETURNED, at(30, 18)
    obligation_changed(session, returned, at(26, 16))
    ((name, _),) = [said for said in heard(session, T2) if said[0] == cast.wei.name]
    assert name == cast.wei.name  # the working day before its new date
    late = at(30, 9).replace(month=12, day=1)
    said = dict(heard(session, late))
    assert "白露大道（一期）（退回待改）" in " ".join(said[cast.wei.name])


def test_the_record_tells_who_was_asked(session: Session, cast: Cast) -> None:
    heard(session, T1)
    heard(session, T2)
    rows = session.exec(
        select(Message, Notice.occasion)
        .join(Notice, Notice.message_id == Message.id)  # type: ignore[arg-type]
        .where(Notice.subject_id == the_obligation(session, cast.project).id)
        .order_by(Message.id)  # type: ignore[arg-type]
    ).all()
    assert [(name_of(session, row), occasion) for row, occasion in rows] == [
        (cast.wei.name, "report_reminder"),
        (cast.wei.name, "report_reminder"),
        (cast.wei.name, "report_reminder"),
        (cast.wei.name, "report_overdue"),
        (cast.huang.name, "unit_overdue"),
        (cast.qin.name, "commissioner_overdue"),
    ]


def test_what_is_being_submitted_at_this_moment_is_left_to_the_next_tick(
    database: Database,
) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time")
    with database.transaction() as session:
        cast = builders.the_cast(session)
        builders.a_listing(session, builders.a_project(session, "柳江新高中"))
        keep_periods(session, NOW)
        submitted_id = the_obligation(session, cast.project).id
    with database.transaction() as reporter:
        matter = matter_of(reporter, submitted_id, T1)
        assert matter is not None
        with database.transaction() as planner:
            planner.connection().exec_driver_sql("SET LOCAL lock_timeout = '3s'")
            assert chase(planner, T1) == 1
        matter.obligation.state = ObligationState.SUBMITTED
        obligation_changed(reporter, matter.obligation, T1)
    with database.transaction() as session:
        assert chase(session, T1) == 0
        assert session.get_one(Obligation, submitted_id).climbed == 0
