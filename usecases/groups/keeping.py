"""The planner's part of work groups: what there is to post, and what is too late to be."""

import datetime as dtm

from sqlmodel import Session

from usecases.groups.counts import post_counts
from usecases.groups.meetings import post_meetings
from usecases.groups.posting import expire_posts


def keep_groups(session: Session, now: dtm.datetime) -> None:
    """Have every bound group read what it is to read."""
    post_meetings(session, now)
    post_counts(session, now)
    expire_posts(session, now)
