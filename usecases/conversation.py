"""What is said to what nobody can make use of."""

import datetime as dtm

from sqlmodel import Session

from templates.linking import HowToLink
from templates.office import NotUnderstood, StaleButton
from usecases.answers import Answers, say
from usecases.asker import Asker


def not_understood(_session: Session, asker: Asker, _given: None, _now: dtm.datetime) -> Answers:
    """A sticker, a voice, a command that does not exist: what works instead."""
    return say(NotUnderstood() if asker.contact else HowToLink())


def outdated(_session: Session, asker: Asker, _given: None, _now: dtm.datetime) -> Answers:
    """A button of a kind that is no longer offered; in a group none ever was."""
    return say(StaleButton()) if asker.caller.is_private else ()
