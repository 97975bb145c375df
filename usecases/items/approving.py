"""The minutes are approved (纪要已审定): drafts come into force and are given out (下发)."""

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from db.tables.items import Decision, DecisionState
from db.tables.meetings import Meeting
from db.tables.people import Contact
from domain.access import Action
from domain.items.machine import ItemAct, may
from templates.deciding import DraftedLine
from templates.message import Message
from templates.minutes import (
    ConfirmIssue,
    ConfirmMinutes,
    DecisionsIssued,
    DraftDecisions,
    MinutesApproved,
    NoDecisionRecorded,
    numbered,
)
from templates.office import StaleButton
from usecases import audit
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.items.assigning import assign
from usecases.items.book import Decided, Item, claimed, decided_all, item, note
from usecases.items.draft_cards import over
from usecases.items.drafts import drafts_of, has_own_day, lines_of, next_article, usual_due_at
from usecases.items.sketch import draft
from usecases.meetings.book import Called, called
from usecases.policies import timetable
from usecases.rights import entitled


@dataclass(frozen=True, slots=True)
class Approval:
    """A meeting's minutes, as far as they were shown: up to this decision."""

    meeting_id: int
    newest_id: int = 0


@entitled(Action.DECIDE_ITEM)
def show_drafts(session: Session, _asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """What the meeting decided, as its minutes will have it, and what is missing."""
    meeting = called(session, meeting_id)
    if meeting is None:
        return say(StaleButton())
    lines = _articles(session, meeting_id, now)
    days = meeting.rules.policy.meetings.decision_working_days
    shown = DraftDecisions(meeting.head, lines, days)
    return in_place(shown if lines else _nothing(session, meeting))


@entitled(Action.DECIDE_ITEM)
def confirm(session: Session, _asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """纪要已审定: these decisions, to so many units?"""
    meeting = called(session, meeting_id)
    if meeting is None:
        return say(StaleButton())
    lines = _articles(session, meeting_id, now)
    if not lines:
        return say(_nothing(session, meeting))
    return in_place(_question(meeting, lines))


@entitled(Action.DECIDE_ITEM)
def approve(session: Session, asker: Asker, given: Approval, now: dtm.datetime) -> Answers:
    """The minutes are approved: all that was decided counts, and the units hear of it.

    Of two coordinators who press at once the second is told who was first. What was recorded after
    the question is asked about before it goes.
    """
    meeting_id = given.meeting_id
    row = session.get(Meeting, meeting_id, with_for_update=True, populate_existing=True)
    meeting = called(session, meeting_id) if row else None
    if row is None or meeting is None:
        return say(StaleButton())
    drafts = drafts_of(session, meeting_id)
    if not drafts:
        return say(_nothing(session, meeting))
    if max(one.id for one in drafts) > given.newest_id:
        grown = _question(meeting, _articles(session, meeting_id, now))
        return in_place(replace(grown, has_grown=True))
    row.minutes_approved_at, row.minutes_approved_by_id = now, asker.contact_id
    session.add(row)
    audit.record(session, asker, "minutes.approved", now, ("meeting", meeting_id))
    return in_place(_issued(session, asker, meeting, drafts, now))


@entitled(Action.DECIDE_ITEM)
def confirm_issue(session: Session, _asker: Asker, decision_id: int, now: dtm.datetime) -> Answers:
    """下发: a decision without a meeting, to its unit?"""
    row = _alone(session, decision_id)
    if isinstance(row, Message):
        return say(row)
    (line,) = lines_of(session, decided_all(session, [row]), now)
    return in_place(ConfirmIssue(replace(line, is_default=False)))


@entitled(Action.DECIDE_ITEM)
def issue(session: Session, asker: Asker, decision_id: int, now: dtm.datetime) -> Answers:
    """It counts now, and its unit hears of it."""
    row = _alone(session, decision_id)
    if isinstance(row, Message):
        return say(row)
    return in_place(_issued(session, asker, None, decided_all(session, [row]), now))


def _question(meeting: Called, lines: Sequence[DraftedLine]) -> ConfirmMinutes:
    to_phone = {line.unit: line for line in lines if line.gap}
    return ConfirmMinutes(
        meeting.head,
        len(lines),
        tuple(dict.fromkeys(line.unit for line in lines)),
        tuple(to_phone.values()),
        sum(line.is_past for line in lines),
        max(line.decision_id for line in lines),
    )


def _issued(
    session: Session,
    asker: Asker,
    meeting: Called | None,
    drafts: Sequence[Decided],
    now: dtm.datetime,
) -> DecisionsIssued:
    given = [one for one in drafts if _give_out(session, asker, one, now)]
    left = [one for one in drafts if one not in given]
    if meeting:
        for article, one in enumerate(given, start=next_article(session, meeting.id)):
            one.row.article = article
    session.flush()
    return DecisionsIssued(
        meeting.head if meeting else None,
        lines_of(session, given, now),
        lines_of(session, left, now),
    )


def _give_out(session: Session, asker: Asker, drafted: Decided, now: dtm.datetime) -> bool:
    """The draft comes into force; False where it or its item came to its end meanwhile."""
    before = claimed(session, drafted.row.item_id, now)
    assert before
    session.refresh(drafted.row, with_for_update=True)
    if drafted.row.state is not DecisionState.DRAFT or not may(ItemAct.DECIDED, before.row.state):
        return False
    if before.decided:
        before.decided.row.state = DecisionState.REPLACED
        before.decided.row.next_act_at = None
        session.add(before.decided.row)
    after = _in_force(session, asker, drafted.row, now)
    note(
        session,
        after,
        ItemAct.DECIDED,
        now,
        by_id=asker.contact_id,
        text=drafted.row.text,
        due_at=drafted.row.due_at,
    )
    audit.record(session, asker, "decision.given_out", now, ("decision", drafted.id))
    assert after.decided
    assign(session, asker, (after, after.decided), before.decided, now)
    return True


def _in_force(session: Session, asker: Asker, row: Decision, now: dtm.datetime) -> Item:
    if not has_own_day(row):
        row.due_at = usual_due_at(timetable(session), now)
    row.state, row.approved_at, row.approved_by_id = DecisionState.IN_FORCE, now, asker.contact_id
    session.add(row)
    session.flush()
    found = item(session, row.item_id, now)
    assert found
    return found


def _articles(session: Session, meeting_id: int, now: dtm.datetime) -> tuple[DraftedLine, ...]:
    lines = lines_of(session, drafts_of(session, meeting_id), now)
    return numbered(lines, next_article(session, meeting_id))


def _alone(session: Session, decision_id: int) -> Decision | Message:
    """A draft that no meeting's minutes wait for."""
    row = draft(session, decision_id)
    if row is None:
        known = session.get(Decision, decision_id)
        return over(known) if known else StaleButton()
    return StaleButton() if row.meeting_id else row


def _nothing(session: Session, meeting: Called) -> Message:
    row = meeting.meeting
    if row.minutes_approved_at is None:
        return NoDecisionRecorded(meeting.head)
    by = session.get(Contact, row.minutes_approved_by_id or 0)
    return MinutesApproved(meeting.head, row.minutes_approved_at, by.name if by else "")
