"""Two people decide one handing over at the same instant: the first one's word stands."""

from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlmodel import Session, select

from db.session import Database
from db.tables.audit import AuditEntry
from db.tables.chasing import Handover, HandoverState
from db.tables.people import Contact
from templates.handing_over import HandOverConfirmed
from templates.message import Message
from templates.office import StaleButton
from tests import builders
from tests.builders import NOW, Cast, asker
from usecases.handing_over import deciding
from usecases.periods import keep_periods

LONG_ENOUGH_TO_COMMIT = 1.0


@pytest.fixture
def cast(database: Database) -> Cast:
    if database.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time")
    with database.transaction() as session:
        cast = builders.the_cast(session)
        keep_periods(session, NOW)
    return cast


@pytest.fixture
def asked(database: Database, cast: Cast) -> Handover:
    """Wei asks to hand the project over to Mo."""
    with database.transaction() as session:
        mo = builders.a_contact(session, "莫某", account=1010)
        row = Handover(
            project_id=cast.project.id,
            from_contact_id=cast.wei.id,
            to_contact_id=mo.id,
            named=mo.name,
            asked_at=NOW,
        )
        session.add(row)
    return row


def test_what_one_has_confirmed_nobody_refuses_at_the_same_instant(
    database: Database, cast: Cast, asked: Handover
) -> None:
    with ThreadPoolExecutor(1) as threads:
        with database.transaction() as liaison:
            assert isinstance(_confirmed(liaison, cast.huang, asked), HandOverConfirmed)
            refused = threads.submit(_refuse, database, cast.meng, asked)
            wait([refused], timeout=LONG_ENOUGH_TO_COMMIT)
        assert isinstance(refused.result(), StaleButton)
    with database.transaction() as session:
        assert session.get_one(Handover, asked.id).state is HandoverState.CONFIRMED
        actions = session.exec(select(AuditEntry.action)).all()
        assert "handover.refused" not in actions


def _confirmed(session: Session, who: Contact, asked: Handover) -> Message:
    (answer,) = deciding.confirm(session, asker(session, who), asked.id, NOW)
    return answer.message


def _refuse(database: Database, who: Contact, asked: Handover) -> Message:
    with database.transaction() as session:
        (answer,) = deciding.refuse(session, asker(session, who), asked.id, NOW)
        return answer.message
