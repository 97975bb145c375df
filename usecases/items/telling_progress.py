"""A unit tells how far it is with what was decided."""

import datetime as dtm

from sqlmodel import Session

from domain.items.machine import ItemAct
from domain.items.ways import Way
from templates.message import Message
from usecases import audit
from usecases.answers import Answers
from usecases.asker import Asker
from usecases.items.answering import (
    LONGEST_ACCOUNT,
    Said,
    Step,
    ask,
    register,
    words_wanted,
)
from usecases.items.book import note
from usecases.items.evidence import with_evidence


def ask_progress(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """报进展: how far is it?"""
    return ask(session, asker, PROGRESS, item_id, now)


def _told(session: Session, asker: Asker, said: Said, now: dtm.datetime) -> Message:
    """It stands in the thread; nobody is disturbed."""
    item = said.item
    entry = note(session, item, ItemAct.PROGRESS, now, by_id=asker.contact_id, text=said.words)
    audit.record(session, asker, "decision.progress", now, ("coordination_item", item.id))
    return with_evidence(session, asker, entry, item, said.draft, now)


PROGRESS = register(
    Step(
        "progress",
        Way.PROGRESS,
        words_wanted(Way.PROGRESS, LONGEST_ACCOUNT),
        _told,
        LONGEST_ACCOUNT,
        takes_evidence=True,
    )
)
