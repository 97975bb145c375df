"""A meeting that is being held, in tests: what Meng records of it, as a phone shows the answers."""

import datetime as dtm
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from db.tables.items import CoordinationItem, Decision, DecisionState
from db.tables.meetings import AgendaItem
from db.tables.people import Contact, Organisation
from domain.access import ScopeKind
from domain.vocabulary import Role
from templates.deciding import DraftDecision
from templates.message import Message
from tests import builders
from tests.builders import Cast
from tests.usecases.meetings.hall import MEETING, a_meeting, does, types
from usecases.items.approving import Approval, approve
from usecases.items.recording import record_topic

DURING = MEETING + dtm.timedelta(minutes=30)
WHOLE = "完成剩余2户征收签约；柳北区政府；配合柳州市住建局；12月30日前"


@dataclass(frozen=True)
class Hall:
    """A meeting being held about 白露大道（一期）'s problem, and a second unit with its people."""

    cast: Cast
    meeting_id: int
    district: Organisation
    luo: Contact
    he: Contact


def a_hall(session: Session) -> Hall:
    """The cast's meeting, at which 柳北区政府 (liaison Luo, commissioner He) is spoken of, too."""
    cast = builders.the_cast(session)
    builders.a_problem(session, cast.project)
    district = builders.a_unit(session, "柳北区政府")
    luo = _person(session, "罗联络员", 1011, district, Role.LIAISON)
    he = _person(session, "何专员", 1012, district, Role.COMMISSIONER)
    return Hall(cast, a_meeting(session, cast).id, district, luo, he)


def topic(session: Session) -> int:
    """The one line of the agenda."""
    return session.exec(select(AgendaItem)).one().id


def records(session: Session, hall: Hall, text: str = WHOLE, now: dtm.datetime = DURING) -> Message:
    """What Meng is answered who presses the agenda's line and types this."""
    does(session, hall.cast.meng, record_topic, topic(session), now)
    return types(session, hall.cast.meng, text, now)


def a_draft(session: Session, hall: Hall, text: str = WHOLE, now: dtm.datetime = DURING) -> int:
    """A decision Meng has recorded on the agenda's line."""
    card = records(session, hall, text, now)
    assert isinstance(card, DraftDecision), card
    return card.line.decision_id


def approves(session: Session, hall: Hall, now: dtm.datetime = DURING) -> Message:
    """What Meng is answered who approves the minutes as they stand."""
    return does(session, hall.cast.meng, approve, as_it_stands(session, hall.meeting_id), now)


def as_it_stands(session: Session, meeting_id: int) -> Approval:
    """The approval of all that is recorded by now."""
    newest = session.exec(select(func.max(Decision.id))).one()
    return Approval(meeting_id, newest or 0)


def decisions(session: Session) -> list[tuple[str, str, DecisionState]]:
    """Every decision: its words, its unit, how it stands."""
    query = select(Decision, Organisation.name).join(
        Organisation, col(Organisation.id) == col(Decision.organisation_id)
    )
    rows = session.exec(query.order_by(col(Decision.id))).all()
    return [(row.text, unit, row.state) for row, unit in rows]


def items(session: Session) -> list[CoordinationItem]:
    """Every item, in the order in which they were raised."""
    return list(session.exec(select(CoordinationItem).order_by(col(CoordinationItem.id))))


def _person(session: Session, name: str, account: int, unit: Organisation, role: Role) -> Contact:
    contact = builders.a_contact(
        session, name, unit=unit, account=account, phone=f"1990000{account:04d}"
    )
    builders.an_assignment(session, contact, role, ScopeKind.ORGANISATION, unit.id)
    return contact
