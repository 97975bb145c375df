"""Chasing: what was answered to an alert, what was let out, and the office's brakes."""

import datetime as dtm
from enum import StrEnum

from sqlmodel import SQLModel, UniqueConstraint

from db.types import choice, instant, maybe_ref, ref, row_id, words
from domain.brakes import HoldScope


class Acknowledgement(SQLModel, table=True):
    """Somebody said they know of a late report; silences only that person's repeats."""

    __tablename__ = "acknowledgement"
    __table_args__ = (UniqueConstraint("obligation_id", "contact_id", "turn"),)

    id: int = row_id()
    obligation_id: int = ref("obligation.id")
    contact_id: int = ref("contact.id")
    turn: str = words(20)
    acknowledged_at: dtm.datetime = instant()


class PromiseState(StrEnum):
    """What became of a promise; dropped: the report was no longer asked for by then."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    DROPPED = "dropped"


class Promise(SQLModel, table=True):
    """Somebody who was alerted promised the report by a time, once a rung; it holds the next."""

    __tablename__ = "promise"
    __table_args__ = (UniqueConstraint("obligation_id", "turn"),)

    id: int = row_id()
    obligation_id: int = ref("obligation.id")
    contact_id: int = ref("contact.id")
    turn: str = words(20)
    promised_for: dtm.datetime = instant()
    made_at: dtm.datetime = instant()
    state: PromiseState = choice(PromiseState, default=PromiseState.OPEN)


class ReleaseVerdict(StrEnum):
    """What the coordinator decided about telling a first-responsible person."""

    SENT = "sent"
    HELD_BACK = "held_back"


class Release(SQLModel, table=True):
    """The coordinator's word on one late report's way up to the first-responsible person."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("obligation_id", "turn"),)

    id: int = row_id()
    obligation_id: int = ref("obligation.id")
    turn: str = words(20)
    verdict: ReleaseVerdict = choice(ReleaseVerdict)
    decided_by_id: int = ref("contact.id", index=False)
    decided_at: dtm.datetime = instant()


class Hold(SQLModel, table=True):
    """The office stopped chasing for a while; what was queued for it does not leave either."""

    __tablename__ = "hold"

    id: int = row_id()
    scope: HoldScope = choice(HoldScope)
    organisation_id: int | None = maybe_ref("organisation.id")
    project_id: int | None = maybe_ref("project.id")
    reason: str = words(500, default="")
    since: dtm.datetime = instant()
    until: dtm.datetime | None = instant(default=None)
    held_by_id: int = ref("contact.id", index=False)
    lifted_at: dtm.datetime | None = instant(default=None)
    lifted_by_id: int | None = maybe_ref("contact.id")


class Extension(SQLModel, table=True):
    """The office gave a report more time."""

    __tablename__ = "extension"

    id: int = row_id()
    obligation_id: int = ref("obligation.id")
    due_before: dtm.datetime = instant()
    due_after: dtm.datetime = instant()
    reason: str = words(500, default="")
    extended_by_id: int = ref("contact.id", index=False)
    extended_at: dtm.datetime = instant()


class Exemption(SQLModel, table=True):
    """The office asks a project for no reports from one month to another, both included (免报)."""

    __tablename__ = "exemption"

    id: int = row_id()
    project_id: int = ref("project.id")
    first_year: int
    first_month: int
    last_year: int
    last_month: int
    reason: str = words(500, default="")
    exempted_by_id: int = ref("contact.id", index=False)
    exempted_at: dtm.datetime = instant()
    lifted_at: dtm.datetime | None = instant(default=None)
    lifted_by_id: int | None = maybe_ref("contact.id")


class HandoverState(StrEnum):
    """Whether the liaison confirmed who reports from now on."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Handover(SQLModel, table=True):
    """Somebody said a project's reports are not theirs (不归我管) and named a successor."""

    __tablename__ = "handover"

    id: int = row_id()
    project_id: int = ref("project.id")
    from_contact_id: int = ref("contact.id")
    to_contact_id: int | None = maybe_ref("contact.id")
    named: str = words(100, default="")
    asked_at: dtm.datetime = instant()
    state: HandoverState = choice(HandoverState, default=HandoverState.ASKED)
    decided_by_id: int | None = maybe_ref("contact.id")
    decided_at: dtm.datetime | None = instant(default=None)
