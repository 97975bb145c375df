"""Telling units of meetings: invitations, reminders, changes, cancellations, as they leave."""

import datetime as dtm
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from db.tables.meetings import Meeting, MeetingChange, MeetingReply, MeetingState
from db.tables.people import Contact
from db.tables.speech import Notice, NoticeState, Urgency
from domain.meetings.kinds import LeaveVerdict
from domain.meetings.timing import is_soon
from templates.meetings import (
    AttendanceLine,
    ChangedMeeting,
    DelegateNamed,
    DelegateReleased,
    LeaveDecision,
    LeavesDecided,
    MeetingNotices,
    MeetingsCancelled,
    MeetingsChanged,
    MeetingsSoon,
    RepliesAwaited,
    UnitNotice,
)
from templates.message import Message
from usecases.meetings.agenda import reports_of
from usecases.meetings.book import Called, InvitedUnit, called, with_units
from usecases.meetings.repliers import repliers
from usecases.notices import Composed, Occasion, Subject, Telling, notify, notify_all, register

UNIT = "meeting_unit"
REPLY = "meeting_reply"
MEETING = "meeting"

Matter = tuple[Notice, Called, InvitedUnit]


def invite(
    session: Session, meeting: Called, who: Iterable[tuple[int, int]], now: dtm.datetime
) -> None:
    """These people, by the invitation's id, are to hear that their unit is invited."""
    _tell_once(session, meeting, (INVITED, INVITED_SOON), _Wanted(who, ""), now)


def ask_again(
    session: Session, meeting: Called, who: Iterable[tuple[int, int]], turn: str, now: dtm.datetime
) -> None:
    """These people are to hear that their unit has not answered yet."""
    _tell_once(session, meeting, (REPLY_AWAITED, AWAITED_SOON), _Wanted(who, turn), now)


def tell_soon(
    session: Session, meeting: Called, who: Iterable[tuple[int, int]], now: dtm.datetime
) -> None:
    """Those who come are to hear that the meeting begins soon."""
    turn = f"{meeting.meeting.starts_at:%m%d%H%M}"
    notify_all(session, SOON, _tellings(meeting, who, turn), now)


def tell_of_change(
    session: Session, meeting: Called, earlier: dtm.datetime, now: dtm.datetime
) -> None:
    """Everybody who heard of the meeting hears what has changed; at once when it is soon."""
    soon = is_soon(min(earlier, meeting.meeting.starts_at), now)
    turn = str(meeting.meeting.sequence)
    who = told_before(session, meeting)
    notify_all(session, CHANGED_SOON if soon else CHANGED, _tellings(meeting, who, turn), now)


def tell_of_cancelling(session: Session, meeting: Called, now: dtm.datetime) -> None:
    """Everybody who heard of the meeting hears that it is off."""
    occasion = CANCELLED_SOON if is_soon(meeting.meeting.starts_at, now) else CANCELLED
    for contact_id in {contact_id for _, contact_id in told_before(session, meeting)}:
        notify(session, occasion, Subject(MEETING, meeting.id), contact_id, now)


def told_before(session: Session, meeting: Called) -> list[tuple[int, int]]:
    """Who has heard of the meeting: those asked to answer, and the delegates there are now."""
    units = {unit.id: unit for unit in meeting.units}
    query = select(Notice).where(
        Notice.subject_kind == UNIT,
        col(Notice.subject_id).in_(units),
        col(Notice.occasion).in_([INVITED.name, INVITED_SOON.name, DELEGATE_NAMED.name]),
        Notice.state == NoticeState.TOLD,
    )
    return [
        (row.subject_id, row.contact_id)
        for row in session.exec(query.order_by(col(Notice.id)))
        if row.occasion != DELEGATE_NAMED.name
        or row.contact_id == units[row.subject_id].delegate_id
    ]


def tell_delegate(
    session: Session, unit: InvitedUnit, reply: MeetingReply, now: dtm.datetime
) -> None:
    """A delegate of the contact book hears of it; one who was to go before hears otherwise."""
    before = unit.delegate_id
    if before is not None and before != reply.delegate_id:
        notify(session, DELEGATE_RELEASED, Subject(UNIT, unit.id, str(reply.id)), before, now)
    if reply.delegate_id is not None and reply.delegate_id != before:
        subject = Subject(UNIT, unit.id, str(reply.id))
        notify(session, DELEGATE_NAMED, subject, reply.delegate_id, now)


