"""Changing a meeting that was let out, and calling it off: shown first, then told to everybody."""

import datetime as dtm
from dataclasses import replace

from sqlmodel import Session

from db.tables.meetings import Meeting, MeetingChange, MeetingState
from db.tables.speech import Dialog
from domain.access import Action
from domain.dialogs import Position
from domain.meetings.timing import first_notice_at
from templates.meetings import MeetingOff
from templates.message import Message
from templates.office import StaleButton
from templates.organising import ConfirmCancel, ConfirmChange
from usecases import audit, dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.meetings.book import Called, called
from usecases.meetings.drafting import clashes
from usecases.meetings.organising import closed, overview
from usecases.meetings.planning import next_act_at
from usecases.meetings.telling import tell_of_cancelling, tell_of_change
from usecases.rights import entitled

CONFIRM = "confirm"


def confirm_change(
    session: Session,
    asker: Asker,
    meeting: Called,
    wanted: tuple[dtm.datetime, str],
    now: dtm.datetime,
) -> Answers:
    """Old and new beside each other; nobody hears of it before it is confirmed."""
    if refusal := closed(meeting, now):
        return say(refusal)
    starts_at, place = wanted
    draft = {"meeting_id": meeting.id, "starts_at": starts_at.isoformat(), "place": place}
    dialogs.stand_at(session, asker, CHANGING, Position(CONFIRM, draft), now)
    return say(_preview(session, meeting, starts_at, place, now))


@entitled(Action.CALL_MEETING)
def change(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """确认变更: everybody who heard of the meeting hears old and new."""
    row = dialogs.open_dialog(session, asker)
    if row is None or row.kind != CHANGING.kind or row.draft["meeting_id"] != meeting_id:
        return say(StaleButton())
    dialogs.end(session, asker)
    meeting = _locked(session, meeting_id)
    if meeting is None:
        return say(StaleButton())
    if refusal := closed(meeting, now):
        return say(refusal)
    starts_at = dtm.datetime.fromisoformat(row.draft["starts_at"])
    if (starts_at, row.draft["place"]) != (meeting.meeting.starts_at, meeting.meeting.place):
        meeting = _change(session, asker, meeting, (starts_at, row.draft["place"]), now)
    return in_place(overview(session, asker, meeting, now))


def _change(
    session: Session,
    asker: Asker,
    meeting: Called,
    wanted: tuple[dtm.datetime, str],
    now: dtm.datetime,
) -> Called:
    row, was_told = meeting.meeting, meeting.dates.notice_at <= now
    starts_before = row.starts_at
    row.sequence += 1
    session.add(
        MeetingChange(
            meeting_id=row.id,
            sequence=row.sequence,
            starts_before=starts_before,
            place_before=row.place,
            changed_by_id=asker.contact_id,
            changed_at=now,
        )
    )
    row.starts_at, row.place = wanted
    due = first_notice_at(meeting.rules, row.level, row.starts_at)
    row.notice_at = now if was_told else max(now, due)
    # What was reckoned from the earlier time is reckoned anew.
    changed = replace(meeting)
    row.next_act_at = next_act_at(changed, now)
    session.add(row)
    session.flush()
    audit.record(session, asker, "meeting.changed", now, ("meeting", row.id))
    tell_of_change(session, changed, starts_before, now)
    return changed


@entitled(Action.CALL_MEETING)
def ask_cancel(session: Session, _asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """取消会议: so many units hear of it."""
    meeting = called(session, meeting_id)
    if meeting is None:
        return say(StaleButton())
    refusal = closed(meeting, now)
    return in_place(refusal or ConfirmCancel(meeting.head, len(meeting.units)))


@entitled(Action.CALL_MEETING)
def cancel(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """It is off; everybody who heard of it hears."""
    meeting = _locked(session, meeting_id)
    if meeting is None:
        return say(StaleButton())
    if refusal := closed(meeting, now):
        return say(refusal)
    row = meeting.meeting
    row.state, row.cancelled_at, row.next_act_at = MeetingState.CANCELLED, now, None
    row.sequence += 1
    session.add(row)
    session.flush()
    audit.record(session, asker, "meeting.cancelled", now, ("meeting", row.id))
    tell_of_cancelling(session, meeting, now)
    return in_place(MeetingOff(meeting.head))


def _preview(
    session: Session, meeting: Called, starts_at: dtm.datetime, place: str, now: dtm.datetime
) -> Message:
    found = clashes(session, meeting, starts_at, now)
    return ConfirmChange(meeting.head, starts_at, place, len(meeting.units), found)


def _locked(session: Session, meeting_id: int) -> Called | None:
    row = session.get(Meeting, meeting_id, with_for_update=True)
    return called(session, row.id) if row else None


class _Changing:
    """The conversation that waits for 确认变更; whatever is typed, the change is shown again."""

    kind = "meeting_change"

    def heard(
        self, session: Session, asker: Asker, row: Dialog, _text: str, now: dtm.datetime
    ) -> Answers:
        """Only the button confirms."""
        return self.asked_again(session, asker, row, now)

    def asked_again(
        self, session: Session, asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """Old and new."""
        meeting = called(session, row.draft["meeting_id"])
        refusal = closed(meeting, now) if meeting else StaleButton()
        if meeting is None or refusal:
            dialogs.end(session, asker)
            return say(refusal or StaleButton())
        starts_at = dtm.datetime.fromisoformat(row.draft["starts_at"])
        return say(_preview(session, meeting, starts_at, row.draft["place"], now))


CHANGING = dialogs.register_flow(_Changing())
