"""One month of the whole sample programme: 1,132 projects, from the first reminder to the books.

Most report in time, some late, some not at all; liaisons accept, return, or let reports lie. What
everybody does is drawn, the same in every run. Whatever it is, the invariants hold.
"""

import datetime as dtm
import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from db.session import Database
from db.tables.people import Assignment, Contact
from db.tables.programme import Project
from db.tables.reporting import Obligation, ReportingPeriod
from db.tables.speech import Urgency
from domain.chain import Chain
from domain.vocabulary import Role
from sandbox.sample import guangxi
from sandbox.seeding import seed
from tests import builders, invariants
from tests.offline import Heard, Offline
from tests.rounds import at
from tests.year import hands
from usecases.asker import Asker, linked_contact
from usecases.notices import coordinators
from usecases.obligations import AWAITED
from usecases.policies import load_year
from usecases.reporting import filling
from usecases.reporting.queue import waiting_for
from usecases.reporting.reviewing import Reason, give_reason
from usecases.reporting.verdicts import accept_report

# November's reports are due on the 25th, 18:00; its 31st here is the first of December.
DAYS = (20, 23, 24, 25, 26, 27, 30, 31, 32)
NEVER = 99
SENT_ON = {20: 15, 23: 20, 24: 25, 25: 25, 26: 4, 27: 4, 30: 3, NEVER: 4}
"""Of a hundred reports so many are sent on each day."""
LAZY_ONE_IN, RETURNED_ONE_IN, SILENT_ONE_IN, BLOCKED = 6, 40, 3, 20
ANSWERS = ("alert.promise", "alert.know", "release.all")
HEARD = {
    "report_reminder",
    "late_reports",
    "late_for_liaison",
    "late_for_commissioner",
    "release_asked",
    "late_for_first_responsible",
    "all_clear",
    "review_digest",
    "reviews_overdue",
    "reviews_overdue_above",
    "reports_returned",
    "report_resubmitted",
    "reports_accepted",
    "office_watch",
    "people_unreachable",
    "books_closed",
}


@pytest.mark.timeout(900)
def test_a_month_of_the_sample(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'sample.db'}")
    seed(database, [guangxi()])
    month = Month(database)
    for day in DAYS:
        month.passes(day)
    month.closes(at(30, 9) + dtm.timedelta(days=10))
    month.next_opens(at(30, 9) + dtm.timedelta(days=16))
    assert {one.kind for one in month.phones.heard} >= HEARD
    database.dispose()