def notice_of(session: Session, meeting: Called, unit: InvitedUnit) -> UnitNotice:
    """A unit's invitation as it is shown."""
    return UnitNotice(
        unit.id,
        unit.organisation.name,
        meeting.head,
        meeting.dates.reply_due_at,
        reports_of(session, meeting.id, unit.organisation.id),
        unit.standing,
        unit.said,
    )


def attendance_of(meeting: Called, unit: InvitedUnit) -> AttendanceLine:
    """Who comes to a meeting for a unit."""
    delegate = unit.reply.delegate if unit.reply else ""
    return AttendanceLine(meeting.head, unit.organisation.name, unit.standing, delegate)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Who is to hear of something, by the invitation's id, and which time it comes round."""

    who: Iterable[tuple[int, int]]
    turn: str


def _tell_once(
    session: Session,
    meeting: Called,
    occasions: tuple[Occasion, Occasion],
    wanted: _Wanted,
    now: dtm.datetime,
) -> None:
    """Tell those who have not heard on either occasion: the second is for what is soon."""
    heard = select(Notice.subject_id, Notice.contact_id).where(
        Notice.subject_kind == UNIT,
        col(Notice.subject_id).in_([unit.id for unit in meeting.units]),
        col(Notice.occasion).in_([occasion.name for occasion in occasions]),
        Notice.turn == wanted.turn,
    )
    known = set(session.exec(heard).all())
    fresh = [one for one in wanted.who if one not in known]
    occasion = occasions[is_soon(meeting.meeting.starts_at, now)]
    notify_all(session, occasion, _tellings(meeting, fresh, wanted.turn), now)


def _tellings(meeting: Called, who: Iterable[tuple[int, int]], turn: str) -> Iterator[Telling]:
    for unit_id, contact_id in who:
        yield Telling(Subject(UNIT, unit_id, turn), contact_id, meeting.meeting.starts_at)


def _matters(session: Session, notices: Sequence[Notice], now: dtm.datetime) -> list[Matter]:
    """The notices about units of meetings that are on and have not begun."""
    meetings = with_units(session, {notice.subject_id for notice in notices})
    matters = []
    for notice in notices:
        meeting = meetings.get(notice.subject_id)
        if meeting and meeting.is_on and not meeting.has_begun(now):
            matters.append((notice, meeting, meeting.unit(notice.subject_id)))
    return matters


def _told(message: Callable[[list[Matter]], Message], matters: list[Matter]) -> Composed:
    if not matters:
        return Composed(None)
    return Composed(message(matters), frozenset(notice.id for notice, _, _ in matters))


def _notices(session: Session, matters: list[Matter]) -> tuple[UnitNotice, ...]:
    """Each unit's invitation, once however often it is asked about."""
    units = {unit.id: (meeting, unit) for _, meeting, unit in matters}
    return tuple(notice_of(session, meeting, unit) for meeting, unit in units.values())


