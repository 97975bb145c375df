"""Carrying out what a table of contacts says."""

import datetime as dtm
from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, or_, select

from db.tables.people import Assignment, Contact, Organisation
from domain.access import ScopeKind
from domain.importing.changes import Change, Outcome
from domain.importing.contacts import ContactField, ContactVerdict
from domain.importing.newcomers import new_names
from domain.importing.scopes import Post
from domain.spellings import folded
from usecases.importing.records import directory_of

F = ContactField
TAKEN_OVER = (Outcome.NEW, Outcome.CHANGED, Outcome.RETURNED)


def write_contacts(session: Session, verdicts: Iterable[ContactVerdict], now: dtm.datetime) -> None:
    """Carry out every verdict; new units are made, posts begin and end now."""
    to_write = [one for one in verdicts if one.outcome in TAKEN_OVER]
    _Writer(session, now).write(to_write)
    session.flush()


class _Writer:
    def __init__(self, session: Session, now: dtm.datetime) -> None:
        self._session = session
        self._now = now
        self._directory = directory_of(session)

    def write(self, verdicts: Sequence[ContactVerdict]) -> None:
        self._make_units(verdicts)
        self._free_phones(verdicts)
        contacts = [self._contact(verdict) for verdict in verdicts]
        self._session.add_all(contacts)
        self._session.flush()
        for verdict, contact in zip(verdicts, contacts, strict=True):
            self._end(contact, verdict.ended)
            self._begin(contact, verdict.begun)

    def _make_units(self, verdicts: Sequence[ContactVerdict]) -> None:
        units = self._directory.units
        mentions = ((verdict.row.unit, verdict.row.place) for verdict in verdicts)
        for name in new_names(mentions, units):
            units[folded(name)] = Organisation(name=name)
        self._session.add_all(units.values())
        self._session.flush()

    def _free_phones(self, verdicts: Sequence[ContactVerdict]) -> None:
        """Phones are unique: two people can swap theirs only by way of none."""
        for verdict in verdicts:
            if verdict.stored and any(change.field is F.PHONE for change in verdict.changes):
                contact = self._session.get_one(Contact, verdict.stored.id)
                contact.phone = None
                self._session.add(contact)
        self._session.flush()

    def _contact(self, verdict: ContactVerdict) -> Contact:
        contact = (
            self._session.get_one(Contact, verdict.stored.id)
            if verdict.stored
            else Contact(name=verdict.row.name)
        )
        if verdict.outcome is Outcome.RETURNED:
            contact.left_at = None
        for change in verdict.changes:
            self._set(contact, change)
        return contact

    def _set(self, contact: Contact, change: Change) -> None:
        if change.field is F.UNIT:
            contact.organisation_id = self._unit_id(str(change.new))
        else:
            setattr(contact, change.field, change.new)

    def _unit_id(self, name: str) -> int:
        return self._directory.units[folded(name)].id

    def _begin(self, contact: Contact, posts: Iterable[Post]) -> None:
        self._session.add_all(
            Assignment(
                contact_id=contact.id,
                role=post.role,
                scope_kind=post.kind,
                scope_id=self._scope_id(post),
                since=self._now,
            )
            for post in posts
        )

    def _end(self, contact: Contact, posts: Iterable[Post]) -> None:
        for post in posts:
            for row in self._held(contact, post):
                row.until = self._now
                self._session.add(row)

    def _held(self, contact: Contact, post: Post) -> Sequence[Assignment]:
        query = select(Assignment).where(
            Assignment.contact_id == contact.id,
            Assignment.role == post.role,
            Assignment.scope_kind == post.kind,
            Assignment.scope_id == self._scope_id(post),
            or_(col(Assignment.until).is_(None), col(Assignment.until) > self._now),
        )
        return self._session.exec(query).all()

    def _scope_id(self, post: Post) -> int | None:
        match post.kind:
            case ScopeKind.PROJECT:
                return int(post.key)
            case ScopeKind.ORGANISATION:
                return self._directory.units[post.key].id
            case ScopeKind.REGION:
                return self._directory.regions[post.key].id
            case ScopeKind.ALL:
                return None
