"""The tick: what is due now and not yet done? Nothing is remembered between two ticks."""

import datetime as dtm
from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from usecases import audit, calendar_watch, notices, periods, retention
from usecases.chasing.all_clear import clear_alarms
from usecases.chasing.holds import keep_holds
from usecases.chasing.review_digest import digest_reviews
from usecases.chasing.reviews import chase_reviews
from usecases.chasing.tick import chase
from usecases.chasing.watch import watch_rounds
from usecases.groups.keeping import keep_groups
from usecases.items.all_clear import clear_decision_alarms
from usecases.items.chasing import chase_decisions
from usecases.meetings.planning import keep_meetings, plan_series
from usecases.reporting.settlement import remind_of_settlement

Work = Callable[[Session, dtm.datetime], object]


@dataclass(frozen=True, slots=True)
class Duty:
    """Something the clock asks for; its use-case finds by itself what is due."""

    name: str
    work: Work


def _seal(session: Session, _now: dtm.datetime) -> object:
    return audit.seal(session)


DUTIES: tuple[Duty, ...] = (
    Duty("keep periods", periods.keep_periods),
    Duty("keep holds", keep_holds),
    Duty("chase reports", chase),
    Duty("clear alarms", clear_alarms),
    Duty("chase reviews", chase_reviews),
    Duty("digest reviews", digest_reviews),
    Duty("watch the round", watch_rounds),
    Duty("chase decisions", chase_decisions),
    Duty("clear the alarms of decisions", clear_decision_alarms),
    Duty("remind of the year's settlement", remind_of_settlement),
    Duty("plan the series of meetings", plan_series),
    Duty("keep meetings", keep_meetings),
    Duty("keep groups posted", keep_groups),
    Duty("watch the calendar", calendar_watch.watch_calendar),
    Duty("expire notices", notices.expire),
    Duty("let go of what is not kept", retention.tidy_daily),
    Duty("seal the audit trail", _seal),
)
