"""/report: what somebody owes, soonest first, and what they may fill in for others."""

import datetime as dtm
from collections.abc import Collection, Sequence
from typing import Any

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.programme import Project
from db.tables.reporting import Obligation, ObligationState, ReportDraft, ReportingPeriod
from domain.access import Action
from domain.chain import Place
from domain.vocabulary import Role
from templates.reporting import NothingOwed, OwedLine, OwedReports
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.chain import place_of
from usecases.listings import ground_of, listing_with, listings_of, of_year
from usecases.obligations import AWAITED
from usecases.paging import page_of
from usecases.reporting.matters import Matter, matters_of
from usecases.reporting.rights import is_reporter
from usecases.rights import entitled
from usecases.scopes import within
from usecases.standing import standing_in

OWED_A_PAGE = 10
_STANDING = (ObligationState.OPEN, ObligationState.RETURNED, ObligationState.SUBMITTED)


@entitled(Action.REPORT)
def owed(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """What the asker owes, as a new message."""
    return say(_page(session, asker, 0, now))


@entitled(Action.REPORT)
def turn_owed(session: Session, asker: Asker, page: int, now: dtm.datetime) -> Answers:
    """Another page of it, in place of the pressed one."""
    return in_place(_page(session, asker, page, now))


def owed_after(
    session: Session, asker: Asker, done: Matter, now: dtm.datetime
) -> Sequence[OwedLine]:
    """What the asker themselves still owes besides this one, soonest first."""
    return [line for line in owed_by(session, asker, now) if line.obligation_id != done.id]


def owed_by(session: Session, asker: Asker, now: dtm.datetime) -> Sequence[OwedLine]:
    """What the asker themselves owes, soonest first.

    Only what can be theirs is read: the office may report everything, and owes nothing.
    """
    acting = standing_in(session, asker, now)
    officer = [grant for grant in acting.grants if grant.role is Role.INFORMATION_OFFICER]
    begun = select(ReportDraft.obligation_id).where(ReportDraft.holder_id == asker.contact_id)
    near = within(Action.REPORT, officer) | col(Obligation.id).in_(begun)
    reports = _reports_among(session, acting, Action.REPORT, now, (near, AWAITED))
    matters = matters_of(session, [obligation for obligation, _ in reports], now)
    return [line for line in _sorted_lines(session, asker, matters) if line.is_own]


def _page(
    session: Session, asker: Asker, number: int, now: dtm.datetime
) -> OwedReports | NothingOwed:
    lines, waiting = _lines(session, asker, now)
    if not lines:
        return NothingOwed(waiting)
    page = page_of(lines, number, OWED_A_PAGE)
    own = sum(line.is_own for line in lines)
    return OwedReports(page.items, own, len(lines) - own, waiting, page.number, page.count)


def _lines(session: Session, asker: Asker, now: dtm.datetime) -> tuple[list[OwedLine], int]:
    """The reports owed within the asker's right, their own first; and how many are under review."""
    standing = standing_matters(session, asker, Action.REPORT, now)
    waiting = sum(
        matter.obligation.state is ObligationState.SUBMITTED and is_reporter(asker, matter)
        for matter in standing
    )
    return _sorted_lines(session, asker, standing), waiting


def _sorted_lines(session: Session, asker: Asker, standing: Sequence[Matter]) -> list[OwedLine]:
    """What of these may be filled in, the asker's own first."""
    drafts = _drafts(session, [matter.id for matter in standing])
    lines = [
        _line(session, asker, matter, drafts.get(matter.id))
        for matter in standing
        if matter.obstacle is None
    ]
    return sorted(lines, key=lambda line: (not line.is_own, line.due, line.name))


def standing_matters(
    session: Session, asker: Asker, action: Action, now: dtm.datetime
) -> Sequence[Matter]:
    """The matters of open months, not settled yet, that the asker has the right to."""
    standing = standing_reports(session, asker, action, now, _STANDING)
    return matters_of(session, [obligation for obligation, _ in standing], now)


def standing_reports(
    session: Session,
    asker: Asker,
    action: Action,
    now: dtm.datetime,
    states: Collection[ObligationState],
) -> list[tuple[Obligation, Place]]:
    """The reports of open months in these states that the asker has the right to, the soonest due
    first, each with what decides its chain."""
    acting = standing_in(session, asker, now)
    among = (within(action, acting.grants), states)
    return _reports_among(session, acting, action, now, among)


def _reports_among(
    session: Session,
    acting: Asker,
    action: Action,
    now: dtm.datetime,
    among: tuple[Any, Collection[ObligationState]],
) -> list[tuple[Obligation, Place]]:
    condition, states = among
    query = (
        select(Obligation, Project, ReportingPeriod.year)
        .join(Project, col(Project.id) == col(Obligation.project_id))
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(col(Obligation.state).in_(states))
        .where(ReportingPeriod.opens_at <= now, col(ReportingPeriod.closed_at).is_(None))
        .where(condition)
        .order_by(col(Obligation.due_at), col(Obligation.id))
    )
    rows = session.exec(query).all()
    listings = listings_of(session, [project.id for _, project, _ in rows])
    return [
        (obligation, place_of(project, listing_with(obligation.listing_id, listings[project.id])))
        for obligation, project, year in rows
        if acting.may(action, ground_of(project, of_year(listings[project.id], year)))
    ]


def _line(session: Session, asker: Asker, matter: Matter, draft: ReportDraft | None) -> OwedLine:
    other = draft is not None and draft.holder_id != asker.contact_id
    return OwedLine(
        obligation_id=matter.id,
        name=matter.project.name,
        period=matter.period,
        due=matter.obligation.due_at,
        is_own=is_reporter(asker, matter) or (draft is not None and not other),
        is_returned=matter.obligation.state is ObligationState.RETURNED,
        has_draft=draft is not None and not other,
        holder=session.get_one(Contact, draft.holder_id).name if draft and other else "",
    )


def _drafts(session: Session, obligation_ids: Sequence[int]) -> dict[int, ReportDraft]:
    found = select(ReportDraft).where(col(ReportDraft.obligation_id).in_(obligation_ids))
    return {row.obligation_id: row for row in session.exec(found)}
