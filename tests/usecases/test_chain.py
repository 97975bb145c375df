import datetime as dtm

import pytest
from sqlmodel import Session

from db.tables.people import Leave
from domain.access import ScopeKind
from domain.chain import Chain, Gap, Rung
from domain.vocabulary import Level, Role
from tests import builders
from tests.builders import LONG_AGO, NOW
from usecases.chain import current_chains

TODAY = dtm.date(2026, 11, 18)
DAY = dtm.timedelta(days=1)


def chain_of(session: Session, project_id: int) -> Chain:
    (found,) = [one for one in current_chains(session, NOW) if one.project.id == project_id]
    return found.chain


def test_the_whole_chain_of_a_project_is_found_in_the_contact_book(session: Session) -> None:
    cast = builders.the_cast(session)

    chain = chain_of(session, cast.project.id)

    seats = {seat.rung: seat.acting_id for seat in chain.seats}
    assert seats == {
        Rung.MAIN_REPORTER: cast.wei.id,
        Rung.SECOND_REPORTER: None,
        Rung.REVIEWER: cast.huang.id,
        Rung.COMMISSIONER: cast.qin.id,
        Rung.FIRST_RESPONSIBLE: cast.lu.id,
    }


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (LONG_AGO, None, True),
        (LONG_AGO, NOW, False),
        (LONG_AGO, NOW + DAY, True),
        (NOW, None, True),
        (NOW + DAY, None, False),
    ],
)
def test_an_assignment_counts_from_its_first_moment_to_before_its_end(
    session: Session, since: dtm.datetime, until: dtm.datetime | None, holds: bool
) -> None:
    cast = builders.the_cast(session)
    named = builders.a_contact(session, "唐联络员", account=1011)
    builders.an_assignment(
        session,
        named,
        Role.LIAISON,
        ScopeKind.PROJECT,
        cast.project.id,
        since=since,
        until=until,
    )

    seat = chain_of(session, cast.project.id).seat(Rung.REVIEWER)

    assert seat is not None
    assert seat.holder_id == (named.id if holds else cast.huang.id)


@pytest.mark.parametrize(
    ("first", "last", "cancelled", "away"),
    [
        (TODAY, TODAY, False, True),
        (TODAY - DAY, TODAY + DAY, False, True),
        (TODAY + DAY, TODAY + 2 * DAY, False, False),
        (TODAY - 2 * DAY, TODAY - DAY, False, False),
        (TODAY, TODAY, True, False),
    ],
)
def test_the_deputy_stands_in_on_the_days_of_the_leave(
    session: Session, first: dtm.date, last: dtm.date, cancelled: bool, away: bool
) -> None:
    cast = builders.the_cast(session)
    row = Leave(
        contact_id=cast.huang.id,
        first_day=first,
        last_day=last,
        deputy_id=cast.ou.id,
        entered_at=LONG_AGO,
        cancelled_at=NOW if cancelled else None,
    )
    session.add(row)
    session.flush()

    seat = chain_of(session, cast.project.id).seat(Rung.REVIEWER)

    assert seat is not None
    assert seat.acting_id == (cast.ou.id if away else cast.huang.id)


def test_leave_is_counted_in_the_office_s_days_not_in_utc(session: Session) -> None:
    cast = builders.the_cast(session)
    session.add(
        Leave(
            contact_id=cast.huang.id,
            first_day=TODAY + DAY,
            last_day=TODAY + DAY,
            entered_at=LONG_AGO,
        )
    )
    session.flush()
    # 00:30 of the next day in Shanghai, still the day before in UTC.
    half_past_midnight = dtm.datetime(2026, 11, 18, 16, 30, tzinfo=dtm.UTC)

    (found,) = current_chains(session, half_past_midnight)

    seat = found.chain.seat(Rung.REVIEWER)
    assert seat is not None
    assert seat.gap is Gap.AWAY


def test_who_is_unlinked_unreachable_or_gone_is_a_hole(session: Session) -> None:
    cast = builders.the_cast(session)
    cast.huang.telegram_user_id = None
    cast.qin.unreachable = "blocked"  # type: ignore[assignment]
    cast.lu.left_at = LONG_AGO
    session.flush()

    holes = {hole.rung: hole.gap for hole in chain_of(session, cast.project.id).holes}

    assert holes == {
        Rung.SECOND_REPORTER: Gap.EMPTY,
        Rung.REVIEWER: Gap.UNLINKED,
        Rung.COMMISSIONER: Gap.UNREACHABLE,
        Rung.FIRST_RESPONSIBLE: Gap.LEFT,
    }


def test_a_withdrawn_listing_has_no_chain(session: Session) -> None:
    cast = builders.the_cast(session)
    cast.listing.withdrawn_at = LONG_AGO
    session.flush()

    assert list(current_chains(session, NOW)) == []


def test_a_project_listed_at_two_levels_has_a_chain_at_each(session: Session) -> None:
    cast = builders.the_cast(session)
    region = builders.a_programme(session, level=Level.REGION)
    builders.a_listing(
        session,
        cast.project,
        programme=region,
        units=(builders.a_unit(session, "市教育局"), builders.a_unit(session)),
    )

    chains = list(current_chains(session, NOW))

    reviewers = [one.chain.seat(Rung.REVIEWER) for one in chains]
    assert {seat.holder_id for seat in reviewers if seat} == {cast.huang.id, cast.ou.id}
