"""A preview is edited in place, so it has to be one message whatever stands in the table."""

import pytest

from domain.texts import length
from domain.vocabulary import Language
from templates.message import Message
from templates.render import Voice, render
from tests.templates.samples.imports import ON_A_PHONE
from usecases.outbox import LONGEST_TEXT


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("preview", ON_A_PHONE, ids=lambda preview: preview.kind())
def test_the_worst_preview_is_one_message(preview: Message, language: Language) -> None:
    assert length(render(preview, Voice(language, "Asia/Shanghai")).text) <= LONGEST_TEXT
