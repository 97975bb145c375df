import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.tables.reporting import Obligation, ReportingPeriod
from db.tables.speech import Notice, Urgency
from domain.periods import Period
from domain.policy import resolve_policy
from domain.rounds import Mark
from domain.schema import FaultyDataError
from tests import builders
from tests.builders import NOW, Cast
from tests.rounds import heard
from usecases import composing, policies
from usecases.calendar_watch import watch_calendar
from usecases.periods import keep_periods
from usecases.rules import Published, calendar_moves, load_published, policy_moves

OFFICE = dtm.timezone(dtm.timedelta(hours=8))
LATER_DAY = 'extends = "city"\n[reporting]\nday = 28\n'
# A made-up notice that takes Monday 4 January off, so the fifth working day is a later one.
NEW_YEAR = Published(
    "CN", 2027, {"published": True, "off": ["2027-01-01..2027-01-04"], "makeup_work": []}
)


@pytest.fixture
def cast(session: Session) -> Cast:
    return builders.the_cast(session)


def at(month: int, day: int, hour: int = 18, year: int = 2026) -> dtm.datetime:
    return dtm.datetime(year, month, day, hour, tzinfo=OFFICE)


@pytest.mark.usefixtures("cast")
def test_a_preview_names_every_date_that_then_moves(session: Session) -> None:
    keep_periods(session, NOW)
    moved = policy_moves(session, resolve_policy(LATER_DAY), NOW)
    due = {move.period: move.becomes for move in moved if move.mark is Mark.DUE}
    # November is open and keeps its date; December has a date of its own.
    assert Period(2026, 11) not in due
    assert Period(2026, 12) not in due
    assert {Mark.REMINDER, Mark.RUNG, Mark.DUE} <= {move.mark for move in moved}

    policies.apply_policy(session, None, LATER_DAY, NOW)
    for period, becomes in due.items():
        assert policies.timetable(session).due_at(period) == becomes
    keep_periods(session, at(1, 20, year=2027))
    row = session.exec(select(ReportingPeriod).where(ReportingPeriod.month == 1)).one()
    assert row.due_at == due[Period(2027, 1)]


@pytest.mark.usefixtures("cast")
def test_the_policy_in_force_moves_nothing(session: Session) -> None:
    assert policy_moves(session, resolve_policy(policies.SHIPPED), NOW) == ()


@pytest.mark.usefixtures("cast")
def test_an_unsound_policy_is_not_applied(session: Session) -> None:
    with pytest.raises(FaultyDataError):
        policies.apply_policy(session, None, 'extends = "city"\n[reporting]\nday = 40\n', NOW)
    assert policies.newest_version(session) is None


@pytest.mark.usefixtures("cast")
def test_a_published_year_moves_what_is_open_with_its_reminders(session: Session) -> None:
    policies.apply_policy(session, None, 'extends = "region"\n', NOW)
    now = at(1, 1, 10, year=2027)
    keep_periods(session, now)
    before = session.exec(select(Obligation)).one().due_at
    moved = {
        move.mark: move
        for move in calendar_moves(session, NEW_YEAR, now)
        if move.period == Period(2026, 12)
    }
    assert moved[Mark.DUE].was == before

    load_published(session, NEW_YEAR, now)
    obligation = session.exec(select(Obligation)).one()
    assert obligation.due_at == moved[Mark.DUE].becomes != before
    assert session.exec(select(ReportingPeriod)).one().due_at == obligation.due_at
    assert not policies.timetable(session).is_provisional(at(1, 8, year=2027))


@pytest.mark.usefixtures("cast")
def test_an_extension_stays_as_it_was_granted(session: Session) -> None:
    policies.apply_policy(session, None, 'extends = "region"\n', NOW)
    now = at(1, 1, 10, year=2027)
    keep_periods(session, now)
    obligation = session.exec(select(Obligation)).one()
    obligation.due_at = extended = at(1, 15, year=2027).astimezone(dtm.UTC)
    session.flush()
    load_published(session, NEW_YEAR, now)
    assert obligation.due_at == extended


@pytest.mark.usefixtures("cast")
def test_a_year_can_be_loaded_again(session: Session) -> None:
    load_published(session, NEW_YEAR, NOW)
    load_published(session, NEW_YEAR, NOW)
    assert policies.calendar_in_force(session).layers[0].notice(2027).published


@pytest.mark.usefixtures("cast")
def test_a_year_of_an_unknown_layer_is_refused(session: Session) -> None:
    with pytest.raises(FaultyDataError):
        load_published(session, Published("XX", 2027, {"published": True}), NOW)


def test_the_office_is_warned_once_a_month_of_a_missing_year(session: Session, cast: Cast) -> None:
    watch_calendar(session, at(10, 30))
    assert session.exec(select(Notice)).all() == []
    for day in (at(11, 2, 9), at(11, 3, 9), at(12, 1, 9), at(12, 2, 9)):
        watch_calendar(session, day)
    told = session.exec(select(Notice)).all()
    assert [notice.contact_id for notice in told] == [cast.meng.id] * 2
    row = composing.compose_next(session, Urgency.ROUTINE, at(12, 2, 9), frozenset())
    assert row is not None
    assert row.text.startswith("<b>2027年放假安排尚未载入</b>")


@pytest.mark.usefixtures("cast")
def test_the_warning_is_dropped_when_the_year_was_loaded_meanwhile(session: Session) -> None:
    watch_calendar(session, at(11, 2, 9))
    load_published(session, NEW_YEAR, at(11, 2, 9))
    assert composing.compose_next(session, Urgency.ROUTINE, at(11, 2, 9), frozenset()) is None


def test_who_was_reminded_of_a_date_that_moves_hears_of_the_new_one(
    session: Session, cast: Cast
) -> None:
    policies.apply_policy(session, None, 'extends = "region"\n', NOW)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, at(1, 1, 10, year=2027))
    reminded = at(1, 5, 9, year=2027)
    assert [name for name, _ in heard(session, reminded)] == [cast.wei.name]

    load_published(session, NEW_YEAR, reminded)

    ((name, lines),) = heard(session, reminded)
    assert name == cast.wei.name
    assert lines[0] == "<b>12月月报截止时间调整：您有2项</b>"
    assert heard(session, reminded + dtm.timedelta(minutes=5)) == []


def test_who_was_told_no_date_hears_of_no_other(session: Session, cast: Cast) -> None:
    assert cast.wei.id
    policies.apply_policy(session, None, 'extends = "region"\n', NOW)
    now = at(1, 1, 10, year=2027)
    keep_periods(session, now)
    load_published(session, NEW_YEAR, now)
    assert session.exec(select(Notice).where(Notice.occasion == "due_time_moved")).all() == []
