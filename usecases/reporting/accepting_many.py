"""Sixty at a deadline: reports with nothing odd are accepted in one press, after a list."""

import datetime as dtm
import zlib
from collections.abc import Sequence
from dataclasses import replace

from sqlmodel import Session

from domain.access import Action
from templates.message import Message
from templates.reviewing import CleanAccepted, CleanLine, CleanReports
from usecases.answers import Answers, in_place
from usecases.asker import Asker
from usecases.reporting.queue import Review, clean, count_waiting, waiting_for
from usecases.reporting.reviewing import pending, turn_queue
from usecases.reporting.verdicts import accept_report, undo_until
from usecases.rights import entitled

ACCEPTED_AT_ONCE = 60


@entitled(Action.REVIEW)
def show_clean(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """All that show nothing odd, before they are accepted in one press."""
    reviews = clean(session, asker, waiting_for(session, asker, now))[:ACCEPTED_AT_ONCE]
    return in_place(_clean_list(reviews)) if reviews else turn_queue(session, asker, 0, now)


@entitled(Action.REVIEW)
def accept_clean(session: Session, asker: Asker, digest: int, now: dtm.datetime) -> Answers:
    """Accept exactly those that were listed; where the list has changed it is shown anew."""
    reviews = clean(session, asker, waiting_for(session, asker, now))[:ACCEPTED_AT_ONCE]
    if digest_of(reviews) != digest:
        return in_place(replace(_clean_list(reviews), is_stale=True))
    settled = []
    for listed in reviews:
        at = pending(session, asker, listed.report.id, now)
        if not isinstance(at, Message):
            accept_report(session, asker, at, now)
            settled.append(at)
    left = count_waiting(session, asker, now)
    accepted = tuple((one.report.id, one.matter.project.name) for one in settled)
    until = min((undo_until(one.matter, now) for one in settled), default=now)
    return in_place(CleanAccepted(accepted, until, left))


def digest_of(reviews: Sequence[Review]) -> int:
    """A number that binds a press to these reports with these figures."""
    listed = [(one.report.id, one.report.invested_month) for one in reviews]
    return zlib.crc32(repr(listed).encode())


def _clean_list(reviews: Sequence[Review]) -> CleanReports:
    lines = tuple(
        CleanLine(
            one.matter.project.name,
            one.matter.period,
            one.report.invested_month,
            one.report.physical_progress,
        )
        for one in reviews
    )
    return CleanReports(lines, digest_of(reviews))
