"""Refusing what the access table gives to nobody like the asker."""

import datetime as dtm
from collections.abc import Callable
from typing import TypeVar

from sqlmodel import Session

from domain.access import Action
from templates.linking import HowToLink
from templates.refusals import NotYours
from usecases.answers import Answers, UseCase, say
from usecases.asker import Asker
from usecases.standing import standing_in

Given = TypeVar("Given")


def entitled(action: Action) -> Callable[[UseCase[Given]], UseCase[Given]]:
    """Only those with some right to the action, lent ones included, get past this; how far it goes
    is asked within.

    Strangers hear how to link, and nothing else.
    """

    def guarded(use_case: UseCase[Given]) -> UseCase[Given]:
        def guarding(session: Session, asker: Asker, given: Given, now: dtm.datetime) -> Answers:
            if asker.contact is None:
                return say(HowToLink())
            if not (asker.reach(action) or standing_in(session, asker, now).reach(action)):
                return say(NotYours())
            return use_case(session, asker, given, now)

        guarding.__doc__ = use_case.__doc__
        return guarding

    return guarded
