"""Every conversation can fall asleep and be offered again by its name."""

import pytest

from bot.process import Process
from domain.vocabulary import Language
from templates.render import wordbook
from usecases import dialogs


@pytest.mark.parametrize("language", list(Language))
def test_every_conversation_has_a_name(language: Language) -> None:
    assert Process  # with it every conversation is registered
    kinds = {kind for kind in dialogs._CONVERSATIONS if not kind.startswith("test")}
    assert kinds
    assert kinds <= wordbook(language, "names")["dialog"].keys()
