"""/settings: language, leave, and letting go of one's account."""

import datetime as dtm

from sqlmodel import Session

from db.tables.people import Contact
from domain.vocabulary import Language
from templates.linking import HowToLink
from templates.message import Message
from templates.settings import Settings
from usecases import audit
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.leave import leaves_ahead
from usecases.leave_notices import days_of
from usecases.people import unit_name


def show_settings(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """/settings, and the way back to them."""
    if asker.contact is None:
        return say(HowToLink())
    return in_place(_settings(session, session.get_one(Contact, asker.contact.id), now))


def speak(session: Session, asker: Asker, language: Language, now: dtm.datetime) -> Answers:
    """From now on the bot speaks that language to the asker, at once in this very message."""
    if asker.contact is None:
        return say(HowToLink())
    person = session.get_one(Contact, asker.contact.id)
    if person.language is not language:
        person.language = language
        session.add(person)
        audit.record(session, asker, f"settings.{language}", now, ("contact", person.id))
    return in_place(_settings(session, person, now))


def _settings(session: Session, person: Contact, now: dtm.datetime) -> Message:
    leaves = tuple(days_of(session, row) for row in leaves_ahead(session, person.id, now))
    return Settings(person.name, unit_name(session, person), person.language, leaves)
