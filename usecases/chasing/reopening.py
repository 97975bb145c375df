"""Alerts and lists that a button is pressed on, and those that are asked for again (/todo)."""

import datetime as dtm
from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.reporting import Obligation
from db.tables.speech import Message, Notice, NoticeState
from templates.alerts import (
    AlertOver,
    AskedFromAbove,
    LateForCommissioner,
    LateForFirstResponsible,
    LateForLiaison,
)
from templates.linking import HowToLink
from templates.message import Message as Typed
from templates.release import ReleaseAsked
from usecases.answers import Answers, Say, say
from usecases.asker import Asker
from usecases.chasing.alerts import (
    ASKED_FROM_ABOVE,
    COMMISSIONER_OVERDUE,
    FIRST_RESPONSIBLE_OVERDUE,
    UNIT_OVERDUE,
    is_alert,
    late_for,
    role_told,
    shown_again,
)
from usecases.chasing.refreshing import told_by
from usecases.chasing.release_list import RELEASE_ASKED, list_again
from usecases.obligations import AWAITED

_OCCASIONS = {
    LateForLiaison.kind(): UNIT_OVERDUE.name,
    LateForCommissioner.kind(): COMMISSIONER_OVERDUE.name,
    LateForFirstResponsible.kind(): FIRST_RESPONSIBLE_OVERDUE.name,
    AskedFromAbove.kind(): ASKED_FROM_ABOVE.name,
    ReleaseAsked.kind(): RELEASE_ASKED.name,
}


def open_alerts(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """Everything the asker was alarmed about and is late still, to be answered as it was told."""
    if asker.contact is None:
        return say(HowToLink())
    found = list(_alerts(session, asker.contact, now))
    return tuple(Say(message) for message in found) or say(AlertOver())


def open_releases(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The list of what waits for the office's word."""
    if asker.contact is None:
        return say(HowToLink())
    notices = outstanding(session, asker.contact_id, RELEASE_ASKED.name, now)
    return say(list_again(session, notices, now) if notices else AlertOver())


def pressed_notices(session: Session, asker: Asker, now: dtm.datetime) -> list[Notice]:
    """What the pressed message told the asker; one shown again stands for all of its occasion."""
    pressed = asker.pressed
    if pressed is None or asker.contact is None:
        return []
    if told := told_by(session, pressed):
        return [one for one in told if one.contact_id == asker.contact_id]
    if pressed.contact_id != asker.contact_id or pressed.kind not in _OCCASIONS:
        return []
    return outstanding(session, asker.contact_id, _OCCASIONS[pressed.kind], now)


def is_shown_again(session: Session, message: Message) -> bool:
    """Whether a message was asked for, and told nobody anything by itself."""
    return not told_by(session, message)


def outstanding(
    session: Session, contact_id: int, occasion: str, now: dtm.datetime
) -> list[Notice]:
    """What somebody was told on an occasion of reports that are late still, each once."""
    query = (
        select(Notice)
        .join(Obligation, col(Obligation.id) == col(Notice.subject_id))
        .where(
            Notice.subject_kind == "obligation",
            Notice.contact_id == contact_id,
            Notice.occasion == occasion,
            Notice.state == NoticeState.TOLD,
            col(Obligation.state).in_(AWAITED),
            Obligation.due_at <= now,
        )
        .order_by(col(Notice.id))
    )
    newest = {notice.subject_id: notice for notice in session.exec(query)}
    return list(newest.values())


def _alerts(session: Session, contact: Contact, now: dtm.datetime) -> Iterator[Typed]:
    for occasion in _OCCASIONS.values():
        if occasion == RELEASE_ASKED.name:
            continue
        notices = outstanding(session, contact.id, occasion, now)
        alarming = [notice for notice in notices if is_alert(notice)]
        if alarming and _is_theirs(session, contact, alarming, now):
            yield shown_again(session, contact, alarming, now)


def _is_theirs(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> bool:
    return bool(late_for(session, contact, role_told(notices[0]), notices, now))
