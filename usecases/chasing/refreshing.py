"""Alerts that were told, brought up to date where they stand on people's phones."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.speech import Message, MessageState, Notice, NoticeState
from templates.message import Message as Typed
from templates.render import render
from usecases import outbox
from usecases.asker import voice_of
from usecases.chasing.alerts import alert_occasions, shown_again
from usecases.chasing.release_list import RELEASE_ASKED, list_again

REPORT = "obligation"
_ON_A_PHONE = (MessageState.SENT, MessageState.UNCERTAIN)


def refresh(
    session: Session,
    obligation_ids: Collection[int],
    now: dtm.datetime,
    *,
    but: Message | None = None,
) -> None:
    """Every alert that told of these reports reads as they stand now, `but` one left alone."""
    occasions = (*alert_occasions(), RELEASE_ASKED.name)
    for message, contact in on_phones(session, told_about(session, obligation_ids, occasions)):
        if but is not None and message.id == but.id:
            continue
        rendered = render(as_now(session, contact, message, now), voice_of(session, contact))
        outbox.edit(session, message, rendered, now)


def as_now(session: Session, contact: Contact, message: Message, now: dtm.datetime) -> Typed:
    """An alert, or the office's list, with how its reports stand now."""
    notices = told_by(session, message)
    if notices[0].occasion == RELEASE_ASKED.name:
        return list_again(session, notices, now)
    return shown_again(session, contact, notices, now)


def told_by(session: Session, message: Message, kind: str = REPORT) -> list[Notice]:
    """The notices about reports, or another kind of subject, a message told, in their order."""
    found = select(Notice).where(Notice.message_id == message.id, Notice.subject_kind == kind)
    return list(session.exec(found.order_by(col(Notice.id))))


def told_about(
    session: Session,
    subject_ids: Collection[int],
    occasions: Collection[str],
    kind: str = REPORT,
) -> list[tuple[Message, list[Notice]]]:
    """The messages that told of these on these occasions, whatever became of them."""
    query = (
        select(Message, Notice)
        .join(Notice, col(Notice.message_id) == col(Message.id))
        .where(
            Notice.subject_kind == kind,
            col(Notice.subject_id).in_(subject_ids),
            col(Notice.occasion).in_(occasions),
            Notice.state == NoticeState.TOLD,
        )
        .order_by(col(Message.id))
    )
    found: defaultdict[int, list[Notice]] = defaultdict(list)
    messages = {}
    for message, notice in session.exec(query):
        messages[message.id] = message
        found[message.id].append(notice)
    return [(messages[message_id], notices) for message_id, notices in found.items()]


def on_phones(
    session: Session, told: Iterable[tuple[Message, Sequence[Notice]]]
) -> Iterator[tuple[Message, Contact]]:
    """Those that are on a phone of the person they were told to."""
    for message, notices in told:
        contact = session.get_one(Contact, notices[0].contact_id)
        # A displaced account no longer sees what is its successor's to know.
        if message.state in _ON_A_PHONE and message.chat_id == contact.telegram_user_id:
            yield message, contact
