"""Pressing the buttons of alerts in tests, and reading them as they stand on a phone."""

import datetime as dtm
from typing import TypeVar

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.programme import Project
from db.tables.reporting import Obligation, ObligationState, Report, ReportSource
from db.tables.speech import Delivery, Message
from domain.policy import Basis
from domain.texts import plain
from templates.render import render
from tests import builders
from usecases import outbox
from usecases.answers import UseCase
from usecases.obligations import obligation_changed, taken_back

Given = TypeVar("Given")


def presses(
    session: Session,
    contact: Contact,
    use_case: UseCase[Given],
    given: Given,
    now: dtm.datetime,
    on: str = "",
) -> list[str]:
    """The lines of everything answered when somebody presses a button of their newest message.

    `on` names the kind of message it is on.
    """
    asker = builders.asker(session, contact, now).on(newest(session, contact, on))
    answers = use_case(session, asker, given, now)
    outbox.queue_answers(session, asker, answers, None, now)
    texts = [plain(render(answer.message, asker.voice).text) for answer in answers]
    return [line for text in texts for line in text.splitlines()]


def newest(session: Session, contact: Contact, kind: str = "") -> Message:
    """The newest message somebody was sent, or the newest of a kind."""
    query = select(Message).where(
        Message.contact_id == contact.id,
        Message.delivery == Delivery.SEND,
        col(Message.kind).startswith(kind),
    )
    return session.exec(query.order_by(col(Message.id).desc())).first()  # type: ignore[return-value]


def reads(session: Session, contact: Contact, kind: str = "") -> list[str]:
    """That message as it reads by now, line by line, with its buttons' actions last."""
    message = newest(session, contact, kind)
    edits = select(Message).where(Message.target_id == message.id)
    shown = session.exec(edits.order_by(col(Message.id).desc())).first() or message
    actions = [key["data"].partition(":")[0] for row in shown.keyboard for key in row]
    return [*plain(shown.text).splitlines(), *actions]


def obligation_of(session: Session, project: Project) -> Obligation:
    """What the project owes."""
    return session.exec(select(Obligation).where(Obligation.project_id == project.id)).one()


def reports(session: Session, project: Project, now: dtm.datetime) -> None:
    """The project's report comes in."""
    obligation = obligation_of(session, project)
    earlier = select(Report).where(Report.obligation_id == obligation.id)
    session.add(
        Report(
            obligation_id=obligation.id,
            revision=len(session.exec(earlier).all()) + 1,
            source=ReportSource.CHAT,
            basis=Basis.EXPECTED_TO_MONTH_END,
            submitted_at=now,
        )
    )
    obligation.state = ObligationState.SUBMITTED
    obligation.first_submitted_at = now
    session.flush()
    obligation_changed(session, obligation, now)


def takes_back(session: Session, project: Project, now: dtm.datetime) -> None:
    """The report is withdrawn again before it was reviewed."""
    obligation = obligation_of(session, project)
    obligation.state, obligation.first_submitted_at = ObligationState.OPEN, None
    taken_back(session, obligation, now)
