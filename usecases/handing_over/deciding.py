"""The liaison, or the office, confirms a handing over, refuses it, or names somebody else."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session

from db.tables.chasing import Handover, HandoverState
from db.tables.people import Contact
from templates.handing_over import HandOverConfirmed, HandOverRefused, HandOversToConfirm
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from usecases import audit
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.handing_over.cases import case_of, case_rows, theirs_to_decide
from usecases.handing_over.moving import move
from usecases.handing_over.telling import HANDOVER_ANSWERED, HANDOVER_TAKEN
from usecases.notices import Subject, notify


def show(session: Session, asker: Asker, handover_id: int, now: dtm.datetime) -> Answers:
    """One case, to be decided."""
    rows = undecided(session, asker, handover_id, now)
    if isinstance(rows, Message):
        return say(rows)
    return say(HandOversToConfirm((case_of(session, rows),)))


def confirm(session: Session, asker: Asker, handover_id: int, now: dtm.datetime) -> Answers:
    """同意: the successor reports from now on."""
    rows = undecided(session, asker, handover_id, now)
    if isinstance(rows, Message):
        return say(rows)
    successor = session.get(Contact, rows[0].to_contact_id) if rows[0].to_contact_id else None
    if successor is None or successor.left_at is not None:
        return say(StaleButton())
    return in_place(_confirmed(session, asker, rows, successor, now))


def confirm_with(
    session: Session, asker: Asker, handover_id: int, successor: Contact, now: dtm.datetime
) -> Answers:
    """Whoever decides has named somebody."""
    rows = undecided(session, asker, handover_id, now)
    if isinstance(rows, Message):
        return say(rows)
    return say(_confirmed(session, asker, rows, successor, now))


def refuse(session: Session, asker: Asker, handover_id: int, now: dtm.datetime) -> Answers:
    """不同意: everything stays as it was, and whoever asked hears so."""
    rows = undecided(session, asker, handover_id, now)
    if isinstance(rows, Message):
        return say(rows)
    case = case_of(session, rows)
    for row in rows:
        _decide(session, asker, row, HandoverState.REFUSED, now)
    return in_place(HandOverRefused(case))


def _confirmed(
    session: Session,
    asker: Asker,
    rows: Sequence[Handover],
    successor: Contact,
    now: dtm.datetime,
) -> HandOverConfirmed:
    for row in rows:
        row.to_contact_id = successor.id
        session.add(row)
    session.flush()
    case = case_of(session, rows)
    move(session, rows[0].from_contact_id, successor, [row.project_id for row in rows], now)
    for row in rows:
        _decide(session, asker, row, HandoverState.CONFIRMED, now)
        notify(session, HANDOVER_TAKEN, Subject("handover", row.id), successor.id, now)
    return HandOverConfirmed(case)


def _decide(
    session: Session, asker: Asker, row: Handover, state: HandoverState, now: dtm.datetime
) -> None:
    row.state, row.decided_by_id, row.decided_at = state, asker.contact_id, now
    session.add(row)
    session.flush()
    audit.record(session, asker, f"handover.{state.value}", now, ("handover", row.id))
    notify(session, HANDOVER_ANSWERED, Subject("handover", row.id), row.from_contact_id, now)


def undecided(
    session: Session, asker: Asker, handover_id: int, now: dtm.datetime
) -> Sequence[Handover] | Message:
    """What is to be decided together and is this person's to decide, or why not."""
    if asker.contact is None:
        return HowToLink()
    row = session.get(Handover, handover_id)
    open_rows = case_rows(session, row) if row else []
    if not open_rows:
        return StaleButton()
    return theirs_to_decide(session, asker.contact_id, open_rows, now) or NotYours()
