"""Holding chasing: for everybody, a unit or a project; what is queued stays until it is lifted."""

import datetime as dtm
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, func, select

from db.tables.chasing import Hold
from db.tables.items import CoordinationItem, Decision
from db.tables.programme import ResponsibleUnit
from db.tables.reporting import Obligation, Report
from db.tables.speech import Message, MessageState, Notice, NoticeState
from domain.brakes import HoldScope
from usecases import audit
from usecases.asker import Asker
from usecases.chasing.chased import Chased
from usecases.chasing.hold_notices import HOLD_LIFTED, target_of, tell_others
from usecases.chasing.targets import Target
from usecases.composing import call_back
from usecases.notices import chasing_occasions
from usecases.obligations import AWAITED
from usecases.reporting.review_notices import SUBJECT


@dataclass(frozen=True, slots=True)
class Held:
    """What the office holds chasing for at this moment."""

    everybody: bool = False
    unit_ids: frozenset[int] = frozenset()
    project_ids: frozenset[int] = frozenset()

    def covers(self, project_id: int, unit_id: int | None) -> bool:
        """Whether nobody is to be chased about that project of that lead unit."""
        return self.everybody or project_id in self.project_ids or unit_id in self.unit_ids

    def has(self, chased: Chased) -> bool:
        """Whether nobody is to be chased about that report."""
        unit = chased.listed.lead_unit
        return self.covers(chased.project.id, unit.id if unit else None)

    def among(self, chased: Iterable[Chased]) -> set[int]:
        """The ids of those projects about which nobody is to be chased."""
        return {one.project.id for one in chased if self.has(one)}


def held(session: Session, now: dtm.datetime) -> Held:
    """What is held now: one query, whatever is asked of it afterwards."""
    rows = holds_in_force(session)
    return _held_by([row for row in rows if row.until is None or row.until > now])


def holds_in_force(session: Session) -> Sequence[Hold]:
    """The holds nobody has lifted yet, the oldest first."""
    return session.exec(
        select(Hold).where(col(Hold.lifted_at).is_(None)).order_by(col(Hold.id))
    ).all()


def hold(session: Session, asker: Asker, row: Hold, now: dtm.datetime) -> None:
    """Nobody is chased about what it covers from now on, not even by what is queued."""
    session.add(row)
    session.flush()
    audit.record(session, asker, "hold.made", now, ("hold", row.id), scope=row.scope.value)
    _call_back_queued(session, _held_by([row]), now)
    _keep_back(session, now)


def lift(session: Session, asker: Asker | None, row: Hold, now: dtm.datetime) -> None:
    """Chasing goes on from where it stands, with what is still true; without an asker it ended."""
    row.lifted_at, row.lifted_by_id = now, asker.contact_id if asker else None
    session.add(row)
    session.flush()
    audit.record(session, asker, "hold.lifted", now, ("hold", row.id))
    still = held(session, now)
    _let_go(session, still, now)
    _look_again(session, _held_by([row]), still, now)


def keep_holds(session: Session, now: dtm.datetime) -> int:
    """End the holds whose time is over, and keep back what was queued for the others meanwhile."""
    rows = holds_in_force(session)
    over = [row for row in rows if row.until is not None and row.until <= now]
    for row in over:
        lift(session, None, row, now)
        tell_others(session, None, HOLD_LIFTED, row, now)
    if len(rows) > len(over):
        _keep_back(session, now)
    return len(over)


def standing_on(session: Session, target: Target) -> Hold | None:
    """The hold in force that is on exactly this."""
    return next((row for row in holds_in_force(session) if target_of(row) == target), None)


def _held_by(rows: Sequence[Hold]) -> Held:
    return Held(
        any(row.scope is HoldScope.EVERYBODY for row in rows),
        frozenset(row.organisation_id for row in rows if row.organisation_id is not None),
        frozenset(row.project_id for row in rows if row.project_id is not None),
    )


