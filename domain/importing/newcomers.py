"""Names the office does not know yet: new ones, and ones that are perhaps misspelt."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from domain.place import Place
from domain.spellings import folded
from domain.tables import Doubt, DoubtCode

OFTEN = 3
"""A name that stands in a file so often is not a slip of the pen."""
SHORTEST = 4
"""Shorter names lie too near each other to tell a slip from a name."""

Mention = tuple[str, Place]
"""A name and where it stands."""


def new_names(mentions: Iterable[Mention], known: Collection[str]) -> tuple[str, ...]:
    """The names nobody knows yet, each once however it is spelled, in their order."""
    taken = {folded(name) for name in known}
    new: dict[str, str] = {}
    for name, _ in mentions:
        if folded(name) not in taken:
            new.setdefault(folded(name), name)
    return tuple(new.values())


def slips(mentions: Sequence[Mention], known: Collection[str]) -> tuple[Doubt, ...]:
    """New units that are a known one but for a character left out, put in, or two swapped.

    A name that the file itself uses often counts as known: in the first programme an office
    imports every name is new. Another character in its place is another name (城北, 城南).
    """
    new = new_names(mentions, known)
    times = Counter(folded(name) for name, _ in mentions)
    often = {name for name in new if times[folded(name)] >= OFTEN}
    near = _Near({*known, *often})
    places = dict(reversed(mentions))
    return tuple(
        Doubt(DoubtCode.UNIT_NEAR, places[name], {"raw": name, "near": meant})
        for name in new
        if name not in often and (meant := near.to(name))
    )


class _Near:
    """Names found by any spelling of them that lacks one character."""

    def __init__(self, names: Collection[str]) -> None:
        self._whole: Mapping[str, str] = {folded(name): name for name in sorted(names)}
        self._lacking: defaultdict[str, list[str]] = defaultdict(list)
        for word in self._whole:
            for shorter in _without_one(word):
                self._lacking[shorter].append(word)

    def to(self, name: str) -> str | None:
        """The name that was perhaps meant."""
        word = folded(name)
        if len(word) < SHORTEST:
            return None
        left_out = self._lacking.get(word, [])
        put_in = [shorter for shorter in _without_one(word) if shorter in self._whole]
        swapped = [
            other
            for shorter in _without_one(word)
            for other in self._lacking.get(shorter, ())
            if len(other) == len(word) and _are_swapped(word, other)
        ]
        found = next(iter((*left_out, *put_in, *swapped)), None)
        return self._whole[found] if found else None


def _without_one(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def _are_swapped(word: str, other: str) -> bool:
    """Whether two words differ in the order of two neighbours alone."""
    differing = [at for at in range(len(word)) if word[at] != other[at]]
    if len(differing) != 2 or differing[1] != differing[0] + 1:
        return False
    first, second = differing
    return word[first] == other[second] and word[second] == other[first]
