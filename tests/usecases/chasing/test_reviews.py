"""Reviews that wait: two digests a day, and how a late review climbs."""

import datetime as dtm

import pytest
from sqlmodel import Session

from db.tables.chasing import Hold
from db.tables.people import Contact
from db.tables.reporting import Obligation, ObligationState, Report, ReportSource, Verdict
from db.tables.speech import Message, MessageState, Urgency
from domain.brakes import HoldScope
from domain.policy import Basis
from tests import builders
from tests.builders import NOW, Cast
from tests.rounds import at, heard, names_heard
from usecases import composing
from usecases.chasing import holds
from usecases.chasing.reviews import chase_reviews
from usecases.obligations import obligation_changed
from usecases.policies import apply_policy

# Submitted on Wednesday the 18th, to be reviewed by Friday the 20th, 18:00.
R1, R2, R3 = at(23, 9), at(24, 9), at(25, 9)
NO_TRIAL = 'extends = "city"\n[ladder]\ntrial_periods = 0\n'
MORNING, AFTERNOON = at(19, 9), at(19, 15, 30)


@pytest.fixture
def cast(session: Session) -> Cast:
    """An office past its trial, in which one report was submitted at NOW."""
    cast = builders.the_cast(session)
    apply_policy(session, None, NO_TRIAL, NOW)
    return cast


def submitted(
    session: Session,
    cast: Cast,
    name: str = "",
    *,
    by: Contact | None = None,
    when: dtm.datetime = NOW,
) -> Report:
    """November's report of the cast's project, or of another one, waits for its review."""
    listing = cast.listing
    if name:
        listing = builders.a_listing(session, builders.a_project(session, name))
    obligation = builders.an_obligation(session, listing, 11, state=ObligationState.SUBMITTED)
    obligation.first_submitted_at = when
    report = Report(
        obligation_id=obligation.id,
        revision=1,
        author_id=(by or cast.wei).id,
        source=ReportSource.CHAT,
        basis=Basis.EXPECTED_TO_MONTH_END,
        invested_month=12_000_000,
        physical_progress="路基80%",
        submitted_at=when,
    )
    session.add(report)
    session.flush()
    obligation_changed(session, obligation, when)
    return report


def judged(session: Session, report: Report, verdict: Verdict, now: dtm.datetime) -> None:
    obligation = session.get_one(Obligation, report.obligation_id)
    report.verdict, obligation.state = verdict, ObligationState(verdict.value)
    session.flush()
    obligation_changed(session, obligation, now)


