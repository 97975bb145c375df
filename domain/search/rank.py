"""How good a match is, from 0 to about 100. The tiers never overlap: exact beats contained."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from rapidfuzz.distance import LCSseq

from domain.search.corpus import Corpus, Layer, Match, grams
from domain.search.places import Places
from domain.search.sound import UNWRITTEN, Reading
from domain.search.values import Certainty, Evidence

_WHOLE: Final = {Evidence.CONTAINED: 97.0, Evidence.PINYIN: 92.0, Evidence.INITIALS: 78.0}
_SAME_NAME: Final = 2.0
_PLACE_SAID: Final = 0.5  # taken off when the place said is not written in the name
_PART: Final = {Evidence.CONTAINED: 80.0, Evidence.PINYIN: 68.0, Evidence.INITIALS: 60.0}
_BEYOND_NAME: Final = 2.0  # taken off when the match needs a place the name leaves out
_FUZZY: Final = 60.0
_WRONG_NUMBER: Final = 0.8
_LIKELY: Final = 34.0  # from here on a name that is only near may be what was meant
_WHOLE_LEAD: Final = 1.0
_NEAR_LEAD: Final = 7.0


class Scored(NamedTuple):
    """How well a name fits, and why.

    `whole`: nothing of the name was left unsaid. `elsewhere`: it is in another place than was said.
    """

    score: float
    how: Evidence
    whole: bool = False
    elsewhere: bool = False

    @property
    def likely(self) -> bool:
        """Whether it may be what was meant."""
        return self.score >= _LIKELY and not self.elsewhere


class Ranking:
    """Scores matches in a corpus."""

    def __init__(self, corpus: Corpus, places: Places) -> None:
        self._corpus = corpus
        self._places = places

    def standing(self, match: Match, reading: Reading, how: Evidence) -> Scored:
        """The score of a text that stands unbroken in a name."""
        line = self._corpus.text(Layer.WRITTEN, match.line)
        added = self._corpus.added(match.line)
        end = match.at + len(reading.sounds)
        before, after = line[: match.at], line[end:]
        agrees = _agreement(reading.written, line[match.at : end])
        if self._places.is_whole(before, after):
            same = _SAME_NAME if match.at in (0, added) and not after else 0.0
            said = _PLACE_SAID if match.at < added else 0.0
            evidence = Evidence.EXACT if how is Evidence.CONTAINED else how
            return Scored(_WHOLE[how] + agrees + same - said, evidence, whole=True)
        begins = match.at == added or self._places.is_whole(before, "")
        beyond = _BEYOND_NAME if match.at < added else 0.0
        return Scored(_PART[how] + 2 * begins + 3 * agrees - beyond, how)

    def near(self, name: int, wanted: "Wanted") -> Scored:
        """The score of a name that resembles a text: its order, its pairs, its length."""
        lines = self._corpus.lines_of(name)
        return Scored(max(self._near_line(line, wanted) for line in lines), Evidence.FUZZY)

    def _near_line(self, line: int, wanted: "Wanted") -> float:
        sounds = self._corpus.text(Layer.SOUNDS, line)
        written = self._corpus.text(Layer.WRITTEN, line)
        length = len(wanted.sounds)
        heard = LCSseq.similarity(wanted.sounds, sounds)
        same = LCSseq.similarity(wanted.written, written)
        shared = sum(weight for gram, weight in wanted.weights if gram in sounds)
        present = sum(sound in sounds for sound in wanted.sounds)
        named = len(sounds) - self._corpus.added(line)
        quality = (
            0.33 * heard / length
            + 0.14 * same / length
            + 0.43 * shared / wanted.total
            + 0.10 * min(present, named) / max(present, named)
        )
        if any(digit not in written for digit in wanted.digits):
            quality *= _WRONG_NUMBER
        return _FUZZY * quality


@dataclass(frozen=True, slots=True)
class Wanted:
    """A text to come near to, with the weight of each of its symbols and pairs."""

    sounds: str
    written: str
    digits: frozenset[str]
    weights: tuple[tuple[str, float], ...]
    total: float

    @classmethod
    def of(cls, reading: Reading, corpus: Corpus) -> "Wanted":
        """The text as read, weighed by how rare its parts are."""
        weights = tuple((gram, corpus.weight(gram)) for gram in sorted(grams(reading.sounds)))
        digits = frozenset(sign for sign in reading.written if sign.isdigit())
        total = sum(weight for _, weight in weights)
        return cls(reading.sounds, reading.written, digits, weights, total)


def compactness(initials: str, wanted: str) -> float:
    """How tightly letters stand in this order in a line's initials: 1 unbroken, 0 not at all."""
    best = 0
    for start in (at for at, letter in enumerate(initials) if letter == wanted[0]):
        end = start
        for letter in wanted[1:]:
            end = initials.find(letter, end + 1)
            if end < 0:
                return len(wanted) / best if best else 0.0
        best = min(best or len(initials), end - start + 1)
    return len(wanted) / best if best else 0.0


def verdict(ranked: Sequence[Scored]) -> Certainty:
    """What may be said of hits, the best first: all that matters are the first two."""
    if not ranked:
        return Certainty.NOTHING
    top, *others = ranked
    if not top.likely:
        return Certainty.NEAREST
    if not others or _leads(top, others[0]):
        return Certainty.ONE
    return Certainty.SEVERAL if others[0].likely else Certainty.NEAREST


def _leads(top: Scored, second: Scored) -> bool:
    if top.score <= _FUZZY:
        return top.score - second.score >= _NEAR_LEAD
    return top.whole and top.score - second.score >= _WHOLE_LEAD


def _agreement(wanted: str, found: str) -> float:
    """The share of the characters typed (not those only spelled) that the name has in place."""
    typed = [pair for pair in zip(wanted, found, strict=True) if pair[0] != UNWRITTEN]
    return sum(a == b for a, b in typed) / len(typed) if typed else 1.0
