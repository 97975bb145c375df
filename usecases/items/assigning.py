"""Telling units of decisions: whose duty it is, its commissioner, who helps, who is relieved."""

import datetime as dtm
from collections.abc import Callable, Sequence

from sqlmodel import Session, col, select

from db.tables.items import Decision, DecisionState
from db.tables.people import Contact
from db.tables.speech import Notice, NoticeState, Urgency
from domain.chain import Gap, Roster, Rung, Seat
from domain.items.machine import ItemState
from templates.assigning import (
    AssignedLine,
    DecisionsAssigned,
    DecisionsCopied,
    DecisionsRelieved,
    DecisionsToSupport,
    DecisionsUntold,
    PhoneLine,
)
from templates.message import Message
from usecases.asker import Asker
from usecases.chain import load_roster
from usecases.items.book import Decided, Item, decided_all, item
from usecases.items.people import place_of, seat_of
from usecases.meetings.book import called
from usecases.notices import (
    Composed,
    Occasion,
    Subject,
    coordinators,
    notify,
    notify_office,
    register,
)

DECISION = "decision"

About = tuple[Item, Decided]


def assign(
    session: Session, asker: Asker, about: About, replaced: Decided | None, now: dtm.datetime
) -> None:
    """All who have to do with a decision that came into force are to hear of it.

    Whoever gave it out sees at once whom to phone; the other coordinators hear it unasked.
    """
    found, decided = about
    roster = load_roster(session, now, [place_of(found, one) for one in _concerned(decided)])
    if _tell_liaison(session, roster, about, now):
        for contact_id in set(coordinators(session, now)) - {asker.contact_id}:
            notify(session, UNTOLD, Subject(DECISION, decided.id), contact_id, now)
    _tell(session, COPIED, seat_of(roster, found, decided, Rung.COMMISSIONER), decided.id, now)
    for helping in _concerned(decided)[1:]:
        _tell(session, SUPPORTED, _reviewer(roster, found, helping), decided.id, now)
    if replaced and replaced.unit.id != decided.unit.id:
        before = load_roster(session, now, [place_of(found, replaced)])
        _tell(session, RELIEVED, _reviewer(before, found, replaced), replaced.id, now)


def line_of(session: Session, about: About) -> AssignedLine:
    """A decision as units read it."""
    found, decided = about
    row = decided.row
    meeting = called(session, row.meeting_id) if row.meeting_id else None
    return AssignedLine(
        found.id,
        found.project.name,
        row.text,
        decided.unit.name,
        tuple(unit.name for unit in decided.supporting),
        row.due_at,
        meeting.head if meeting else None,
        row.article,
    )


def _tell_liaison(session: Session, roster: Roster, about: About, now: dtm.datetime) -> Gap | None:
    seat = _reviewer(roster, *about)
    _tell(session, ASSIGNED, seat, about[1].id, now)
    return seat.gap


def _tell(
    session: Session, occasion: Occasion, seat: Seat, decision_id: int, now: dtm.datetime
) -> None:
    if seat.acting_id is not None and seat.gap is None:
        notify(session, occasion, Subject(DECISION, decision_id), seat.acting_id, now)


def _reviewer(roster: Roster, found: Item, decided: Decided) -> Seat:
    return seat_of(roster, found, decided, Rung.REVIEWER)


def _concerned(decided: Decided) -> list[Decided]:
    """The decision as each unit it names has to do with it: whose duty it is first."""
    return [Decided(decided.row, unit) for unit in (decided.unit, *decided.supporting)]


def _matters(
    session: Session, notices: Sequence[Notice], now: dtm.datetime
) -> list[tuple[Notice, About]]:
    """The notices of decisions in force, each with its item, in the order of the minutes."""
    ids = {notice.subject_id for notice in notices}
    rows = session.exec(select(Decision).where(col(Decision.id).in_(ids))).all()
    decided = {one.id: one for one in decided_all(session, rows)}
    matters = []
    for notice in notices:
        one = decided[notice.subject_id]
        found = item(session, one.row.item_id, now)
        if found and one.row.state is DecisionState.IN_FORCE:
            matters.append((notice, (found, one)))
    return sorted(matters, key=lambda matter: _in_minutes(matter[1][1].row))


