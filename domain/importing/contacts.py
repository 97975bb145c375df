"""A table of contacts against the contact book: who is new, what changes, which posts end."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.importing.changes import Change, Facts, Outcome, changes_between
from domain.importing.conflicts import Conflict, ConflictCode, Conflicting
from domain.importing.scopes import Post, Scopes
from domain.people import comparable_name
from domain.place import Place
from domain.spellings import folded
from domain.tables.contacts import ContactRow
from domain.vocabulary import Role


class ContactField(StrEnum):
    """The facts of a contact that a table may state."""

    NAME = "name"
    PHONE = "phone"
    UNIT = "unit"
    POSITION = "position"
    LANGUAGE = "language"


LONGEST: Mapping[ContactField, int] = {
    ContactField.NAME: 100,
    ContactField.UNIT: 200,
    ContactField.POSITION: 100,
}
"""How many characters are kept; a longer text is a cell gone wrong."""


@dataclass(frozen=True, slots=True)
class StoredContact:
    """Somebody in the contact book, with the posts held at present.

    Whoever has left stays away, unless the office says that they are coming back.
    """

    id: int
    name: str
    unit: str | None = None
    phone: str | None = None
    is_linked: bool = False
    has_left: bool = False
    is_coming_back: bool = False
    posts: tuple[Post, ...] = ()
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContactVerdict:
    """What becomes of one person's rows; the first of them stands for all."""

    row: ContactRow
    outcome: Outcome
    stored: StoredContact | None = None
    changes: tuple[Change, ...] = ()
    begun: tuple[Post, ...] = ()
    ended: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True)
class ContactComparison:
    """Every person's verdict, and the rows that contradict the records."""

    verdicts: tuple[ContactVerdict, ...]
    conflicts: tuple[Conflict, ...]


Rows = Sequence[ContactRow]
"""All rows of one person."""


def compare_contacts(
    rows: Sequence[ContactRow], stored: Sequence[StoredContact], scopes: Scopes
) -> ContactComparison:
    """Compare a contact table with the contact book."""
    people = _people(rows)
    book = _Book(stored, people)
    verdicts: list[ContactVerdict] = []
    conflicts: list[Conflict] = []
    for person in people:
        try:
            verdicts.append(_verdict(person, book.find(person), scopes))
        except Conflicting as conflicting:
            conflicts.append(conflicting.at(person[0].place))
    conflicts += _without_coordinator(verdicts, stored)
    return ContactComparison(tuple(verdicts), tuple(conflicts))


def _people(rows: Sequence[ContactRow]) -> list[Rows]:
    """The rows of each person: those with one phone; one without belongs to its namesake's."""
    phones: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        phones[_key(row.name, row.unit)] |= {row.phone} if row.phone else set()
    people: defaultdict[object, list[ContactRow]] = defaultdict(list)
    for row in rows:
        key = _key(row.name, row.unit)
        known = row.phone or (min(phones[key]) if len(phones[key]) == 1 else None)
        people[known or key].append(row)
    return list(people.values())


def _verdict(rows: Rows, stored: StoredContact | None, scopes: Scopes) -> ContactVerdict:
    _refuse_overlong(rows)
    if len({folded(row.unit) for row in rows}) > 1:
        raise Conflicting(ConflictCode.ROWS_DISAGREE, raw=rows[0].name, other=rows[-1].unit)
    posts = tuple(dict.fromkeys(post for row in rows for post in scopes.posts(row)))
    if stored is None:
        return ContactVerdict(
            rows[0], Outcome.NEW, None, tuple(changes_between({}, _facts(rows))), posts
        )
    if stored.has_left and not stored.is_coming_back:
        return ContactVerdict(rows[0], Outcome.LEFT_ALONE, stored)
    changes = tuple(changes_between(stored.facts, _facts(rows)))
    begun = tuple(post for post in posts if post not in stored.posts)
    ended = tuple(post for post in stored.posts if post not in posts)
    if stored.is_coming_back:
        outcome = Outcome.RETURNED
    else:
        outcome = Outcome.CHANGED if changes or begun or ended else Outcome.UNCHANGED
    return ContactVerdict(rows[0], outcome, stored, changes, begun, ended)


def _facts(rows: Rows) -> Facts:
    return {
        ContactField.NAME: rows[0].name,
        ContactField.PHONE: _phone(rows),
        ContactField.UNIT: rows[0].unit,
        ContactField.POSITION: next((row.position for row in rows if row.position), None),
        ContactField.LANGUAGE: next((row.language for row in rows if row.language), None),
    }


