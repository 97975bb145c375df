"""The tables, one module a topic. Importing this package makes them all known to the metadata."""

from sqlmodel import SQLModel

# Named constraints, so that a migration can change one on either database.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

# After the convention: a table is named by it when its module is imported.
from db.tables import (  # noqa: E402
    asking,
    audit,
    chasing,
    groups,
    intake,
    items,
    meetings,
    office,
    people,
    programme,
    reporting,
    speech,
)

__all__ = [
    "asking",
    "audit",
    "chasing",
    "groups",
    "intake",
    "items",
    "meetings",
    "office",
    "people",
    "programme",
    "reporting",
    "speech",
]
