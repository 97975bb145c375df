"""/help, and the command menu that goes with it."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import TypeVar

from sqlmodel import Session, col, or_, select

from db.tables.people import Assignment, Contact
from domain.access import Action, Grant, Reach
from domain.commands import Command, commands_for, commands_for_strangers
from domain.vocabulary import Language
from templates.help import Help
from templates.linking import HowToLink
from usecases.answers import Answers, UseCase, say
from usecases.asker import Asker, identify, voice_of

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


def noting_menus(
    use_case: UseCase[Given], note: Callable[[Mapping[int, Menu]], None]
) -> UseCase[Given]:
    """The use-case, after which every menu it has changed is noted, by the chat it belongs to."""

    @wraps(use_case)
    def noted(session: Session, asker: Asker, given: Given, now: dtm.datetime) -> Answers:
        before = _menus(session, now)
        answers = use_case(session, asker, given, now)
        after = _menus(session, now)
        nobody = Menu(commands_for_strangers(), voice_of(session, None).language)
        chats = before.keys() | after.keys()
        note(
            {chat: after.get(chat, nobody) for chat in chats if before.get(chat) != after.get(chat)}
        )
        return answers

    return noted


def _menus(session: Session, now: dtm.datetime) -> dict[int, Menu]:
    """The menu of every linked person, by their chat."""
    session.flush()
    grants: defaultdict[int, list[Grant]] = defaultdict(list)
    held = select(Assignment).where(
        Assignment.since <= now, or_(col(Assignment.until).is_(None), col(Assignment.until) > now)
    )
    for post in session.exec(held):
        grants[post.contact_id].append(Grant(post.role, post.scope_kind, post.scope_id))
    linked = select(Contact).where(
        col(Contact.telegram_user_id).is_not(None), col(Contact.left_at).is_(None)
    )
    return {
        person.telegram_user_id or 0: Menu(commands_for(grants[person.id]), person.language)
        for person in session.exec(linked)
    }
