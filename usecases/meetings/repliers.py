"""Who answers for a unit: whom it named, else its liaison, with who stands in for them."""

import datetime as dtm
from collections.abc import Mapping

from sqlmodel import Session

from db.tables.people import Contact
from domain.access import Action
from domain.chain import Gap, Place, Roster, Rung
from domain.meetings.kinds import ReplyStanding
from templates.organising import UnitToPhone
from usecases.asker import Asker
from usecases.chain import gap_of, load_roster
from usecases.meetings.book import Called, InvitedUnit
from usecases.standing import standing_in


def repliers(session: Session, meeting: Called, now: dtm.datetime) -> Mapping[int, int]:
    """Whom to tell for each unit that anybody can be told of, by the invitation's id."""
    roster = load_roster(session, now)
    found = {}
    for unit in meeting.units:
        contact_id, gap = _replier(session, roster, meeting, unit)
        if contact_id is not None and gap is None:
            found[unit.id] = contact_id
    return found


def to_phone(session: Session, meeting: Called, now: dtm.datetime) -> tuple[UnitToPhone, ...]:
    """The units nobody of which can be told, with whom there is to phone; those that come not."""
    roster = load_roster(session, now)
    found = []
    for unit in meeting.units:
        contact_id, gap = _replier(session, roster, meeting, unit)
        if gap is not None and unit.standing is ReplyStanding.UNANSWERED:
            person = session.get(Contact, contact_id) if contact_id else None
            name, phone = (person.name, person.phone or "") if person else ("", "")
            found.append(UnitToPhone(unit.organisation.name, gap, name, phone))
    return tuple(found)


def may_answer(session: Session, asker: Asker, unit: InvitedUnit, now: dtm.datetime) -> bool:
    """Whether the asker may answer for this unit: whom it named may as well."""
    if asker.contact is not None and asker.contact.id == unit.row.replier_id:
        return True
    return standing_in(session, asker, now).may(Action.ANSWER_INVITATION, unit.ground)


def may_read(session: Session, asker: Asker, unit: InvitedUnit, now: dtm.datetime) -> bool:
    """Whether the asker may read this unit's invitation: a delegate may, whoever they are."""
    if asker.contact is not None and asker.contact.id in (unit.row.replier_id, unit.delegate_id):
        return True
    return standing_in(session, asker, now).may(Action.READ_MEETINGS, unit.ground)


def _replier(
    session: Session, roster: Roster, meeting: Called, unit: InvitedUnit
) -> tuple[int | None, Gap | None]:
    named = session.get(Contact, unit.row.replier_id) if unit.row.replier_id else None
    if named and gap_of(named.left_at, named.telegram_user_id, named.unreachable) is None:
        return named.id, None
    place = Place(
        project_id=0,
        level=meeting.meeting.level,
        lead_unit_id=unit.organisation.id,
        region_id=unit.organisation.region_id or meeting.meeting.region_id,
    )
    seat = roster.chain(place).seat(Rung.REVIEWER)
    assert seat, "every chain has a reviewer's rung"
    return seat.acting_id or seat.holder_id, seat.gap
