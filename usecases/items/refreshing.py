"""Alerts about decisions that were told, brought up to date on people's phones; 知悉."""

import datetime as dtm
from collections.abc import Collection

from sqlmodel import Session

from db.tables.people import Contact
from db.tables.speech import Message, Notice
from templates.alerts import AlertOver
from templates.linking import HowToLink
from templates.message import Message as Typed
from templates.office import StaleButton
from templates.render import render
from usecases import audit, outbox
from usecases.answers import Answers, InPlace, Say, in_place, say
from usecases.asker import Asker, voice_of
from usecases.chasing.refreshing import on_phones, told_about, told_by
from usecases.items.alerts import ROLES, shown_again, theirs
from usecases.items.release_list import DECISION_RELEASE_ASKED, list_again
from usecases.items.timing import DECISION


def refresh(
    session: Session,
    decision_ids: Collection[int],
    now: dtm.datetime,
    *,
    but: Message | None = None,
) -> None:
    """Every alert that told of these decisions reads as they stand now, `but` one left alone."""
    occasions = (*ROLES, DECISION_RELEASE_ASKED.name)
    told = told_about(session, decision_ids, occasions, DECISION)
    for message, contact in on_phones(session, told):
        if but is not None and message.id == but.id:
            continue
        rendered = render(_as_now(session, contact, message, now), voice_of(session, contact))
        outbox.edit(session, message, rendered, now)


def know(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """知悉: whoever was alarmed says they know of everything the pressed alert tells."""
    if asker.contact is None:
        return say(HowToLink())
    notices = _alarms(session, asker)
    if asker.pressed is None or not notices:
        return say(StaleButton())
    late = [
        one
        for one in theirs(session, asker.contact, ROLES[notices[0].occasion], notices, now)
        if one.is_late(now)
    ]
    if not late:
        shown = shown_again(session, asker.contact, notices, asker.pressed, now)
        return (InPlace(shown), Say(AlertOver()))
    asker.pressed.acknowledged_at = asker.pressed.acknowledged_at or now
    session.add(asker.pressed)
    for one in late:
        audit.record(session, asker, "item.known", now, (DECISION, one.id), item=one.item.id)
    return in_place(shown_again(session, asker.contact, notices, asker.pressed, now))


def _alarms(session: Session, asker: Asker) -> list[Notice]:
    """What the pressed message alarmed the asker about."""
    if asker.pressed is None:
        return []
    told = told_by(session, asker.pressed, DECISION)
    return [one for one in told if one.contact_id == asker.contact_id and one.occasion in ROLES]


def _as_now(session: Session, contact: Contact, message: Message, now: dtm.datetime) -> Typed:
    """An alert, or the office's list, with how its decisions stand now."""
    notices = told_by(session, message, DECISION)
    if notices[0].occasion == DECISION_RELEASE_ASKED.name:
        return list_again(session, notices, now)
    return shown_again(session, contact, notices, message, now)
