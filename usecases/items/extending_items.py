"""More time for a decision: asked for before the deadline, with a reason; granted or refused."""

import datetime as dtm
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from domain.brakes import BrakeProblem, day_after
from domain.calendar import Roll
from domain.chain import Rung
from domain.items.machine import ItemAct
from domain.items.ways import Way
from domain.timetable import Timetable
from templates.item_answers import (
    AskDecisionWords,
    AskExtensionDay,
    DecisionStanding,
    ExtensionTooLate,
    Ways,
)
from templates.message import Message
from templates.office import StaleButton
from usecases import audit, dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.items import answer_notices
from usecases.items.answering import (
    LONGEST_REASON,
    Said,
    Step,
    ask,
    on_way,
    register,
    shown,
    stand,
    step_of,
    words_wanted,
)
from usecases.items.book import Decided, Item, note
from usecases.items.ways import extension_asked, head_of, standing
from usecases.policies import timetable

LIKELY_WORKING_DAYS = (5, 10, 20)


@dataclass(frozen=True, slots=True)
class Request:
    """A unit's request for more time, as the office's buttons carry it."""

    item_id: int
    entry_id: int


def ask_until(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """申请延期: until when?"""
    item = on_way(session, asker, Way.EXTEND, item_id, now)
    if isinstance(item, Message):
        return shown(item)
    if item.is_overdue(now):
        return say(_too_late(item))
    return ask(session, asker, UNTIL, item_id, now)


def choose_day(session: Session, asker: Asker, day: dtm.date, now: dtm.datetime) -> Answers:
    """A day was pressed instead of typed, or the working day instead of a day off."""
    row = dialogs.open_dialog(session, asker)
    step = step_of(row)
    if row is None or step is None or step.way is not Way.EXTEND:
        return say(StaleButton())
    item = on_way(session, asker, Way.EXTEND, row.draft["item_id"], now)
    if isinstance(item, Message):
        return shown(item)
    return in_place(_dated(session, asker, Said(item, day.isoformat(), row.draft), now))


def grant(session: Session, asker: Asker, request: Request, now: dtm.datetime) -> Answers:
    """同意延期: the deadline moves, and everything counts from the new one."""
    found = _requested(session, asker, Way.EXTEND_YES, request, now)
    if isinstance(found, Message):
        return shown(found)
    item, decided, wanted = found
    # Agreed to so late that the day has passed: then as long as what is returned has.
    until = wanted if wanted > now else timetable(session).return_due_at(now)
    decided.row.due_at, decided.row.climbed = until, 0
    entry = note(session, item, ItemAct.EXTENDED, now, by_id=asker.contact_id, due_at=until)
    audit.record(session, asker, "decision.extended", now, ("coordination_item", item.id))
    answer_notices.tell_unit(
        session, answer_notices.EXTENSION_GRANTED, item, entry, now, Rung.COMMISSIONER
    )
    is_told = answer_notices.tell_unit(session, answer_notices.EXTENSION_ANSWERED, item, entry, now)
    return in_place(replace(standing(session, asker, item, now), is_unheard=not is_told))


def ask_why_not(session: Session, asker: Asker, request: Request, now: dtm.datetime) -> Answers:
    """不同意: why not?"""
    found = _requested(session, asker, Way.EXTEND_NO, request, now)
    if isinstance(found, Message):
        return shown(found)
    return ask(session, asker, WHY_NOT, request.item_id, now, entry_id=request.entry_id)


def _requested(
    session: Session, asker: Asker, way: Way, request: Request, now: dtm.datetime
) -> tuple[Item, Decided, dtm.datetime] | Message:
    """The item with the deadline asked for, unless that request was answered meanwhile."""
    item = on_way(session, asker, way, request.item_id, now)
    if isinstance(item, Message):
        return item
    entry = extension_asked(session, item)
    if entry is None or entry.id != request.entry_id:
        return standing(session, asker, item, now)
    assert item.decided, "more time is asked for a decision"
    assert entry.due_at, "it is asked for until a day"
    return item, item.decided, entry.due_at


def _dated(session: Session, asker: Asker, said: Said, now: dtm.datetime) -> Message:
    """The day is read; then the reason is asked for."""
    item, rules = said.item, timetable(session)
    if item.is_overdue(now):
        return _too_late(item, said.words)
    read = day_after(said.words, _due_day(item, rules).isoformat(), rules.local_day(now))
    if isinstance(read, BrakeProblem):
        question = stand(session, asker, UNTIL, item, {"item_id": item.id}, now)
        assert isinstance(question, AskExtensionDay)
        return replace(question, problem=read)
    return stand(session, asker, WHY, item, {"item_id": item.id, "day": read}, now)


def _asked(session: Session, asker: Asker, said: Said, now: dtm.datetime) -> Message:
    """The request stands in the thread, and the office hears at once."""
    item, wanted = said.item, _wanted(session, said.draft)
    if item.is_overdue(now):
        return _too_late(item, said.words)
    entry = note(
        session,
        item,
        ItemAct.EXTENSION_ASKED,
        now,
        by_id=asker.contact_id,
        text=said.words,
        due_at=wanted,
    )
    audit.record(session, asker, "decision.extension_asked", now, ("coordination_item", item.id))
    answer_notices.tell_office(session, answer_notices.EXTENSION_ASKED, entry, now)
    return standing(session, asker, item, now)


def _not_granted(session: Session, asker: Asker, said: Said, now: dtm.datetime) -> Message:
    """The deadline stays; the unit hears why."""
    request = Request(said.item.id, said.draft["entry_id"])
    found = _requested(session, asker, Way.EXTEND_NO, request, now)
    if isinstance(found, Message):
        return replace(found, unsaid=said.words) if isinstance(found, DecisionStanding) else found
    item = found[0]
    entry = note(
        session, item, ItemAct.EXTENSION_REFUSED, now, by_id=asker.contact_id, text=said.words
    )
    audit.record(session, asker, "decision.extension_refused", now, ("coordination_item", item.id))
    is_told = answer_notices.tell_unit(session, answer_notices.EXTENSION_ANSWERED, item, entry, now)
    return replace(standing(session, asker, item, now), is_unheard=not is_told)


def _too_late(item: Item, unsaid: str = "") -> ExtensionTooLate:
    return ExtensionTooLate(head_of(item), Ways(item.id, (Way.PROGRESS, Way.DONE)), unsaid)


def _until_question(
    session: Session, item: Item, _draft: Mapping[str, Any], _now: dtm.datetime
) -> Message:
    rules = timetable(session)
    due = _due_day(item, rules)
    likely = (rules.calendar.add_working_days(due, days) for days in LIKELY_WORKING_DAYS)
    return AskExtensionDay(head_of(item), tuple(likely))


def _why_question(
    session: Session, item: Item, draft: Mapping[str, Any], _now: dtm.datetime
) -> Message:
    """The reason, with the day echoed; a day off is asked about."""
    calendar, day = timetable(session).calendar, dtm.date.fromisoformat(draft["day"])
    instead = None if calendar.is_working_day(day) else calendar.roll(day, Roll.NEXT)
    return AskDecisionWords(
        head_of(item), Way.EXTEND, LONGEST_REASON, wanted=_wanted(session, draft), instead=instead
    )


def _wanted(session: Session, draft: Mapping[str, Any]) -> dtm.datetime:
    """The day that was said, at the policy's hour."""
    rules = timetable(session)
    return rules.instant(dtm.date.fromisoformat(draft["day"]), rules.policy.reporting.time)


def _due_day(item: Item, rules: Timetable) -> dtm.date:
    assert item.decided
    return rules.local_day(item.decided.row.due_at)


UNTIL = register(Step("extend_day", Way.EXTEND, _until_question, _dated))
WHY = register(Step("extend", Way.EXTEND, _why_question, _asked))
WHY_NOT = register(Step("extend_no", Way.EXTEND_NO, words_wanted(Way.EXTEND_NO), _not_granted))
