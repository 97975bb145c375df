"""Putting what is to be said where delivery finds it, in the transaction that decided to say it."""

import datetime as dtm

from sqlmodel import Session, col, or_, select

from db.tables.people import Contact
from db.tables.speech import WAITING, Attachment, Delivery, Message, MessageState, Urgency
from domain.texts import split_html
from templates.message import Message as Typed
from templates.render import Rendered, render
from usecases.answers import Answer, Answers, Hand, InPlace, KeptFile, Picture, Say, SayOnce
from usecases.asker import Asker, voice_of

# Telegram counts 4,096 characters after parsing, 1,024 in a caption; the room left is for the mark
# of a repeat.
LONGEST_TEXT = 3_900
LONGEST_CAPTION = 960

# An album's pictures come as messages of their own, a moment apart.
A_MOMENT = dtm.timedelta(seconds=10)

# A thumb may be quicker than the record of what Telegram answered.
_PERHAPS_THERE = (MessageState.SENDING, MessageState.UNCERTAIN)


def queue_answers(
    session: Session, asker: Asker, answers: Answers, update_id: int | None, now: dtm.datetime
) -> None:
    """Queue everything a use-case answered, in order, to the asker's chat."""
    for answer in answers:
        for row in _answer_rows(session, asker, answer, now):
            row.update_id = update_id
            session.add(row)
    session.flush()


def queue_for(session: Session, contact: Contact, message: Typed, now: dtm.datetime) -> None:
    """Queue a direct word to a contact outside any update of theirs; unlinked people get none."""
    if contact.telegram_user_id is None:
        return
    rendered = render(message, voice_of(session, contact))
    session.add_all(new_rows(contact.telegram_user_id, contact.id, rendered, Urgency.URGENT, now))


def new_rows(
    chat_id: int,
    contact_id: int | None,
    rendered: Rendered,
    urgency: Urgency,
    now: dtm.datetime,
) -> list[Message]:
    """The rows of a rendered message: several when it is long, the buttons under the last."""
    rows = [
        Message(
            chat_id=chat_id,
            contact_id=contact_id,
            urgency=urgency,
            kind=rendered.kind,
            text=part,
            created_at=now,
        )
        for part in split_html(rendered.text, LONGEST_TEXT)
    ]
    rows[-1].keyboard = rendered.keyboard
    return rows


def edit(session: Session, target: Message, rendered: Rendered, now: dtm.datetime) -> list[Message]:
    """Have an earlier message read differently; the rows this adds, in order.

    One that has not left yet is simply rewritten; otherwise only the latest edit survives. What
    does not fit into the message follows it, with the buttons.
    """
    # Delivery may be about to send it: whether it has left is decided one way or the other.
    session.refresh(target, with_for_update=True)
    text, *more = split_html(rendered.text, _room_in(target))
    if target.state is MessageState.QUEUED and target.attempts == 0:
        changed = target
    else:
        _supersede_edits(session, target)
        changed = _edit_of(target, now)
    changed.text, changed.kind, changed.keyboard = text, rendered.kind, []
    rows = [changed, *_following(changed, more)]
    rows[-1].keyboard = rendered.keyboard
    session.add_all(rows)
    return [row for row in rows if row is not target]


def offered(session: Session, chat_id: int, telegram_message_id: int, data: str) -> Message | None:
    """The message on which this button was ever offered in this chat, or None: forged or lost.

    A message whose fate stayed uncertain has no Telegram id; its buttons are honoured as well,
    and the press proves that it arrived.
    """
    shown = _message_by_telegram_id(session, chat_id, telegram_message_id)
    candidates = [shown] if shown else _uncertain_messages(session, chat_id)
    row = next((row for row in candidates if _offers(session, row, data)), None)
    if row is not None and row.telegram_message_id is None:
        _arrived(session, row, telegram_message_id)
    return row


