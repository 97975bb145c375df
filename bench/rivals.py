"""What else could search the names: each method as its documentation would have one use it."""

import sqlite3
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from rapidfuzz import fuzz, process

from domain.search import Named, NameIndex

_WANTED: Final = 5


class Method(Protocol):
    """A way to search: it is built from names and gives the keys of the best, best first."""

    def __init__(self, names: Sequence[Named]) -> None: ...

    def find(self, query: str) -> list[int]:
        """At most five keys."""
        ...


class Ours:
    """The index of `domain.search`."""

    def __init__(self, names: Sequence[Named]) -> None:
        self._index = NameIndex(names)

    def find(self, query: str) -> list[int]:
        """At most five keys."""
        return [hit.key for hit in self._index.find(query).hits[:_WANTED]]


class WRatio:
    """RapidFuzz's weighted ratio over all names, aliases and codes."""

    def __init__(self, names: Sequence[Named]) -> None:
        self._keys, self._texts = _flat(names)

    def find(self, query: str) -> list[int]:
        """At most five keys."""
        best = process.extract(_plain(query), self._texts, scorer=fuzz.WRatio, limit=3 * _WANTED)
        return _first(self._keys[place] for _, _, place in best)


class Trigram:
    """SQLite FTS5 with the trigram tokenizer: as a phrase, else any of its trigrams, by bm25."""

    def __init__(self, names: Sequence[Named]) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(text, key UNINDEXED, tokenize = 'trigram')"
        )
        keys, texts = _flat(names)
        self._base.executemany("INSERT INTO texts VALUES (?, ?)", zip(texts, keys, strict=True))

    def find(self, query: str) -> list[int]:
        """At most five keys; none for a query shorter than three characters."""
        plain = _plain(query).replace('"', '""')
        grams = {plain[at : at + 3] for at in range(len(plain) - 2)}
        alternatives = " OR ".join(f'"{gram}"' for gram in sorted(grams) if '"' not in gram)
        found = self._matching(f'"{plain}"') if grams else []
        return found or (self._matching(alternatives) if alternatives else [])

    def _matching(self, expression: str) -> list[int]:
        rows = self._base.execute(
            "SELECT key FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT ?",
            (expression, 3 * _WANTED),
        )
        return _first(int(key) for (key,) in rows)


class Like:
    """SQL LIKE, shorter names first."""

    def __init__(self, names: Sequence[Named]) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute("CREATE TABLE texts (text TEXT, key INTEGER)")
        keys, texts = _flat(names)
        self._base.executemany("INSERT INTO texts VALUES (?, ?)", zip(texts, keys, strict=True))

    def find(self, query: str) -> list[int]:
        """At most five keys."""
        rows = self._base.execute(
            "SELECT key FROM texts WHERE text LIKE '%' || ? || '%' ORDER BY length(text) LIMIT ?",
            (_plain(query), 3 * _WANTED),
        )
        return _first(key for (key,) in rows)


METHODS: Final[dict[str, type[Method]]] = {
    "ours": Ours,
    "WRatio": WRatio,
    "FTS5 trigram": Trigram,
    "LIKE": Like,
}


def _flat(names: Sequence[Named]) -> tuple[list[int], list[str]]:
    pairs = [
        (named.key, _plain(text))
        for named in names
        for text in (named.name, *named.aliases, named.code or "")
        if text
    ]
    return [key for key, _ in pairs], [text for _, text in pairs]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _first(keys: Iterable[int]) -> list[int]:
    return list(dict.fromkeys(keys))[:_WANTED]
