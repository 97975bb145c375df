"""Carrying out a plan, whichever kind of table it is of."""

import datetime as dtm

from sqlmodel import Session

from usecases.importing.contacts import ContactsPlan, save_contacts
from usecases.importing.programme import ProgrammePlan, save_programme


def save(session: Session, plan: ProgrammePlan | ContactsPlan, now: dtm.datetime) -> None:
    """Change the records as the plan says."""
    if isinstance(plan, ProgrammePlan):
        save_programme(session, plan, now)
    else:
        save_contacts(session, plan, now)
