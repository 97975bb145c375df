"""What moves when somebody else reports: posts, drafts, open promises; authorship stays."""

import datetime as dtm
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, or_, select

from db.tables.chasing import Promise, PromiseState
from db.tables.people import Assignment, Contact
from db.tables.reporting import Obligation, ReportDraft
from db.tables.speech import Dialog, Notice, NoticeState
from domain.access import ScopeKind
from domain.chain import Chain, Rung
from domain.vocabulary import Role
from usecases.chain import current_chains
from usecases.handing_over.cases import standing_of
from usecases.notices import chasing_occasions, settle
from usecases.reporting.taking_over import OBLIGATION, REPORT

_REPORTERS = (Rung.MAIN_REPORTER, Rung.SECOND_REPORTER)


def move(
    session: Session,
    former_id: int,
    successor: Contact,
    project_ids: Sequence[int],
    now: dtm.datetime,
) -> None:
    """The successor reports these projects from now on."""
    for holder_id in _holders(session, former_id, project_ids, now):
        if _reported_by(session, holder_id, now) <= set(project_ids):
            _move_posts(session, holder_id, successor, now)
        else:
            _move_projects(session, holder_id, successor, project_ids, now)
    owed = select(Obligation.id).where(col(Obligation.project_id).in_(project_ids))
    obligation_ids = session.exec(owed).all()
    _move_drafts(session, former_id, successor, obligation_ids)
    _move_promises(session, former_id, successor, obligation_ids)
    _withdraw_notices(session, former_id, obligation_ids, now)
    session.flush()


def _holders(
    session: Session, former_id: int, project_ids: Sequence[int], now: dtm.datetime
) -> set[int]:
    """Who holds the posts: whoever asked, or those for whom they stand in."""
    return {
        seat.holder_id
        for standing in standing_of(session, project_ids, now).values()
        for rung in _REPORTERS
        if (seat := standing.chain.seat(rung))
        and seat.holder_id is not None
        and former_id in (seat.holder_id, seat.acting_id)
    }


def _reported_by(session: Session, contact_id: int, now: dtm.datetime) -> set[int]:
    """The projects that this person reports at present."""
    chains = current_chains(session, now)
    return {one.project.id for one in chains if _reports(one.chain, contact_id)}


def _reports(chain: Chain, contact_id: int) -> bool:
    seats = (chain.seat(rung) for rung in _REPORTERS)
    return any(seat is not None and seat.holder_id == contact_id for seat in seats)


def _move_posts(session: Session, holder_id: int, successor: Contact, now: dtm.datetime) -> None:
    """Everything they report goes to the successor, later projects of the same scope included."""
    for post in _posts(session, holder_id, now):
        _end(session, post, now)
        _give(session, successor, post.scope_kind, post.scope_id, now)


def _move_projects(
    session: Session,
    holder_id: int,
    successor: Contact,
    project_ids: Sequence[int],
    now: dtm.datetime,
) -> None:
    """Only these projects; for the others of their scope the former one goes on."""
    for post in _posts(session, holder_id, now):
        if post.scope_kind is ScopeKind.PROJECT and post.scope_id in project_ids:
            _end(session, post, now)
    for project_id in project_ids:
        _give(session, successor, ScopeKind.PROJECT, project_id, now)
    session.flush()
    # Named for a project by another unit than theirs, the successor stands beside, not before.
    left = standing_of(session, project_ids, now).values()
    if any(_reports(one.chain, holder_id) for one in left):
        _narrow(session, holder_id, project_ids, now)


def _narrow(session: Session, holder_id: int, without: Collection[int], now: dtm.datetime) -> None:
    """Posts over a whole scope become posts over its other projects."""
    kept = _reported_by(session, holder_id, now) - set(without)
    holder = session.get_one(Contact, holder_id)
    for post in _posts(session, holder_id, now):
        if post.scope_kind is not ScopeKind.PROJECT:
            _end(session, post, now)
    for project_id in sorted(kept):
        _give(session, holder, ScopeKind.PROJECT, project_id, now)
    session.flush()


def _posts(session: Session, contact_id: int, now: dtm.datetime) -> Sequence[Assignment]:
    current = select(Assignment).where(
        Assignment.contact_id == contact_id,
        Assignment.role == Role.INFORMATION_OFFICER,
        or_(col(Assignment.until).is_(None), col(Assignment.until) > now),
    )
    return session.exec(current.order_by(col(Assignment.id))).all()


def _end(session: Session, post: Assignment, now: dtm.datetime) -> None:
    post.until = now
    session.add(post)


def _give(
    session: Session,
    person: Contact,
    kind: ScopeKind,
    scope_id: int | None,
    now: dtm.datetime,
) -> None:
    held = {(post.scope_kind, post.scope_id) for post in _posts(session, person.id, now)}
    if (kind, scope_id) not in held:
        session.add(
            Assignment(
                contact_id=person.id,
                role=Role.INFORMATION_OFFICER,
                scope_kind=kind,
                scope_id=scope_id,
                since=now,
            )
        )


def _move_drafts(
    session: Session, former_id: int, successor: Contact, obligation_ids: Sequence[int]
) -> None:
    """What is filled in goes along; the former one's conversation about it is over."""
    drafts = select(ReportDraft).where(
        ReportDraft.holder_id == former_id, col(ReportDraft.obligation_id).in_(obligation_ids)
    )
    for draft in session.exec(drafts):
        draft.holder_id = successor.id
        session.add(draft)
    talking = select(Dialog).where(Dialog.contact_id == former_id, Dialog.kind == REPORT)
    row = session.exec(talking).one_or_none()
    if row is not None and row.draft[OBLIGATION] in obligation_ids:
        session.delete(row)


def _move_promises(
    session: Session, former_id: int, successor: Contact, obligation_ids: Sequence[int]
) -> None:
    promises = select(Promise).where(
        Promise.contact_id == former_id,
        Promise.state == PromiseState.OPEN,
        col(Promise.obligation_id).in_(obligation_ids),
    )
    for promise in session.exec(promises):
        promise.contact_id = successor.id
        session.add(promise)


def _withdraw_notices(
    session: Session, former_id: int, obligation_ids: Sequence[int], now: dtm.datetime
) -> None:
    """What was still to ask the former one is not asked any more."""
    waiting = select(Notice).where(
        Notice.contact_id == former_id,
        Notice.subject_kind == "obligation",
        col(Notice.subject_id).in_(obligation_ids),
        col(Notice.occasion).in_(chasing_occasions()),
        col(Notice.state).in_((NoticeState.DUE, NoticeState.HELD)),
    )
    for notice in session.exec(waiting):
        settle(session, notice, NoticeState.WITHDRAWN, now)
