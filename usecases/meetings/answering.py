"""A unit answers its invitation (回执), until the meeting begins."""

import datetime as dtm
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sqlmodel import Session

from db.tables.meetings import MeetingReply
from db.tables.people import Contact
from db.tables.speech import Dialog
from domain.dialogs import Position
from domain.meetings.kinds import Attendance, LeaveVerdict
from templates.linking import HowToLink
from templates.meetings import (
    AskDelegate,
    AskLeaveReason,
    AskReplier,
    InvitationCard,
    MeetingBegun,
    MeetingOff,
    ReplierNamed,
    ReplyRecorded,
    UnitNotice,
)
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from usecases import audit, dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.chain import gap_of
from usecases.directory import find_people
from usecases.meetings.book import Called, InvitedUnit, with_unit
from usecases.meetings.organisers import tell_of_leave
from usecases.meetings.repliers import may_answer, may_read
from usecases.meetings.telling import invite, notice_of, tell_delegate

LONGEST_NAME = 100
LONGEST_REASON = 500

DELEGATE, LEAVE, REPLIER = "delegate", "leave", "replier"


@dataclass(frozen=True, slots=True)
class Plain:
    """An answer that needs no words: who of the leaders comes."""

    unit_id: int
    number: int


def show_invitation(session: Session, asker: Asker, unit_id: int, now: dtm.datetime) -> Answers:
    """The unit's invitation with its answer, to those who may read it."""
    if asker.contact is None:
        return say(HowToLink())
    _stop_asking(session, asker)
    meeting = with_unit(session, unit_id)
    if meeting is None:
        return say(StaleButton())
    unit = meeting.unit(unit_id)
    if not may_read(session, asker, unit, now):
        return say(NotYours())
    if not meeting.is_on:
        return in_place(MeetingOff(meeting.head))
    answerable = may_answer(session, asker, unit, now) and not meeting.has_begun(now)
    return in_place(InvitationCard(notice_of(session, meeting, unit), answerable))


def answer(session: Session, asker: Asker, plain: Plain, now: dtm.datetime) -> Answers:
    """A leader of the unit comes."""
    meeting = _answerable(session, asker, plain.unit_id, now)
    if isinstance(meeting, Message):
        return say(meeting)
    attendance = tuple(Attendance)[plain.number]
    return in_place(
        _replied(session, asker, meeting, _reply(asker, plain.unit_id, attendance, now))
    )


def ask_delegate(session: Session, asker: Asker, unit_id: int, now: dtm.datetime) -> Answers:
    """派员: who comes?"""
    return _ask(session, asker, DELEGATE, unit_id, now)


def ask_leave(session: Session, asker: Asker, unit_id: int, now: dtm.datetime) -> Answers:
    """请假: why?"""
    return _ask(session, asker, LEAVE, unit_id, now)


def ask_replier(session: Session, asker: Asker, unit_id: int, now: dtm.datetime) -> Answers:
    """Somebody else answers for the unit: who?"""
    return _ask(session, asker, REPLIER, unit_id, now)


def _stop_asking(session: Session, asker: Asker) -> None:
    """Whoever goes back to the invitation is not held to the question."""
    row = dialogs.open_dialog(session, asker)
    if row is not None and row.kind == REPLYING.kind:
        dialogs.end(session, asker)


def _ask(session: Session, asker: Asker, step: str, unit_id: int, now: dtm.datetime) -> Answers:
    meeting = _answerable(session, asker, unit_id, now)
    if isinstance(meeting, Message):
        return say(meeting)
    dialogs.stand_at(session, asker, REPLYING, Position(step, {"unit_id": unit_id}), now)
    return say(_QUESTIONS[step](notice_of(session, meeting, meeting.unit(unit_id))))


def _answerable(
    session: Session, asker: Asker, unit_id: int, now: dtm.datetime
) -> Called | Message:
    """The meeting, or why this asker cannot answer for the unit now."""
    if asker.contact is None:
        return HowToLink()
    meeting = with_unit(session, unit_id)
    if meeting is None:
        return StaleButton()
    if not may_answer(session, asker, meeting.unit(unit_id), now):
        return NotYours()
    if not meeting.is_on:
        return MeetingOff(meeting.head)
    return MeetingBegun(meeting.head) if meeting.has_begun(now) else meeting


