"""What must hold of any office at any moment, whatever its people do.

`of_the_office` looks at everything that is kept, `of_what_was_told` at messages that have just
arrived. Each answers what is wrong, in words; nothing is what it should answer.
"""

import datetime as dtm
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from sqlmodel import Session, col, func, select

from db.tables.people import Contact
from db.tables.programme import Adjustment, BalanceKind, OpeningBalance
from db.tables.reporting import Obligation, ObligationState, Report, ReportingPeriod, Verdict
from db.tables.speech import Message, MessageState, Notice, NoticeState, Urgency
from domain.access import Action, may
from domain.chain import Chain, Rung
from domain.periods import Period
from usecases.asker import grants_of
from usecases.chain import load_roster
from usecases.chasing.chased import Chased, chased_by_ids
from usecases.chasing.holds import held
from usecases.ledgers import records_of
from usecases.notices import chasing_occasions, coordinators, occasion_of, spending_occasions
from usecases.obligations import AWAITED, LIVE
from usecases.policies import timetable
from usecases.standing import standing_grants

BELOW_THE_LEADERS = (Rung.MAIN_REPORTER, Rung.SECOND_REPORTER, Rung.REVIEWER)
LEADERS = (Rung.COMMISSIONER, Rung.FIRST_RESPONSIBLE)
AGAIN_WITHIN = dtm.timedelta(hours=3)


def of_the_office(session: Session, now: dtm.datetime) -> list[str]:
    """Everything that is wrong with what is kept, right after the planner has looked at it."""
    return [
        *_more_than_one_obligation(session),
        *_not_chased(session, now),
        *_figures_that_are_no_sums(session),
        *_forgotten(session),
    ]


def of_what_was_told(session: Session, ids: Collection[int], now: dtm.datetime) -> list[str]:
    """Everything that is wrong with the messages (by their row) that have just arrived."""
    found = select(Message).where(col(Message.id).in_(ids), Message.state == MessageState.SENT)
    return [
        f"{row.kind} to {session.get_one(Contact, row.contact_id).name}: {wrong}"
        for row in session.exec(found)
        for wrong in _wrong_with(session, row, now)
        if row.contact_id
    ]


def _wrong_with(session: Session, row: Message, now: dtm.datetime) -> Iterator[str]:
    notices = session.exec(select(Notice).where(Notice.message_id == row.id)).all()
    if not notices:
        return
    yield from _out_of_hours(session, row, now)
    yield from _too_many(session, row, notices[0], now)
    yield from _said_before(session, row, now)
    chasing = [one for one in notices if one.occasion in chasing_occasions()]
    chased = chased_by_ids(session, {one.subject_id for one in chasing})
    roster = load_roster(session, now)
    for notice in chasing:
        one = chased.get(notice.subject_id)
        if one is None:
            yield f"asks for report {notice.subject_id}, which is not to come any more"
        else:
            yield from _not_for_them(session, row, one, roster.chain(one.place), now)


def _out_of_hours(session: Session, row: Message, now: dtm.datetime) -> Iterator[str]:
    rules = timetable(session)
    windows = rules.policy.windows
    window = windows.urgent if row.urgency is Urgency.URGENT else windows.routine
    if rules.next_allowed(window, now) != now:
        yield f"said at {now.astimezone(rules.zone)}, outside the hours"


def _too_many(session: Session, row: Message, notice: Notice, now: dtm.datetime) -> Iterator[str]:
    """More than the most generous of the person's budgets."""
    rules = timetable(session)
    roles = {grant.role for grant in grants_of(session, notice.contact_id, now)}
    budgets = rules.policy.budgets
    if not roles or not roles <= budgets.keys() or not occasion_of(notice).spends_budget:
        return
    earlier = (
        select(Message.id, Message.created_at)
        .join(Notice, col(Notice.message_id) == col(Message.id))
        .where(Notice.contact_id == notice.contact_id, Message.id != row.id)
        .where(col(Notice.occasion).in_(spending_occasions()))
        .where(Message.state == MessageState.SENT)
    )
    told_at = list(dict(session.exec(earlier).all()).values())
    if not any(rules.budget_left(role, told_at, row.created_at) for role in roles):
        yield "one more than the budget allows"


def _said_before(session: Session, row: Message, now: dtm.datetime) -> Iterator[str]:
    same = select(Message.id).where(
        Message.chat_id == row.chat_id,
        Message.text == row.text,
        Message.id != row.id,
        Message.state == MessageState.SENT,
        col(Message.target_id).is_(None),
        col(Message.sent_at) > now - AGAIN_WITHIN,
    )
    if session.exec(same).first() is not None:
        yield f"the same words a short while before: {row.text[:60]!r}"


def _not_for_them(
    session: Session, row: Message, one: Chased, chain: Chain, now: dtm.datetime
) -> Iterator[str]:
    """Whoever is told has a part in it; a leader only after somebody below was reached."""
    assert row.contact_id
    name = f"{one.project.name} {one.month}"
    if row.contact_id in coordinators(session, now):
        return
    if not chain.involves(row.contact_id):
        if not may(Action.REPORT, standing_grants(session, row.contact_id, now), one.ground):
            yield f"{name} is not theirs"
    elif row.contact_id not in _people(chain, BELOW_THE_LEADERS):
        reached = _first_reached(session, one, _people(chain, BELOW_THE_LEADERS))
        if reached is None or one.rules.allowed_after_delivery(reached) > now:
            yield f"{name}: nobody below was reached a working day before"


