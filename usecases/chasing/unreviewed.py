"""Reports that wait for their review, with what decides who is to hear of it."""

import datetime as dtm
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session

from db.tables.reporting import ObligationState, Report
from domain.chain import Chain, Rung
from domain.timetable import Step
from usecases.chain import load_roster
from usecases.chasing.chased import Chased, chased_by_ids
from usecases.notices import Subject
from usecases.reporting.queue import pending_reports
from usecases.reporting.review_notices import SUBJECT

WAITING = (ObligationState.SUBMITTED,)


@dataclass(frozen=True, slots=True)
class Unreviewed:
    """A report that waits for its review, with the people of its chain."""

    chased: Chased
    report: Report
    chain: Chain

    @property
    def due_at(self) -> dtm.datetime:
        """By when it is to be reviewed."""
        return self.chased.rules.review_due_at(self.report.submitted_at)

    @property
    def is_filed_by_reviewer(self) -> bool:
        """Whether the reviewer reported it themselves: then the office is to review it."""
        return self.reviewer_id is not None and self.reviewer_id == self.report.author_id

    @property
    def reviewer_id(self) -> int | None:
        """Who reviews it at present, if anybody does."""
        seat = self.chain.seat(Rung.REVIEWER)
        return seat.acting_id if seat else None

    def days_waiting(self, now: dtm.datetime) -> int:
        """How many working days ago it was submitted."""
        rules = self.chased.rules
        since, today = rules.local_day(self.report.submitted_at), rules.local_day(now)
        return rules.calendar.working_days_between(since, today)

    def rung_now(self, now: dtm.datetime) -> Step | None:
        """The rung whose day has come: one at a time, however many days were missed."""
        steps = self.chased.rules.review_ladder(self.due_at)
        ahead = steps[self.chased.obligation.review_climbed :]
        return ahead[0] if ahead and ahead[0].at <= now else None

    def subject(self, step: Step) -> Subject:
        """What is told on a rung; a report submitted again is another one."""
        day = self.chased.rules.local_day(self.due_at)
        return Subject(SUBJECT, self.report.id, f"{day}+{step.rung.working_days}")


def unreviewed(
    session: Session, obligation_ids: Collection[int], now: dtm.datetime
) -> list[Unreviewed]:
    """Those of these obligations whose report waits for its review, the soonest due first."""
    found = chased_by_ids(session, obligation_ids, WAITING)
    reports = pending_reports(session, found.keys())
    places = [one.place for one in found.values() if one.id in reports]
    roster = load_roster(session, now, places)
    return [
        Unreviewed(one, reports[one.id], roster.chain(one.place))
        for one in found.values()
        if one.id in reports
    ]
