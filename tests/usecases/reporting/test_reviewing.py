import datetime as dtm
from typing import Any

import pytest
from sqlmodel import Session, select

from db.tables.people import Contact, Leave
from db.tables.programme import BalanceKind, OpeningBalance
from db.tables.reporting import Obligation, ObligationState, Problem, Report, Verdict
from db.tables.speech import Notice, Urgency
from domain.access import ScopeKind
from domain.vocabulary import Role
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.reviewing import (
    AskReturnReason,
    CleanAccepted,
    CleanReports,
    NothingToReview,
    ReviewAccepted,
    ReviewCard,
    ReviewQueue,
    ReviewReturned,
    ReviewSettled,
)
from templates.status import StatusCard
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.usecases.reporting.conversing import Talk, only, reports_of, words
from usecases import composing, dialogs
from usecases.asked import Wanted
from usecases.following import follow
from usecases.lookup import look_up
from usecases.reporting import accepting_many, reviewing
from usecases.reporting.reviewing import Reason, Standing
from usecases.status import card

WAN = 10_000
SOON = NOW + dtm.timedelta(minutes=10)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    for month in range(1, 11):
        builders.an_accepted_month(session, cast.listing, month, 1000 * WAN, progress="路基72%")
    return cast


@pytest.fixture
def owing(session: Session, cast: Cast) -> Obligation:
    return builders.an_obligation(session, cast.listing, 11)


@pytest.fixture
def sent(session: Session, cast: Cast, owing: Obligation) -> Report:
    return report_by(session, cast.wei, owing)


def report_by(session: Session, contact: Contact, owing: Obligation, *more: str) -> Report:
    """This contact fills in the month and submits it."""
    talk = Talk(session, contact, owing)
    talk.fills()
    first = () if more else ("3.06亿",)
    for answer in (*first, "1200万", "路基80%"):
        talk.types(answer)
    talk.submits(talk.types("征地剩2户"))
    return reports_of(session, owing)[-1]


def does(
    session: Session, contact: Contact, act: Any, given: Any, now: dtm.datetime = NOW
) -> Message:
    return only(act(session, asker(session, contact, now), given, now))


def told(session: Session, urgency: Urgency, now: dtm.datetime) -> str | None:
    row = composing.compose_next(session, urgency, now, frozenset())
    return row.text if row else None


def test_the_card_shows_last_month_beside_this(session: Session, cast: Cast, sent: Report) -> None:
    shown = does(session, cast.huang, reviewing.show, sent.id)
    text = words(shown)
    assert "韦信息员（样例城投公司）11月18日(周三)10:00 报" in text
    assert "本月 1,200万元（0.12亿元）（10月1,000万元）" in text
    assert "年初累计 1亿元→1.12亿元，93.3%" in text
    assert "开工累计 3.06亿元→3.18亿元，63.6%" in text
    assert "形象 路基72% → 路基80%" in text


def test_only_the_reviewer_is_asked(session: Session, cast: Cast, sent: Report) -> None:
    assert isinstance(does(session, cast.huang, reviewing.review, None), ReviewQueue)
    for contact in (cast.meng, cast.ou):
        assert isinstance(does(session, contact, reviewing.review, None), NothingToReview)
    for contact in (cast.wei, cast.lu, cast.tan, cast.ou):
        assert isinstance(does(session, contact, reviewing.accept, sent.id), NotYours)
    assert sent.verdict is Verdict.PENDING


def test_what_is_accepted_is_on_the_status_card_and_its_problems_are_adopted(
    session: Session, cast: Cast, owing: Obligation, sent: Report
) -> None:
    follow(session, asker(session, cast.ou), Wanted(cast.project.id), NOW)
    done = does(session, cast.huang, reviewing.accept, sent.id)
    assert isinstance(done, ReviewAccepted)
    assert owing.state is ObligationState.ACCEPTED
    shown = card(session, asker(session, cast.ou), Wanted(cast.project.id), NOW)
    assert isinstance(shown, StatusCard)
    assert shown.figures
    assert shown.figures.done == 11200 * WAN
    assert shown.since_start
    assert shown.since_start.done == 31800 * WAN
    assert [count.count for count in shown.problems] == [1]
    assert "月报审定" in (told(session, Urgency.ROUTINE, SOON) or "")


