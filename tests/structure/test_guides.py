"""The guides show what the bot really says, and every page they point to exists."""

import re
from pathlib import Path

import pytest

from domain.vocabulary import Language
from tests.guides import DOCS, EXAMPLE, GUIDES, rewritten

_PAGE = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
PAGES = (*GUIDES.values(), DOCS.parent / "README.md", DOCS.parent / "README.zh-CN.md")


@pytest.mark.parametrize("language", list(GUIDES))
def test_every_example_in_a_guide_is_what_the_bot_says(language: Language) -> None:
    guide = GUIDES[language].read_text("utf-8")
    assert EXAMPLE.search(guide)
    assert guide == rewritten(guide, language), "python -m tests.guides writes them anew"


def test_both_guides_show_the_same_messages() -> None:
    chinese, english = (EXAMPLE.findall(GUIDES[one].read_text("utf-8")) for one in GUIDES)
    assert chinese == english


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_points_only_to_pages_that_exist(page: Path) -> None:
    linked = _PAGE.findall(page.read_text("utf-8"))
    assert linked
    assert [link for link in linked if not (page.parent / link).exists()] == []