def _in_minutes(row: Decision) -> tuple[int, int, int]:
    return row.meeting_id or 0, row.article, row.id


def _told(
    session: Session,
    message: Callable[[tuple[AssignedLine, ...]], Message],
    matters: Sequence[tuple[Notice, About]],
) -> Composed:
    if not matters:
        return Composed(None)
    lines = tuple(line_of(session, about) for _, about in matters)
    return Composed(message(lines), frozenset(notice.id for notice, _ in matters))


def _assigned(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """What still waits to be signed for; whoever answers for the unit by now hears it instead."""
    waiting = [
        one for one in _matters(session, notices, now) if one[1][0].row.state is ItemState.ASSIGNED
    ]
    theirs = [one for one in waiting if _answers(session, contact, one[1], now)]
    return _told(session, DecisionsAssigned, theirs)


def _answers(session: Session, contact: Contact, about: About, now: dtm.datetime) -> bool:
    roster = load_roster(session, now, [place_of(*about)])
    seat = _reviewer(roster, *about)
    if contact.id == seat.acting_id or (seat.gap and contact.id == seat.holder_id):
        return True
    if _tell_liaison(session, roster, about, now):
        notify_office(session, UNTOLD, Subject(DECISION, about[1].id), now)
    return False


def _copied(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """What the unit is to do still; whoever is its commissioner by now hears it instead."""
    open_ = [one for one in _matters(session, notices, now) if one[1][0].is_with_unit]
    theirs = [one for one in open_ if _commissions(session, contact, one[1], now)]
    return _told(session, DecisionsCopied, theirs)


def _commissions(session: Session, contact: Contact, about: About, now: dtm.datetime) -> bool:
    roster = load_roster(session, now, [place_of(*about)])
    seat = seat_of(roster, *about, Rung.COMMISSIONER)
    if contact.id == seat.acting_id or (seat.gap and contact.id == seat.holder_id):
        return True
    _tell(session, COPIED, seat, about[1].id, now)
    return False


def _supported(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    open_ = [one for one in _matters(session, notices, now) if one[1][0].is_with_unit]
    return _told(session, DecisionsToSupport, open_)


def _relieved(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """The former decision says whose unit is relieved, the one in force whose duty it is now."""
    lines, told = [], set()
    for notice in notices:
        row = session.get_one(Decision, notice.subject_id)
        found = item(session, row.item_id, now)
        decided = found.decided if found else None
        moved = decided is not None and decided.unit.id != row.organisation_id
        if found and decided and moved and _was_told(session, row):
            lines.append(line_of(session, (found, decided)))
            told.add(notice.id)
    return Composed(DecisionsRelieved(tuple(lines)) if lines else None, frozenset(told))


def _was_told(session: Session, row: Decision) -> bool:
    """Whether the unit has heard of the decision: else there is nothing to lift."""
    told = select(Notice.id).where(
        Notice.occasion == ASSIGNED.name,
        Notice.subject_id == row.id,
        Notice.state == NoticeState.TOLD,
    )
    return session.exec(told).first() is not None


def _untold(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    lines, told = [], set()
    for notice, about in _matters(session, notices, now):
        seat = _reviewer(load_roster(session, now, [place_of(*about)]), *about)
        if seat.gap and about[0].row.state is ItemState.ASSIGNED:
            holder = seat.acting_id or seat.holder_id
            person = session.get(Contact, holder) if holder else None
            name, phone = (person.name, person.phone or "") if person else ("", "")
            lines.append(PhoneLine(line_of(session, about), seat.gap, name, phone))
            told.add(notice.id)
    return Composed(DecisionsUntold(tuple(lines)) if lines else None, frozenset(told))


# What a meeting decided waits for nobody's budget; a copy and a relief can join what comes next.
ASSIGNED = register(Occasion("decision_assigned", Urgency.ROUTINE, _assigned, spends_budget=False))
COPIED = register(Occasion("decision_copied", Urgency.ROUTINE, _copied))
SUPPORTED = register(
    Occasion("decision_supported", Urgency.ROUTINE, _supported, spends_budget=False)
)
RELIEVED = register(Occasion("decision_relieved", Urgency.ROUTINE, _relieved, spends_budget=False))
UNTOLD = register(Occasion("decision_untold", Urgency.ROUTINE, _untold, spends_budget=False))
