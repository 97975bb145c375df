"""The command menu follows what a person can do, and nothing depends on it."""

from collections.abc import Callable
from typing import Any, cast

import pytest
from sqlmodel import Session
from telegram import BotCommand, BotCommandScopeChat, Update
from telegram.error import NetworkError

from handlers.door import Context
from handlers.menu import run_and_show_menu, run_and_show_menus
from templates.imports import ContactsPreview
from tests import builders
from tests.builders import NOW, asker
from tests.usecases.importing.tables import contact_file, contact_row
from usecases.asker import Asker
from usecases.help import show_help
from usecases.imports import Upload, confirm, receive
from usecases.leaving import record_left

PERSON = {"id": 1002, "is_bot": False, "first_name": "黄"}
CHAT = {"id": 1002, "type": "private", "first_name": "黄"}
UPDATE = {
    "update_id": 1,
    "message": {"message_id": 1, "date": 1, "chat": CHAT, "from": PERSON, "text": "/help"},
}


class Phone:
    """A context whose door answers at once and whose bot notes the menu, or cannot be reached."""

    def __init__(self, session: Session, person: Asker, *, reachable: bool = True) -> None:
        self._session = session
        self._person = person
        self._reachable = reachable
        self.bot = self
        self.menus: list[tuple[int, list[str]]] = []

    async def run(self, _update: Update, use_case: Callable[..., Any], given: object) -> None:
        use_case(self._session, self._person, given, NOW)

    async def set_my_commands(self, commands: list[BotCommand], scope: BotCommandScopeChat) -> None:
        if not self._reachable:
            raise NetworkError("no network")
        self.menus.append((int(scope.chat_id), [command.command for command in commands]))


async def shown_to(phone: Phone) -> list[tuple[int, list[str]]]:
    update = Update.de_json(UPDATE, None)
    await run_and_show_menu(update, cast(Context, phone), show_help, None)
    return phone.menus


async def test_the_menu_is_set_in_the_person_s_own_chat(session: Session) -> None:
    people = builders.the_cast(session)

    ((chat, commands),) = await shown_to(Phone(session, asker(session, people.huang)))

    assert chat == 1002
    assert "holes" in commands
    assert "invite" not in commands


async def test_a_menu_that_telegram_does_not_take_is_only_logged(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    people = builders.the_cast(session)
    phone = Phone(session, asker(session, people.huang), reachable=False)

    assert await shown_to(phone) == []
    said = capsys.readouterr()
    assert "menu_not_shown" in said.out + said.err


async def test_everybody_whose_role_an_import_changes_gets_the_menu_that_fits(
    session: Session,
) -> None:
    people = builders.the_cast(session)
    row = contact_row("黄联络员", unit="柳州市住建局", phone=people.huang.phone, roles="督查")
    meng = asker(session, people.meng)
    upload = Upload(contact_file(row))
    preview = receive(session, meng, upload, NOW)[-1].message
    assert isinstance(preview, ContactsPreview)
    phone = Phone(session, meng)

    update = Update.de_json(UPDATE, None)
    await run_and_show_menus(update, cast(Context, phone), confirm, preview.preview_id)

    [(chat, commands)] = phone.menus
    assert chat == people.huang.telegram_user_id
    assert "review" not in commands
    assert "record" in commands


async def test_an_account_that_is_let_go_of_keeps_only_the_way_in(session: Session) -> None:
    people = builders.the_cast(session)
    phone = Phone(session, asker(session, people.meng))

    update = Update.de_json(UPDATE, None)
    await run_and_show_menus(update, cast(Context, phone), record_left, people.qin.id)

    assert phone.menus == [(1003, ["help", "start"])]
