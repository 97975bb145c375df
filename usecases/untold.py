"""Somebody was not told, and that is our fault: recorded as it is, and the office hears of it."""

import datetime as dtm
from collections.abc import Iterable

from sqlmodel import Session, select

from db.tables.speech import Message, Notice, NoticeState
from usecases.notices import Subject, notify_office, settle
from usecases.office_notices import NOT_TOLD


def give_up(session: Session, message: Message, now: dtm.datetime) -> None:
    """The message will never arrive: whatever it was to tell was not told."""
    told = select(Notice).where(Notice.message_id == message.id, Notice.state == NoticeState.TOLD)
    notices = session.exec(told).all()
    for notice in notices:
        settle(session, notice, NoticeState.FAILED, now)
    tell_office(session, notices, now)


def tell_office(session: Session, notices: Iterable[Notice], now: dtm.datetime) -> None:
    """The office hears once of each; of what itself could not be told, nobody does."""
    for notice in notices:
        if notice.occasion != NOT_TOLD.name:
            notify_office(session, NOT_TOLD, Subject("notice", notice.id), now)
