"""What must hold of any office at any moment, whatever its people do.

`of_the_office` looks at everything that is kept, `of_what_was_told` at messages that have just
arrived. Each answers what is wrong, in words; nothing is what it should answer.
"""

import datetime as dtm
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence

from sqlmodel import Session, col, func, select

from db.tables.people import Contact
from db.tables.programme import Adjustment, BalanceKind, OpeningBalance
from db.tables.reporting import Obligation, ObligationState, Report, ReportingPeriod, Verdict
from db.tables.speech import Message, MessageState, Notice, NoticeState, Urgency
from domain.access import Action, may
from domain.chain import Chain, Roster, Rung
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
    told = [row for row in session.exec(found).all() if row.contact_id]
    rosters = _Rosters(session)
    return [
        f"{row.kind} to {session.get_one(Contact, row.contact_id).name}: {wrong}"
        for row in told
        for wrong in _wrong_with(session, row, rosters, now)
    ]


class _Rosters:
    """Who held which post at an instant, read once an instant."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[dtm.datetime, Roster] = {}

    def chain(self, one: Chased, now: dtm.datetime) -> Chain:
        """A report's chain at that instant."""
        if now not in self._known:
            self._known[now] = load_roster(self._session, now)
        return self._known[now].chain(one.place)


def _wrong_with(
    session: Session, row: Message, rosters: _Rosters, now: dtm.datetime
) -> Iterator[str]:
    notices = session.exec(select(Notice).where(Notice.message_id == row.id)).all()
    if not notices:
        return
    yield from _out_of_hours(session, row, now)
    yield from _too_many(session, row, notices[0], now)
    yield from _said_before(session, row, now)
    of_reports = [one for one in notices if one.subject_kind == "obligation"]
    chasing = [one for one in of_reports if one.occasion in chasing_occasions()]
    chased = chased_by_ids(session, {one.subject_id for one in chasing})
    for notice in chasing:
        one = chased.get(notice.subject_id)
        if one is None:
            yield f"asks for report {notice.subject_id}, which is not to come any more"
        else:
            yield from _not_for_them(session, row, one, rosters, now)


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
    session: Session, row: Message, one: Chased, rosters: _Rosters, now: dtm.datetime
) -> Iterator[str]:
    """Whoever is told has a part in it; a leader only after somebody below was reached."""
    assert row.contact_id
    name = f"{one.project.name} {one.month}"
    chain = rosters.chain(one, now)
    if row.contact_id in coordinators(session, now):
        return
    if not chain.involves(row.contact_id):
        if not may(Action.REPORT, standing_grants(session, row.contact_id, now), one.ground):
            yield f"{name} is not theirs"
    elif row.contact_id not in _people(chain, BELOW_THE_LEADERS):
        reached = _first_reached(session, one, rosters, now)
        if reached is None or one.rules.allowed_after_delivery(reached) > now:
            yield f"{name}: nobody below was reached a working day before"


def _people(chain: Chain, rungs: Sequence[Rung]) -> set[int]:
    seats = [chain.seat(rung) for rung in rungs]
    return {
        person for seat in seats if seat for person in (seat.holder_id, seat.acting_id) if person
    }


def _first_reached(
    session: Session, one: Chased, rosters: _Rosters, now: dtm.datetime
) -> dtm.datetime | None:
    """When somebody below was first really asked for it since it became late.

    Whoever sat there then counts as well: posts change hands.
    """
    late_since = _late_since(one)
    then, today = rosters.chain(one, late_since), rosters.chain(one, now)
    below = _people(then, BELOW_THE_LEADERS) | _people(today, BELOW_THE_LEADERS)
    found = (
        select(func.min(Message.sent_at))
        .join(Notice, col(Notice.message_id) == col(Message.id))
        .where(Notice.subject_kind == "obligation", Notice.subject_id == one.id)
        .where(col(Notice.occasion).in_(chasing_occasions()))
        .where(Message.state == MessageState.SENT, col(Message.sent_at) > late_since)
        .where(col(Message.contact_id).in_(below))
    )
    return session.exec(found).one()


