"""All spellings of all names as three long texts, aligned character by character.

The written text, its syllables (one symbol each) and their initials have one line a spelling.
Scanning a few million characters for a substring is a matter of a millisecond and needs no index;
only what is near without being contained is looked up in postings.
"""

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise
from math import log
from typing import Final

from domain.search.fold import fold
from domain.search.places import Places
from domain.search.sound import Alphabet
from domain.search.values import Named

_END: Final = "\n"
_OTHER_READINGS: Final = 4
_POSTINGS_READ: Final = 60_000


class Layer(Enum):
    """The three texts."""

    WRITTEN = auto()
    SOUNDS = auto()
    INITIALS = auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One spelling; its first `added` characters are the place, which the name leaves out."""

    written: str
    sounds: str
    added: int


@dataclass(frozen=True, slots=True)
class Match:
    """Where a text stands: the number of the name, the number of the line, the place in it."""

    name: int
    line: int
    at: int


class Corpus:
    """The spellings of names given in the order in which equal hits are to be listed."""

    def __init__(self, names: Sequence[Named], places: Places) -> None:
        spellings = [list(_spellings(named, places)) for named in names]
        written = {sign for group in spellings for text, _ in group for sign in text}
        self.alphabet = Alphabet(written)
        self.size = len(names)
        self._places = ["".join(places.stems(named.place)) for named in names]
        self._owners = array("I")
        self._starts = array("I", [0])
        self._first_lines = array("I")
        self._added = array("B")
        self._postings: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        self._texts = self._written_down(spellings)

    def find(self, layer: Layer, wanted: str) -> Iterator[Match]:
        """Every place where the text stands in a layer, shorter names first."""
        text, starts, owners = self._texts[layer], self._starts, self._owners
        at = text.find(wanted)
        while at >= 0:
            line = bisect_right(starts, at) - 1
            yield Match(owners[line], line, at - starts[line])
            at = text.find(wanted, at + 1)

    def count(self, layer: Layer, wanted: str) -> int:
        """How often the text stands in a layer."""
        return self._texts[layer].count(wanted)

    def place(self, name: int) -> str:
        """The place of a name, lean; empty if none was given."""
        return self._places[name]

    def text(self, layer: Layer, line: int) -> str:
        """One line of a layer."""
        return self._texts[layer][self._starts[line] : self._starts[line + 1] - 1]

    def added(self, line: int) -> int:
        """How many characters of the line are a place its name leaves out."""
        return self._added[line]

    def lines_of(self, name: int) -> range:
        """The lines that spell a name."""
        after = name + 1
        end = self._first_lines[after] if after < self.size else len(self._owners)
        return range(self._first_lines[name], end)

    def owner(self, line: int) -> int:
        """The number of the name a line spells."""
        return self._owners[line]

    def lines(self, layer: Layer) -> list[str]:
        """All lines of a layer."""
        return self._texts[layer].split(_END)[:-1]

    def weight(self, gram: str) -> float:
        """How telling a symbol or pair of symbols is: the rarer, the heavier."""
        return log(1.5 + self.size / (1 + len(self._postings.get(gram, ()))))

    def sharing(self, grams: Iterable[str], count: int) -> list[int]:
        """The names that share most of these symbols and pairs, judged by the rarest of them."""
        lists = sorted(filter(None, map(self._postings.get, grams)), key=len)
        shared: Counter[int] = Counter()
        budget = _POSTINGS_READ
        for postings in lists:
            budget -= len(postings)
            if shared and budget < 0:
                break
            shared.update(postings)
        return [name for name, _ in shared.most_common(count)]

    def having(self, grams: Iterable[str]) -> list[int]:
        """The names in which each of these symbols and pairs is heard, shorter ones first."""
        first, *others = sorted((self._postings.get(gram, array("I")) for gram in grams), key=len)
        return sorted(set(first).intersection(*others))

    def _written_down(self, spellings: Sequence[list[tuple[str, int]]]) -> dict[Layer, str]:
        written: list[str] = []
        sounds: list[str] = []
        for name, group in enumerate(spellings):
            self._first_lines.append(len(self._owners))
            lines = [line for text, added in group for line in self._heard(text, added)]
            for line in lines:
                self._owners.append(name)
                self._starts.append(self._starts[-1] + len(line.written) + 1)
                self._added.append(min(line.added, 255))
            written.extend(line.written + _END for line in lines)
            sounds.extend(line.sounds + _END for line in lines)
            for gram in {gram for line in lines for gram in grams(line.sounds)}:
                self._postings[gram].append(name)
        heard = "".join(sounds)
        initials = self.alphabet.initials(heard)
        return {
            Layer.WRITTEN: "".join(written),
            Layer.SOUNDS: heard,
            Layer.INITIALS: initials,
        }

    def _heard(self, written: str, added: int) -> Iterator[Line]:
        for sounds in self.alphabet.sounds(written)[: 1 + _OTHER_READINGS]:
            yield Line(written, sounds, added)


def grams(sounds: str) -> set[str]:
    """The symbols and pairs of neighbouring symbols of a text."""
    return {*sounds, *map("".join, pairwise(sounds))}


def _spellings(named: Named, places: Places) -> Iterator[tuple[str, int]]:
    """Folded: as written, and lean with its place before it; the same for each alias."""
    for text in (named.name, *named.aliases):
        full = fold(text)
        lean = places.lean(full)
        place = "".join(stem for stem in places.stems(named.place) if stem not in lean)
        if full and not (place + lean).endswith(full):
            yield full, 0
        if full:
            yield place + lean, len(place)
