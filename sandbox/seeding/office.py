"""The whole office, one programme after the other."""

import datetime as dtm
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlmodel import Session

from db.migrate import migrate
from db.session import Database
from domain.importing.findings import Leniency
from domain.vocabulary import Language
from sandbox.sample import guangxi, liuzhou, write_contacts_xlsx, write_programme_xlsx
from sandbox.sample.facts import Programme
from sandbox.seeding.county import list_in_county
from sandbox.seeding.people import link_people, write_leave
from sandbox.seeding.projects import Rows, rows_of, write_states
from sandbox.seeding.reports import write_problems, write_reports
from usecases.founding import found_office
from usecases.importing.contacts import import_contacts
from usecases.importing.files import File
from usecases.importing.programme import Wanted, import_programme

ZONE = ZoneInfo("Asia/Shanghai")
SAMPLE_DAY = dtm.datetime(2026, 11, 18, 10, tzinfo=ZONE).astimezone(dtm.UTC)
"""A working day a week before November's reports are due."""

_IMPORTED = dtm.datetime(2026, 1, 12, 9, tzinfo=ZONE).astimezone(dtm.UTC)
# Two programmes share a project's name here and there, so a row that names it alone is ambiguous.
_LENIENCY = Leniency(accepts_new_names=True, skips_bad_rows=True)

SAMPLES: Mapping[str, tuple[Callable[[], Programme], ...]] = {
    "guangxi": (guangxi,),
    "liuzhou": (liuzhou,),
    "both": (guangxi, liuzhou),
}


def seed(database: Database, programmes: Iterable[Programme]) -> None:
    """Bring a fresh database to the sample day. Raises ValueError when an import saves nothing."""
    migrate(database)
    with database.transaction() as session:
        found_office(session, ZONE.key, Language.ZH)
    for programme in _staffed_once(programmes):
        with database.transaction() as session:
            _import(session, programme)
        with database.transaction() as session:
            _work_for_a_year(session, rows_of(session, programme))


def _staffed_once(programmes: Iterable[Programme]) -> Iterator[Programme]:
    """A unit in two programmes has the people of the first: nobody has two bureau chiefs."""
    staffed: set[str] = set()
    for programme in programmes:
        people = tuple(person for person in programme.people if person.unit not in staffed)
        staffed.update(person.unit for person in people)
        yield replace(programme, people=people)


def _import(session: Session, programme: Programme) -> None:
    table = File(f"{programme.title}.xlsx", write_programme_xlsx(programme))
    book = File(f"{programme.key}.xlsx", write_contacts_xlsx(programme))
    projects = import_programme(session, table, Wanted(), _LENIENCY, _IMPORTED)
    contacts = import_contacts(session, book, _LENIENCY, _IMPORTED)
    if not (projects.is_saved and contacts.is_saved):
        raise ValueError(f"the sample {programme.key} was not taken over")


def _work_for_a_year(session: Session, rows: Rows) -> None:
    write_states(session, rows)
    write_reports(session, rows, SAMPLE_DAY)
    write_problems(session, rows)
    list_in_county(session, rows, _IMPORTED)
    write_leave(session, rows.programme)
    link_people(session, rows.programme, _IMPORTED)
