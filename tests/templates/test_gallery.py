"""The page of all messages leaves none out."""

from pathlib import Path

import pytest

from domain.vocabulary import Language
from templates.message import Message
from tests.templates import gallery


@pytest.mark.parametrize("language", list(Language))
def test_every_message_is_on_the_page_to_be_looked_at(language: Language) -> None:
    page = gallery.page(language)
    kinds = {kind for kind in Message.registry if f"<small>{kind}</small>" in page}
    assert kinds == set(Message.registry)


def test_the_page_needs_nothing_from_elsewhere(tmp_path: Path) -> None:
    gallery.main(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        "zh.html",
        "en.html",
        "gallery.css",
        "font.otf",
    }
    assert 'src="http' not in (tmp_path / "zh.html").read_text(encoding="utf-8")
