"""The record of chasing: who was asked when, what was delivered, what was answered."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from domain.periods import Period
from templates.message import Button, Message, Rows
from templates.paging import pager


class Happening(StrEnum):
    """What happened to a report that is chased."""

    ASKED = "asked"
    ACKNOWLEDGED = "acknowledged"
    PROMISED = "promised"
    DIFFICULTY = "difficulty"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    EXTENDED = "extended"
    RELEASED = "released"
    HELD_BACK = "held_back"
    HELD = "held"
    LIFTED = "lifted"
    HANDED_OVER = "handed_over"


class Fate(StrEnum):
    """Whether what somebody was to hear reached them."""

    DELIVERED = "delivered"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    WAITING = "waiting"
    EXPIRED = "expired"


class RecordKind(StrEnum):
    """What a record is of."""

    PROJECT = "project"
    PERSON = "person"
    MONTH = "month"


@dataclass(frozen=True)
class Entry:
    """Something that happened: who was asked or did it, of which reports.

    `reports` counts those one message told of together; `project` names the first. `occasion` and
    `fate` are of what was said; `until` is a promise's or an extension's time.
    """

    at: dtm.datetime
    what: Happening
    person: str = ""
    unit: str = ""
    project: str = ""
    month: Period | None = None
    reports: int = 1
    occasion: str = ""
    fate: Fate | None = None
    delivered_at: dtm.datetime | None = None
    known_at: dtm.datetime | None = None
    until: dtm.datetime | None = None
    words: str = ""


@dataclass(frozen=True)
class RecordOf:
    """What a record is of, by its kind and id, and its name or month."""

    kind: RecordKind
    id: int
    name: str = ""
    month: Period | None = None


@dataclass(frozen=True)
class ChasingRecord(Message):
    """The record, the newest first, a page of it."""

    of: RecordOf
    entries: tuple[Entry, ...]
    total: int
    page: int = 0
    pages: int = 1

    def rows(self) -> Rows:
        """Turn the page, take all of it along, and back to the project."""
        turn = pager(f"record.{self.of.kind}", self.page, self.pages, (self.of.id,))
        sheet = Button("overdue_sheet", f"record.{self.of.kind}_sheet", (self.of.id,))
        is_project = self.of.kind is RecordKind.PROJECT
        back = (Button("back", "status.turn", (self.of.id,)),) if is_project else ()
        return ((*turn, sheet, *back),)


@dataclass(frozen=True)
class NothingRecorded(Message):
    """Nobody was asked anything yet, as far as the asker may see."""

    of: RecordOf


@dataclass(frozen=True)
class RecordTable(Message):
    """The caption of the workbook of a record."""

    of: RecordOf
    entries: int


@dataclass(frozen=True)
class RecordChoice(Message):
    """Several are called like that: which one?"""

    query: str
    choices: tuple[RecordOf, ...]

    def rows(self) -> Rows:
        """Each of them."""
        return tuple(
            (Button("record_choice", f"record.{one.kind}", (one.id, 0), {"name": one.name}),)
            for one in self.choices
        )


@dataclass(frozen=True)
class NoSuchRecord(Message):
    """No project, person or month is called like that."""

    query: str