def _more_than_one_obligation(session: Session) -> Iterator[str]:
    counts = Counter(session.exec(select(Obligation.project_id, Obligation.period_id)).all())
    for (project_id, period_id), count in counts.items():
        if count > 1:
            yield f"project {project_id} owes period {period_id} {count} times"


def _not_chased(session: Session, now: dtm.datetime) -> Iterator[str]:
    """Every late report was asked for since it became late, or there is a reason why not."""
    ids = session.exec(select(Obligation.id).where(col(Obligation.state).in_(AWAITED))).all()
    late = [one for one in chased_by_ids(session, ids).values() if _has_come(session, one, now)]
    roster = load_roster(session, now)
    brakes = held(session, now)
    for one in late:
        chain = roster.chain(one.place)
        seats = [seat for rung in BELOW_THE_LEADERS if (seat := chain.seat(rung))]
        reachable = any(seat.acting_id and not seat.gap for seat in seats)
        if reachable and not brakes.has(one) and not _asked_for(session, one):
            yield f"{one.project.name} {one.month} is late and nobody was asked"


def _has_come(session: Session, one: Chased, now: dtm.datetime) -> bool:
    """Whether the first rung's day has come; who took a report back is asked the next morning."""
    withdrawn = select(func.max(Report.verdict_at)).where(
        Report.obligation_id == one.id, Report.verdict == Verdict.SUPERSEDED
    )
    first, taken_back = one.steps[0], session.exec(withdrawn).one()
    at = one.rules.not_before_morning(first, taken_back) if taken_back else first.at
    return at <= now


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
    records = records_of(session, accepted.keys())
    openings, corrections = _openings(session), _corrections(session)
    for project_id, months in accepted.items():
        for until in months:
            told = records[project_id].ledger.year_to_date(until).yuan
            opening = openings.get((project_id, until.year), [])
            summed = _summed(months, opening, corrections.get(project_id, []), until)
            if told != summed:
                yield f"project {project_id} to {until}: {told} is told, {summed} was accepted"


def _last_words(session: Session) -> dict[int, dict[Period, int]]:
    query = (
        select(Report.invested_month, Obligation.project_id, ReportingPeriod)
        .join(Obligation, col(Obligation.id) == col(Report.obligation_id))
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(Report.verdict == Verdict.ACCEPTED, col(Report.invested_month).is_not(None))
        .order_by(col(Report.revision))
    )
    found: defaultdict[int, dict[Period, int]] = defaultdict(dict)
    for invested, project_id, books in session.exec(query):
        found[project_id][Period(books.year, books.month)] = invested or 0
    return found


def _openings(session: Session) -> dict[tuple[int, int], list[OpeningBalance]]:
    """What was stated as completed in a year, by project and year, the last word last."""
    stated = OpeningBalance.kind == BalanceKind.YEAR_TO_DATE
    found: defaultdict[tuple[int, int], list[OpeningBalance]] = defaultdict(list)
    order = col(OpeningBalance.month), col(OpeningBalance.recorded_at)
    for row in session.exec(select(OpeningBalance).where(stated).order_by(*order)):
        found[row.project_id, row.year].append(row)
    return found


def _corrections(session: Session) -> dict[int, list[Adjustment]]:
    found: defaultdict[int, list[Adjustment]] = defaultdict(list)
    for row in session.exec(select(Adjustment)):
        found[row.project_id].append(row)
    return found


def _summed(
    accepted: dict[Period, int],
    openings: Sequence[OpeningBalance],
    corrections: Sequence[Adjustment],
    until: Period,
) -> int:
    stated = [row for row in openings if row.month <= until.month]
    after = Period(until.year, stated[-1].month).next if stated else Period(until.year, 1)
    months = after.until(until)
    return (
        (stated[-1].amount if stated else 0)
        + sum(yuan for month, yuan in accepted.items() if month in months)
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
        is_waiting = row.state is ObligationState.SUBMITTED
        ahead = reviews[row.review_climbed :] if is_waiting else rungs[row.climbed :]
        if ahead:
            yield f"obligation {row.id} ({row.state}) is not looked at again"
