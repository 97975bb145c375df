"""代录: a report given by phone is entered; who said it, and when, is kept with it."""

import datetime as dtm

from sqlmodel import Session

from db.tables.people import Contact
from db.tables.reporting import ReportSource
from db.tables.speech import Dialog
from domain.access import Action
from domain.dialogs import Position
from templates.by_phone import AskPhoneSource
from templates.message import Message
from usecases import audit, dialogs
from usecases.answers import Answers, say
from usecases.asker import Asker
from usecases.reporting.cards import head_of
from usecases.reporting.filling import fill, open_matter, take_over
from usecases.reporting.matters import Matter, draft_of
from usecases.reporting.rights import entitled_matter, is_reporter
from usecases.reporting.submitting import source_of
from usecases.reporting.taking_over import OBLIGATION

LONGEST_SOURCE = 200


def take_up(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Answers:
    """填报: one's own report; what the office takes up was told by somebody, so it asks by whom."""
    if asker.contact is not None and source_of(asker) is ReportSource.PHONE:
        return enter(session, asker, obligation_id, now)
    return fill(session, asker, obligation_id, now)


def enter(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Answers:
    """代填: who said it, and when? Then the questions of every report."""
    matter = _matter(session, asker, obligation_id, now)
    if isinstance(matter, Message):
        return say(matter)
    draft = draft_of(session, obligation_id)
    is_own = draft is not None and draft.holder_id == asker.contact_id
    if is_reporter(asker, matter) or (draft and is_own and draft.source_note):
        return fill(session, asker, obligation_id, now)
    dialogs.stand_at(session, asker, BY_PHONE, Position("source", {OBLIGATION: matter.id}), now)
    return say(_asked(session, asker, matter))


def _matter(
    session: Session, asker: Asker, obligation_id: int, now: dtm.datetime
) -> Matter | Message:
    entitled = entitled_matter(session, asker, Action.ENTER_BY_PHONE, obligation_id, now)
    if isinstance(entitled, Message):
        return entitled
    return open_matter(session, asker, obligation_id, now)


def _asked(
    session: Session, asker: Asker, matter: Matter, *, is_unfit: bool = False
) -> AskPhoneSource:
    draft = draft_of(session, matter.id)
    other = draft is not None and draft.holder_id != asker.contact_id
    holder = session.get_one(Contact, draft.holder_id).name if draft and other else ""
    return AskPhoneSource(head_of(matter), holder, is_unfit)


class _Conversation:
    """Free text after 代填: who gave the figures by phone, and when."""

    kind = "by_phone"

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """The report is begun, or taken over, with these words as its source."""
        obligation_id = row.draft[OBLIGATION]
        matter = _matter(session, asker, obligation_id, now)
        if isinstance(matter, Message):
            dialogs.end(session, asker)
            return say(matter)
        note = " ".join(text.split())
        if not note or len(note) > LONGEST_SOURCE:
            return say(_asked(session, asker, matter, is_unfit=True))
        answers = take_over(session, asker, obligation_id, now)
        draft = draft_of(session, obligation_id)
        if draft is not None:
            draft.source_note = note
            session.add(draft)
            audit.record(session, asker, "report.by_phone", now, ("obligation", obligation_id))
        return answers

    def asked_again(
        self, session: Session, asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """Who said it, once more."""
        return enter(session, asker, row.draft[OBLIGATION], now)


BY_PHONE = dialogs.register_flow(_Conversation())
