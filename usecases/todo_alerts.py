"""What /todo says of alarms: told and not answered, waiting for the office's word, handed over."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Iterator

from sqlmodel import Session, col, select

from db.tables.chasing import Acknowledgement, Handover, HandoverState
from db.tables.speech import Notice, NoticeState
from domain.access import Action, Reach
from domain.vocabulary import Role
from templates.release import ReleaseStand
from templates.todo import TodoKind, TodoLine
from usecases.asker import Asker
from usecases.chasing.alerts import is_alert, late_for, role_told
from usecases.chasing.chased import Chased
from usecases.chasing.release_list import RELEASE_ASKED, lines_of
from usecases.handing_over.cases import case_of, grouped, theirs_to_decide


def alerts(session: Session, asker: Asker, now: dtm.datetime) -> Iterator[TodoLine]:
    """The late reports they were alarmed about and have answered nothing to."""
    if asker.contact is None or asker.reach(Action.ANSWER_ALERT) is Reach.NONE:
        return
    told: defaultdict[Role, list[Notice]] = defaultdict(list)
    for notice in _told(session, asker.contact_id):
        if is_alert(notice):
            told[role_told(notice)].append(notice)
    late = {
        one.id: one
        for role, notices in told.items()
        for one in late_for(session, asker.contact, role, notices, now)
    }
    open_ones = [one for one in late.values() if not _is_answered(session, asker, one)]
    if open_ones:
        first = min(open_ones, key=lambda one: one.obligation.due_at)
        yield TodoLine(
            TodoKind.ALERT,
            len(open_ones),
            "alert.open",
            name=first.project.name,
            due_at=first.obligation.due_at,
        )


def releases(session: Session, asker: Asker, now: dtm.datetime) -> Iterator[TodoLine]:
    """What would go to first-responsible persons and waits for the coordinator's word."""
    if asker.contact is None or asker.reach(Action.RELEASE) is Reach.NONE:
        return
    asked = [one for one in _told(session, asker.contact_id) if one.occasion == RELEASE_ASKED.name]
    lines = lines_of(session, asked, now) if asked else ()
    waiting = [line for line in lines if line.stand is ReleaseStand.WAITING]
    if waiting:
        yield TodoLine(TodoKind.RELEASE, len(waiting), "release.open", name=waiting[0].name)


def handovers(session: Session, asker: Asker, now: dtm.datetime) -> Iterator[TodoLine]:
    """The cases in which somebody named a successor and this person is to say yes or no."""
    if asker.contact is None or asker.reach(Action.HAND_OVER) is Reach.NONE:
        return
    asked = select(Handover).where(Handover.state == HandoverState.ASKED)
    rows = session.exec(asked.order_by(col(Handover.id))).all()
    cases = grouped(theirs_to_decide(session, asker.contact_id, rows, now))
    if cases:
        name = case_of(session, cases[0]).former
        yield TodoLine(TodoKind.HANDOVER, len(cases), "handover.open", (cases[0][0].id,), name)


def _told(session: Session, contact_id: int) -> list[Notice]:
    found = select(Notice).where(
        Notice.contact_id == contact_id,
        Notice.subject_kind == "obligation",
        Notice.state == NoticeState.TOLD,
    )
    return list(session.exec(found.order_by(col(Notice.id))))


def _is_answered(session: Session, asker: Asker, one: Chased) -> bool:
    """Whether they said they know of it since its present turn began."""
    known = select(Acknowledgement.id).where(
        Acknowledgement.obligation_id == one.id,
        Acknowledgement.contact_id == asker.contact_id,
        Acknowledgement.turn == one.turn,
    )
    return session.exec(known).first() is not None
