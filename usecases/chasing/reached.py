"""Who was really reached about what is late, whatever it is."""

import datetime as dtm
from collections.abc import Collection, Mapping

from sqlmodel import Session, col, select

from db.tables.speech import Message, MessageState, Notice


def first_reached(
    session: Session, kind: str, ladders: Mapping[int, str], occasions: Collection[str]
) -> dict[int, dtm.datetime]:
    """When somebody was first really reached about each of these since its ladder began.

    `ladders` says how the turns of each one's present ladder begin.
    """
    query = (
        select(Notice.subject_id, Notice.turn, Message.sent_at)
        .join(Message, col(Message.id) == col(Notice.message_id))
        .where(
            Notice.subject_kind == kind,
            col(Notice.subject_id).in_(ladders),
            col(Notice.occasion).in_(occasions),
            Message.state == MessageState.SENT,
            col(Message.sent_at).is_not(None),
        )
        .order_by(col(Message.sent_at).desc())
    )
    return {
        subject_id: sent_at
        for subject_id, turn, sent_at in session.exec(query)
        if sent_at and turn.startswith(ladders[subject_id])
    }
