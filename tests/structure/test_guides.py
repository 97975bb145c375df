"""The guides show what the bot really says, and every page they point to exists."""

import html
import re
from pathlib import Path

import pytest

from domain.vocabulary import Language
from templates.render import Rendered, Voice, render
from tests.structure.test_messages import every_sample

ROOT = Path(__file__).parents[2]
GUIDES = {Language.ZH: "guide.zh-CN.md", Language.EN: "guide.md"}
_EXAMPLE = re.compile(r"^```text (\w+)\n(.*?)\n```$", re.DOTALL | re.MULTILINE)
_PAGE = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


def guide(language: Language) -> str:
    return (ROOT / "docs" / GUIDES[language]).read_text(encoding="utf-8")


def as_on_a_phone(said: Rendered) -> str:
    words = html.unescape(re.sub(r"<[^>]+>", "", said.text))
    rows = (" ".join(f"[{key['label']}]" for key in row) for row in said.keyboard)
    return "\n".join([words, *rows])


def said_in(language: Language) -> set[tuple[str, str]]:
    voice = Voice(language, "Asia/Shanghai")
    return {(type(one).kind(), as_on_a_phone(render(one, voice))) for one in every_sample()}


@pytest.mark.parametrize("language", list(GUIDES))
def test_every_example_in_a_guide_is_what_the_bot_says(language: Language) -> None:
    examples = _EXAMPLE.findall(guide(language))
    assert examples
    assert set(examples) <= said_in(language)


def test_both_guides_show_the_same_messages() -> None:
    chinese, english = ([kind for kind, _ in _EXAMPLE.findall(guide(one))] for one in GUIDES)
    assert chinese == english


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", *GUIDES.values()])
def test_a_page_points_only_to_pages_that_exist(page: str) -> None:
    file = ROOT / page if page.startswith("README") else ROOT / "docs" / page
    linked = _PAGE.findall(file.read_text(encoding="utf-8"))
    assert [link for link in linked if not (file.parent / link).exists()] == []