def _answer_rows(
    session: Session, asker: Asker, answer: Answer, now: dtm.datetime
) -> list[Message]:
    rendered = render(answer.message, asker.voice)
    contact_id = asker.contact.id if asker.contact else None
    if isinstance(answer, InPlace) and asker.pressed is not None:
        return edit(session, asker.pressed, rendered, now)
    if isinstance(answer, Hand):
        attachment = Attachment(name=answer.file_name, content=answer.content, stored_at=now)
        return _with_file(session, asker, attachment, Delivery.DOCUMENT, rendered)
    if isinstance(answer, Picture | KeptFile):
        kept = Attachment(name="", content=b"", telegram_file_id=answer.file_id, stored_at=now)
        form = Delivery.PHOTO if isinstance(answer, Picture) else Delivery.DOCUMENT
        return _with_file(session, asker, kept, form, rendered)
    if isinstance(answer, SayOnce) and (last := _said_just_now(session, asker, rendered, now)):
        return edit(session, last, rendered, now)
    assert isinstance(answer, Say | InPlace | SayOnce)
    return new_rows(asker.caller.chat_id, contact_id, rendered, Urgency.ANSWER, now)


def _said_just_now(
    session: Session, asker: Asker, rendered: Rendered, now: dtm.datetime
) -> Message | None:
    """The last message of the chat, if it is of this kind and a moment old."""
    found = select(Message).where(
        Message.chat_id == asker.caller.chat_id, col(Message.target_id).is_(None)
    )
    last = session.exec(found.order_by(col(Message.id).desc())).first()
    fits = last is not None and last.kind == rendered.kind and last.created_at >= now - A_MOMENT
    return last if fits else None


def _with_file(
    session: Session,
    asker: Asker,
    attachment: Attachment,
    delivery: Delivery,
    rendered: Rendered,
) -> list[Message]:
    session.add(attachment)
    session.flush()
    caption, *more = split_html(rendered.text, LONGEST_CAPTION)
    first = Message(
        chat_id=asker.caller.chat_id,
        contact_id=asker.contact.id if asker.contact else None,
        urgency=Urgency.ANSWER,
        delivery=delivery,
        kind=rendered.kind,
        text=caption,
        attachment_id=attachment.id,
        created_at=attachment.stored_at,
    )
    rows = [first, *_following(first, more)]
    rows[-1].keyboard = rendered.keyboard
    return rows


def _following(first: Message, texts: list[str]) -> list[Message]:
    """What did not fit into a message, as messages behind it."""
    return [
        Message(
            chat_id=first.chat_id,
            contact_id=first.contact_id,
            urgency=first.urgency,
            kind=first.kind,
            text=text,
            created_at=first.created_at,
        )
        for text in texts
    ]


def _edit_of(target: Message, now: dtm.datetime) -> Message:
    in_text = target.delivery is Delivery.SEND
    return Message(
        chat_id=target.chat_id,
        contact_id=target.contact_id,
        # An edit is an answer, but it must not overtake what it changes.
        urgency=target.urgency if target.state in WAITING else Urgency.ANSWER,
        delivery=Delivery.EDIT if in_text else Delivery.EDIT_CAPTION,
        kind=target.kind,
        text="",
        target_id=target.id,
        created_at=now,
    )


def _room_in(target: Message) -> int:
    return LONGEST_TEXT if target.delivery is Delivery.SEND else LONGEST_CAPTION


def _arrived(session: Session, row: Message, telegram_message_id: int) -> None:
    row.telegram_message_id = telegram_message_id
    if row.state in (MessageState.QUEUED, *_PERHAPS_THERE):
        row.state, row.sent_at, row.failure = MessageState.SENT, row.claimed_at, ""
    session.add(row)


def _supersede_edits(session: Session, target: Message) -> None:
    waiting = select(Message).where(
        Message.target_id == target.id, Message.state == MessageState.QUEUED
    )
    for row in session.exec(waiting):
        row.state = MessageState.SUPERSEDED
        session.add(row)


def _message_by_telegram_id(session: Session, chat_id: int, message_id: int) -> Message | None:
    found = select(Message).where(
        Message.chat_id == chat_id,
        Message.telegram_message_id == message_id,
        col(Message.target_id).is_(None),
    )
    return session.exec(found).first()


def _uncertain_messages(session: Session, chat_id: int) -> list[Message]:
    found = select(Message).where(
        Message.chat_id == chat_id,
        col(Message.target_id).is_(None),
        or_(col(Message.state).in_(_PERHAPS_THERE), col(Message.repeated)),
    )
    return list(session.exec(found.order_by(col(Message.id).desc()).limit(20)))


def _offers(session: Session, row: Message, data: str) -> bool:
    edits = session.exec(select(Message).where(Message.target_id == row.id)).all()
    keyboards = [row.keyboard, *(edit.keyboard for edit in edits)]
    return any(key.get("data") == data for rows in keyboards for line in rows for key in line)
