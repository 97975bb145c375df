"""/help, and the command menu that goes with it."""

import datetime as dtm
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session

from domain.access import Action, Reach
from domain.commands import Command, commands_for, commands_for_strangers
from domain.vocabulary import Language
from templates.help import Help
from templates.linking import HowToLink
from usecases.answers import Answers, UseCase, say
from usecases.asker import Asker, identify

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Menu:
    """The commands Telegram is to show in somebody's chat, and in which language."""

    commands: tuple[Command, ...]
    language: Language


def show_help(_session: Session, asker: Asker, _given: None, _now: dtm.datetime) -> Answers:
    """/help: what the asker can do; to somebody unknown only how to link."""
    if asker.contact is None:
        return say(HowToLink())
    may_import = asker.reach(Action.IMPORT) is not Reach.NONE
    return say(Help(commands_for(asker.grants), may_import))


def menu_of(asker: Asker) -> Menu:
    """The menu that fits what the asker can do."""
    known = asker.contact is not None
    commands = commands_for(asker.grants) if known else commands_for_strangers()
    return Menu(commands, asker.voice.language)


def noting_menu(use_case: UseCase[Given], note: Callable[[Menu], None]) -> UseCase[Given]:
    """The use-case, after which the asker's menu is noted as it has to be from then on."""

    def noted(session: Session, asker: Asker, given: Given, now: dtm.datetime) -> Answers:
        answers = use_case(session, asker, given, now)
        if asker.caller.is_private:
            note(menu_of(identify(session, asker.caller, now)))
        return answers

    return noted
