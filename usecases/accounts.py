"""Linking a Telegram account to a contact, and letting go of it."""

import datetime as dtm

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.speech import Dialog, Message, MessageState, Urgency
from templates.linking import Displaced
from templates.message import Message as Typed
from templates.render import render
from usecases import notices
from usecases.asker import voice_of
from usecases.outbox import new_rows


def attach(session: Session, contact: Contact, account: int, now: dtm.datetime) -> None:
    """Link the account; another one this person used before is let go and told."""
    _release_from_departed(session, account)
    if contact.telegram_user_id not in (None, account):
        detach(session, contact, Displaced(), now)
    contact.telegram_user_id, contact.linked_at = account, now
    contact.unreachable, contact.unreachable_since = None, None
    session.add(contact)
    session.flush()


def detach(session: Session, contact: Contact, told: Typed | None, now: dtm.datetime) -> None:
    """Unlink whatever account the person has; its holder is told, what waited for it is kept."""
    account = contact.telegram_user_id
    if account is None:
        return
    _take_back_waiting(session, contact)
    if told is not None:
        # Said to an account that is nobody's from now on: its fate must not touch the contact.
        rendered = render(told, voice_of(session, contact))
        session.add_all(new_rows(account, None, rendered, Urgency.URGENT, now))
    contact.telegram_user_id, contact.linked_at = None, None
    contact.unreachable, contact.unreachable_since = None, None
    session.add(contact)
    session.flush()


def forget_dialog(session: Session, contact: Contact) -> None:
    """Drop the conversation the person had open."""
    for row in session.exec(select(Dialog).where(Dialog.contact_id == contact.id)):
        session.delete(row)


def _release_from_departed(session: Session, account: int) -> None:
    """Somebody who left holds no account: the same phone may now be a successor's."""
    departed = select(Contact).where(
        Contact.telegram_user_id == account, col(Contact.left_at).is_not(None)
    )
    for row in session.exec(departed):
        row.telegram_user_id, row.linked_at = None, None
        session.add(row)
    session.flush()


def _take_back_waiting(session: Session, contact: Contact) -> None:
    """What was composed for the old account and has not left is not its holder's any more."""
    waiting = select(Message).where(
        Message.contact_id == contact.id, Message.state == MessageState.QUEUED
    )
    for row in session.exec(waiting):
        notices.due_again(session, row)
        row.state = MessageState.SUPERSEDED
        session.add(row)
