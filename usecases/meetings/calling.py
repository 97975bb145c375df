"""The conversation that calls a meeting: when, where, and the draft stands; or changes either."""

import datetime as dtm
import re
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session, col, func, select

from db.tables.meetings import PLACE, Meeting, MeetingState
from db.tables.speech import Dialog
from domain.access import Action
from domain.dialogs import Position
from domain.meetings.moments import Moment, read_moment
from templates.message import Message
from templates.office import StaleButton
from templates.organising import AskUnits, AskWhen, AskWhenSure, AskWhere
from usecases import audit, dialogs
from usecases.answers import Answers, say
from usecases.asker import Asker
from usecases.directory import find_units
from usecases.meetings.book import Called, called
from usecases.meetings.changing import confirm_change
from usecases.meetings.drafting import card, doubts, invite_only
from usecases.meetings.organising import closed, overview
from usecases.meetings.planning import next_act_at, open_draft, seat
from usecases.meetings.scope import own_level
from usecases.policies import timetable
from usecases.rights import entitled

PLACES_OFFERED = 2

WHEN, SURE, WHERE, ADD, ONLY = "when", "sure", "where", "add_units", "only_units"

_BETWEEN_UNITS = re.compile(r"[、,，;；\n]+")


@entitled(Action.CALL_MEETING)
def call(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """召集会议: when is it?"""
    return _stand(session, asker, WHEN, {}, now)


@entitled(Action.CALL_MEETING)
def ask_time(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """Another time for the meeting."""
    return _ask_of(session, asker, WHEN, meeting_id, now)


@entitled(Action.CALL_MEETING)
def ask_place(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """Another place for the meeting."""
    return _ask_of(session, asker, WHERE, meeting_id, now)


@entitled(Action.CALL_MEETING)
def ask_more_units(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """Further units, by their names."""
    return _ask_of(session, asker, ADD, meeting_id, now)


@entitled(Action.CALL_MEETING)
def ask_only_units(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """Just a few units, by their names."""
    return _ask_of(session, asker, ONLY, meeting_id, now)


@entitled(Action.CALL_MEETING)
def be_sure(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The odd time was meant."""
    row = _row_at(session, asker, SURE)
    if row is None:
        return say(StaleButton())
    return _timed(session, asker, row, dtm.datetime.fromisoformat(row.draft["starts_at"]), now)


@entitled(Action.CALL_MEETING)
def same_place(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """Where another meeting was."""
    row, other = _row_at(session, asker, WHERE), session.get(Meeting, meeting_id)
    if row is None or other is None:
        return say(StaleButton())
    return _placed(session, asker, row, other.place, now)


class _Calling:
    """The conversation as a kind of its own: what it asks next depends on the calendar."""

    kind = "meeting"

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """The answer at the row's step, by somebody who may still call meetings."""
        return _heard(session, asker, (row, text.strip()), now)

    def asked_again(
        self, session: Session, _asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """The question at which the conversation stands."""
        return say(_question(session, row.step, row.draft, now))


@entitled(Action.CALL_MEETING)
def _heard(session: Session, asker: Asker, said: tuple[Dialog, str], now: dtm.datetime) -> Answers:
    row, text = said
    if row.step in (WHEN, SURE):
        return _time_said(session, asker, row, text, now)
    if row.step == WHERE:
        return _placed(session, asker, row, text, now)
    return _units_said(session, asker, row, text, now)


def _time_said(
    session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
) -> Answers:
    rules = timetable(session)
    read = read_moment(text, rules.local_day(now))
    if not isinstance(read, Moment):
        return say(AskWhen(read))
    starts_at = rules.instant(read.day, read.time)
    if doubts(rules, starts_at, now):
        draft = {**row.draft, "starts_at": starts_at.isoformat()}
        return _stand(session, asker, SURE, draft, now)
    return _timed(session, asker, row, starts_at, now)


def _timed(
    session: Session, asker: Asker, row: Dialog, starts_at: dtm.datetime, now: dtm.datetime
) -> Answers:
    meeting = _meeting(session, row.draft)
    if meeting is None:
        return _stand(session, asker, WHERE, {"starts_at": starts_at.isoformat()}, now)
    return _changed(session, asker, meeting, (starts_at, meeting.meeting.place), now)


def _placed(session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime) -> Answers:
    meeting, place = _meeting(session, row.draft), text[:PLACE]
    if meeting is not None:
        return _changed(session, asker, meeting, (meeting.meeting.starts_at, place), now)
    dialogs.end(session, asker)
    draft = Meeting(
        level=own_level(session, now),
        starts_at=dtm.datetime.fromisoformat(row.draft["starts_at"]),
        place=place,
        called_by_id=asker.contact_id,
        called_at=now,
    )
    opened = open_draft(session, draft, now)
    audit.record(session, asker, "meeting.drafted", now, ("meeting", draft.id))
    return say(card(session, opened, now))


def _changed(
    session: Session,
    asker: Asker,
    meeting: Called,
    wanted: tuple[dtm.datetime, str],
    now: dtm.datetime,
) -> Answers:
    """A draft is simply changed; of one that was let out the change is shown first."""
    dialogs.end(session, asker)
    if not meeting.is_draft:
        return confirm_change(session, asker, meeting, wanted, now)
    meeting.meeting.starts_at, meeting.meeting.place = wanted
    if meeting.meeting.planned_for:
        meeting.meeting.next_act_at = next_act_at(meeting, now)
    session.add(meeting.meeting)
    session.flush()
    return say(card(session, _again(session, meeting), now))


def _units_said(
    session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
) -> Answers:
    meeting = _meeting(session, row.draft)
    if meeting is None or not (meeting.is_draft or meeting.is_on):
        dialogs.end(session, asker)
        return say(StaleButton())
    found, unknown = _units_named(session, text)
    if unknown or not found:
        return say(AskUnits(meeting.head, unknown))
    dialogs.end(session, asker)
    _invite(session, meeting, found, row.step)
    audit.record(session, asker, "meeting.units_named", now, ("meeting", meeting.id))
    again = _again(session, meeting)
    if again.is_draft:
        return say(card(session, again, now))
    again.meeting.next_act_at = now
    session.add(again.meeting)
    return say(overview(session, asker, again, now))


def _invite(session: Session, meeting: Called, found: list[int], step: str) -> None:
    if step == ONLY and meeting.is_draft:
        invite_only(session, meeting.meeting, found)
        return
    there = {unit.organisation.id for unit in meeting.units}
    seat(session, meeting.id, [one for one in found if one not in there])


def _units_named(session: Session, text: str) -> tuple[list[int], tuple[str, ...]]:
    """The units that are meant: by their whole name, or a part that only one of them has."""
    found: dict[int, None] = {}
    unknown = []
    for words in filter(None, map(str.strip, _BETWEEN_UNITS.split(text))):
        meant = find_units(session, words)
        if len(meant) == 1:
            found[meant[0].id] = None
        else:
            unknown.append(words)
    return list(found), tuple(unknown)


def _ask_of(
    session: Session, asker: Asker, step: str, meeting_id: int, now: dtm.datetime
) -> Answers:
    meeting = called(session, meeting_id)
    if meeting is None:
        return say(StaleButton())
    refusal = None if meeting.is_draft else closed(meeting, now)
    if refusal:
        return say(refusal)
    starts_at = meeting.meeting.starts_at.isoformat()
    return _stand(session, asker, step, {"meeting_id": meeting_id, "starts_at": starts_at}, now)


def _stand(
    session: Session, asker: Asker, step: str, draft: Mapping[str, Any], now: dtm.datetime
) -> Answers:
    dialogs.stand_at(session, asker, CALLING, Position(step, draft), now)
    return say(_question(session, step, draft, now))


def _question(session: Session, step: str, draft: Mapping[str, Any], now: dtm.datetime) -> Message:
    if step == WHEN:
        return AskWhen()
    starts_at = dtm.datetime.fromisoformat(draft["starts_at"])
    if step == SURE:
        return AskWhenSure(starts_at, doubts(timetable(session), starts_at, now))
    if step == WHERE:
        return AskWhere(starts_at, _places(session))
    meeting = _meeting(session, draft)
    return AskUnits(meeting.head) if meeting else StaleButton()


def _places(session: Session) -> tuple[tuple[int, str], ...]:
    """The places used last, each with a meeting that was there."""
    latest = (
        select(func.max(Meeting.id), Meeting.place)
        .where(Meeting.place != "", Meeting.state == MeetingState.PUBLISHED)
        .group_by(col(Meeting.place))
        .order_by(func.max(Meeting.id).desc())
        .limit(PLACES_OFFERED)
    )
    return tuple((meeting_id, place) for meeting_id, place in session.exec(latest))


def _row_at(session: Session, asker: Asker, step: str) -> Dialog | None:
    """The conversation, if it stands at that question."""
    row = dialogs.open_dialog(session, asker)
    return row if row and row.kind == CALLING.kind and row.step == step else None


def _meeting(session: Session, draft: Mapping[str, Any]) -> Called | None:
    return called(session, draft["meeting_id"]) if "meeting_id" in draft else None


def _again(session: Session, meeting: Called) -> Called:
    found = called(session, meeting.id)
    assert found
    return found


CALLING = dialogs.register_flow(_Calling())