class Month:
    """The office and its phones, and what everybody is going to do."""

    def __init__(self, database: Database) -> None:
        self.phones = Offline(database)
        chance = random.Random(1132)
        with database.transaction() as session:
            load_year(session, "CN", 2027, {"published": True}, at(19, 9))
            self.office = _account(session, coordinators(session, at(19, 9))[0])
            projects = session.exec(select(Project.id).order_by(col(Project.id))).all()
            self.phones.blocked |= set(chance.sample(_reporters(session), BLOCKED))
        days = chance.choices(list(SENT_ON), list(SENT_ON.values()), k=len(projects))
        self.sent_on = dict(zip(projects, days, strict=True))
        self.unanswered: list[Heard] = []

    def passes(self, day: int) -> None:
        """A working day: people work between the clock's morning and its afternoon."""
        midnight = at(1, 0) + dtm.timedelta(days=day - 1)
        morning, noon = midnight + dtm.timedelta(hours=9), midnight + dtm.timedelta(hours=13)
        self._ticks(morning)
        self._answer(noon)
        self._report(day, noon)
        self._review(noon)
        afternoon = midnight + dtm.timedelta(hours=15, minutes=30)
        self._ticks(afternoon)
        self._is_sound(afternoon)

    def closes(self, now: dtm.datetime) -> None:
        """The office closes the books over what never came, and over nothing that was sent."""
        self._ticks(now)
        books, missing = self._books(11)
        assert missing
        assert all(self.sent_on[project_id] == NEVER for project_id in missing)
        self.phones.types(self.office, "封账", now)
        self.phones.presses(self.office, f"close.show:{books}", now)
        self.phones.presses(self.office, f"close.yes:{books}", now)
        self._ticks(now)
        with self.phones.database.transaction() as session:
            assert session.get_one(ReportingPeriod, books).closed_at == now

    def next_opens(self, now: dtm.datetime) -> None:
        """The next month is reminded of: every project owes it, and November is over."""
        before = len(self.phones.heard)
        self._ticks(now)
        self._is_sound(now)
        _, owing = self._books(12)
        assert sorted(owing) == sorted(self.sent_on)
        said = [one.text for one in self.phones.heard[before:] if one.kind == "report_reminder"]
        assert said
        assert not [text for text in said if "11月" in text]

    def _books(self, month: int) -> tuple[int, Sequence[int]]:
        """A month of the year, and the projects whose report on it is still to come."""
        with self.phones.database.transaction() as session:
            found = select(ReportingPeriod.id).where(
                ReportingPeriod.year == 2026, ReportingPeriod.month == month
            )
            books = session.exec(found).one()
            awaited = select(Obligation.project_id).where(
                Obligation.period_id == books, col(Obligation.state).in_(AWAITED)
            )
            return books, session.exec(awaited).all()

    def _ticks(self, now: dtm.datetime) -> None:
        heard = self.phones.tick(now)
        self.unanswered += heard
        told = [one.row_id for one in heard if one.urgency is not Urgency.ANSWER]
        with self.phones.database.transaction() as session:
            assert not invariants.of_what_was_told(session, told, now)

    def _is_sound(self, now: dtm.datetime) -> None:
        with self.phones.database.transaction() as session:
            assert not invariants.of_the_office(session, now)

    def _answer(self, now: dtm.datetime) -> None:
        """Commissioners promise, leaders know, the office lets out what waits; some are silent."""
        offered = {
            (one.account, data.split(":")[0]) for one in self.unanswered for data in one.offered
        }
        for account, button in sorted(offered):
            is_silent = account % SILENT_ONE_IN == 0 and account != self.office
            if button in ANSWERS and not is_silent and self.phones.was_offered(account, button):
                self.phones.presses(account, button, now)

    def _report(self, day: int, now: dtm.datetime) -> None:
        with self.phones.database.transaction() as session:
            for due in hands.still_to_come(session, now):
                if self.sent_on[due.chased.project.id] <= day:
                    self._send(session, due, now)

    def _send(self, session: Session, due: hands.Due, now: dtm.datetime) -> None:
        """What nobody can report over the bot is told by phone, and the office enters it."""
        sender = _first_who_can(session, due.chain)
        account = sender.telegram_user_id if sender else self.office
        if account in self.phones.blocked:
            return
        asker = builders.asker(session, linked_contact(session, account or 0), now)
        if not hands.sends(session, asker, [due.id], now):
            # Somebody else has begun it, or had it returned.
            filling.take_over(session, asker, due.id, now)
            assert hands.sends(session, asker, [due.id], now)

    def _review(self, now: dtm.datetime) -> None:
        """Liaisons who were told that something waits go through it; the lazy ones do not.

        What no liaison can review, the office does.
        """
        told = {one.account for one in self.unanswered if one.kind == "review_digest"}
        busy = {account for account in told if account % LAZY_ONE_IN}
        with self.phones.database.transaction() as session:
            for account in sorted(busy | {self.office}):
                reviewer = linked_contact(session, account)
                assert reviewer
                _goes_through(session, builders.asker(session, reviewer, now), now)
        self.unanswered.clear()


def _goes_through(session: Session, asker: Asker, now: dtm.datetime) -> None:
    for one in waiting_for(session, asker, now):
        if one.report.revision == 1 and one.report.id % RETURNED_ONE_IN == 0:
            give_reason(session, asker, Reason(one.report.id, 0), now)
        else:
            accept_report(session, asker, one, now)


def _account(session: Session, contact_id: int) -> int:
    account = session.get_one(Contact, contact_id).telegram_user_id
    assert account
    return account


def _reporters(session: Session) -> Sequence[int]:
    """The accounts of the information officers."""
    linked = (
        select(Contact.telegram_user_id)
        .join(Assignment, col(Assignment.contact_id) == col(Contact.id))
        .where(Assignment.role == Role.INFORMATION_OFFICER)
        .where(col(Contact.telegram_user_id).is_not(None))
        .distinct()
        .order_by(col(Contact.telegram_user_id))
    )
    return [account for account in session.exec(linked) if account]


def _first_who_can(session: Session, chain: Chain) -> Contact | None:
    """The reporter, else whoever else below the leaders can be told to report."""
    seats = [seat for rung in invariants.BELOW_THE_LEADERS if (seat := chain.seat(rung))]
    able = (seat.acting_id for seat in seats if seat.acting_id and not seat.gap)
    found = next(able, None)
    return session.get_one(Contact, found) if found else None
