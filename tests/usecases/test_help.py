import datetime as dtm

import pytest
from sqlmodel import Session

from domain.vocabulary import Language
from templates.help import Help
from templates.linking import HowToLink
from templates.message import Message
from tests import builders
from tests.builders import NOW, asker
from usecases.answers import Answers, say
from usecases.asker import Asker, Caller, identify
from usecases.help import Menu, menu_of, noting_menu, show_help
from usecases.settings import speak


def only(answers: Answers) -> Message:
    (answer,) = answers
    return answer.message


EVERYBODY = [
    "todo",
    "overdue",
    "upcoming",
    "status",
    "overview",
    "meetings",
    "items",
    "item",
    "leave",
    "settings",
    "cancel",
    "help",
    "start",
]


@pytest.mark.parametrize(
    ("who", "more"),
    [
        ("wei", {"report", "update"}),
        ("huang", {"report", "update", "review", "record", "holes"}),
        ("qin", {"update", "holes"}),
        ("lu", set()),
        ("tan", {"record", "holes"}),
        (
            "meng",
            {
                "report",
                "update",
                "review",
                "record",
                "holes",
                "invite",
                "unlink",
                "left",
                "hold",
                "extend",
                "close",
                "exempt",
                "bind",
            },
        ),
    ],
)
def test_help_and_menu_show_each_role_only_what_it_can_use(
    session: Session, who: str, more: set[str]
) -> None:
    cast = builders.the_cast(session)
    person = asker(session, getattr(cast, who))

    message = only(show_help(session, person, None, NOW))

    assert isinstance(message, Help)
    shown = {command.name for command in message.commands}
    assert shown == {*EVERYBODY, *more}
    assert message.may_import is (who == "meng")
    assert menu_of(person).commands == message.commands


def test_somebody_unknown_gets_only_the_way_in(session: Session) -> None:
    builders.the_cast(session)
    stranger = asker(session, None)

    assert only(show_help(session, stranger, None, NOW)) == HowToLink()
    assert [command.name for command in menu_of(stranger).commands] == ["help", "start"]


def test_a_linked_person_without_a_role_has_no_commands_about_projects(session: Session) -> None:
    builders.an_office(session)
    newcomer = builders.a_contact(session, account=1010)

    names = [command.name for command in menu_of(asker(session, newcomer)).commands]

    assert names == ["meetings", "leave", "settings", "cancel", "help", "start"]


def test_the_menu_is_noted_as_it_is_after_the_use_case(session: Session) -> None:
    cast = builders.the_cast(session)
    noted: list[Menu] = []

    noting_menu(speak, noted.append)(session, asker(session, cast.huang), Language.EN, NOW)

    assert [menu.language for menu in noted] == [Language.EN]


def test_no_menu_is_set_for_a_group(session: Session) -> None:
    cast = builders.the_cast(session)
    noted: list[Menu] = []
    in_group = identify(session, Caller(1002, -5, is_private=False), NOW)

    def nothing(_s: Session, _a: Asker, _given: None, _now: dtm.datetime) -> Answers:
        return say(HowToLink())

    noting_menu(nothing, noted.append)(session, in_group, None, NOW)

    assert cast.huang.telegram_user_id == 1002
    assert noted == []
