"""What is stored comes back the same from both databases, or is refused."""

import datetime as dtm

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError
from sqlmodel import Session, select

from db.session import Database
from db.tables.audit import AuditEntry
from db.tables.people import Contact
from db.tables.programme import Listing
from domain.vocabulary import Language
from tests.builders import NOW, a_contact, a_listing

ZONES = st.timedeltas(min_value=dtm.timedelta(hours=-12), max_value=dtm.timedelta(hours=14)).map(
    lambda offset: dtm.timezone(dtm.timedelta(minutes=offset // dtm.timedelta(minutes=1)))
)
INSTANTS = st.datetimes(
    min_value=NOW.replace(year=1990, tzinfo=None),
    max_value=NOW.replace(year=2100, tzinfo=None),
    timezones=ZONES,
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(instant=INSTANTS)
def test_an_instant_comes_back_as_the_same_one_in_utc(
    database: Database, instant: dtm.datetime
) -> None:
    with database.transaction() as session:
        row = AuditEntry(at=instant, action="test")
        session.add(row)
    with database.transaction() as session:
        kept = session.get_one(AuditEntry, row.id).at
    assert kept == instant
    assert kept.utcoffset() == dtm.timedelta(0)


def test_an_instant_without_a_zone_is_refused(session: Session) -> None:
    session.add(AuditEntry(at=NOW.replace(tzinfo=None), action="test"))
    with pytest.raises(StatementError, match="naive"):
        session.flush()
    session.rollback()


def test_instants_are_compared_as_instants(session: Session) -> None:
    session.add(AuditEntry(at=NOW, action="test"))
    session.flush()
    shanghai = dtm.timezone(dtm.timedelta(hours=8))
    for limit, found in ((NOW, 1), (NOW + dtm.timedelta(seconds=1), 0)):
        earliest = select(AuditEntry).where(AuditEntry.at >= limit.astimezone(shanghai))
        assert len(session.exec(earliest).all()) == found


def test_a_closed_set_is_stored_by_its_value(database: Database) -> None:
    with database.transaction() as session:
        contact = a_contact(session, language=Language.EN)
        raw = session.connection().exec_driver_sql("select language from contact").scalar()
        assert raw == "en"
    with database.transaction() as session:
        assert session.get_one(Contact, contact.id).language is Language.EN


def test_money_of_any_size_stays_whole(database: Database) -> None:
    ten_thousand_yi = 1_000_000_000_000
    with database.transaction() as session:
        listing = a_listing(session, total_investment=ten_thousand_yi + 1)
    with database.transaction() as session:
        assert session.get_one(Listing, listing.id).total_investment == ten_thousand_yi + 1


def test_numbers_as_large_as_telegrams_fit(database: Database) -> None:
    with database.transaction() as session:
        contact = a_contact(session, account=2**52 - 1)
    with database.transaction() as session:
        assert session.get_one(Contact, contact.id).telegram_user_id == 2**52 - 1


def test_what_goes_wrong_is_told_without_peoples_words(database: Database) -> None:
    with database.transaction() as session:
        a_contact(session, "韦信息员", phone="19900001001", account=5)
    with pytest.raises(StatementError) as raised, database.transaction() as session:
        a_contact(session, "黄联络员", phone="19900001002", account=5)
    assert "19900001002" not in str(raised.value).split("DETAIL")[0]
