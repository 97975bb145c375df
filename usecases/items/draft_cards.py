"""The card of a drafted decision, and what can no longer be done with one."""

import datetime as dtm

from sqlmodel import Session

from db.tables.items import Decision, DecisionState
from templates.deciding import DraftDecision, DraftOver
from usecases.items.book import decided_all, in_force
from usecases.items.drafts import lines_of
from usecases.meetings.book import called
from usecases.policies import timetable


def card(session: Session, row: Decision, now: dtm.datetime) -> DraftDecision:
    """The draft as it stands; which unit's decision in force it would replace."""
    (line,) = lines_of(session, decided_all(session, [row]), now)
    meeting = called(session, row.meeting_id) if row.meeting_id else None
    earlier = in_force(session, {row.item_id}).get(row.item_id)
    return DraftDecision(
        line,
        meeting.head if meeting else None,
        timetable(session).policy.meetings.decision_working_days,
        earlier.unit.name if earlier else "",
    )


def over(row: Decision) -> DraftOver:
    """The draft was given out or dropped meanwhile."""
    return DraftOver(row.item_id, row.state is not DecisionState.DROPPED)
