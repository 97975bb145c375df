"""Correcting a month whose books are closed (封账): by how much, and why.

It changes nothing by itself: liaison and office have to agree (`usecases.reporting.agreeing`).
"""

import datetime as dtm

from sqlmodel import Session

from db.tables.speech import Dialog
from domain.access import Action
from domain.amounts import Doubt
from domain.dialogs import Position
from domain.reporting.extras import read_change
from templates.correcting import AskClosedAmount, AskClosedReason
from templates.message import Message
from templates.office import StaleButton
from usecases import dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.reporting.agreeing import propose
from usecases.reporting.cards import head_of
from usecases.reporting.matters import Matter, accepted_report
from usecases.reporting.rights import entitled_matter
from usecases.reporting.taking_over import OBLIGATION

LONGEST_REASON = 500


def ask(session: Session, asker: Asker, matter: Matter, now: dtm.datetime) -> Answers:
    """By how much is the closed month to be corrected?"""
    dialogs.stand_at(session, asker, AFTER_BOOKS, Position("amount", {OBLIGATION: matter.id}), now)
    return say(_amount_question(session, matter))


def press_amount(session: Session, asker: Asker, yuan: int, now: dtm.datetime) -> Answers:
    """One reading of a doubtful amount."""
    row = dialogs.open_dialog(session, asker)
    if row is None or row.kind != AFTER_BOOKS.kind or yuan not in row.draft.get("readings", ()):
        return say(StaleButton())
    matter = entitled_matter(session, asker, Action.REPORT, row.draft[OBLIGATION], now)
    if isinstance(matter, Message):
        return say(matter)
    return in_place(_with_amount(session, asker, matter, yuan, now))


def _amount_question(session: Session, matter: Matter) -> AskClosedAmount:
    accepted = accepted_report(session, matter.id)
    return AskClosedAmount(head_of(matter), accepted.invested_month if accepted else None)


def _with_amount(
    session: Session, asker: Asker, matter: Matter, yuan: int, now: dtm.datetime
) -> AskClosedReason:
    position = Position("reason", {OBLIGATION: matter.id, "amount": yuan})
    dialogs.stand_at(session, asker, AFTER_BOOKS, position, now)
    return AskClosedReason(head_of(matter), yuan)


class _AfterBooks:
    """Free text while a closed month is corrected: the amount, then the reason."""

    kind = "after_books"

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """An amount with its sign, read exactly or asked about; then why."""
        matter = entitled_matter(session, asker, Action.REPORT, row.draft[OBLIGATION], now)
        if isinstance(matter, Message):
            dialogs.end(session, asker)
            return say(matter)
        if row.step == "amount":
            return say(self._amount(session, asker, matter, row, text, now))
        reason, amount = text.strip(), int(row.draft["amount"])
        if not reason or len(reason) > LONGEST_REASON:
            return say(AskClosedReason(head_of(matter), amount, is_unfit=True))
        dialogs.end(session, asker)
        return propose(session, asker, matter, (amount, reason), now)

    def asked_again(
        self, session: Session, asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """From the amount on."""
        matter = entitled_matter(session, asker, Action.REPORT, row.draft[OBLIGATION], now)
        return say(matter) if isinstance(matter, Message) else ask(session, asker, matter, now)

    def _amount(
        self,
        session: Session,
        asker: Asker,
        matter: Matter,
        row: Dialog,
        text: str,
        now: dtm.datetime,
    ) -> Message:
        read = read_change(text)
        if isinstance(read, int) and read:
            return _with_amount(session, asker, matter, read, now)
        question = _amount_question(session, matter)
        if isinstance(read, int):
            return question
        return _doubted(session, row, question, read)


def _doubted(
    session: Session, row: Dialog, question: AskClosedAmount, doubt: Doubt
) -> AskClosedAmount:
    row.draft = {**row.draft, "readings": list(doubt.candidates)}
    session.add(row)
    session.flush()
    return AskClosedAmount(question.head, question.invested, doubt.reason, doubt.candidates)


AFTER_BOOKS = dialogs.register_flow(_AfterBooks())
