"""The ways to find names, from the surest to the vaguest."""

from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import LCSseq

from domain.search.corpus import Corpus, Layer, Match, grams
from domain.search.places import Places
from domain.search.rank import Ranking, Scored, Wanted, compactness
from domain.search.sound import Reading
from domain.search.values import Evidence

_NEAR_SCORED: Final = 80
_LOOSE_SCORED: Final = 500
_SHORTEST_REST: Final = 2
_LOOSE_INITIALS: Final = 58.0
_LETTERS_FOR_A_SLIP: Final = 4
_OTHER_PLACE: Final = 0.5  # the share of its score a name keeps in another place than was said
_STEP: Final = 2.5  # taken off for each step away from what was said to what may be meant
_NEAR: Final = 20.0  # below this nothing is offered
_REACH: Final = 0.6  # what scores less than this share of the best is not offered beside it

Found = dict[int, Scored]
"""The score of each name found, by its number in the corpus."""


class Finding:
    """Looks texts up in a corpus, at most `breadth` names a way. Nothing found is empty."""

    def __init__(self, corpus: Corpus, places: Places) -> None:
        self._corpus = corpus
        self._places = places
        self._ranking = Ranking(corpus, places)
        self._initials = corpus.lines(Layer.INITIALS)

    def unbroken(self, phrases: Sequence[str], breadth: int) -> Found:
        """Names that hold one of the phrases: as written, else by sound or initials.

        The phrases go from what was said to what may be meant by it; the earlier, the better.
        """
        found: Found = {}
        for step, phrase in enumerate(phrases):
            merge(found, _less(self._written(phrase, breadth), step))
        for step, phrase in enumerate(phrases):
            if phrase.isascii() or not found:
                merge(found, _less(self._heard(phrase, breadth), step))
        return found

    def after_place(self, phrase: str, breadth: int) -> Found:
        """Names that hold what follows the place said; one in another place is only near."""
        place, rest = self._places.split(phrase)
        if not place or len(rest) < _SHORTEST_REST:
            return {}
        found = self.unbroken([rest], breadth)
        here = {name: scored for name, scored in found.items() if self._may_be_in(name, place)}
        return here or {
            n: s._replace(score=s.score * _OTHER_PLACE, elsewhere=True) for n, s in found.items()
        }

    def near(self, phrases: Sequence[str]) -> Found:
        """Names that resemble a phrase: characters dropped, swapped or misheard."""
        found: Found = {}
        for phrase in phrases:
            for reading in self._corpus.alphabet.readings(phrase):
                merge(found, self._resembling(reading))
            if phrase.isascii() and not phrase.isdigit():
                merge(found, self._loose_initials(phrase))
        place, _ = self._places.split(phrases[-1])
        return {
            name: scored._replace(elsewhere=not self._may_be_in(name, place))
            for name, scored in _within_reach(found).items()
        }

    def _resembling(self, reading: Reading) -> Found:
        wanted = Wanted.of(reading, self._corpus)
        names = self._corpus.sharing(grams(reading.sounds), _NEAR_SCORED)
        return {name: self._ranking.near(name, wanted) for name in names}

    def _written(self, phrase: str, breadth: int) -> Found:
        reading = self._corpus.alphabet.spelled(phrase)
        matches = self._corpus.find(Layer.WRITTEN, phrase)
        return self._scored(matches, reading, Evidence.CONTAINED, breadth)

    def _heard(self, phrase: str, breadth: int) -> Found:
        found: Found = {}
        alphabet = self._corpus.alphabet
        for reading in alphabet.readings(phrase):
            matches = self._corpus.find(Layer.SOUNDS, reading.sounds)
            merge(found, self._scored(matches, reading, Evidence.PINYIN, breadth))
            if reading.has_letters:
                merge(found, self._by_initials(reading, breadth))
        if phrase.isascii():
            merge(found, self._by_initials(alphabet.spelled(phrase), breadth))
        return found

    def _by_initials(self, reading: Reading, breadth: int) -> Found:
        initials = self._corpus.alphabet.initials(reading.sounds)
        matches = self._corpus.find(Layer.INITIALS, initials)
        fitting = (match for match in matches if self._fits(match, reading))
        return self._scored(fitting, reading, Evidence.INITIALS, breadth)

    def _fits(self, match: Match, reading: Reading) -> bool:
        """Whether what was typed in full (not as an initial) is heard in its place."""
        heard = self._corpus.text(Layer.SOUNDS, match.line)[match.at :]
        pairs = zip(reading.sounds, heard, strict=False)
        return all(wanted.isascii() or wanted == sound for wanted, sound in pairs)

    def _scored(
        self, matches: Iterator[Match], reading: Reading, how: Evidence, breadth: int
    ) -> Found:
        found: Found = {}
        for match in matches:
            merge(found, {match.name: self._ranking.standing(match, reading, how)})
            if len(found) >= breadth:
                break
        return found

    def _loose_initials(self, phrase: str) -> Found:
        """Names whose initials hold the letters in this order, though not side by side."""
        letters = self._corpus.alphabet.initials(self._corpus.alphabet.spelled(phrase).sounds)
        slips = len(letters) // _LETTERS_FOR_A_SLIP
        lines = process.extract(
            letters,
            self._initials,
            scorer=LCSseq.similarity,
            limit=_LOOSE_SCORED,
            score_cutoff=len(letters) - slips,
        )
        found: Found = {}
        for initials, kept, line in lines:
            tight = compactness(initials, letters) if kept == len(letters) else 0.0
            score = _LOOSE_INITIALS * (0.5 * kept / len(letters) + 0.5 * tight)
            merge(found, {self._corpus.owner(line): Scored(score, Evidence.INITIALS)})
        return found

    def _may_be_in(self, name: int, place: str) -> bool:
        known = self._corpus.place(name)
        lines = (self._corpus.text(Layer.WRITTEN, line) for line in self._corpus.lines_of(name))
        return not known or known in place or any(place in line for line in lines)


def merge(found: Found, more: Found) -> None:
    """Keeps the better score for each name."""
    for name, scored in more.items():
        if name not in found or scored.score > found[name].score:
            found[name] = scored


def _less(found: Found, steps: int) -> Found:
    return {n: s._replace(score=s.score - steps * _STEP) for n, s in found.items()}


def _within_reach(found: Found) -> Found:
    best = max((scored.score for scored in found.values()), default=0.0)
    least = max(_NEAR, best * _REACH)
    return {name: scored for name, scored in found.items() if scored.score >= least}
