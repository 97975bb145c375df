"""What is said of holds: how each reads, and the coordinators who hear of another's."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.tables.chasing import Hold
from db.tables.people import Contact
from db.tables.speech import Notice, Urgency
from domain.brakes import HoldScope
from templates.brakes import HeldLine, HoldLifted, HoldsChanged
from usecases.asker import Asker
from usecases.chasing.targets import Target, brake_on
from usecases.notices import Composed, Occasion, Subject, coordinators, notify, register


def target_of(row: Hold) -> Target:
    """What a hold covers."""
    return Target(HoldScope(row.scope), row.organisation_id or row.project_id or 0)


def line_of(session: Session, row: Hold) -> HeldLine:
    """A hold as it is shown."""
    # What holds until midnight is said to hold to the end of the day before.
    last = row.until - dtm.timedelta(minutes=1) if row.until else None
    by = session.get_one(Contact, row.held_by_id).name
    return HeldLine(row.id, brake_on(session, target_of(row)), row.since, by, last, row.reason)


def lifted(session: Session, row: Hold) -> HoldLifted:
    """A hold that was lifted, and by whom, unless its time was over."""
    by = session.get(Contact, row.lifted_by_id) if row.lifted_by_id else None
    return HoldLifted(line_of(session, row), by.name if by else "")


def tell_others(
    session: Session, asker: Asker | None, occasion: Occasion, row: Hold, now: dtm.datetime
) -> None:
    """The other coordinators hear of it; all of them where nobody did it."""
    for contact_id in coordinators(session, now):
        if asker is None or contact_id != asker.contact_id:
            notify(session, occasion, Subject("hold", row.id), contact_id, now)


def _made_told(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    rows = [row for row in _rows(session, notices) if row.lifted_at is None]
    if not rows:
        return Composed(None)
    message = HoldsChanged(made=tuple(line_of(session, row) for row in rows))
    return Composed(message, _told(notices, rows))


def _lifted_told(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    rows = _rows(session, notices)
    message = HoldsChanged(lifted=tuple(lifted(session, row) for row in rows))
    return Composed(message, _told(notices, rows))


def _rows(session: Session, notices: Sequence[Notice]) -> Sequence[Hold]:
    ids = [notice.subject_id for notice in notices]
    return session.exec(select(Hold).where(col(Hold.id).in_(ids)).order_by(col(Hold.id))).all()


def _told(notices: Sequence[Notice], rows: Sequence[Hold]) -> frozenset[int]:
    ids = {row.id for row in rows}
    return frozenset(notice.id for notice in notices if notice.subject_id in ids)


HOLD_MADE = register(Occasion("hold_made", Urgency.URGENT, _made_told, spends_budget=False))
HOLD_LIFTED = register(Occasion("hold_lifted", Urgency.URGENT, _lifted_told, spends_budget=False))