def _reply(asker: Asker, unit_id: int, attendance: Attendance, now: dtm.datetime) -> MeetingReply:
    return MeetingReply(
        meeting_unit_id=unit_id,
        attendance=attendance,
        replied_by_id=asker.contact_id,
        replied_at=now,
    )


def _replied(session: Session, asker: Asker, meeting: Called, reply: MeetingReply) -> Message:
    """Keep the answer, tell whom it concerns, and confirm it."""
    unit, now = meeting.unit(reply.meeting_unit_id), reply.replied_at
    session.add(reply)
    session.flush()
    audit.record(session, asker, "meeting.replied", now, ("meeting_reply", reply.id))
    tell_delegate(session, unit, reply, now)
    if reply.leave_verdict is LeaveVerdict.ASKED:
        tell_of_leave(session, reply, now)
    answered = replace(unit, reply=reply)
    delegate = session.get(Contact, reply.delegate_id) if reply.delegate_id else None
    return ReplyRecorded(
        notice_of(session, meeting, answered), delegate is not None and _is_reachable(delegate)
    )


class _Replying:
    """The conversation that asks for a delegate, a reason, or whoever answers instead."""

    kind = "meeting_reply"

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """The words that were asked for."""
        meeting = _answerable(session, asker, row.draft["unit_id"], now)
        if isinstance(meeting, Message):
            dialogs.end(session, asker)
            return say(meeting)
        unit = meeting.unit(row.draft["unit_id"])
        return _HEARD[row.step](session, asker, meeting, unit, text.strip(), now)

    def asked_again(
        self, session: Session, asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """The question at which the conversation stands."""
        return _ask(session, asker, row.step, row.draft["unit_id"], now)


def _delegate_named(
    session: Session,
    asker: Asker,
    meeting: Called,
    unit: InvitedUnit,
    words: str,
    now: dtm.datetime,
) -> Answers:
    dialogs.end(session, asker)
    reply = _reply(asker, unit.id, Attendance.DELEGATE, now)
    person = _only(session, unit, words)
    reply.delegate = (person.name if person else words)[:LONGEST_NAME]
    reply.delegate_id = person.id if person else None
    return say(_replied(session, asker, meeting, reply))


def _leave_explained(
    session: Session,
    asker: Asker,
    meeting: Called,
    unit: InvitedUnit,
    words: str,
    now: dtm.datetime,
) -> Answers:
    dialogs.end(session, asker)
    reply = _reply(asker, unit.id, Attendance.LEAVE, now)
    reply.reason, reply.leave_verdict = words[:LONGEST_REASON], LeaveVerdict.ASKED
    return say(_replied(session, asker, meeting, reply))


def _replier_named(
    session: Session,
    asker: Asker,
    meeting: Called,
    unit: InvitedUnit,
    words: str,
    now: dtm.datetime,
) -> Answers:
    person = _only(session, unit, words)
    notice = notice_of(session, meeting, unit)
    if person is None:
        return say(AskReplier(notice, is_unknown=True))
    dialogs.end(session, asker)
    unit.row.replier_id = person.id
    session.add(unit.row)
    audit.record(
        session, asker, "meeting.replier_named", now, ("meeting_unit", unit.id), contact=person.id
    )
    invite(session, meeting, [(unit.id, person.id)], now)
    return say(ReplierNamed(notice, person.name, _is_reachable(person)))


def _only(session: Session, unit: InvitedUnit, words: str) -> Contact | None:
    """The one person whom the words name, a colleague of the unit before a namesake elsewhere."""
    found = find_people(session, words) if words else ()
    colleagues = [one for one in found if one.organisation_id == unit.organisation.id]
    meant = colleagues or found
    return meant[0] if len(meant) == 1 else None


def _is_reachable(contact: Contact) -> bool:
    return gap_of(contact.left_at, contact.telegram_user_id, contact.unreachable) is None


_QUESTIONS: Mapping[str, Callable[[UnitNotice], Message]] = {
    DELEGATE: AskDelegate,
    LEAVE: AskLeaveReason,
    REPLIER: AskReplier,
}
_HEARD = {DELEGATE: _delegate_named, LEAVE: _leave_explained, REPLIER: _replier_named}
REPLYING = dialogs.register_flow(_Replying())
