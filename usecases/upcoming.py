"""/upcoming: the asker's next dates; to the office, the office's, and every message to come."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlmodel import Session, col, func, select

from db.tables.people import Contact
from db.tables.reporting import Obligation
from domain.access import Action, Reach
from domain.periods import Period
from domain.rounds import Mark, Round, round_of, rounds_ahead
from domain.timetable import Timetable
from templates.upcoming import OwnDate, PlannedLine, PlannedMessages, RoundDate, Upcoming
from usecases import calendar_watch, notices, periods
from usecases.answers import Answers, say
from usecases.asker import Asker
from usecases.chasing.all_clear import clear_alarms
from usecases.chasing.holds import keep_holds
from usecases.chasing.review_digest import digest_reviews
from usecases.chasing.reviews import chase_reviews
from usecases.chasing.round_state import open_months
from usecases.chasing.tick import chase
from usecases.chasing.watch import watch_rounds, what_leaves_next
from usecases.foresight import Duty, Foreseen, foresee
from usecases.items.all_clear import clear_decision_alarms
from usecases.items.chasing import chase_decisions
from usecases.meetings.planning import keep_meetings, plan_series
from usecases.obligations import LIVE
from usecases.policies import timetable, timetable_of
from usecases.reporting.owed import owed_by
from usecases.reporting.queue import waiting_for
from usecases.reporting.settlement import remind_of_settlement
from usecases.rights import entitled

ROUNDS_AHEAD = 2
DATES_SHOWN = 12
OWED_SHOWN = 5
DAYS_AHEAD = 3
# Everybody waits while a month is rehearsed: with more reports it is the command line's work.
MOST_REHEARSED = 200
LINES_SHOWN = 15
NAMES_SHOWN = 5

DUTIES: tuple[Duty, ...] = (
    periods.keep_periods,
    keep_holds,
    chase,
    clear_alarms,
    chase_reviews,
    digest_reviews,
    watch_rounds,
    chase_decisions,
    clear_decision_alarms,
    remind_of_settlement,
    plan_series,
    keep_meetings,
    calendar_watch.watch_calendar,
    notices.expire,
)
"""What of the planner's duties can make somebody hear something, in its order."""

_REPORTERS = (Mark.OPENS, Mark.REMINDER, Mark.LAST_CALL, Mark.DUE, Mark.SETTLED)


@entitled(Action.READ_OVERDUE)
def upcoming(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The next dates of whoever asks."""
    rules = timetable(session)
    is_office = asker.reach(Action.NUDGE) is Reach.ALL
    owes = owed_by(session, asker, now) if asker.reach(Action.REPORT) else ()
    reviews = waiting_for(session, asker, now) if asker.reach(Action.REVIEW) else ()
    review_by = [one.matter.timetable.review_due_at(one.report.submitted_at) for one in reviews]
    months = open_months(session, now)
    return say(
        Upcoming(
            as_at=now,
            dates=tuple(islice(_dates(session, asker, now), DATES_SHOWN)),
            owed=tuple(
                OwnDate(
                    one.due, one.name, one.period, one.is_returned, rules.is_provisional(one.due)
                )
                for one in owes[:OWED_SHOWN]
            ),
            owes=len(owes),
            reviews=len(reviews),
            review_by=min(review_by, default=None),
            leaving=what_leaves_next(session, months[0], now) if is_office and months else None,
            is_office=is_office,
            shows_messages=is_office and _is_small(session),
        )
    )


@entitled(Action.NUDGE)
def show_messages(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """Every message of the next working days, for the office."""
    if asker.reach(Action.NUDGE) is not Reach.ALL or not _is_small(session):
        return upcoming(session, asker, None, now)
    rules = timetable(session)
    last = rules.calendar.add_working_days(rules.local_day(now), DAYS_AHEAD)
    planned = plan(session, now, last)
    lines = planned.lines
    return say(
        PlannedMessages(
            planned.until, lines[:LINES_SHOWN], planned.messages, len(lines[LINES_SHOWN:])
        )
    )


def plan(
    session: Session, now: dtm.datetime, last: dtm.date, person_id: int | None = None
) -> PlannedMessages:
    """Every message until the end of that day if nobody did anything, or one person's."""
    rules = timetable(session)
    until = rules.instant(last + dtm.timedelta(days=1), dtm.time(0)) - dtm.timedelta(minutes=1)
    found = foresee(session, DUTIES, now, until)
    messages = [one for one in found if person_id in (None, one.contact_id)]
    if person_id is None:
        lines = list(_lines(session, rules, messages))
    else:
        lines = [_own_line(rules, one) for one in messages]
    return PlannedMessages(until, tuple(lines), len(messages))


def _is_small(session: Session) -> bool:
    live = select(func.count()).select_from(Obligation).where(col(Obligation.state).in_(LIVE))
    return session.exec(live).one() <= MOST_REHEARSED


def _own_line(rules: Timetable, one: Foreseen) -> PlannedLine:
    return PlannedLine(one.at, one.occasion, 1, (), one.begins, rules.is_provisional(one.at))


def _lines(
    session: Session, rules: Timetable, messages: Sequence[Foreseen]
) -> Iterator[PlannedLine]:
    """One line an instant and occasion, with the first names."""
    together: defaultdict[tuple[dtm.datetime, str], list[int]] = defaultdict(list)
    for one in messages:
        together[one.at, one.occasion].append(one.contact_id)
    everybody = select(Contact.id, Contact.name).where(
        col(Contact.id).in_({one.contact_id for one in messages})
    )
    names = dict(session.exec(everybody).all())
    for (at, occasion), people in together.items():
        whom = tuple(names[one] for one in people[:NAMES_SHOWN])
        yield PlannedLine(at, occasion, len(people), whom, "", rules.is_provisional(at))


def _dates(session: Session, asker: Asker, now: dtm.datetime) -> Iterator[RoundDate]:
    """The dates ahead of the open rounds and the next ones, month by month."""
    for rules, one in _rounds(session, now):
        for date in one.dates():
            if date.at > now and _concerns(asker, one, date.mark, date.working_days):
                provisional = rules.is_provisional(date.at)
                yield RoundDate(date.at, date.mark, one.period, date.working_days, provisional)


def _rounds(session: Session, now: dtm.datetime) -> Iterable[tuple[Timetable, Round]]:
    """The rounds of open months by the rules they keep, then those to come."""
    rounds = {}
    for month in open_months(session, now):
        rules, period = (
            timetable_of(session, month.policy_version_id),
            Period(month.year, month.month),
        )
        rounds[period] = rules, round_of(rules, period)
    rules = timetable(session)
    for one in islice(rounds_ahead(rules, now), ROUNDS_AHEAD):
        rounds.setdefault(one.period, (rules, one))
    return [rounds[period] for period in sorted(rounds)]


def _concerns(asker: Asker, one: Round, mark: Mark, working_days: int) -> bool:
    """Whether a date is this person's: a rung is theirs whom it would tell."""
    if mark is not Mark.RUNG:
        reports = asker.reach(Action.REPORT) is not Reach.NONE
        return mark in (Mark.DUE, Mark.SETTLED) or (reports and mark in _REPORTERS)
    roles = {grant.role for grant in asker.grants}
    tells = {
        role
        for step in one.ladder
        if step.rung.working_days == working_days
        for role in step.rung.tells
    }
    return asker.reach(Action.NUDGE) is Reach.ALL or bool(tells & roles)
