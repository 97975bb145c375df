"""A proposed correction of a closed month: liaison and office agree, and it counts."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.programme import Adjustment, Project, ProposedAdjustment
from db.tables.reporting import ProjectChangeKind, ReportingPeriod
from db.tables.speech import Notice, Urgency
from domain.access import Action, Ground, Reach
from domain.chain import Rung
from domain.periods import Period
from templates.correcting import ClosedCorrection, ClosedCorrections, ProposalState
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from usecases import audit
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.following import project_changed
from usecases.notices import Composed, Occasion, Subject, notify, notify_office, register
from usecases.reporting.matters import Matter
from usecases.standing import standing_in
from usecases.updating.grounds import grounds_of

SUBJECT = "proposed_adjustment"


def show(session: Session, asker: Asker, proposal_id: int, now: dtm.datetime) -> Answers:
    """A proposed correction, to those who may agree to it."""
    found = _proposal(session, asker, proposal_id, now)
    return say(found if isinstance(found, Message) else _shown(session, asker, found, now))


def agree(session: Session, asker: Asker, proposal_id: int, now: dtm.datetime) -> Answers:
    """同意: liaison first, then the office; with both it counts."""
    found = _proposal(session, asker, proposal_id, now)
    if isinstance(found, Message):
        return in_place(found)
    if not _is_turn_of(session, asker, found, now):
        return in_place(_shown(session, asker, found, now))
    _agreed(session, asker, found, now)
    return in_place(_shown(session, asker, found, now))


def refuse(session: Session, asker: Asker, proposal_id: int, now: dtm.datetime) -> Answers:
    """不同意: nothing is corrected."""
    found = _proposal(session, asker, proposal_id, now)
    if isinstance(found, Message):
        return in_place(found)
    if _is_turn_of(session, asker, found, now):
        found.refused_by_id, found.settled_at = asker.contact_id, now
        session.add(found)
        session.flush()
        audit.record(session, asker, "adjustment.refused", now, (SUBJECT, found.id))
        notify(session, ADJUSTMENT_SETTLED, Subject(SUBJECT, found.id), found.asked_by_id, now)
    return in_place(_shown(session, asker, found, now))


def propose(
    session: Session, asker: Asker, matter: Matter, said: tuple[int, str], now: dtm.datetime
) -> Answers:
    """Whoever proposes it has agreed to it in their own part."""
    row = _kept(session, matter, said, asker.contact_id, now)
    audit.record(session, asker, "adjustment.proposed", now, (SUBJECT, row.id))
    if _is_turn_of(session, asker, row, now):
        _agreed(session, asker, row, now)
    else:
        _tell_next(session, matter, row, now)
    return say(_shown(session, asker, row, now))


def propose_for(
    session: Session,
    matter: Matter,
    said: tuple[int, str],
    author_id: int,
    now: dtm.datetime,
) -> None:
    """The same on behalf of somebody who corrected it before the books were closed."""
    row = _kept(session, matter, said, author_id, now)
    audit.record(session, None, "adjustment.proposed", now, (SUBJECT, row.id))
    _tell_next(session, matter, row, now)


def _kept(
    session: Session,
    matter: Matter,
    said: tuple[int, str],
    asked_by_id: int,
    now: dtm.datetime,
) -> ProposedAdjustment:
    amount, reason = said
    row = ProposedAdjustment(
        project_id=matter.project.id,
        year=matter.period.year,
        month=matter.period.month,
        amount=amount,
        reason=reason,
        asked_by_id=asked_by_id,
        asked_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _agreed(session: Session, asker: Asker, row: ProposedAdjustment, now: dtm.datetime) -> None:
    if state_of(row) is ProposalState.LIAISON:
        row.liaison_id = asker.contact_id
        notify_office(session, ADJUSTMENT_WAITS, Subject(SUBJECT, row.id), now)
    else:
        row.office_id, row.settled_at = asker.contact_id, now
        _count(session, row, now)
        notify(session, ADJUSTMENT_SETTLED, Subject(SUBJECT, row.id), row.asked_by_id, now)
    session.add(row)
    session.flush()
    audit.record(session, asker, "adjustment.agreed", now, (SUBJECT, row.id))


def _count(session: Session, row: ProposedAdjustment, now: dtm.datetime) -> None:
    counts_in = _open_month(session, Period(row.year, row.month))
    session.add(
        Adjustment(
            project_id=row.project_id,
            year=row.year,
            month=row.month,
            counts_from_year=counts_in.year,
            counts_from_month=counts_in.month,
            amount=row.amount,
            reason=row.reason,
            entered_by_id=row.asked_by_id,
            recorded_at=now,
        )
    )
    session.flush()
    project_changed(session, row.project_id, ProjectChangeKind.REPORT_ACCEPTED, now)


def waiting_adjustments(
    session: Session, asker: Asker, now: dtm.datetime
) -> list[ClosedCorrection]:
    """The proposed corrections that wait for this person to agree, the oldest first."""
    unsettled = select(ProposedAdjustment).where(col(ProposedAdjustment.settled_at).is_(None))
    rows = session.exec(unsettled.order_by(col(ProposedAdjustment.id))).all()
    return [_line(session, row) for row in rows if _is_turn_of(session, asker, row, now)]


def state_of(row: ProposedAdjustment) -> ProposalState:
    """Who still has to agree."""
    if row.refused_by_id is not None:
        return ProposalState.REFUSED
    if row.liaison_id is None:
        return ProposalState.LIAISON
    return ProposalState.OFFICE if row.office_id is None else ProposalState.AGREED


def _open_month(session: Session, corrected: Period) -> Period:
    """The first month after it whose books are open."""
    rows = session.exec(select(ReportingPeriod)).all()
    closed = {Period(row.year, row.month) for row in rows if row.closed_at is not None}
    month = corrected.next
    while month in closed:
        month = month.next
    return month


def _ground(session: Session, asker: Asker, row: ProposedAdjustment, now: dtm.datetime) -> Ground:
    return grounds_of(session, asker, [row.project_id], now)[row.project_id][1]


def _is_turn_of(session: Session, asker: Asker, row: ProposedAdjustment, now: dtm.datetime) -> bool:
    """The liaison agrees for the unit, a coordinator for the office; nobody for both."""
    acting = standing_in(session, asker, now)
    of_office = acting.reach(Action.CLOSE_BOOKS) is not Reach.NONE
    match state_of(row):
        case ProposalState.LIAISON:
            return not of_office and acting.may(Action.REVIEW, _ground(session, asker, row, now))
        case ProposalState.OFFICE:
            return of_office and asker.contact_id != row.liaison_id
    return False


def _proposal(
    session: Session, asker: Asker, proposal_id: int, now: dtm.datetime
) -> ProposedAdjustment | Message:
    row = session.get(ProposedAdjustment, proposal_id, with_for_update=True)
    if row is None or asker.contact is None:
        return StaleButton()
    may = standing_in(session, asker, now).may(Action.REPORT, _ground(session, asker, row, now))
    return row if may else NotYours()


def _shown(
    session: Session, asker: Asker, row: ProposedAdjustment, now: dtm.datetime
) -> ClosedCorrection:
    return _line(session, row, may_settle=_is_turn_of(session, asker, row, now))


def _line(
    session: Session, row: ProposedAdjustment, *, may_settle: bool = False
) -> ClosedCorrection:
    corrects = Period(row.year, row.month)
    return ClosedCorrection(
        proposal_id=row.id,
        name=session.get_one(Project, row.project_id).name,
        corrects=corrects,
        counts_in=_open_month(session, corrects),
        amount=row.amount,
        reason=row.reason,
        by=session.get_one(Contact, row.asked_by_id).name,
        at=row.asked_at,
        state=state_of(row),
        may_settle=may_settle,
    )


def _tell_next(
    session: Session, matter: Matter, row: ProposedAdjustment, now: dtm.datetime
) -> None:
    seat = matter.chain.seat(Rung.REVIEWER)
    if seat is not None and seat.gap is None and seat.acting_id is not None:
        notify(session, ADJUSTMENT_WAITS, Subject(SUBJECT, row.id), seat.acting_id, now)


def _rows(session: Session, notices: Sequence[Notice]) -> list[ProposedAdjustment]:
    ids = [notice.subject_id for notice in notices]
    found = select(ProposedAdjustment).where(col(ProposedAdjustment.id).in_(ids))
    return list(session.exec(found.order_by(col(ProposedAdjustment.id))))


def _waits(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    rows = {row.id: row for row in _rows(session, notices) if row.settled_at is None}
    told = frozenset(notice.id for notice in notices if notice.subject_id in rows)
    lines = tuple(_line(session, row) for row in rows.values())
    return Composed(ClosedCorrections(lines) if lines else None, told)


def _settled(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    lines = tuple(_line(session, row) for row in _rows(session, notices))
    told = frozenset(notice.id for notice in notices)
    return Composed(ClosedCorrections(lines) if lines else None, told)


ADJUSTMENT_WAITS = register(Occasion("adjustment_waits", Urgency.ROUTINE, _waits))
ADJUSTMENT_SETTLED = register(
    Occasion("adjustment_settled", Urgency.ROUTINE, _settled, expires_after=dtm.timedelta(days=7))
)
