"""How names sound: one symbol a syllable, so that names that sound alike are equal strings."""

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pypinyin import Style, pinyin

from domain.search import words

_FIRST_SYMBOL: Final = 0xE000  # Unicode's private use area: no name holds these
_UNKNOWN: Final = "\uf8ff"
_LONGEST_SYLLABLE: Final = 6
_LETTER_COST: Final = 2.5  # a syllable costs 1: whole syllables are believed before letters
_READINGS_KEPT: Final = 4
UNWRITTEN: Final = "\0"


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to hear a text, aligned: a symbol a syllable or letter, and the character written.

    `written` holds UNWRITTEN where only the sound was typed.
    """

    sounds: str
    written: str

    @property
    def has_letters(self) -> bool:
        """Whether single letters are in it, which may stand for initials."""
        return any(sign.isascii() for sign in self.sounds)


@lru_cache(maxsize=1 << 16)
def syllables_of(character: str) -> tuple[str, ...]:
    """The toneless readings of a character, the usual one first; none for a Latin letter."""
    if character.isascii():
        return syllables_of(words.SPOKEN_DIGITS[int(character)]) if character.isdigit() else ()
    usual = pinyin(character, style=Style.NORMAL)[0][0]
    if not usual.isascii():
        return ()
    readings = words.READINGS.get(character, [usual])
    return tuple(reading.replace("v", "u") for reading in readings)


class Alphabet:
    """The syllables some characters are read with, each with a symbol of its own."""

    def __init__(self, characters: Iterable[str]) -> None:
        known = set(characters)
        heard = {syllable for character in known for syllable in syllables_of(character)}
        self._symbols = {
            syllable: chr(_FIRST_SYMBOL + place) for place, syllable in enumerate(sorted(heard))
        }
        self._initials = {ord(symbol): name[0] for name, symbol in self._symbols.items()}
        self._usual = {ord(character): self.symbols_of(character)[0] for character in known}

    def symbols_of(self, character: str) -> tuple[str, ...]:
        """The symbols of a character's readings, the usual one first; a letter is its own."""
        known = self._symbols
        return tuple(known.get(s, _UNKNOWN) for s in syllables_of(character)) or (character,)

    def sounds(self, known: str) -> list[str]:
        """A text of known characters as usually read, then with each other reading of one."""
        usual = known.translate(self._usual)
        return [usual] + [
            usual[:at] + other + usual[at + 1 :]
            for at, character in enumerate(known)
            if character in words.READINGS
            for other in self.symbols_of(character)[1:]
        ]

    def initials(self, sounds: str) -> str:
        """The first letter of each symbol."""
        return sounds.translate(self._initials)

    def readings(self, folded: str) -> list[Reading]:
        """The likeliest ways to hear a text, in which pinyin, initials and characters may mix."""
        ways: list[list[tuple[float, str, str]]] = [[(0.0, "", "")]]
        ways.extend([] for _ in folded)
        for at, character in enumerate(folded):
            steps = [*self._syllables_at(folded, at), self._one(character)]
            for cost, sounds, written in heapq.nsmallest(_READINGS_KEPT, ways[at]):
                for length, more, symbol, sign in steps:
                    ways[at + length].append((cost + more, sounds + symbol, written + sign))
        best = heapq.nsmallest(_READINGS_KEPT, ways[-1])
        return [Reading(sounds, written) for _, sounds, written in best]

    def spelled(self, folded: str) -> Reading:
        """The text heard letter by letter, as initials are typed."""
        return Reading("".join(self.symbols_of(sign)[0] for sign in folded), folded)

    def _one(self, character: str) -> tuple[int, float, str, str]:
        cost = _LETTER_COST if character.isascii() and character.isalpha() else 1.0
        return 1, cost, self.symbols_of(character)[0], character

    def _syllables_at(self, text: str, start: int) -> Iterable[tuple[int, float, str, str]]:
        for end in range(start + 1, min(start + _LONGEST_SYLLABLE, len(text)) + 1):
            symbol = self._symbols.get(text[start:end].replace("v", "u"))
            if symbol:
                yield end - start, 1.0, symbol, UNWRITTEN