def test_an_acceptance_is_undone_for_half_an_hour_without_a_trace(
    session: Session, cast: Cast, owing: Obligation, sent: Report
) -> None:
    follow(session, asker(session, cast.ou), Wanted(cast.project.id), NOW)
    does(session, cast.huang, reviewing.accept, sent.id)
    late = NOW + dtm.timedelta(minutes=31)
    refused = does(session, cast.huang, reviewing.undo, sent.id, late)
    assert isinstance(refused, ReviewSettled)
    assert refused.standing is Standing.TOO_LATE
    assert isinstance(does(session, cast.huang, reviewing.undo, sent.id, SOON), ReviewCard)
    assert (owing.state, sent.verdict) == (ObligationState.SUBMITTED, Verdict.PENDING)
    assert session.exec(select(OpeningBalance)).all() == []
    assert session.exec(select(Problem)).one().adopted_at is None
    assert told(session, Urgency.ROUTINE, NOW + dtm.timedelta(hours=1)) is None


def test_followers_hear_of_what_is_accepted_again(
    session: Session, cast: Cast, sent: Report
) -> None:
    follow(session, asker(session, cast.ou), Wanted(cast.project.id), NOW)
    for act in (reviewing.accept, reviewing.undo):
        does(session, cast.huang, act, sent.id)
    assert told(session, Urgency.ROUTINE, NOW) is None
    does(session, cast.huang, reviewing.accept, sent.id)
    assert "月报审定" in (told(session, Urgency.ROUTINE, NOW) or "")


def test_the_reporter_hears_of_an_acceptance_once_it_stands(
    session: Session, cast: Cast, sent: Report
) -> None:
    does(session, cast.huang, reviewing.accept, sent.id)
    assert told(session, Urgency.ROUTINE, SOON) is None
    does(session, cast.huang, reviewing.undo, sent.id, SOON)
    does(session, cast.huang, reviewing.accept, sent.id, SOON)
    later = SOON + dtm.timedelta(minutes=31)
    assert told(session, Urgency.ROUTINE, NOW + dtm.timedelta(minutes=35)) is None
    assert "月报已审定1项" in (told(session, Urgency.ROUTINE, later) or "")
    assert told(session, Urgency.ROUTINE, later) is None


def test_a_return_is_told_at_once_and_the_same_draft_is_changed(
    session: Session, cast: Cast, owing: Obligation, sent: Report
) -> None:
    assert isinstance(does(session, cast.huang, reviewing.ask_reason, sent.id), AskReturnReason)
    said = only(dialogs.hear(look_up)(session, asker(session, cast.huang), "桩基请核实", NOW))
    assert isinstance(said, ReviewReturned)
    assert owing.state is ObligationState.RETURNED
    assert owing.first_submitted_at == NOW
    text = told(session, Urgency.URGENT, NOW) or ""
    assert "黄联络员意见：桩基请核实（19900001002）" in text
    assert "不算迟报" in text

    wei = Talk(session, cast.wei, owing, SOON)
    shown = wei.fills()
    assert "审核意见：桩基请核实" in words(shown)
    assert "1,200万元" in words(shown)
    wei.submits(shown)
    assert [one.verdict for one in reports_of(session, owing)] == [
        Verdict.RETURNED,
        Verdict.PENDING,
    ]
    # What nobody adopted went with the revision that stated it.
    assert len(session.exec(select(Problem)).all()) == 1
    assert "退回的月报已重报" in (told(session, Urgency.URGENT, SOON) or "")