def _keep_back(session: Session, now: dtm.datetime) -> None:
    """What asks for reports that are held waits; nothing of it leaves."""
    for notice in _of(session, held(session, now), NoticeState.DUE):
        notice.state = NoticeState.HELD
        session.add(notice)
    session.flush()


def _let_go(session: Session, still: Held, now: dtm.datetime) -> None:
    """What was kept back is due again; when it leaves it says what is true then."""
    kept = {notice.id for notice in _of(session, still, NoticeState.HELD)}
    for notice in session.exec(select(Notice).where(Notice.state == NoticeState.HELD)):
        if notice.id not in kept:
            notice.state, notice.due_at = NoticeState.DUE, now
            session.add(notice)
    session.flush()


def _call_back_queued(session: Session, what: Held, now: dtm.datetime) -> None:
    """Messages that did not leave at once are composed anew, without what is held."""
    ids = {notice.message_id for notice in _of(session, what, NoticeState.TOLD, is_queued=True)}
    told = select(Notice).where(col(Notice.message_id).in_(ids))
    call_back(session, session.exec(told).all(), now)


def _of(
    session: Session, what: Held, state: NoticeState, *, is_queued: bool = False
) -> Iterator[Notice]:
    """The notices in this state that ask for what is held: reports, reviews, decisions."""
    for query in (_about_reports(), _about_decisions()):
        asking = query.where(Notice.state == state, col(Notice.occasion).in_(chasing_occasions()))
        if is_queued:
            asking = asking.join(Message, col(Message.id) == col(Notice.message_id)).where(
                Message.state == MessageState.QUEUED
            )
        for notice, project_id, unit_id in session.exec(asking).all():
            if what.covers(project_id, unit_id):
                yield notice


def _about_reports() -> Any:
    """Notices about reports and their reviews, each with its project and lead unit."""
    obligation_id = func.coalesce(col(Report.obligation_id), col(Notice.subject_id))
    return (
        select(Notice, Obligation.project_id, ResponsibleUnit.organisation_id)
        .join(Report, _REVIEWED, isouter=True)
        .join(Obligation, col(Obligation.id) == obligation_id)
        .join(ResponsibleUnit, _LEADS, isouter=True)
        .where(col(Notice.subject_kind).in_(("obligation", SUBJECT)))
    )


def _about_decisions() -> Any:
    """Notices about decisions, each with its project and the unit it binds."""
    return (
        select(Notice, CoordinationItem.project_id, Decision.organisation_id)
        .join(Decision, col(Decision.id) == col(Notice.subject_id))
        .join(CoordinationItem, col(CoordinationItem.id) == col(Decision.item_id))
        .where(Notice.subject_kind == "decision")
    )


def _look_again(session: Session, lifted: Held, still: Held, now: dtm.datetime) -> None:
    """A reminder that was missed is still worth saying while what it asks for is to come due.

    What is late already is looked at every working morning, held or not.
    """
    reports = (
        select(Obligation, Obligation.project_id, ResponsibleUnit.organisation_id)
        .join(ResponsibleUnit, _LEADS, isouter=True)
        .where(col(Obligation.state).in_(AWAITED), Obligation.due_at > now)
    )
    decisions = (
        select(Decision, CoordinationItem.project_id, Decision.organisation_id)
        .join(CoordinationItem, col(CoordinationItem.id) == col(Decision.item_id))
        .where(col(Decision.next_act_at).is_not(None), Decision.due_at > now)
    )
    for row, *at in (*session.exec(reports).all(), *session.exec(decisions).all()):
        if lifted.covers(*at) and not still.covers(*at):
            row.next_act_at = now
            session.add(row)
    session.flush()


_LEADS = (col(ResponsibleUnit.listing_id) == col(Obligation.listing_id)) & (
    col(ResponsibleUnit.position) == 1
)
_REVIEWED = (col(Notice.subject_kind) == SUBJECT) & (col(Report.id) == col(Notice.subject_id))
