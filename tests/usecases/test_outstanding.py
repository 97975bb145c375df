"""/overdue: who has not reported, within one's own scope, and the nudge."""

import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.tables.chasing import Extension
from db.tables.people import Contact
from db.tables.programme import Listing
from db.tables.reporting import Obligation, ObligationState
from domain.chain import Gap
from domain.tally import Tally
from templates.message import Message
from templates.overdue import (
    AllReported,
    Grouping,
    NoMonthOpen,
    NotNudged,
    NudgedPerson,
    NudgeSent,
    OverdueGroups,
    OverdueReports,
)
from templates.refusals import NotYours
from tests import builders
from tests.builders import Cast, asker
from tests.rounds import at, heard
from usecases.nudging import nudge
from usecases.outstanding import GroupsWanted, ReportsWanted, overdue, show_groups, show_reports
from usecases.policies import apply_policy

LATE = at(27, 10)
NO_TRIAL = 'extends = "city"\n[ladder]\ntrial_periods = 0\n'


@pytest.fixture
def cast(session: Session) -> Cast:
    """Two of the housing bureau's reports are missing, one is in on time, one late, one returned;
    the education bureau's only one is missing."""
    cast = builders.the_cast(session)
    apply_policy(session, None, NO_TRIAL, at(1, 9))
    owes(session, cast.listing)
    owes(session, listing_of(session, "柳江新高中"))
    owes(session, listing_of(session, "市民中心"), ObligationState.ACCEPTED, at(24, 9))
    owes(session, listing_of(session, "河西水厂"), ObligationState.SUBMITTED, at(26, 9))
    owes(session, listing_of(session, "环江滨水大道"), ObligationState.RETURNED, at(25, 9))
    other = builders.a_listing(
        session,
        builders.a_project(session, "三中新校区", region=builders.a_region(session, "鹿寨县")),
        units=(builders.a_unit(session, "市教育局"),),
    )
    owes(session, other)
    return cast


def listing_of(session: Session, name: str) -> Listing:
    return builders.a_listing(session, builders.a_project(session, name))


def owes(
    session: Session,
    listing: Listing,
    state: ObligationState = ObligationState.OPEN,
    first: dtm.datetime | None = None,
) -> Obligation:
    row = builders.an_obligation(session, listing, 11, state=state)
    row.first_submitted_at = first
    session.flush()
    return row


def asks(session: Session, contact: Contact, now: dtm.datetime = LATE) -> Message:
    (answer,) = overdue(session, asker(session, contact, now), None, now)
    return answer.message


def housing(session: Session) -> ReportsWanted:
    unit = builders.a_unit(session)
    return ReportsWanted(builders.a_period(session, 11).id, Grouping.UNIT, unit.id)


def nudges(
    session: Session, contact: Contact, wanted: ReportsWanted, now: dtm.datetime = LATE
) -> Message:
    (answer,) = nudge(session, asker(session, contact, now), wanted, now)
    return answer.message


def test_the_office_sees_every_unit_the_one_with_most_missing_first(
    session: Session, cast: Cast
) -> None:
    message = asks(session, cast.meng)
    assert isinstance(message, OverdueGroups)
    assert message.total == Tally(
        expected=6, reported=3, on_time=2, waiting=1, returned=1, missing=3
    )
    assert [(group.name, group.tally.missing) for group in message.groups] == [
        ("柳州市住建局", 2),
        ("市教育局", 1),
    ]


def test_what_is_returned_or_waits_for_review_is_never_called_missing(
    session: Session, cast: Cast
) -> None:
    message = asks(session, cast.huang)
    assert isinstance(message, OverdueReports)
    assert message.group.tally.missing == 2
    assert [line.name for line in message.lines if line.is_returned] == ["环江滨水大道"]
    assert "河西水厂" not in {line.name for line in message.lines}


def test_the_same_by_region(session: Session, cast: Cast) -> None:
    wanted = GroupsWanted(builders.a_period(session, 11).id, Grouping.REGION)
    (answer,) = show_groups(session, asker(session, cast.tan, LATE), wanted, LATE)
    assert isinstance(answer.message, OverdueGroups)
    assert [group.name for group in answer.message.groups] == ["柳州市", "鹿寨县"]


@pytest.mark.parametrize(
    ("who", "missing"), [("wei", 3), ("huang", 2), ("qin", 2), ("lu", 2), ("ou", 1)]
)
def test_everybody_sees_only_their_own_scope(
    session: Session, cast: Cast, who: str, missing: int
) -> None:
    message = asks(session, getattr(cast, who))
    assert isinstance(message, OverdueGroups | OverdueReports)
    tally = message.total if isinstance(message, OverdueGroups) else message.group.tally
    assert tally.missing == missing


