"""Setting up the office's own facts when the bot starts."""

from sqlmodel import Session, select

from db.tables.office import Office
from domain.vocabulary import Language

ONLY_ROW = 1


def found_office(session: Session, zone: str, language: Language) -> None:
    """Keep the office's zone and language as the settings say, in its one row."""
    row = session.exec(select(Office)).one_or_none()
    row = row or Office(id=ONLY_ROW, zone=zone, language=language)
    row.zone, row.language = zone, language
    session.add(row)
    session.flush()


def remember_username(session: Session, username: str) -> None:
    """Keep the bot's own username, which invitation links are made with."""
    row = session.exec(select(Office)).one()
    row.bot_username = username
    session.add(row)
