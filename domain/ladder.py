"""What holds a rung of the ladder, and which way its message goes to each person above."""

import datetime as dtm
from collections.abc import Mapping
from enum import StrEnum

from domain.policy import Ladder, Rung
from domain.policy.chasing import Release
from domain.timetable import Step, Timetable
from domain.vocabulary import Role

ABOVE_THE_LIAISON = frozenset({Role.COMMISSIONER, Role.FIRST_RESPONSIBLE})

BELOW: Mapping[Role, Role] = {
    Role.FIRST_RESPONSIBLE: Role.COMMISSIONER,
    Role.COMMISSIONER: Role.LIAISON,
    Role.LIAISON: Role.INFORMATION_OFFICER,
}
"""Whom an alert may be handed to: the one below."""

MAY_PROMISE = frozenset({Role.COMMISSIONER, Role.LIAISON})
"""Whose promise holds the next rung: nothing comes after the first-responsible person."""


class Way(StrEnum):
    """How lateness reaches somebody whose turn it is."""

    TELL = "tell"
    SHOW_OFFICE = "show_office"
    ASK_OFFICE = "ask_office"
    NOT = "not"


def way_to(role: Role, ladder: Ladder, *, is_on_trial: bool) -> Way:
    """How lateness reaches this role: above the liaison the office may have to let it out."""
    if role not in ABOVE_THE_LIAISON:
        return Way.TELL
    if role is Role.FIRST_RESPONSIBLE and ladder.release is Release.OFF:
        return Way.NOT
    if is_on_trial:
        return Way.SHOW_OFFICE
    asks = role is Role.FIRST_RESPONSIBLE and ladder.release is Release.ASK
    return Way.ASK_OFFICE if asks else Way.TELL


def waits_for_release(rung: Rung, ladder: Ladder, *, is_on_trial: bool) -> bool:
    """Whether a rung has had its turn only when the office has let it out."""
    ways = (way_to(role, ladder, is_on_trial=is_on_trial) for role in rung.tells)
    return Way.ASK_OFFICE in ways


def tells_leaders(rung: Rung) -> bool:
    """Whether somebody above the liaison has their turn on this rung."""
    return bool(ABOVE_THE_LIAISON.intersection(rung.tells))


def held_until(rules: Timetable, promised_for: dtm.datetime | None) -> dtm.datetime | None:
    """Until when a promise holds the next rung: the working morning after it was to be kept."""
    return rules.after_broken_promise(promised_for) if promised_for else None


def may_fire(
    step: Step,
    rules: Timetable,
    *,
    delivered_at: dtm.datetime | None,
    promised_for: dtm.datetime | None,
    now: dtm.datetime,
) -> bool:
    """Whether a rung may have its turn now.

    Its day has come; no promise holds it; and nobody above the liaison hears before a request was
    delivered below (`delivered_at`) a working day before.
    """
    held = held_until(rules, promised_for)
    if step.at > now or (held is not None and held > now):
        return False
    if not tells_leaders(step.rung):
        return True
    return delivered_at is not None and rules.allowed_after_delivery(delivered_at) <= now