def test_another_units_reports_open_for_nobody_outside(session: Session, cast: Cast) -> None:
    wanted = housing(session)
    (answer,) = show_reports(session, asker(session, cast.ou, LATE), wanted, LATE)
    assert isinstance(answer.message, OverdueReports)
    assert [line.name for line in answer.message.lines] == ["三中新校区"]


def test_lateness_is_counted_in_working_days_and_holes_are_named(
    session: Session, cast: Cast
) -> None:
    cast.wei.telegram_user_id = None
    session.flush()
    message = asks(session, cast.huang)
    assert isinstance(message, OverdueReports)
    assert {(line.days_late, line.gap) for line in message.lines} == {(2, Gap.UNLINKED)}


def test_a_returns_own_date_does_not_make_a_late_report_timely(
    session: Session, cast: Cast
) -> None:
    late = owes(session, listing_of(session, "白沙大桥"), ObligationState.RETURNED, at(26, 9))
    late.due_at = at(30, 18)
    extended = owes(session, listing_of(session, "阳和水厂"), ObligationState.ACCEPTED, at(26, 9))
    session.add(
        Extension(
            obligation_id=extended.id,
            due_before=extended.due_at,
            due_after=at(27, 18),
            extended_by_id=cast.meng.id,
            extended_at=at(24, 9),
        )
    )
    session.flush()
    message = asks(session, cast.meng)
    assert isinstance(message, OverdueGroups)
    assert (message.total.reported, message.total.on_time) == (5, 3)


def test_when_all_are_in_it_says_so(session: Session, cast: Cast) -> None:
    for row in session.exec(select(Obligation)):
        row.state = ObligationState.ACCEPTED
    session.flush()
    assert isinstance(asks(session, cast.meng), AllReported)


def test_before_any_month_is_open_there_is_nothing(session: Session) -> None:
    cast = builders.the_cast(session)
    assert asks(session, cast.meng) == NoMonthOpen()


def test_a_nudge_says_who_asks_for_what(session: Session, cast: Cast) -> None:
    sent = nudges(session, cast.huang, housing(session))
    assert sent == NudgeSent((NudgedPerson("韦信息员", 3),), None, 0, ())
    heard_by = [lines for name, lines in heard(session, LATE) if lines[0].startswith("<b>柳州市")]
    assert heard_by == [
        [
            "<b>柳州市住建局黄联络员请您尽快报送3项月报</b>",
            "1 白露大道（一期） 11月，11月25日(周三)18:00截止",
            "2 柳江新高中 11月，11月25日(周三)18:00截止",
            "3 环江滨水大道 11月（退回待改），11月25日(周三)18:00截止",
            "3项已过期，请今天补报。",
        ]
    ]


def test_nobody_is_nudged_twice_a_day_about_a_report(session: Session, cast: Cast) -> None:
    wanted = housing(session)
    nudges(session, cast.huang, wanted)
    again = nudges(session, cast.meng, wanted, LATE + dtm.timedelta(minutes=5))
    assert again == NudgeSent((), None, 3, ())
    tomorrow = at(30, 10)
    assert nudges(session, cast.meng, wanted, tomorrow) == NudgeSent(
        (NudgedPerson("韦信息员", 3),), None, 0, ()
    )


def test_the_nudge_says_whom_it_cannot_reach_and_when_it_leaves(
    session: Session, cast: Cast
) -> None:
    cast.wei.telegram_user_id = None
    session.flush()
    noon = at(27, 12)
    sent = nudges(session, cast.huang, housing(session), noon)
    assert isinstance(sent, NudgeSent)
    assert sent.people == ()
    assert sent.leaves_at == at(27, 15, 15)
    assert sent.cannot[0] == NotNudged("白露大道（一期）", Gap.UNLINKED)


@pytest.mark.parametrize("who", ["wei", "lu", "tan", "ou"])
def test_who_may_not_nudge_is_refused(session: Session, cast: Cast, who: str) -> None:
    assert nudges(session, getattr(cast, who), housing(session)) == NotYours()


def test_a_nudge_for_what_is_reported_meanwhile_is_not_said(session: Session, cast: Cast) -> None:
    nudges(session, cast.huang, housing(session), at(27, 12))
    for row in session.exec(select(Obligation)):
        row.state = ObligationState.SUBMITTED
    session.flush()
    assert [name for name, _ in heard(session, at(27, 15, 15))].count(cast.wei.name) == 0
