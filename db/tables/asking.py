"""What people asked for, where a list is too long for one message."""

import datetime as dtm

from sqlmodel import SQLModel

from db.types import instant, prose, ref, row_id, words


class Lookup(SQLModel, table=True):
    """A question with several answers: its words, so that pages and filters can ask it again."""

    __tablename__ = "lookup"

    id: int = row_id()
    contact_id: int = ref("contact.id")
    query: str = prose()
    as_at: str = words(7, default="")
    asked_at: dtm.datetime = instant()
