"""更正: an accepted month is reported once more, with a reason; until that is accepted, what was
accepted stands."""

import datetime as dtm
from dataclasses import replace

from sqlmodel import Session, col, select

from db.tables.reporting import Obligation, ObligationState, ReportDraft, ReportingPeriod
from db.tables.speech import Dialog
from domain.access import Action
from domain.dialogs import Position
from domain.periods import Period
from templates.correcting import AskCorrection, CorrectableMonth, WhichCorrection
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from usecases import audit, dialogs
from usecases.answers import Answers, in_place, say
from usecases.asked import asked
from usecases.asker import Asker
from usecases.reporting import after_books
from usecases.reporting.cards import head_of
from usecases.reporting.filling import fill
from usecases.reporting.matters import (
    Matter,
    Obstacle,
    accepted_report,
    draft_of,
    is_corrected,
)
from usecases.reporting.restoring import filling_of
from usecases.reporting.rights import entitled_matter
from usecases.reporting.taking_over import OBLIGATION

MONTHS_OFFERED = 12
LONGEST_REASON = 500


def which(session: Session, asker: Asker, project_id: int, now: dtm.datetime) -> Answers:
    """The accepted months of a project that may be corrected."""
    if asker.contact is None:
        return say(HowToLink())
    known = asked(session, asker, Action.REPORT, project_id, now)
    if isinstance(known, Message):
        return say(known)
    months = tuple(_months(session, project_id))
    return in_place(WhichCorrection(project_id, known.project.name, months))


def ask(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Answers:
    """Why? Once the books are closed, by how much; a correction already begun goes on."""
    matter = _correctable(session, asker, obligation_id, now)
    if isinstance(matter, Message):
        return say(matter)
    if matter.obstacle is Obstacle.CLOSED:
        return after_books.ask(session, asker, matter, now)
    if is_corrected(session, obligation_id):
        return fill(session, asker, obligation_id, now)
    position = Position("reason", {OBLIGATION: obligation_id})
    dialogs.stand_at(session, asker, CORRECTION, position, now)
    return say(_question(session, matter))


def _months(session: Session, project_id: int) -> list[CorrectableMonth]:
    query = (
        select(Obligation.id, ReportingPeriod)
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(Obligation.project_id == project_id, Obligation.state == ObligationState.ACCEPTED)
        .order_by(col(ReportingPeriod.year).desc(), col(ReportingPeriod.month).desc())
    )
    return [
        CorrectableMonth(key, Period(books.year, books.month), books.closed_at is not None)
        for key, books in session.exec(query.limit(MONTHS_OFFERED))
    ]


def _correctable(
    session: Session, asker: Asker, obligation_id: int, now: dtm.datetime
) -> Matter | Message:
    """An accepted month that the asker may have reported once more."""
    matter = entitled_matter(session, asker, Action.REPORT, obligation_id, now)
    if isinstance(matter, Message):
        return matter
    possible = matter.obstacle in (Obstacle.ACCEPTED, Obstacle.CLOSED)
    accepted = matter.obligation.state is ObligationState.ACCEPTED
    return matter if possible and accepted else StaleButton()


def _question(session: Session, matter: Matter) -> AskCorrection:
    accepted = accepted_report(session, matter.id)
    return AskCorrection(head_of(matter), accepted.invested_month if accepted else None)


def _begin(
    session: Session, asker: Asker, matter: Matter, reason: str, now: dtm.datetime
) -> Answers:
    """The draft begins with what was accepted; problems adopted then stand without being said."""
    accepted = accepted_report(session, matter.id)
    assert accepted is not None, "an accepted month has an accepted revision"
    filling = replace(
        filling_of(session, matter, accepted),
        problems=(),
        problems_stand=matter.base.open_problems > 0,
        correction_reason=reason,
    )
    draft = draft_of(session, matter.id) or ReportDraft(
        obligation_id=matter.id, holder_id=asker.contact_id, touched_at=now
    )
    draft.holder_id, draft.content, draft.touched_at = asker.contact_id, filling.as_data(), now
    session.add(draft)
    session.flush()
    audit.record(session, asker, "report.correction_begun", now, ("obligation", matter.id))
    return fill(session, asker, matter.id, now)


class _Correction:
    """Free text after 更正: the reason."""

    kind = "correction"

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """With a reason the month is open to be changed."""
        matter = _correctable(session, asker, row.draft[OBLIGATION], now)
        if isinstance(matter, Message):
            dialogs.end(session, asker)
            return say(matter)
        if not text.strip() or len(text) > LONGEST_REASON:
            return say(replace(_question(session, matter), is_unfit=True))
        dialogs.end(session, asker)
        return _begin(session, asker, matter, text.strip(), now)

    def asked_again(
        self, session: Session, asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """Why, once more."""
        return ask(session, asker, row.draft[OBLIGATION], now)


CORRECTION = dialogs.register_flow(_Correction())
