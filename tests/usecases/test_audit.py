"""The audit trail keeps who did what, and a later change shows."""

import datetime as dtm

from sqlmodel import col, select

from db.session import Database
from db.tables.audit import AuditEntry
from tests.builders import NOW, asker, the_cast
from usecases import audit


def record(database: Database, *numbers: int, **more: object) -> None:
    with database.transaction() as session:
        for number in numbers:
            audit.record(session, None, "test", NOW, ("thing", number), **more)


def seal(database: Database) -> int:
    with database.transaction() as session:
        return audit.seal(session)


def first_broken(database: Database) -> int | None:
    with database.transaction() as session:
        entry = audit.first_broken(session)
        return entry.subject_id if entry else None


def change(database: Database, number: int, **fields: object) -> None:
    """Somebody with access to the database tampers."""
    with database.transaction() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.subject_id == number)).one()
        for name, value in fields.items():
            setattr(entry, name, value)


def test_an_act_keeps_who_did_it(database: Database) -> None:
    with database.transaction() as session:
        cast = the_cast(session)
        audit.record(session, asker(session, cast.meng), "test", NOW, ("contact", cast.wei.id))
        entry = session.exec(select(AuditEntry)).one()
        assert (entry.actor_id, entry.actor_telegram_id) == (cast.meng.id, 1005)
        assert (entry.subject_kind, entry.subject_id, entry.seal) == ("contact", cast.wei.id, "")


def test_the_chain_holds_whatever_was_recorded(database: Database) -> None:
    record(database, 1, ids=(1, 2), word="五象", nothing=None, share=0.1, nested={"b": 1, "a": []})
    with database.transaction() as session:
        elsewhere = dtm.timezone(dtm.timedelta(hours=8))
        audit.record(session, None, "test", NOW.astimezone(elsewhere).replace(microsecond=123456))
    assert seal(database) == 2
    record(database, 3)
    assert seal(database) == 1
    assert seal(database) == 0
    assert first_broken(database) is None


def test_what_is_recorded_and_sealed_in_one_breath_holds_as_well(database: Database) -> None:
    with database.transaction() as session:
        audit.record(session, None, "test", NOW, ids=(1, 2))
        audit.seal(session)
    assert first_broken(database) is None


def test_a_changed_entry_shows(database: Database) -> None:
    record(database, 1, 2, 3)
    seal(database)
    change(database, 2, details={"innocent": True})
    assert first_broken(database) == 2


def test_a_removed_entry_shows(database: Database) -> None:
    record(database, 1, 2, 3)
    seal(database)
    with database.transaction() as session:
        session.delete(session.exec(select(AuditEntry).where(AuditEntry.subject_id == 2)).one())
    assert first_broken(database) == 3


def test_an_entry_unsealed_and_sealed_anew_shows(database: Database) -> None:
    record(database, 1, 2, 3)
    seal(database)
    change(database, 2, seal="", action="something else")
    seal(database)
    assert first_broken(database) == 2


def test_an_entry_that_is_still_being_written_does_not_break_the_chain(
    database: Database,
) -> None:
    if database.is_sqlite:
        record(database, 1, 2)
    else:
        with database.transaction() as slow:
            audit.record(slow, None, "test", NOW, ("thing", 1))
            slow.flush()
            record(database, 2)
            assert seal(database) == 0
    assert seal(database) == 2
    assert first_broken(database) is None


def test_many_entries_are_sealed_in_several_goes(database: Database) -> None:
    record(database, *range(audit.SEALED_AT_ONCE + 1))
    assert [seal(database) for _ in range(3)] == [audit.SEALED_AT_ONCE, 1, 0]
    assert first_broken(database) is None
    with database.transaction() as session:
        found = select(AuditEntry.seal).order_by(col(AuditEntry.id))
        assert len(set(session.exec(found))) == audit.SEALED_AT_ONCE + 1
