"""A table of contacts: what it would change, and changing it."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session, col, or_, select

from db.tables.people import Assignment, Contact
from domain.access import ScopeKind
from domain.importing.changes import Outcome
from domain.importing.contacts import (
    ContactField,
    ContactVerdict,
    StoredContact,
    compare_contacts,
)
from domain.importing.findings import Findings, Leniency, Trouble
from domain.importing.newcomers import Mention, new_names, slips
from domain.importing.projects import StoredProject
from domain.importing.scopes import Post, Scopes
from domain.spellings import folded
from domain.tables import ContactTable, Known, Workbook, read_contacts
from domain.tables.headers import Column
from usecases.importing.contact_writing import write_contacts
from usecases.importing.files import File, digest_of
from usecases.importing.records import Directory, directory_of, known_names, stored_projects


@dataclass(frozen=True, slots=True)
class ContactsPlan:
    """What a table of contacts would change, were it taken over now."""

    verdicts: tuple[ContactVerdict, ...]
    findings: Findings

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many people come to which outcome."""
        outcomes = [verdict.outcome for verdict in self.verdicts]
        return {outcome: outcomes.count(outcome) for outcome in Outcome}

    @property
    def left_alone(self) -> list[int]:
        """The contacts in the table who have left, and stay away unless the office says so."""
        gone = (one for one in self.verdicts if one.outcome is Outcome.LEFT_ALONE)
        return [one.stored.id for one in gone if one.stored]

    @property
    def basis(self) -> str:
        """A digest of what was shown: another one when the records have changed meanwhile."""
        shown = [
            (one.row, one.outcome, one.stored.id if one.stored else None, one.changes, posts)
            for one in self.verdicts
            for posts in [(one.begun, one.ended)]
        ]
        return digest_of(shown, self.findings.facts)


@dataclass(frozen=True, slots=True)
class ContactsImport:
    """What became of a table of contacts: its plan, and whether that was carried out."""

    plan: ContactsPlan
    is_saved: bool = False


def import_contacts(
    session: Session, file: File, leniency: Leniency, now: dtm.datetime
) -> ContactsImport:
    """Read a table of contacts and take it over.

    Nothing is saved when something stands in the way that `leniency` does not let pass. Raises
    UnreadableWorkbook.
    """
    plan = plan_contacts(session, file.workbook(), now)
    if plan.findings.obstacles(leniency):
        return ContactsImport(plan)
    save_contacts(session, plan, now)
    return ContactsImport(plan, is_saved=True)


def plan_contacts(
    session: Session,
    workbook: Workbook,
    now: dtm.datetime,
    coming_back: frozenset[int] = frozenset(),
) -> ContactsPlan:
    """Compare a table with the contact book, and change nothing.

    `coming_back` are the contacts who had left and of whom the office says they are back.
    """
    directory = directory_of(session)
    projects = stored_projects(session, directory)
    known = known_names(directory, projects)
    table = read_contacts(workbook, known)
    scopes = Scopes(projects, {*known.units, *(row.unit for row in table.rows)})
    stored = [
        replace(person, is_coming_back=person.has_left and person.id in coming_back)
        for person in _stored_contacts(session, directory, projects, now)
    ]
    comparison = compare_contacts(table.rows, stored, scopes)
    troubles: tuple[Trouble, ...] = (*table.problems, *comparison.conflicts)
    return ContactsPlan(comparison.verdicts, _findings(table, known, troubles))


def save_contacts(session: Session, plan: ContactsPlan, now: dtm.datetime) -> None:
    """Change the contact book as the plan says; linked accounts stay as they are."""
    write_contacts(session, plan.verdicts, now)


def _findings(table: ContactTable, known: Known, troubles: tuple[Trouble, ...]) -> Findings:
    units: list[Mention] = [(row.unit, row.place_of(Column.UNIT)) for row in table.rows]
    return Findings(
        troubles, (*table.doubts, *slips(units, known.units)), new_names(units, known.units)
    )


def _stored_contacts(
    session: Session, directory: Directory, projects: Iterable[StoredProject], now: dtm.datetime
) -> list[StoredContact]:
    units = {unit.id: unit.name for unit in directory.units.values()}
    posts = _posts(session, _Labels(directory, projects), now)
    return [
        StoredContact(
            id=contact.id,
            name=contact.name,
            unit=units.get(contact.organisation_id or 0),
            phone=contact.phone,
            is_linked=contact.telegram_user_id is not None,
            has_left=contact.left_at is not None,
            posts=tuple(posts.get(contact.id, ())),
            facts={
                ContactField.NAME: contact.name,
                ContactField.PHONE: contact.phone,
                ContactField.UNIT: units.get(contact.organisation_id or 0),
                ContactField.POSITION: contact.position,
                ContactField.LANGUAGE: contact.language,
            },
        )
        for contact in session.exec(select(Contact).order_by(col(Contact.id)))
    ]


class _Labels:
    """What an assignment's scope is called."""

    def __init__(self, directory: Directory, projects: Iterable[StoredProject]) -> None:
        self._names = {
            ScopeKind.ORGANISATION: {unit.id: unit.name for unit in directory.units.values()},
            ScopeKind.REGION: {region.id: region.name for region in directory.regions.values()},
            ScopeKind.PROJECT: {project.id: project.name for project in projects},
        }

    def post(self, row: Assignment) -> Post:
        """An assignment as a post, comparable with what a table says."""
        if row.scope_kind is ScopeKind.ALL or row.scope_id is None:
            return Post(row.role, row.scope_kind)
        name = self._names[row.scope_kind][row.scope_id]
        is_project = row.scope_kind is ScopeKind.PROJECT
        return Post(
            row.role, row.scope_kind, str(row.scope_id) if is_project else folded(name), name
        )


def _posts(session: Session, labels: _Labels, now: dtm.datetime) -> dict[int, list[Post]]:
    current = select(Assignment).where(
        Assignment.since <= now, or_(col(Assignment.until).is_(None), col(Assignment.until) > now)
    )
    posts: defaultdict[int, list[Post]] = defaultdict(list)
    for row in session.exec(current.order_by(col(Assignment.id))):
        posts[row.contact_id].append(labels.post(row))
    return posts
