"""Whatever is said unasked has a name, so that a plan and a record can tell it."""

import importlib
import pkgutil

import pytest

import usecases
from domain.vocabulary import Language
from templates.render import wordbook
from usecases import notices

for module in pkgutil.walk_packages(usecases.__path__, "usecases."):
    importlib.import_module(module.name)


@pytest.mark.parametrize("language", list(Language))
def test_every_occasion_has_a_name(language: Language) -> None:
    names = wordbook(language, "names")["occasion"]
    assert [name for name in notices._OCCASIONS if name not in names] == []