def _theirs(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> list[Matter]:
    """Those of the matters that are still this person's to answer."""
    return [
        (notice, meeting, unit)
        for notice, meeting, unit in _matters(session, notices, now)
        if repliers(session, meeting, now).get(unit.id) == contact.id
    ]


def _invited(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    matters = _theirs(session, contact, notices, now)
    return _told(lambda found: MeetingNotices(_notices(session, found)), matters)


def _awaited(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    matters = [one for one in _theirs(session, contact, notices, now) if one[2].standing.is_open]
    return _told(lambda found: RepliesAwaited(_notices(session, found)), matters)


def _soon(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    matters = [one for one in _matters(session, notices, now) if one[2].standing.is_coming]
    return _told(lambda found: MeetingsSoon(_lines(found)), matters)


def _delegated(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    matters = [m for m in _matters(session, notices, now) if m[2].delegate_id == contact.id]
    return _told(lambda found: DelegateNamed(_lines(found)), matters)


def _released(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    matters = [
        (notice, meeting, unit)
        for notice, meeting, unit in _matters(session, notices, now)
        if unit.delegate_id != contact.id and _was_named(session, unit, contact)
    ]
    return _told(lambda found: DelegateReleased(_lines(found)), matters)


def _was_named(session: Session, unit: InvitedUnit, contact: Contact) -> bool:
    """Whether the person has heard that they were to go."""
    named = select(Notice.id).where(
        Notice.occasion == DELEGATE_NAMED.name,
        Notice.subject_id == unit.id,
        Notice.contact_id == contact.id,
        Notice.state == NoticeState.TOLD,
    )
    return session.exec(named).first() is not None


def _lines(matters: list[Matter]) -> tuple[AttendanceLine, ...]:
    return tuple(attendance_of(meeting, unit) for _, meeting, unit in matters)


def _changed(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """What changed since the person last heard: from the first change not told to what is now."""
    matters = _matters(session, notices, now)
    firsts: dict[int, Matter] = {}
    for matter in sorted(matters, key=lambda one: int(one[0].turn)):
        firsts.setdefault(matter[2].id, matter)
    changes = tuple(_change(session, *matter) for matter in firsts.values())
    return _told(lambda _: MeetingsChanged(changes), matters)


def _change(session: Session, notice: Notice, meeting: Called, unit: InvitedUnit) -> ChangedMeeting:
    query = select(MeetingChange).where(
        MeetingChange.meeting_id == meeting.id, MeetingChange.sequence == int(notice.turn)
    )
    row = session.exec(query).one()
    return ChangedMeeting(
        meeting.head,
        row.starts_before,
        row.place_before,
        unit.id,
        unit.organisation.name,
        unit.standing,
    )


def _cancelled(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    heads, told = [], set()
    for notice in notices:
        row = session.get_one(Meeting, notice.subject_id)
        if row.state is MeetingState.CANCELLED and row.starts_at > now:
            meeting = called(session, row.id)
            assert meeting
            heads.append(meeting.head)
            told.add(notice.id)
    message = MeetingsCancelled(tuple(heads)) if heads else None
    return Composed(message, frozenset(told))


def _decided(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    replies = {notice.id: session.get_one(MeetingReply, notice.subject_id) for notice in notices}
    meetings = with_units(session, {reply.meeting_unit_id for reply in replies.values()})
    decisions, told = [], set()
    for notice_id, reply in replies.items():
        meeting = meetings[reply.meeting_unit_id]
        unit = meeting.unit(reply.meeting_unit_id)
        decided = reply.leave_verdict in (LeaveVerdict.GRANTED, LeaveVerdict.REFUSED)
        is_newest = unit.reply is not None and unit.reply.id == reply.id
        if decided and is_newest and meeting.is_on and not meeting.has_begun(now):
            assert reply.leave_verdict
            shown = replace(notice_of(session, meeting, unit), reports=())
            decisions.append(LeaveDecision(shown, reply.leave_verdict))
            told.add(notice_id)
    message = LeavesDecided(tuple(decisions)) if decisions else None
    return Composed(message, frozenset(told))


def _occasion(
    name: str,
    urgency: Urgency,
    compose: Callable[[Session, Contact, Sequence[Notice], dtm.datetime], Composed],
) -> Occasion:
    # A meeting waits for nobody's budget.
    return register(Occasion(name, urgency, compose, spends_budget=False))


INVITED = _occasion("meeting_invited", Urgency.ROUTINE, _invited)
INVITED_SOON = _occasion("meeting_invited_soon", Urgency.URGENT, _invited)
REPLY_AWAITED = _occasion("meeting_reply_awaited", Urgency.ROUTINE, _awaited)
AWAITED_SOON = _occasion("meeting_reply_awaited_soon", Urgency.URGENT, _awaited)
SOON = _occasion("meeting_soon", Urgency.URGENT, _soon)
CHANGED = _occasion("meeting_changed", Urgency.ROUTINE, _changed)
CHANGED_SOON = _occasion("meeting_changed_soon", Urgency.URGENT, _changed)
CANCELLED = _occasion("meeting_cancelled", Urgency.ROUTINE, _cancelled)
CANCELLED_SOON = _occasion("meeting_cancelled_soon", Urgency.URGENT, _cancelled)
DELEGATE_NAMED = _occasion("meeting_delegate_named", Urgency.URGENT, _delegated)
DELEGATE_RELEASED = _occasion("meeting_delegate_off", Urgency.URGENT, _released)
LEAVE_DECIDED = _occasion("meeting_leave_decided", Urgency.URGENT, _decided)
