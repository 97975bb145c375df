"""Who answers for a project, with phones for those who may have them."""

import datetime as dtm
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from db.tables.people import Contact
from domain.access import Action
from domain.chain import Gap, Rung, Seat
from templates.message import Message
from templates.status import PersonLine, ProjectPeople
from usecases.answers import Answers, in_place, say
from usecases.asked import Asked, Wanted, asked
from usecases.asker import Asker
from usecases.chain import load_roster, place_of
from usecases.listings import of_year
from usecases.people import unit_name

_RUNGS = tuple(Rung)


def show_people(session: Session, asker: Asker, wanted: Wanted, now: dtm.datetime) -> Answers:
    """The pressed card becomes the list of the people in the project's chain."""
    known = asked(session, asker, Action.READ_PEOPLE, wanted.project_id, now)
    if isinstance(known, Message):
        return say(known)
    listed = _Lines(
        session,
        with_phones=asker.may(Action.READ_PHONES, known.ground),
        with_gaps=asker.may(Action.READ_HOLES, known.ground),
    )
    people = [line for seat in _seats(session, known, now) for line in listed.of(seat)]
    return in_place(ProjectPeople(known.project.id, known.project.name, tuple(people)))


def _seats(session: Session, known: Asked, now: dtm.datetime) -> Sequence[Seat]:
    """The rungs of the project's chains, lowest first; what two levels share stands once."""
    roster = load_roster(session, now)
    counting = of_year(known.listings, known.today.year)
    chains = [
        roster.chain(place_of(known.project, listed)) for listed in counting if listed.is_active
    ]
    seats = dict.fromkeys(seat for chain in chains for seat in chain.seats)
    return sorted(seats, key=lambda seat: _RUNGS.index(seat.rung))


@dataclass(frozen=True, slots=True)
class _Lines:
    """What one asker may see of whoever sits on a rung."""

    session: Session
    with_phones: bool
    with_gaps: bool

    def of(self, seat: Seat) -> Iterator[PersonLine]:
        """The holder, then who stands in for them; whoever has left is nobody to turn to."""
        if seat.holder_id is None or seat.gap is Gap.LEFT:
            yield PersonLine(seat.rung)
            return
        line = self._line(seat, seat.holder_id)
        if seat.acting_id == seat.holder_id:
            yield line
            return
        yield replace(line, is_away=True, gap=None)
        if seat.acting_id is not None:
            yield replace(self._line(seat, seat.acting_id), stands_in=True)

    def _line(self, seat: Seat, contact_id: int) -> PersonLine:
        person = self.session.get_one(Contact, contact_id)
        return PersonLine(
            rung=seat.rung,
            name=person.name,
            unit=unit_name(self.session, person),
            position=person.position,
            phone=(person.phone or "") if self.with_phones else "",
            gap=seat.gap if self.with_gaps else None,
        )