def late_only(said: list[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """What was said of late reviews, digests left out."""
    return {name: lines for name, lines in said if not lines[0].startswith("<b>待审")}


def test_the_liaison_hears_a_working_day_after_the_time_for_a_review(
    session: Session, cast: Cast
) -> None:
    submitted(session, cast)
    assert late_only(heard(session, at(20, 17))) == {}
    ((name, lines),) = heard(session, R1)
    assert name == cast.huang.name
    assert lines == [
        "<b>1项月报等您审核，已过时限</b>",
        "截至 11月23日(周一)09:00（报送后2个工作日内审核）",
        "",
        "1 白露大道（一期） 11月：11月18日(周三)报，已3个工作日",
    ]


def test_the_commissioner_hears_next_and_nothing_is_said_against_the_reporter(
    session: Session, cast: Cast
) -> None:
    submitted(session, cast)
    heard(session, R1)
    said = late_only(heard(session, R2))
    assert set(said) == {cast.qin.name}
    assert said[cast.qin.name] == [
        "<b>您分管的项目有1项月报已报，尚未审核</b>",
        "截至 11月24日(周二)09:00",
        "",
        "1 白露大道（一期） 11月：11月18日(周三)已报，已请黄联络员审核（4个工作日）",
    ]


def test_a_late_review_never_reaches_reporter_or_first_responsible_person(
    session: Session, cast: Cast
) -> None:
    submitted(session, cast)
    told = [
        name for now in (R1, R2, R3, at(26, 9), at(27, 9)) for name in names_heard(session, now)
    ]
    assert cast.wei.name not in told
    assert cast.lu.name not in told


@pytest.mark.parametrize("verdict", [Verdict.ACCEPTED, Verdict.RETURNED])
def test_what_was_reviewed_meanwhile_alarms_nobody(
    session: Session, cast: Cast, verdict: Verdict
) -> None:
    report = submitted(session, cast)
    chase_reviews(session, R1)
    judged(session, report, verdict, R1)
    assert late_only(heard(session, R1)) == {}


def test_no_commissioner_hears_before_the_liaison_was_really_reached(
    session: Session, cast: Cast
) -> None:
    submitted(session, cast)
    chase_reviews(session, R1)
    while row := composing.compose_next(session, Urgency.URGENT, R1, frozenset()):
        row.state = MessageState.FAILED
    session.flush()
    assert cast.qin.name not in names_heard(session, R2)
    assert cast.qin.name not in names_heard(session, R3)


def test_a_report_submitted_again_has_its_own_time(session: Session, cast: Cast) -> None:
    report = submitted(session, cast)
    judged(session, report, Verdict.RETURNED, at(20, 10))
    again = Report(
        obligation_id=report.obligation_id,
        revision=2,
        author_id=cast.wei.id,
        source=ReportSource.CHAT,
        basis=Basis.EXPECTED_TO_MONTH_END,
        submitted_at=at(20, 16),
    )
    session.add(again)
    obligation = session.get_one(Obligation, report.obligation_id)
    obligation.state = ObligationState.SUBMITTED
    session.flush()
    obligation_changed(session, obligation, at(20, 16))
    assert late_only(heard(session, R1)) == {}
    assert set(late_only(heard(session, at(25, 9)))) == {cast.huang.name}


def test_what_the_liaison_reported_waits_for_the_office_and_alarms_no_leader(
    session: Session, cast: Cast
) -> None:
    submitted(session, cast, by=cast.huang)
    assert set(late_only(heard(session, R1))) == {cast.meng.name}
    assert late_only(heard(session, R2)) == {}
    assert late_only(heard(session, R3)) == {}


def test_in_a_new_offices_first_months_the_commissioner_hears_nothing(session: Session) -> None:
    cast = builders.the_cast(session)
    submitted(session, cast)
    heard(session, R1)
    said = late_only(heard(session, R2))
    assert said == {
        cast.meng.name: [
            "<b>试运行：以下审核逾期提醒没有发出，只给您看</b>",
            "责任专员 覃专员：1项",
        ]
    }


def test_twice_a_day_the_liaison_hears_what_waits_and_what_is_missing(
    session: Session, cast: Cast
) -> None:
    submitted(session, cast, "柳江新高中", when=at(18, 16))
    submitted(session, cast)
    builders.an_obligation(
        session,
        builders.a_listing(session, builders.a_project(session, "柳江区体育公园（二期）")),
        11,
    )
    ((name, lines),) = heard(session, MORNING)
    assert name == cast.huang.name
    assert lines == [
        "<b>待审2项</b>，其中2项无疑问",
        "1 白露大道（一期） 11月",
        "2 柳江新高中 11月",
        "还有1项未报",
    ]
    assert names_heard(session, MORNING + dtm.timedelta(minutes=30)) == []
    submitted(session, cast, "河西水厂", when=at(19, 14))
    assert names_heard(session, AFTERNOON) == [cast.huang.name]
    assert names_heard(session, at(19, 17)) == []


def test_a_submission_between_two_digests_is_no_message(session: Session, cast: Cast) -> None:
    submitted(session, cast, when=at(19, 10))
    assert names_heard(session, at(19, 10, 5)) == []
    assert names_heard(session, AFTERNOON) == [cast.huang.name]


def test_no_digest_where_nothing_waits_and_none_on_a_day_off(session: Session, cast: Cast) -> None:
    assert names_heard(session, MORNING) == []
    submitted(session, cast)
    assert names_heard(session, at(21, 9)) == []  # a Saturday


def test_the_second_digest_of_a_day_is_left_unsaid_when_nothing_changed(
    session: Session, cast: Cast
) -> None:
    submitted(session, cast)
    assert names_heard(session, at(19, 9)) == [cast.huang.name]
    assert names_heard(session, at(19, 15, 30)) == []
    assert names_heard(session, at(20, 9)) == [cast.huang.name]
    submitted(session, cast, "柳江新高中", when=at(20, 10))
    assert names_heard(session, at(20, 15, 30)) == [cast.huang.name]


def test_a_digest_that_could_not_leave_gives_way_to_the_next(session: Session, cast: Cast) -> None:
    submitted(session, cast)
    account, cast.huang.telegram_user_id = cast.huang.telegram_user_id, None
    session.flush()
    assert names_heard(session, MORNING) == []
    cast.huang.telegram_user_id = account
    session.flush()
    assert names_heard(session, AFTERNOON) == [cast.huang.name]
    assert names_heard(session, at(19, 16)) == []


def test_who_was_just_told_of_late_reviews_gets_no_digest_on_top(
    session: Session, cast: Cast
) -> None:
    submitted(session, cast)
    assert names_heard(session, R1) == [cast.huang.name]
    assert session.get(Message, 1) is not None
    assert names_heard(session, at(23, 15, 30)) == [cast.huang.name]


def test_nobody_is_chased_for_a_review_while_the_office_holds_chasing(
    session: Session, cast: Cast
) -> None:
    submitted(session, cast)
    stop = Hold(scope=HoldScope.EVERYBODY, since=at(20, 9), held_by_id=cast.meng.id)
    session.add(stop)
    session.flush()
    assert late_only(heard(session, R1)) == {}
    stop.lifted_at = at(23, 10)
    session.flush()
    assert set(late_only(heard(session, R2))) == {cast.huang.name}


def test_what_a_late_review_was_to_say_waits_until_the_hold_is_lifted(
    session: Session, cast: Cast
) -> None:
    submitted(session, cast)
    chase_reviews(session, R1)
    meng = builders.asker(session, cast.meng, R1)
    stop = Hold(
        scope=HoldScope.PROJECT,
        project_id=cast.project.id,
        since=R1,
        held_by_id=cast.meng.id,
    )
    holds.hold(session, meng, stop, R1)
    assert late_only(heard(session, at(23, 10))) == {}
    holds.lift(session, meng, stop, at(23, 11))
    assert set(late_only(heard(session, at(23, 11)))) == {cast.huang.name}
