"""What people do at their phones: filling in, mending, reviewing. Everything goes over the bot."""

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.programme import Listing, Project
from db.tables.reporting import (
    Obligation,
    ObligationState,
    ReportDraft,
    ReportingPeriod,
    ReportSource,
)
from domain.chain import Chain, Rung
from domain.periods import Period
from domain.reporting.filling import Filling, Step
from tests.offline import Offline
from usecases.asker import Asker
from usecases.chain import load_roster
from usecases.chasing.chased import Chased, chased_by_ids
from usecases.obligations import AWAITED
from usecases.reporting import filling, submitting
from usecases.reporting.filling import Desk

TEN_THOUSAND = 10_000
SHARES = (80, 100, 115, 95, 120)
"""What of an even month's part is completed, in per cent, by turns."""


@dataclass(frozen=True)
class Due:
    """A report that is still to come, with who is to send it."""

    chased: Chased
    chain: Chain

    @property
    def id(self) -> int:
        return self.chased.id

    def is_for(self, contact_id: int) -> bool:
        """Whether this person is the one who reports, or stands in for them."""
        seat = self.chain.seat(Rung.MAIN_REPORTER)
        return seat is not None and seat.acting_id == contact_id

    def is_under(self, contact_id: int) -> bool:
        """Whether this person's unit leads."""
        seat = self.chain.seat(Rung.REVIEWER)
        return seat is not None and seat.acting_id == contact_id


def still_to_come(session: Session, now: dtm.datetime) -> list[Due]:
    """Every report still to come, the soonest due first."""
    ids = session.exec(select(Obligation.id).where(col(Obligation.state).in_(AWAITED))).all()
    roster = load_roster(session, now)
    found = chased_by_ids(session, ids).values()
    return [Due(one, roster.chain(one.place)) for one in found]


def sends(session: Session, asker: Asker, ids: Sequence[int], now: dtm.datetime) -> int:
    """Somebody hands in these reports, filled in to the last question; how many were taken."""
    taken = 0
    for obligation_id in ids:
        desk = filling.desk_of(session, asker, obligation_id, now)
        if isinstance(desk, Desk):
            filled = Desk(desk.matter, _filled_in(desk))
            submitting.hand_in(session, asker, filled, ReportSource.CHAT, now)
            taken += 1
    return taken


def files(phones: Offline, account: int, ids: Sequence[int], now: dtm.datetime) -> None:
    """Somebody answers question after question of these reports, and submits each."""
    phones.types(account, "填报", now)
    for obligation_id in ids:
        if phones.was_offered(account, f"report.fill:{obligation_id}"):
            phones.presses(account, f"report.fill:{obligation_id}", now)
            _answers(phones, account, obligation_id, now)


def goes_on(phones: Offline, account: int, now: dtm.datetime) -> None:
    """Somebody answers what the report they have begun still asks, and submits it."""
    with phones.database.transaction() as session:
        drafts = (
            select(ReportDraft.obligation_id)
            .join(Contact, col(Contact.id) == col(ReportDraft.holder_id))
            .join(Obligation, col(Obligation.id) == col(ReportDraft.obligation_id))
            .where(Contact.telegram_user_id == account, col(Obligation.state).in_(AWAITED))
            .order_by(col(ReportDraft.touched_at).desc())
        )
        begun = session.exec(drafts).first()
    assert begun is not None, "no report was begun"
    _answers(phones, account, begun, now)


def reviews(phones: Offline, account: int, now: dtm.datetime) -> None:
    """A liaison goes through everything that waits, the clean ones in one press."""
    phones.types(account, "审核", now)
    while True:
        if phones.is_offered(account, "review.clean"):
            phones.presses(account, "review.clean", now)
            phones.presses(account, "review.clean_yes", now)
            phones.types(account, "审核", now)
        elif phones.is_offered(account, "review.show"):
            phones.presses(account, "review.show", now)
            phones.presses(account, "review.accept", now)
            phones.types(account, "审核", now)
        else:
            return


def _answers(phones: Offline, account: int, obligation_id: int, now: dtm.datetime) -> None:
    for _ in range(12):
        with phones.database.transaction() as session:
            facts = _facts(session, obligation_id)
        if facts is None:
            return
        step, answer = facts
        if step == "card":
            phones.presses(account, "report.submit", now)
        elif step == "problem_kind":
            phones.presses(account, "report.kind", now)
        else:
            phones.types(account, answer, now)
    raise AssertionError(f"the report {obligation_id} never comes to its end")


def _facts(session: Session, obligation_id: int) -> tuple[str, str] | None:
    """The question at which a report stands, and what is answered; None once it is sent."""
    obligation = session.get_one(Obligation, obligation_id)
    draft = session.exec(
        select(ReportDraft).where(ReportDraft.obligation_id == obligation_id)
    ).one_or_none()
    if draft is None or obligation.state is ObligationState.SUBMITTED:
        return None
    books = session.get_one(ReportingPeriod, obligation.period_id)
    listing = session.get_one(Listing, obligation.listing_id)
    month = Period(books.year, books.month)
    works = session.get_one(Project, obligation.project_id)
    planned = listing.annual_planned_investment or 0
    answers = {
        "opening_year": "0元",
        "opening_start": f"{planned // TEN_THOUSAND}万",
        "invested": f"{invested(works.id, planned, month) // TEN_THOUSAND}万",
        "progress": f"主体{min(99, 5 + 7 * month.month)}%",
        "problems": "无",
        "explanation": "雨季影响，下月赶工",
    }
    step = str(draft.content["step"])
    return step, answers.get(step, "")


def _filled_in(desk: Desk) -> Filling:
    """Every question answered, and a reason given in case a figure is odd."""
    matter = desk.matter
    planned = matter.listed.listing.annual_planned_investment or 0
    return replace(
        desk.filling,
        step=Step.CARD,
        version=desk.filling.version + 1,
        opening_year=0 if matter.base.year_to_date is None else None,
        opening_start=planned if matter.base.since_start is None else None,
        invested=None
        if matter.base.is_preparatory
        else invested(matter.project.id, planned, matter.period),
        progress=f"主体{min(99, 5 + 7 * matter.period.month)}%",
        problems=(),
        explanation="雨季影响，下月赶工",
    )


def invested(project_id: int, planned: int, month: Period) -> int:
    """What is completed in a month, in yuan: the even part and a little more or less."""
    share = SHARES[(project_id + month.month) % len(SHARES)]
    return planned // 12 * share // 100 // TEN_THOUSAND * TEN_THOUSAND