def test_what_was_filled_in_is_still_there_when_an_undone_acceptance_becomes_a_return(
    session: Session, cast: Cast, owing: Obligation, sent: Report
) -> None:
    does(session, cast.huang, reviewing.accept, sent.id)
    does(session, cast.huang, reviewing.undo, sent.id, SOON)
    does(session, cast.huang, reviewing.give_reason, Reason(sent.id, 0), SOON)
    assert "1,200万元" in words(Talk(session, cast.wei, owing, SOON).fills())


def test_a_return_near_the_due_time_moves_it(
    session: Session, cast: Cast, owing: Obligation, sent: Report
) -> None:
    at = owing.due_at - dtm.timedelta(hours=1)
    does(session, cast.huang, reviewing.give_reason, Reason(sent.id, 0), at)
    # The 25th of November is a Wednesday.
    assert owing.due_at == dtm.datetime(2026, 11, 26, 10, tzinfo=dtm.UTC)


def test_a_ready_reason_is_read_in_the_readers_words(
    session: Session, cast: Cast, sent: Report
) -> None:
    done = does(session, cast.huang, reviewing.give_reason, Reason(sent.id, 3))
    assert "请说明原因" in words(done)
    assert isinstance(
        does(session, cast.huang, reviewing.give_reason, Reason(sent.id, 99)), StaleButton
    )


def test_a_return_that_was_overtaken_is_not_told(
    session: Session, cast: Cast, owing: Obligation, sent: Report
) -> None:
    does(session, cast.huang, reviewing.give_reason, Reason(sent.id, 0))
    wei = Talk(session, cast.wei, owing)
    wei.submits(wei.fills())
    assert "请修改" not in (told(session, Urgency.URGENT, NOW) or "")


@pytest.mark.parametrize("act", [reviewing.accept, reviewing.ask_reason, reviewing.show])
def test_what_was_taken_back_is_not_judged(
    session: Session, cast: Cast, owing: Obligation, sent: Report, act: Any
) -> None:
    Talk(session, cast.wei, owing).withdraws()
    said = does(session, cast.huang, act, sent.id)
    assert isinstance(said, ReviewSettled)
    assert said.standing is Standing.TAKEN_BACK


def test_a_verdict_is_given_once(session: Session, cast: Cast, sent: Report) -> None:
    does(session, cast.huang, reviewing.accept, sent.id)
    said = does(session, cast.huang, reviewing.give_reason, Reason(sent.id, 0))
    assert isinstance(said, ReviewSettled)
    assert said.standing is Standing.ACCEPTED
    assert sent.verdict is Verdict.ACCEPTED


def test_nothing_is_judged_once_the_books_are_closed(
    session: Session, cast: Cast, sent: Report
) -> None:
    builders.a_period(session, 11).closed_at = NOW
    session.flush()
    said = does(session, cast.huang, reviewing.accept, sent.id)
    assert isinstance(said, ReviewSettled)
    assert said.standing is Standing.CLOSED


def test_what_a_liaison_filed_waits_for_the_office_or_is_on_record_as_their_own(
    session: Session, cast: Cast, owing: Obligation
) -> None:
    report = report_by(session, cast.huang, owing)
    assert isinstance(does(session, cast.meng, reviewing.review, None), ReviewQueue)
    queue = does(session, cast.huang, reviewing.review, None)
    assert isinstance(queue, ReviewQueue)
    assert queue.lines[0].is_self
    assert queue.clean == 0
    done = does(session, cast.huang, reviewing.accept, report.id)
    assert "自审" in words(done)
    assert report.author_id == report.verdict_by_id
    assert session.exec(select(Notice)).all() == []


def test_what_a_liaison_filed_waits_for_a_second_liaison(
    session: Session, cast: Cast, owing: Obligation
) -> None:
    report_by(session, cast.huang, owing)
    unit = builders.a_unit(session)
    second = builders.a_contact(session, "罗联络员", unit=unit, account=1008)
    builders.an_assignment(
        session, second, Role.LIAISON, ScopeKind.ORGANISATION, unit.id, since=NOW
    )
    assert isinstance(does(session, second, reviewing.review, None), ReviewQueue)


