"""Every conversation can fall asleep and be offered again by its name."""

import importlib

import pytest

from domain.vocabulary import Language
from templates.render import wordbook
from usecases import dialogs

# With its handlers every conversation of the office is there.
importlib.import_module("handlers.register")
KINDS = frozenset(dialogs._CONVERSATIONS)


@pytest.mark.parametrize("language", list(Language))
def test_every_conversation_has_a_name(language: Language) -> None:
    assert KINDS
    assert wordbook(language, "names")["dialog"].keys() >= KINDS
