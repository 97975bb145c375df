"""The office's rules as data: when reports are due, who is chased when, how the bot may speak.

Every key of a policy file is a field of these classes, section by section. Two policies are
shipped (`domain/data/policies`); an office's own file names only what differs.
"""

from domain.policy.chasing import Ladder, OfficeWatch, Promise, Reminders, Review, Rung
from domain.policy.files import changes, read_policy, resolve_policy, shipped_policy, version_of
from domain.policy.meetings import Cadence, MeetingRules, Meetings, OnDayOff, Weekday
from domain.policy.reporting import (
    Basis,
    Cycle,
    DueRule,
    LongBreak,
    MonthDay,
    MonthException,
    MonthOf,
    Reporting,
)
from domain.policy.rules import About, Margins, Policy
from domain.policy.speaking import Budget, Hours, Per, Window, WindowDays, Windows

__all__ = [
    "About",
    "Basis",
    "Budget",
    "Cadence",
    "Cycle",
    "DueRule",
    "Hours",
    "Ladder",
    "LongBreak",
    "Margins",
    "MeetingRules",
    "Meetings",
    "MonthDay",
    "MonthException",
    "MonthOf",
    "OfficeWatch",
    "OnDayOff",
    "Per",
    "Policy",
    "Promise",
    "Reminders",
    "Reporting",
    "Review",
    "Rung",
    "Weekday",
    "Window",
    "WindowDays",
    "Windows",
    "changes",
    "read_policy",
    "resolve_policy",
    "shipped_policy",
    "version_of",
]
