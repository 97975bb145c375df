"""Budgets of unasked messages: how much of theirs a person has used, and when it is full again."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.speech import Message, Notice
from usecases.asker import grants_of
from usecases.policies import timetable

# No budget is for a longer stretch than a week.
LOOKED_BACK = dtm.timedelta(days=8)


def full_again_at(
    session: Session, contact: Contact, occasions: Sequence[str], now: dtm.datetime
) -> dtm.datetime | None:
    """When the person may hear more, if their budget is used up; None while something is left.

    `occasions` are those whose messages count. Of several roles the most generous one counts; a
    role without a budget, such as the coordinator's, has no limit.
    """
    rules = timetable(session)
    roles = {grant.role for grant in grants_of(session, contact.id, now)}
    if not roles <= rules.policy.budgets.keys():
        return None
    told_at = _told_at(session, contact.id, occasions, now)
    if any(rules.budget_left(role, told_at, now) for role in roles):
        return None
    renewals = [rules.budget_renews_at(role, now) for role in roles]
    return min((at for at in renewals if at), default=None)


def _told_at(
    session: Session, contact_id: int, occasions: Sequence[str], now: dtm.datetime
) -> list[dtm.datetime]:
    """When each unasked message that counts was composed for this person of late."""
    query = (
        select(Message.id, Message.created_at)
        .join(Notice, col(Notice.message_id) == col(Message.id))
        .where(
            Notice.contact_id == contact_id,
            col(Notice.occasion).in_(occasions),
            col(Message.created_at) > now - LOOKED_BACK,
        )
    )
    return list(dict(session.exec(query).all()).values())
