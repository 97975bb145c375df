"""Several words typed apart: "1号线 轨道", "二期 guidao 柳州"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from domain.search.corpus import Corpus, Layer, grams
from domain.search.finding import Found
from domain.search.rank import Scored
from domain.search.values import Evidence

_SCORE: Final = 90.0
_MATCHES_READ: Final = 10_000


@dataclass(frozen=True, slots=True)
class Word:
    """Where to look for a word; `sure` is heard in every name that holds it, as far as known."""

    layer: Layer
    texts: tuple[str, ...]
    sure: frozenset[str] = frozenset()


class WordsApart:
    """Finds the names that hold each of several words, in whatever order."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def find(self, typed: Sequence[str], breadth: int) -> Found:
        """At most `breadth` names, shorter ones first; none for a single word."""
        if len(typed) < 2:
            return {}
        words = [self._word(text) for text in typed]
        length = sum(map(len, typed))
        fitting = (n for n in self._candidates(words) if all(self._holds(n, w) for w in words))
        return {name: self._scored(name, length) for name in islice(fitting, breadth)}

    def _word(self, text: str) -> Word:
        """A word as it is written in some name, else as it sounds, else as initials."""
        alphabet, count = self._corpus.alphabet, self._corpus.count
        spelled = alphabet.spelled(text)
        if count(Layer.WRITTEN, text):
            return Word(Layer.WRITTEN, (text,), frozenset(grams(spelled.sounds)))
        heard = [reading.sounds for reading in alphabet.readings(text)]
        sounds = tuple(sounds for sounds in heard if count(Layer.SOUNDS, sounds))
        if sounds or not text.isascii():
            return Word(Layer.SOUNDS, sounds, frozenset(*map(grams, sounds[:1])))
        return Word(Layer.INITIALS, (alphabet.initials(spelled.sounds),))

    def _candidates(self, words: Sequence[Word]) -> Iterable[int]:
        sure = {gram for word in words if len(word.texts) == 1 for gram in word.sure}
        if sure:
            return self._corpus.having(sure)
        matches = (m for text in words[0].texts for m in self._corpus.find(words[0].layer, text))
        return sorted({match.name for match in islice(matches, _MATCHES_READ)})

    def _holds(self, name: int, word: Word) -> bool:
        lines = self._corpus.lines_of(name)
        texts = [self._corpus.text(word.layer, line) for line in lines]
        return any(wanted in text for wanted in word.texts for text in texts)

    def _scored(self, name: int, length: int) -> Scored:
        line = self._corpus.lines_of(name)[0]
        share = min(1.0, length / len(self._corpus.text(Layer.WRITTEN, line)))
        return Scored(_SCORE + share / 2, Evidence.WORDS)