def several(session: Session, cast: Cast) -> list[Report]:
    """Three more projects with a month like the one before, and one that is odd."""
    reports = []
    for number, progress in enumerate(("路基74%", "路基75%", "路基60%")):
        project = builders.a_project(
            session, f"样例项目{number}", owner=builders.a_unit(session, "样例城投公司")
        )
        listing = builders.a_listing(session, project)
        for month in range(1, 11):
            builders.an_accepted_month(session, listing, month, 1000 * WAN, progress="路基72%")
        owing = builders.an_obligation(session, listing, 11)
        talk = Talk(session, cast.wei, owing)
        talk.fills()
        for answer in ("3亿", "1000万", progress):
            said = talk.types(answer)
        said = talk.types("无")
        if number == 2:
            talk.submits(said)
            said = talk.types("返工")
        talk.submits(said)
        reports += reports_of(session, owing)
    return reports


def test_all_with_nothing_odd_are_accepted_in_one_press_after_a_list(
    session: Session, cast: Cast
) -> None:
    first, second, odd = several(session, cast)
    queue = does(session, cast.huang, reviewing.review, None)
    assert isinstance(queue, ReviewQueue)
    assert (queue.total, queue.clean) == (3, 2)
    listed = does(session, cast.huang, accepting_many.show_clean, None)
    assert isinstance(listed, CleanReports)
    done = does(session, cast.huang, accepting_many.accept_clean, listed.digest)
    assert isinstance(done, CleanAccepted)
    assert len(done.accepted) == 2
    assert [one.verdict for one in (first, second, odd)] == [
        Verdict.ACCEPTED,
        Verdict.ACCEPTED,
        Verdict.PENDING,
    ]


def test_a_list_that_changed_meanwhile_is_shown_again_and_accepts_nothing(
    session: Session, cast: Cast
) -> None:
    first, second, _ = several(session, cast)
    listed = does(session, cast.huang, accepting_many.show_clean, None)
    assert isinstance(listed, CleanReports)
    Talk(session, cast.wei, session.get_one(Obligation, first.obligation_id)).withdraws()
    again = does(session, cast.huang, accepting_many.accept_clean, listed.digest)
    assert isinstance(again, CleanReports)
    assert again.is_stale
    assert second.verdict is Verdict.PENDING


def test_the_next_one_goes_round_the_queue(session: Session, cast: Cast) -> None:
    reports = several(session, cast)
    seen = []
    at = reports[0].id
    for _ in reports:
        shown = does(session, cast.huang, reviewing.show_next, at)
        assert isinstance(shown, ReviewCard)
        at = shown.report_id
        seen.append(at)
    assert sorted(seen) == sorted(one.id for one in reports)


def test_the_deputy_of_a_reviewer_on_leave_reviews(
    session: Session, cast: Cast, sent: Report
) -> None:
    session.add(
        Leave(
            contact_id=cast.huang.id,
            first_day=NOW.date(),
            last_day=NOW.date(),
            deputy_id=cast.ou.id,
            entered_at=NOW,
        )
    )
    session.flush()
    assert isinstance(does(session, cast.ou, reviewing.review, None), ReviewQueue)
    assert isinstance(does(session, cast.ou, reviewing.accept, sent.id), ReviewAccepted)


def test_a_balance_is_kept_with_the_report_it_came_with(
    session: Session, cast: Cast, sent: Report
) -> None:
    does(session, cast.huang, reviewing.accept, sent.id)
    balance = session.exec(select(OpeningBalance)).one()
    assert (balance.kind, balance.year, balance.month) == (BalanceKind.SINCE_START, 2026, 10)
    assert (balance.amount, balance.source) == (30600 * WAN, f"report:{sent.id}")
