"""Measures a preview of the sample programme and its contacts: `python -m bench.imports`.

A fresh SQLite database; each file is planned (read and compared), saved, and planned once more.
"""

import datetime as dtm
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from sqlmodel import Session

from db.migrate import migrate
from db.session import Database
from domain.vocabulary import Language
from sandbox.sample import guangxi, write_contacts_xlsx, write_programme_xlsx
from usecases.founding import found_office
from usecases.import_messages import Plan
from usecases.importing.contacts import plan_contacts
from usecases.importing.files import File
from usecases.importing.placing import Unplaced
from usecases.importing.programme import Wanted, plan_programme
from usecases.importing.saving import save

_NOW: Final = dtm.datetime(2026, 11, 18, 2, 0, tzinfo=dtm.UTC)


def main() -> None:
    """Print one line a step."""
    projects = File("projects.xlsx", write_programme_xlsx(guangxi()))
    contacts = File("contacts.xlsx", write_contacts_xlsx(guangxi()))
    with TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate(database)
        with database.transaction() as session:
            found_office(session, "Asia/Shanghai", Language.ZH)
        _measure(database, "1,132 projects", lambda s: _programme(s, projects))
        _measure(database, "their contacts", lambda s: _contacts(s, contacts))
        database.dispose()


def _programme(session: Session, file: File) -> Plan | Unplaced:
    return plan_programme(session, file.workbook(), Wanted())


def _contacts(session: Session, file: File) -> Plan:
    return plan_contacts(session, file.workbook(), _NOW)


def _measure(database: Database, what: str, planned: Callable[[Session], Plan | Unplaced]) -> None:
    for step in ("first", "again"):
        with database.transaction() as session:
            began = perf_counter()
            plan = planned(session)
            compared = perf_counter()
            assert not isinstance(plan, Unplaced)
            save(session, plan, _NOW)
            saved = perf_counter()
        print(f"{what}, {step}: preview {compared - began:.2f} s, save {saved - compared:.2f} s")


if __name__ == "__main__":
    main()