def _people(chain: Chain, rungs: Sequence[Rung]) -> set[int]:
    seats = [chain.seat(rung) for rung in rungs]
    return {
        person for seat in seats if seat for person in (seat.holder_id, seat.acting_id) if person
    }


def _first_reached(session: Session, one: Chased, people: set[int]) -> dtm.datetime | None:
    """When somebody below was first really asked for it since it became late.

    Whoever sat there then counts as well: posts change hands.
    """
    late_since = _late_since(one)
    leaders = _people(load_roster(session, late_since).chain(one.place), LEADERS)
    found = (
        select(func.min(Message.sent_at))
        .join(Notice, col(Notice.message_id) == col(Message.id))
        .where(Notice.subject_kind == "obligation", Notice.subject_id == one.id)
        .where(col(Notice.occasion).in_(chasing_occasions()))
        .where(Message.state == MessageState.SENT, col(Message.sent_at) > late_since)
        .where(col(Message.contact_id).not_in((leaders | set(coordinators_ever(session))) - people))
    )
    return session.exec(found).one()


def coordinators_ever(session: Session) -> list[int]:
    """The office itself, now or before."""
    return coordinators(session, dtm.datetime.max.replace(tzinfo=dtm.UTC))


def _more_than_one_obligation(session: Session) -> Iterator[str]:
    counts = Counter(session.exec(select(Obligation.project_id, Obligation.period_id)).all())
    for (project_id, period_id), count in counts.items():
        if count > 1:
            yield f"project {project_id} owes period {period_id} {count} times"


def _not_chased(session: Session, now: dtm.datetime) -> Iterator[str]:
    """Every late report was asked for since it became late, or there is a reason why not."""
    ids = session.exec(select(Obligation.id).where(col(Obligation.state).in_(AWAITED))).all()
    late = [one for one in chased_by_ids(session, ids).values() if _has_come(one, now)]
    roster = load_roster(session, now)
    brakes = held(session, now)
    for one in late:
        chain = roster.chain(one.place)
        seats = [seat for rung in BELOW_THE_LEADERS if (seat := chain.seat(rung))]
        reachable = any(seat.acting_id and not seat.gap for seat in seats)
        if reachable and not brakes.has(one) and not _asked_for(session, one):
            yield f"{one.project.name} {one.month} is late and nobody was asked"


def _has_come(one: Chased, now: dtm.datetime) -> bool:
    return one.steps[0].at <= now


def _late_since(one: Chased) -> dtm.datetime:
    """A ladder may have been begun anew; what was asked for before that counts all the same."""
    due_at = one.obligation.due_at
    return min(due_at, one.obligation.climbs_from or due_at)


def _asked_for(session: Session, one: Chased) -> bool:
    found = select(Notice.id).where(
        Notice.subject_kind == "obligation",
        Notice.subject_id == one.id,
        col(Notice.occasion).in_(chasing_occasions()),
        Notice.created_at > _late_since(one),
        Notice.state != NoticeState.WITHDRAWN,
    )
    return session.exec(found).first() is not None


def _figures_that_are_no_sums(session: Session) -> Iterator[str]:
    """Every year's figure is the sum of what was accepted, of each month the last word."""
    accepted = _last_words(session)
    records = records_of(session, {project_id for project_id, _ in accepted})
    for project_id, month in accepted:
        told = records[project_id].ledger.year_to_date(month).yuan
        summed = _summed(session, accepted, project_id, month)
        if told != summed:
            yield f"project {project_id} to {month}: {told} is told, {summed} was accepted"


def _last_words(session: Session) -> dict[tuple[int, Period], int]:
    query = (
        select(Report, Obligation.project_id, ReportingPeriod)
        .join(Obligation, col(Obligation.id) == col(Report.obligation_id))
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(Report.verdict == Verdict.ACCEPTED)
        .order_by(col(Report.revision))
    )
    return {
        (project_id, Period(books.year, books.month)): report.invested_month
        for report, project_id, books in session.exec(query)
        if report.invested_month is not None
    }


def _summed(
    session: Session, accepted: dict[tuple[int, Period], int], project_id: int, until: Period
) -> int:
    openings = [
        row
        for row in session.exec(
            select(OpeningBalance).where(
                OpeningBalance.project_id == project_id,
                OpeningBalance.kind == BalanceKind.YEAR_TO_DATE,
                OpeningBalance.year == until.year,
            )
        )
        if Period(row.year, row.month) <= until
    ]
    opening = max(openings, key=lambda row: (row.month, row.recorded_at), default=None)
    after = Period(until.year, opening.month).next if opening else Period(until.year, 1)
    months = after.until(until)
    corrections = session.exec(select(Adjustment).where(Adjustment.project_id == project_id))
    return (
        (opening.amount if opening else 0)
        + sum(
            yuan for (one, month), yuan in accepted.items() if one == project_id and month in months
        )
        + sum(
            row.amount
            for row in corrections
            if row.year == until.year
            and Period(row.counts_from_year, row.counts_from_month) in months
        )
    )


def _forgotten(session: Session) -> Iterator[str]:
    """A live report is looked at again, unless its ladder has been climbed to the end."""
    query = (
        select(Obligation)
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(col(ReportingPeriod.closed_at).is_(None), col(Obligation.state).in_(LIVE))
        .where(col(Obligation.next_act_at).is_(None))
    )
    rungs = timetable(session).policy.ladder.rungs
    reviews = timetable(session).policy.review.rungs
    for row in session.exec(query):
        top = reviews if row.state is ObligationState.SUBMITTED else rungs
        if row.climbed < len(top):
            yield f"obligation {row.id} ({row.state}) is not looked at again"
