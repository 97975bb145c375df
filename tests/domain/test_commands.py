import re
from itertools import product

import pytest

from domain.access import TABLE, Action, Grant, Reach, ScopeKind
from domain.commands import COMMANDS, Command, commands_for, commands_for_strangers
from domain.vocabulary import Role


@pytest.mark.parametrize(("command", "role"), list(product(COMMANDS, Role)))
def test_a_command_is_offered_exactly_to_the_roles_with_a_right_to_it(
    command: Command, role: Role
) -> None:
    grants = (Grant(role, ScopeKind.ALL),)
    entitled = any(TABLE[action][role] is not Reach.NONE for action in command.actions)

    assert (command in commands_for(grants)) is (entitled or not command.actions)


def test_strangers_are_offered_nothing_but_the_way_in() -> None:
    assert [command.name for command in commands_for_strangers()] == ["help", "start"]
    assert all(not command.actions for command in commands_for_strangers())


def test_every_command_is_one_telegram_takes_and_has_a_word() -> None:
    names = [command.name for command in COMMANDS]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) for name in names)
    assert len({command.word for command in COMMANDS}) == len(COMMANDS)


def test_a_role_is_offered_what_any_of_its_actions_allows() -> None:
    command = Command("x", (Action.INVITE, Action.READ_HOLES))

    assert command.is_for((Grant(Role.LIAISON, ScopeKind.ALL),))
    assert not command.is_for((Grant(Role.FIRST_RESPONSIBLE, ScopeKind.ALL),))
