"""Whoever had begun a report hears that somebody else goes on with it."""

import datetime as dtm

from sqlmodel import Session, select

from db.tables.people import Contact
from db.tables.reporting import ReportDraft
from db.tables.speech import Dialog
from templates.reporting import DraftTaken, ReportHead
from usecases.asker import Asker
from usecases.outbox import queue_for

REPORT = "report"
OBLIGATION = "obligation_id"


def tell_former_holder(
    session: Session, asker: Asker, draft: ReportDraft, head: ReportHead, now: dtm.datetime
) -> None:
    """Their conversation about it ends with a word, so that no answer of theirs goes astray."""
    open_dialog = select(Dialog).where(Dialog.contact_id == draft.holder_id, Dialog.kind == REPORT)
    row = session.exec(open_dialog).one_or_none()
    if row is not None and row.draft[OBLIGATION] == draft.obligation_id:
        session.delete(row)
    by = asker.contact.name if asker.contact else ""
    former = session.get_one(Contact, draft.holder_id)
    queue_for(session, former, DraftTaken(head, by), now)
