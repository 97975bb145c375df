"""Every message is complete in every language, fits Telegram, and no language hides in Python."""

import ast
import importlib
import pkgutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import templates
from domain.texts import length
from domain.vocabulary import Language
from templates.message import Message
from templates.render import Rendered, Voice, render
from tests.templates import samples

ROOT = Path(__file__).parents[2]
SPEECHLESS = ["bot", "handlers", "scheduler", "usecases", "db", "templates", "domain"]
WORDBOOKS = ["buttons", "names"]

for module in pkgutil.iter_modules(templates.__path__):
    importlib.import_module(f"templates.{module.name}")


def every_sample() -> list[Message]:
    """All samples of all topics."""
    topics = pkgutil.iter_modules(samples.__path__)
    modules = [importlib.import_module(f"{samples.__name__}.{topic.name}") for topic in topics]
    return [sample for module in modules for sample in module.SAMPLES]


def in_every_language(message: Message) -> list[Rendered]:
    return [render(message, Voice(language, "Asia/Shanghai")) for language in Language]


def template_names(language: Language) -> set[str]:
    folder = ROOT / "templates" / language.value
    return {path.name.removesuffix(".html.j2") for path in folder.glob("*.html.j2")}


@pytest.mark.parametrize("language", list(Language))
def test_every_message_has_its_template_and_every_template_its_message(language: Language) -> None:
    parts = {name for name in template_names(language) if name.startswith("_")}
    assert template_names(language) - parts == set(Message.registry)


def test_every_message_has_a_sample() -> None:
    assert {type(sample).kind() for sample in every_sample()} == set(Message.registry)


@pytest.mark.parametrize("sample", every_sample(), ids=lambda sample: sample.kind())
def test_every_sample_is_said_in_every_language(sample: Message) -> None:
    for said in in_every_language(sample):
        assert said.text
        assert not said.text.startswith("\n")
        assert "\n\n\n" not in said.text
        assert length(said.text) <= 20_000


@pytest.mark.parametrize("sample", every_sample(), ids=lambda sample: sample.kind())
def test_every_button_fits_telegram(sample: Message) -> None:
    for said in in_every_language(sample):
        for row in said.keyboard:
            assert 0 < len(row) <= 8
            for key in row:
                assert key["label"].strip()
                assert len(key["label"]) <= 60
                assert len(key.get("data", "").encode()) <= 64


@pytest.mark.parametrize("name", WORDBOOKS)
def test_the_languages_have_words_for_the_same_things(name: str) -> None:
    chinese, english = (
        set(keys_of(tomllib.loads((ROOT / "templates" / language / f"{name}.toml").read_text())))
        for language in ("zh", "en")
    )
    assert chinese == english


def keys_of(table: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from keys_of(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}"


def test_no_human_language_in_python() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for package in SPEECHLESS
        for path in sorted((ROOT / package).rglob("*.py"))
        for line, text in spoken_strings(path)
    ]
    assert found == []


def spoken_strings(path: Path) -> Iterator[tuple[int, str]]:
    """String literals with Chinese in them that are no docstrings."""
    tree = ast.parse(path.read_text())
    documentation = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in documentation and speaks(node.value):
            yield node.lineno, str(node.value)


def speaks(value: object) -> bool:
    """Whether a literal says something in Chinese; a range of characters says nothing."""
    return isinstance(value, str) and any(
        "一" <= char <= "鿿" for char in value.replace("一-鿿", "")
    )