def _refuse_overlong(rows: Rows) -> None:
    for what, longest in LONGEST.items():
        said = str(_facts(rows)[what] or "")
        if len(said) > longest:
            raise Conflicting(ConflictCode.TOO_LONG, raw=said[:longest], longest=longest)


def _without_coordinator(
    verdicts: Iterable[ContactVerdict], stored: Iterable[StoredContact]
) -> Iterator[Conflict]:
    """An office in which nobody coordinates any more could not even correct that."""
    before = {person.id for person in stored if _coordinates(person.posts) and not person.has_left}
    after = set(before)
    last: Place | None = None
    for verdict in verdicts:
        if _coordinates(verdict.begun):
            return
        person = verdict.stored
        if person and _coordinates(verdict.ended) and not _keeps_coordinating(verdict):
            after.discard(person.id)
            last = verdict.row.place
    if before and not after and last:
        yield Conflict(ConflictCode.NO_COORDINATOR_LEFT, last)


def _keeps_coordinating(verdict: ContactVerdict) -> bool:
    kept = verdict.stored.posts if verdict.stored else ()
    return _coordinates(post for post in kept if post not in verdict.ended)


def _coordinates(posts: Iterable[Post]) -> bool:
    return any(post.role is Role.COORDINATOR for post in posts)


def _phone(rows: Rows) -> str | None:
    return next((row.phone for row in rows if row.phone), None)


def _key(name: str, unit: str | None) -> tuple[str, str]:
    return comparable_name(name), folded(unit or "")


class _Book:
    """The contact book, found by phone, else by name and unit."""

    def __init__(self, stored: Iterable[StoredContact], people: Iterable[Rows]) -> None:
        self._by_phone: dict[str, StoredContact] = {}
        self._by_name: defaultdict[tuple[str, str], list[StoredContact]] = defaultdict(list)
        for person in stored:
            if person.phone:
                self._by_phone[person.phone] = person
            self._by_name[_key(person.name, person.unit)].append(person)
        self._named_on = {
            row.phone: comparable_name(row.name) for rows in people for row in rows if row.phone
        }
        self._phones = {
            _key(rows[0].name, rows[0].unit): phone for rows in people if (phone := _phone(rows))
        }

    def find(self, rows: Rows) -> StoredContact | None:
        """The person the rows are about; None for somebody new. Raises Conflicting."""
        phone = _phone(rows)
        by_phone = self._with_phone(phone, rows[0]) if phone else None
        named = [
            person
            for person in self._by_name.get(_key(rows[0].name, rows[0].unit), [])
            if not self._is_named_by_phone(person) and self._may_be(person, phone)
        ]
        if by_phone:
            self._refuse_other_person(rows[0], by_phone, named)
            return by_phone
        if len(named) > 1:
            raise Conflicting(ConflictCode.SEVERAL_CONTACTS, raw=rows[0].name, unit=rows[0].unit)
        return named[0] if named else None

    def _with_phone(self, phone: str, row: ContactRow) -> StoredContact | None:
        """Whose phone that is, unless the table gives them another one and this to somebody."""
        person = self._by_phone.get(phone)
        if person is None or comparable_name(person.name) == comparable_name(row.name):
            return person
        other = self._phones.get(_key(person.name, person.unit), phone)
        return person if other == phone else None

    def _is_named_by_phone(self, person: StoredContact) -> bool:
        """Whoever the table names with their phone is not also their namesake with another."""
        return self._named_on.get(person.phone or "") == comparable_name(person.name)

    @staticmethod
    def _may_be(person: StoredContact, phone: str | None) -> bool:
        """Somebody who left is not whoever has their name and another phone now."""
        return not (person.has_left and phone)

    @staticmethod
    def _refuse_other_person(
        row: ContactRow, by_phone: StoredContact, named: Sequence[StoredContact]
    ) -> None:
        if comparable_name(row.name) == comparable_name(by_phone.name):
            return
        parameters = {"raw": row.name, "kept": by_phone.name}
        if named:
            raise Conflicting(ConflictCode.TWO_CONTACTS, **parameters)
        if by_phone.has_left:
            raise Conflicting(ConflictCode.PHONE_OF_FORMER, **parameters)
        # The account would go on speaking for somebody it does not belong to.
        if by_phone.is_linked:
            raise Conflicting(ConflictCode.LINKED_TO_ANOTHER, **parameters)
