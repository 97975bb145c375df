"""Who may do something about a report, deputies included."""

import datetime as dtm

from sqlmodel import Session

from db.tables.reporting import Report
from domain.access import Action
from domain.chain import Rung
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from usecases.asker import Asker
from usecases.reporting.matters import Matter, matter_of
from usecases.standing import standing_in


def entitled_matter(
    session: Session, asker: Asker, action: Action, obligation_id: int, now: dtm.datetime
) -> Matter | Message:
    """The matter, locked, or the message with which this asker is refused."""
    if asker.contact is None:
        return HowToLink()
    matter = matter_of(session, obligation_id, now)
    if matter is None:
        return StaleButton()
    acting = standing_in(session, asker, now)
    return matter if acting.may(action, matter.ground) else NotYours()


def is_reporter(asker: Asker, matter: Matter) -> bool:
    """Whether the asker is one of the report's reporters, or stands in for one."""
    seats = (matter.chain.seat(rung) for rung in (Rung.MAIN_REPORTER, Rung.SECOND_REPORTER))
    return any(asker.contact_id in (seat.holder_id, seat.acting_id) for seat in seats if seat)


def may_withdraw(asker: Asker, matter: Matter, report: Report) -> bool:
    """Whether the asker may take a submission back: whoever sent it, or whose report it is."""
    return report.author_id == asker.contact_id or is_reporter(asker, matter)
