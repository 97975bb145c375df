"""The rules in force: the office's policy and calendar, and the policies that open rounds keep."""

import datetime as dtm
import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from db.tables.office import CalendarYear, PolicyVersion
from domain.calendar import Calendar, shipped_calendar
from domain.policy import Policy, read_policy, resolve_policy
from domain.timetable import Timetable
from usecases import audit
from usecases.asker import Asker, office

SHIPPED = 'extends = "city"\n'


def timetable(session: Session) -> Timetable:
    """Policy and calendar in force, in the office's zone."""
    version = newest_version(session)
    return _timetable(session, version.rules if version else _shipped_rules())


def timetable_of(session: Session, policy_version_id: int | None) -> Timetable:
    """The policy that an open round keeps, on the calendar in force; None is the one in force."""
    if policy_version_id is None:
        return timetable(session)
    return _timetable(session, session.get_one(PolicyVersion, policy_version_id).rules)


def timetable_with(session: Session, rules: Mapping[str, object]) -> Timetable:
    """The timetable that complete rules would give on the calendar in force.

    Raises FaultyDataError with all that is wrong with them.
    """
    return _timetable(session, rules)


def timetable_on(session: Session, calendar: Calendar, version_id: int | None) -> Timetable:
    """The policy that a round keeps, on another calendar."""
    return replace(timetable_of(session, version_id), calendar=calendar)


def newest_version(session: Session) -> PolicyVersion | None:
    """The policy applied last; None before the first is kept."""
    return session.exec(select(PolicyVersion).order_by(col(PolicyVersion.id).desc())).first()


def kept_version(session: Session, now: dtm.datetime) -> PolicyVersion:
    """The policy in force as a row: the shipped one is written down when it is first needed."""
    return newest_version(session) or apply_policy(session, None, SHIPPED, now)


def apply_policy(
    session: Session, asker: Asker | None, text: str, now: dtm.datetime
) -> PolicyVersion:
    """This policy file rules what opens from now on. Raises FaultyDataError if it is unsound."""
    rules = resolve_policy(text)
    read_policy(rules)
    row = PolicyVersion(
        text=text, rules=rules, applied_by_id=asker.contact_id if asker else None, applied_at=now
    )
    session.add(row)
    session.flush()
    audit.record(session, asker, "policy.applied", now, ("policy_version", row.id))
    return row


def calendar_in_force(session: Session) -> Calendar:
    """The shipped calendar with the years the office has loaded above it."""
    rows = session.exec(select(CalendarYear).order_by(col(CalendarYear.id)))
    return _calendar(tuple((row.layer, row.year, json.dumps(row.days)) for row in rows))


def load_year(
    session: Session, layer: str, year: int, days: Mapping[str, object], now: dtm.datetime
) -> None:
    """The office knows a year's notice from now on; raises FaultyDataError if it is unsound."""
    calendar_in_force(session).with_notice(layer, year, days)
    known = select(CalendarYear).where(CalendarYear.layer == layer, CalendarYear.year == year)
    row = session.exec(known).one_or_none()
    row = row or CalendarYear(layer=layer, year=year, days={}, loaded_at=now)
    row.days, row.loaded_at = dict(days), now
    session.add(row)
    session.flush()
    audit.record(session, None, "calendar.loaded", now, layer=layer, year=year)


def _timetable(session: Session, rules: Mapping[str, object]) -> Timetable:
    policy = _policy(json.dumps(rules, sort_keys=True))
    return Timetable(policy, calendar_in_force(session), ZoneInfo(office(session).zone))


@cache
def _shipped_rules() -> Mapping[str, object]:
    return resolve_policy(SHIPPED)


@lru_cache(maxsize=16)
def _policy(rules: str) -> Policy:
    return read_policy(json.loads(rules))


@lru_cache(maxsize=4)
def _calendar(years: tuple[tuple[str, int, str], ...]) -> Calendar:
    calendar = shipped_calendar()
    for layer, year, days in years:
        calendar = calendar.with_notice(layer, year, json.loads(days))
    return calendar
