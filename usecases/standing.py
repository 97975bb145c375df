"""What a person may do at present, standing in for others included."""

import datetime as dtm
from dataclasses import replace

from sqlmodel import Session

from domain.access import Grant
from usecases.asker import Asker, grants_of, office
from usecases.chain import away_on
from usecases.listings import local_day


def standing_grants(session: Session, contact_id: int, now: dtm.datetime) -> tuple[Grant, ...]:
    """A contact's own grants, and those of people on leave today who named them as deputy."""
    away = away_on(session, local_day(office(session).zone, now))
    absent = sorted(one for one, deputy in away.items() if deputy == contact_id)
    lent = tuple(grant for one in absent for grant in grants_of(session, one, now))
    return (*grants_of(session, contact_id, now), *lent)


def standing_in(session: Session, asker: Asker, now: dtm.datetime) -> Asker:
    """The asker with the grants of those on leave for whom they stand in today."""
    if asker.contact is None:
        return asker
    return replace(asker, grants=standing_grants(session, asker.contact_id, now))
