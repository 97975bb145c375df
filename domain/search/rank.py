"""How good a match is, from 0 to 100. The tiers never overlap: exact beats contained."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import LCSseq

from domain.search.corpus import Corpus, Layer, Match, grams
from domain.search.places import Places
from domain.search.sound import UNWRITTEN, Reading
from domain.search.values import Certainty, Evidence

SAME: Final = 100.0
WHOLE: Final = 98.0
_WHOLE: Final = {Evidence.CONTAINED: WHOLE, Evidence.PINYIN: 92.0, Evidence.INITIALS: 78.0}
_PART: Final = {Evidence.CONTAINED: 80.0, Evidence.PINYIN: 68.0, Evidence.INITIALS: 60.0}
WORDS: Final = 79.0
"""All words of the question are in the name, in whatever order."""
LIKELY: Final = 40.0
"""From here on a name that is only near may be what was meant."""
NEAR: Final = 20.0
"""Below this nothing is offered."""
OTHER_PLACE: Final = 0.38
"""A name found in another place than was said keeps this share of its score: it is only near."""
_FUZZY: Final = 60.0
_DECISIVE_LEAD: Final = 7.0
_WRONG_NUMBER: Final = 0.8


class Ranking:
    """Scores matches in a corpus."""

    def __init__(self, corpus: Corpus, places: Places) -> None:
        self._corpus = corpus
        self._places = places

    def standing(self, match: Match, reading: Reading, how: Evidence) -> float:
        """The score of a text that stands unbroken in a name."""
        line = self._corpus.text(Layer.WRITTEN, match.line)
        end = match.at + len(reading.sounds)
        before, after = line[: match.at], line[end:]
        if self._places.is_whole(before, after):
            same = how is Evidence.CONTAINED and not after
            own_place = match.at in (0, self._corpus.added(match.line))
            return SAME if same and own_place else _WHOLE[how]
        named = line[self._corpus.added(match.line) :]
        begins = match.at == 0 or self._places.is_whole(before, "")
        covers = min(1.0, len(reading.sounds) / len(named))
        agrees = _agreement(reading.written, line[match.at : end])
        return _PART[how] + 4 * covers + 2 * begins + 3 * agrees

    def near(self, name: int, wanted: "Wanted") -> float:
        """The score of a name that resembles a text: its order, its pairs, its length."""
        lines = self._corpus.lines_of(name)
        return max(self._near_line(line, wanted) for line in lines)

    def _near_line(self, line: int, wanted: "Wanted") -> float:
        sounds = self._corpus.text(Layer.SOUNDS, line)
        written = self._corpus.text(Layer.WRITTEN, line)
        length = len(wanted.sounds)
        heard = LCSseq.similarity(wanted.sounds, sounds)
        same = LCSseq.similarity(wanted.written, written)
        shared = sum(weight for gram, weight in wanted.weights if gram in sounds)
        quality = (
            0.33 * heard / length
            + 0.14 * same / length
            + 0.43 * shared / wanted.total
            + 0.10 * heard / len(sounds)
        )
        wrong_number = any(digit not in written for digit in wanted.digits)
        return _FUZZY * quality * (_WRONG_NUMBER if wrong_number else 1.0)


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


def verdict(best: Sequence[float]) -> Certainty:
    """What the best two scores (or one, or none) allow to be said."""
    if not best:
        return Certainty.NOTHING
    top, second = best[0], best[1] if len(best) > 1 else 0.0
    whole = top >= WHOLE or top in _WHOLE.values()
    lead = 0.0 if whole else _DECISIVE_LEAD
    if top >= LIKELY and (second == 0.0 or ((top < _FUZZY or whole) and top - second > lead)):
        return Certainty.ONE
    return Certainty.SEVERAL if second >= LIKELY else Certainty.NEAREST


def _agreement(wanted: str, found: str) -> float:
    """The share of the characters typed (not those only spelled) that the name has in place."""
    typed = [pair for pair in zip(wanted, found, strict=True) if pair[0] != UNWRITTEN]
    return sum(a == b for a, b in typed) / len(typed) if typed else 1.0
