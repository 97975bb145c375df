"""The end of a decision: done, says the unit, with evidence; closed out (销号) or sent back by the
office; insisted on where the unit refused it; or dropped."""

import datetime as dtm
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlmodel import Session

from db.tables.items import ItemEntry
from domain.items.machine import ItemAct
from domain.items.ways import Way
from templates.item_answers import AskDecisionWords, AskEvidence
from templates.message import Message
from usecases import audit
from usecases.answers import Answers, in_place
from usecases.asker import Asker
from usecases.items import answer_notices
from usecases.items.answering import (
    LONGEST_ACCOUNT,
    Said,
    Step,
    ask,
    on_way,
    register,
    shown,
    stand,
    words_wanted,
)
from usecases.items.book import Item, note
from usecases.items.evidence import with_evidence
from usecases.items.raising import close_problem_of
from usecases.items.ways import head_of, standing
from usecases.notices import Occasion
from usecases.policies import timetable

# The account with what was written under the photos.
LONGEST_TOGETHER = 4 * LONGEST_ACCOUNT


def ask_done(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """报办结: how was it done?"""
    return ask(session, asker, FINISHED, item_id, now)


def ask_send_back(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """退回: what is missing?"""
    return ask(session, asker, SEND_BACK, item_id, now)


def ask_insist(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """仍由该单位办理: on what ground?"""
    return ask(session, asker, INSIST, item_id, now)


def ask_drop(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """不再督办: why?"""
    return ask(session, asker, DROP, item_id, now)


def confirm(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """销号: it is at its end, and the problem it came from with it."""
    item = on_way(session, asker, Way.CONFIRM, item_id, now)
    if isinstance(item, Message):
        return shown(item)
    entry = note(session, item, ItemAct.CLOSED_OUT, now, by_id=asker.contact_id)
    close_problem_of(session, item, now)
    audit.record(session, asker, "decision.closed_out", now, ("coordination_item", item.id))
    return in_place(_told(session, asker, item, entry, answer_notices.CLOSED_OUT, now))


def _finished(session: Session, asker: Asker, said: Said, now: dtm.datetime) -> Message:
    """The unit is done once it has shown so where the policy wants that; the office hears."""
    if _needs_evidence(session) and not said.draft.get("evidence"):
        words = "\n".join(filter(None, (said.draft.get("words"), said.words)))
        return stand(session, asker, SHOWN, said.item, {**said.draft, "words": words}, now)
    item = said.item
    entry = note(session, item, ItemAct.DONE, now, by_id=asker.contact_id, text=said.words)
    audit.record(session, asker, "decision.done", now, ("coordination_item", item.id))
    answer_notices.tell_office(session, answer_notices.DONE, entry, now)
    return with_evidence(session, asker, entry, item, said.draft, now)


def _sent_back(session: Session, asker: Asker, said: Said, now: dtm.datetime) -> Message:
    """It is not done; the unit hears at once."""
    entry = _given_back(session, asker, said, ItemAct.SENT_BACK, now)
    return _told(session, asker, said.item, entry, answer_notices.SENT_BACK, now)


def _insisted(session: Session, asker: Asker, said: Said, now: dtm.datetime) -> Message:
    """The same decision once more, with the office's words, to be signed for anew."""
    entry = _given_back(session, asker, said, ItemAct.DECIDED, now)
    return _told(session, asker, said.item, entry, answer_notices.INSISTED, now)


def _dropped(session: Session, asker: Asker, said: Said, now: dtm.datetime) -> Message:
    """It is pursued no more: its unit hears, or whoever raised what nobody decided on."""
    item = said.item
    entry = note(session, item, ItemAct.DROPPED, now, by_id=asker.contact_id, text=said.words)
    audit.record(session, asker, "item.dropped", now, ("coordination_item", item.id))
    if item.decided is None:
        by_id = item.row.raised_by_id
        if by_id != asker.contact_id:
            answer_notices.tell_person(session, answer_notices.DROPPED, by_id, entry, now)
        return standing(session, asker, item, now)
    return _told(session, asker, item, entry, answer_notices.DROPPED, now)


def _given_back(
    session: Session, asker: Asker, said: Said, act: ItemAct, now: dtm.datetime
) -> ItemEntry:
    """The unit has to act again: until its deadline, but never less than what a return leaves it.

    A deadline that moves so stands in the entry, and everything counts from it.
    """
    assert said.item.decided
    decision = said.item.decided.row
    due_at = max(decision.due_at, timetable(session).return_due_at(now))
    moved = due_at if due_at != decision.due_at else None
    if moved:
        decision.due_at, decision.climbed = moved, 0
    entry = note(
        session, said.item, act, now, by_id=asker.contact_id, text=said.words, due_at=moved
    )
    audit.record(session, asker, f"decision.{act.value}", now, ("coordination_item", said.item.id))
    return entry


def _told(
    session: Session,
    asker: Asker,
    item: Item,
    entry: ItemEntry,
    occasion: Occasion,
    now: dtm.datetime,
) -> Message:
    """The unit's liaison hears; the office sees where it stands, and whether it has to phone."""
    is_told = answer_notices.tell_unit(session, occasion, item, entry, now)
    return replace(standing(session, asker, item, now), is_unheard=not is_told)


def _needs_evidence(session: Session) -> bool:
    return timetable(session).policy.meetings.evidence_photo


def _how_done(
    session: Session, item: Item, draft: Mapping[str, Any], _now: dtm.datetime
) -> Message:
    count, needed = len(draft.get("evidence", ())), _needs_evidence(session)
    return AskDecisionWords(head_of(item), Way.DONE, LONGEST_ACCOUNT, count, needed)


def _how_shown(
    _session: Session, item: Item, _draft: Mapping[str, Any], _now: dtm.datetime
) -> Message:
    return AskEvidence(head_of(item))


FINISHED = register(
    Step("done", Way.DONE, _how_done, _finished, LONGEST_ACCOUNT, takes_evidence=True)
)
SHOWN = register(
    Step("done_shown", Way.DONE, _how_shown, _finished, LONGEST_TOGETHER, takes_evidence=True)
)
SEND_BACK = register(Step("send_back", Way.SEND_BACK, words_wanted(Way.SEND_BACK), _sent_back))
INSIST = register(Step("insist", Way.INSIST, words_wanted(Way.INSIST), _insisted))
DROP = register(Step("drop", Way.DROP, words_wanted(Way.DROP), _dropped))
