"""Finding people in the contact book, and saying what they answer for."""

from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact, Organisation, Region
from db.tables.programme import Project
from domain.access import Grant, ScopeKind
from domain.people import canonical_phone, comparable_name
from domain.vocabulary import Role
from templates.people import PersonLine, RoleLine
from usecases.people import unit_name


def find_people(session: Session, words: str) -> Sequence[Contact]:
    """The people meant by a phone, a name, or parts of name, unit and position.

    Somebody whose whole name it is goes before those who merely contain it; those who left are
    not found.
    """
    if phone := canonical_phone(words):
        by_phone = select(Contact).where(Contact.phone == phone, col(Contact.left_at).is_(None))
        return session.exec(by_phone).all()
    everybody = session.exec(
        select(Contact, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(Contact.organisation_id), isouter=True)
        .where(col(Contact.left_at).is_(None))
        .order_by(col(Contact.name), col(Contact.id))
    ).all()
    wanted = comparable_name(words)
    named = [person for person, _ in everybody if comparable_name(person.name) == wanted]
    parts = [comparable_name(part) for part in words.split()]
    return named or [
        person
        for person, unit in everybody
        if parts and all(part in _searchable(person, unit) for part in parts)
    ]


def find_units(session: Session, words: str) -> Sequence[Organisation]:
    """The units meant by a whole name, or else by a part of one."""
    wanted = comparable_name(words)
    units = session.exec(select(Organisation).order_by(col(Organisation.id))).all()
    whole = [unit for unit in units if comparable_name(unit.name) == wanted]
    return whole or [unit for unit in units if wanted and wanted in comparable_name(unit.name)]


def unlinked(session: Session, unit_id: int | None = None) -> Sequence[Contact]:
    """Everybody who still has to link an account, of one unit or of all, by unit and name."""
    query = (
        select(Contact)
        .join(Organisation, col(Organisation.id) == col(Contact.organisation_id), isouter=True)
        .where(col(Contact.left_at).is_(None), col(Contact.telegram_user_id).is_(None))
        .order_by(col(Organisation.name), col(Contact.name), col(Contact.id))
    )
    if unit_id is not None:
        query = query.where(Contact.organisation_id == unit_id)
    return session.exec(query).all()


def person_line(session: Session, contact: Contact) -> PersonLine:
    """A person as a line of a list."""
    return PersonLine(contact.id, contact.name, unit_name(session, contact), contact.position)


def role_lines(session: Session, grants: Sequence[Grant]) -> tuple[RoleLine, ...]:
    """What somebody answers for, a line for each role and kind of scope."""
    scopes: defaultdict[tuple[Role, ScopeKind], list[int]] = defaultdict(list)
    for grant in grants:
        scopes[grant.role, grant.scope_kind].extend([grant.scope_id] if grant.scope_id else [])
    return tuple(
        RoleLine(role, kind, _names(session, kind, ids)) for (role, kind), ids in scopes.items()
    )


def _names(session: Session, kind: ScopeKind, ids: Sequence[int]) -> tuple[str, ...]:
    match kind:
        case ScopeKind.ALL:
            return ()
        case ScopeKind.PROJECT:
            query = select(Project.name).where(col(Project.id).in_(ids))
        case ScopeKind.ORGANISATION:
            query = select(Organisation.name).where(col(Organisation.id).in_(ids))
        case ScopeKind.REGION:
            query = select(Region.name).where(col(Region.id).in_(ids))
    return tuple(sorted(session.exec(query)))


def _searchable(person: Contact, unit: str | None) -> str:
    return comparable_name(" ".join((person.name, unit or "", person.position)))
