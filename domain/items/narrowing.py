"""How a list of coordination items is narrowed down, and the words that ask for it."""

from enum import StrEnum

from domain.vocabulary import ProblemKind
from domain.words import read_words


class ItemFilter(StrEnum):
    """Which items are listed; buttons carry a filter's place in this list."""

    OPEN = "open"
    MINE = "mine"
    OVERDUE = "overdue"
    KIND = "kind"
    REGION = "region"
    PROJECT = "project"
    WORDS = "words"

    @property
    def number(self) -> int:
        """The place of the filter in this list."""
        return tuple(ItemFilter).index(self)


def filter_called(text: str) -> ItemFilter | None:
    """The filter that these words are a name of: 逾期, 我的, 全部."""
    return next((one for one, words in _FILTERS.items() if _folded(text) in words), None)


def kind_called(text: str) -> ProblemKind | None:
    """The kind of problem that these words are a name of: 用地."""
    return next((one for one, words in _KINDS.items() if _folded(text) in words), None)


def _folded(text: str) -> str:
    return text.strip().casefold()


_WORDS = read_words("items")
_FILTERS = {ItemFilter(name): frozenset(words) for name, words in _WORDS["filters"].items()}
_KINDS = {ProblemKind(name): frozenset(words) for name, words in _WORDS["kinds"].items()}
