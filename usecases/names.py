"""Names that can be searched for: whoever changes one says so here."""

from sqlmodel import Session, select

from db.tables.office import Office


def names_changed(session: Session) -> None:
    """A project's name, alias or code changed: the name index is built anew where it is used."""
    row = session.exec(select(Office).with_for_update()).one()
    row.names_version += 1
    session.add(row)
    session.flush()
