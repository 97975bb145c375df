"""Who hears of a handing over: who decides it, who asked for it, who takes over."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.tables.chasing import Handover, HandoverState
from db.tables.people import Contact
from db.tables.reporting import Obligation
from db.tables.speech import Notice, Urgency
from templates.handing_over import (
    Answered,
    HandOverAnswered,
    HandOversToConfirm,
    TakenOver,
)
from usecases.chasing.chased import chased_by_ids
from usecases.chasing.reminders import LINES_SHOWN, owed_reports
from usecases.handing_over.cases import case_of, grouped, handed_of, theirs_to_decide
from usecases.notices import Composed, Occasion, register


def _to_confirm(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    asked = [row for row in _rows(session, notices) if row.state is HandoverState.ASKED]
    rows = theirs_to_decide(session, contact.id, asked, now)
    if not rows:
        return Composed(None)
    message = HandOversToConfirm(tuple(case_of(session, case) for case in grouped(rows)))
    return Composed(message, _told(notices, rows))


def _answered(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    rows = [row for row in _rows(session, notices) if row.state is not HandoverState.ASKED]
    answers = tuple(_answer(session, case) for case in grouped(rows))
    return Composed(HandOverAnswered(answers) if answers else None, _told(notices, rows))


def _answer(session: Session, rows: Sequence[Handover]) -> Answered:
    row = rows[0]
    by = session.get(Contact, row.decided_by_id) if row.decided_by_id else None
    successor = session.get(Contact, row.to_contact_id) if row.to_contact_id else None
    is_confirmed = row.state is HandoverState.CONFIRMED
    return Answered(
        handed_of(session, [one.project_id for one in rows]),
        by.name if by else "",
        successor.name if successor else "",
        is_confirmed,
        phone=(by.phone or "") if by and not is_confirmed else "",
    )


def _taken(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    rows = [row for row in _rows(session, notices) if row.state is HandoverState.CONFIRMED]
    if not rows:
        return Composed(None)
    project_ids = list(dict.fromkeys(row.project_id for row in rows))
    ids = select(Obligation.id).where(col(Obligation.project_id).in_(project_ids))
    owed = list(chased_by_ids(session, session.exec(ids).all()).values())
    formers = {session.get_one(Contact, row.from_contact_id).name for row in rows}
    message = TakenOver(
        handed_of(session, project_ids),
        next(iter(formers)) if len(formers) == 1 else "",
        owed_reports(owed[:LINES_SHOWN]),
    )
    return Composed(message, _told(notices, rows))


def _rows(session: Session, notices: Sequence[Notice]) -> Sequence[Handover]:
    ids = [notice.subject_id for notice in notices]
    query = select(Handover).where(col(Handover.id).in_(ids)).order_by(col(Handover.id))
    return session.exec(query).all()


def _told(notices: Sequence[Notice], rows: Sequence[Handover]) -> frozenset[int]:
    ids = {row.id for row in rows}
    return frozenset(notice.id for notice in notices if notice.subject_id in ids)


HANDOVER_ASKED = register(
    Occasion("handover_asked", Urgency.URGENT, _to_confirm, spends_budget=False)
)
HANDOVER_ANSWERED = register(
    Occasion("handover_answered", Urgency.URGENT, _answered, spends_budget=False)
)
HANDOVER_TAKEN = register(Occasion("handover_taken", Urgency.URGENT, _taken, spends_budget=False))
