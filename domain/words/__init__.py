"""The words the rules understand when people type them: one TOML file a topic."""

import re
import tomllib
from collections.abc import Iterable
from importlib import resources
from typing import Any


def read_words(topic: str) -> dict[str, Any]:
    """The word lists of a topic, as `<topic>.toml` beside this file holds them."""
    return tomllib.loads((resources.files(__name__) / f"{topic}.toml").read_text("utf-8"))


def any_of(words: Iterable[str]) -> str:
    """A regular expression for one of these words, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(words, key=len, reverse=True))) + ")"
