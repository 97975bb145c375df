"""Questions made from names by seeded slips, each judged unambiguous or not by its own rules.

Nothing of the index is used: text is made plain and heard by other code. A question is called
unambiguous when no other name could have given it by the same slip, nor holds it as it stands.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from pypinyin import lazy_pinyin

from domain.search import Named

_NUMERALS: Final = str.maketrans("〇零一二三四五六七八九", "00123456789")
_ROMAN_SAID: Final = str.maketrans("ⅠⅡⅢ", "一二三")
_PLACE_SUFFIX: Final = re.compile(r"(?<=[^\W_]{2})(?:[^\W_]族自治县|各族自治县|市|县|区)")
_FILLERS: Final = [
    "{}怎么样", "{}进展如何", "{}进展怎么样了？", "查一下{}", "请问{}的情况", "{}项目进展",
    "{}现在到哪了", "看看{}", "how is {}?", "What's the status of {}",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """What was typed, of which kind, and which name it was made from."""

    kind: str
    text: str
    key: int
    unambiguous: bool


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name or alias: as plain text, and as this module hears it."""

    text: str
    syllables: str
    pinyin: str
    initials: str
    short_initials: str


class Office:
    """The names, spelled out."""

    def __init__(self, names: Sequence[Named]) -> None:
        self.names = names
        self._spellings = [[_spelled(text) for text in (n.name, *n.aliases)] for n in names]

    def only(self, fits: Callable[[Spelling], object]) -> bool:
        """Whether no more than one name has a spelling that fits."""
        fitting = (True for spellings in self._spellings if any(map(fits, spellings)))
        return not (next(fitting, False) and next(fitting, False))

    def only_with(self, text: str) -> bool:
        """Whether no more than one name holds the text."""
        return self.only(lambda spelling: text in spelling.text)


Made = tuple[str, bool]
Maker = Callable[[Named, Office, Random], Made | None]


def questions(names: Sequence[Named], per_kind: int, seed: int) -> list[Question]:
    """`per_kind` questions of each kind (fewer where the names do not yield so many)."""
    office, random = Office(names), Random(seed)
    return [question for kind in KINDS for question in _of_kind(kind, office, per_kind, random)]


def _of_kind(kind: str, office: Office, count: int, random: Random) -> Iterator[Question]:
    names = random.sample(list(office.names), min(len(office.names), 10 * count))
    for named in names:
        made = KINDS[kind](named, office, random) if count else None
        if made:
            count -= 1
            yield Question(kind, made[0], named.key, made[1])


def plain(text: str) -> str:
    """Letters, digits and characters only; dashes and 至 mean the same: nothing."""
    folded = unicodedata.normalize("NFKC", text).lower().replace("#", "号").replace("至", "")
    folded = re.sub(r"i{1,3}(?=期)", lambda roman: str(len(roman.group())), folded)
    return re.sub(r"[^\w]|_", "", folded).translate(_NUMERALS)


@cache
def _sound(character: str) -> str:
    return lazy_pinyin(character)[0]


@cache
def _sounding_like() -> dict[str, list[str]]:
    """The common characters (the first level of GB 2312) by how they sound."""
    alike = defaultdict(list)
    for row in range(0xB0, 0xD8):
        for cell in bytes(range(0xA1, 0xFF)):
            character = bytes([row, cell]).decode("gb2312", "ignore")
            if character:
                alike[_sound(character)].append(character)
    return alike


def _spelled(text: str) -> Spelling:
    whole = _syllables(text)
    short = _syllables(_PLACE_SUFFIX.sub("", text, count=1))
    return Spelling(
        plain(text),
        "|" + "|".join(_sound(character) for character in plain(text)) + "|",
        "".join(whole),
        "".join(syllable[0] for syllable in whole),
        "".join(syllable[0] for syllable in short),
    )


def _syllables(text: str) -> list[str]:
    """How the text is typed in pinyin: a syllable a character, letters and digits as they are."""
    said = text.translate(_ROMAN_SAID)
    kept = "".join(sign for sign in unicodedata.normalize("NFKC", said).lower() if sign.isalnum())
    typed = (list(s) if s.isascii() and not k else [s] for s, k in _runs(kept))
    return [part for parts in typed for part in parts]


def _runs(kept: str) -> Iterator[tuple[str, bool]]:
    for run in re.findall(r"[a-z0-9]+|[^a-z0-9]+", kept):
        if run[0].isascii():
            yield run, False
        else:
            yield from ((syllable, True) for syllable in lazy_pinyin(run))


def _piece(text: str, shortest: int, longest: int, random: Random) -> str:
    length = min(len(text), random.randint(shortest, longest))
    start = random.randint(0, len(text) - length)
    return text[start : start + length]


def _exact(named: Named, office: Office, _: Random) -> Made:
    text = plain(named.name)
    return named.name, office.only(lambda spelling: spelling.text == text)


def _spoken(named: Named, office: Office, random: Random) -> Made:
    text = random.choice([named.name, _piece(named.name, 6, 10, random)])
    whole = plain(named.name) == plain(text)
    only = office.only(lambda s: s.text == plain(text)) if whole else office.only_with(plain(text))
    return random.choice(_FILLERS).format(text), only


def _place_added(named: Named, office: Office, random: Random) -> Made | None:
    short = named.place.removesuffix("市")
    if not short or short in named.name:
        return None
    place = random.choice([named.place, short])
    core = plain(named.name)
    return place + named.name, office.only(lambda s: s.text.endswith(core))


def _place_dropped(named: Named, office: Office, _: Random) -> Made | None:
    for place in (named.place, named.place.removesuffix("市")):
        if place and named.name.startswith(place):
            rest = named.name.removeprefix(place)
            return rest, office.only_with(plain(rest))
    return None


def _suffix_dropped(named: Named, office: Office, random: Random) -> Made | None:
    if "市" not in named.name or not named.name.startswith(named.place):
        return None
    text = _piece(named.name.replace("市", "", 1), 20, 20, random)
    rest = plain(text.removeprefix(named.place.removesuffix("市")))
    return text, office.only_with(rest)


def _fragment(named: Named, office: Office, random: Random) -> Made:
    text = _piece(plain(named.name), 4, 6, random)
    return text, office.only_with(text)


def _dropped(named: Named, office: Office, random: Random) -> Made | None:
    return _gapped(named, office, random, 1)


def _two_dropped(named: Named, office: Office, random: Random) -> Made | None:
    return _gapped(named, office, random, 2)


def _gapped(named: Named, office: Office, random: Random, gaps: int) -> Made | None:
    text = _piece(plain(named.name), 6, 10, random)
    if len(text) < 5:
        return None
    gone = random.sample(range(1, len(text) - 1), gaps)
    text = "".join(sign for at, sign in enumerate(text) if at not in gone)
    # Between any two characters left as many may be missing, not knowing where they were.
    loose = re.compile(f".{{0,{gaps}}}".join(text))
    return text, office.only(lambda s: loose.search(s.text))


def _typo(named: Named, office: Office, random: Random) -> Made | None:
    text = _piece(plain(named.name), 5, 9, random)
    if len(text) < 5:
        return None
    at = random.randrange(len(text))
    wrong = random.choice([sign for like in _sounding_like().values() for sign in like])
    text = text[:at] + wrong + text[at + 1 :]
    ways = re.compile("|".join(text[:at] + "." + text[at + 1 :] for at in range(len(text))))
    return text, office.only(lambda s: ways.search(s.text))


def _swapped(named: Named, office: Office, random: Random) -> Made | None:
    text = _piece(plain(named.name), 5, 9, random)
    if len(text) < 5:
        return None

    def swap(at: int) -> str:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]

    text = swap(random.randrange(len(text) - 1))
    ways = [text, *(swap(at) for at in range(len(text) - 1))]
    return text, office.only(lambda s: any(way in s.text for way in ways))


def _homophone(named: Named, office: Office, random: Random) -> Made | None:
    text = _piece(plain(named.name), 4, 7, random)
    places = [at for at, sign in enumerate(text) if len(_sounding_like()[_sound(sign)]) > 1]
    if not places or len(text) < 4:
        return None
    at = random.choice(places)
    others = [sign for sign in _sounding_like()[_sound(text[at])] if sign != text[at]]
    heard = "|" + "|".join(map(_sound, text)) + "|"
    misheard = text[:at] + random.choice(others) + text[at + 1 :]
    return misheard, office.only(lambda s: heard in s.syllables or misheard in s.text)


def _pinyin(named: Named, office: Office, random: Random) -> Made:
    syllables = _syllables(named.name)
    length = min(len(syllables), random.randint(4, 7))
    start = random.choice([0, random.randint(0, len(syllables) - length)])
    text = "".join(syllables[start : start + length])
    return text, office.only(lambda s: text in s.pinyin or text in s.initials)


def _half_pinyin(named: Named, office: Office, random: Random) -> Made | None:
    text = _piece(plain(named.name), 4, 7, random)
    if len(text) < 4:
        return None
    cut = random.randint(1, len(text) - 1)
    heard = "|" + "|".join(map(_sound, text)) + "|"
    typed = text[:cut] + "".join(_syllables(text[cut:]))
    return typed, office.only(lambda s: heard in s.syllables)


def _spaced_pinyin(named: Named, office: Office, random: Random) -> Made:
    syllables = _syllables(named.name)
    start = random.randint(0, max(0, len(syllables) - 5))
    part = syllables[start : start + 5]
    return " ".join(part), office.only(lambda s: "".join(part) in s.pinyin)


def _initials(named: Named, office: Office, random: Random) -> Made | None:
    letters = "".join(syllable[0] for syllable in _syllables(named.name))
    text = _piece(letters, 6, 9, random)
    if len(text) < 4:
        return None
    return text, office.only(lambda s: text in s.initials or text in s.short_initials)


def _short_initials(named: Named, office: Office, random: Random) -> Made | None:
    spelled = _spelled(named.name)
    if spelled.short_initials == spelled.initials:
        return None
    text = spelled.short_initials[: random.randint(6, 9)]
    return text, office.only(lambda s: text in s.initials or text in s.short_initials)


def _turned(named: Named, office: Office, random: Random) -> Made | None:
    text = plain(named.name)
    if len(text) < 6:
        return None
    cut = random.randint(2, len(text) - 2)
    first, last = text[:cut], text[cut:]
    return last + first, office.only(lambda s: first in s.text and last in s.text)


def _words(named: Named, office: Office, random: Random) -> Made | None:
    text = plain(named.name)
    if len(text) < 7:
        return None
    cut = random.randint(3, len(text) - 3)
    parts = [_piece(text[:cut], 2, 4, random), _piece(text[cut:], 2, 4, random)]
    random.shuffle(parts)
    return " ".join(parts), office.only(lambda s: all(part in s.text for part in parts))


def _punctuated(named: Named, office: Office, random: Random) -> Made:
    kinds = ["()", "（）", "【】", "[]", "“”", "  "]
    opening, closing = tuple(random.choice(kinds))
    text = re.sub(r"[—\-至]", random.choice("—-–~～至 "), named.name)
    text = text.replace("（", opening).replace("）", closing)
    text = text.translate(
        str.maketrans("0123456789", random.choice(["0123456789", "０１２３４５６７８９"]))
    )
    whole = plain(named.name)
    return text.upper(), office.only(lambda s: s.text == whole)


def _renumbered(named: Named, office: Office, random: Random) -> Made | None:
    signs: str = random.choice(["一二三四五六七", "1234567", "ⅠⅡⅢⅣⅤⅥⅦ"])
    text = re.sub(
        r"[一二三四五六七1-7](?=号线|期)",
        lambda m: signs[int(m.group().translate(_NUMERALS)) - 1],
        named.name,
    )
    whole = plain(named.name)
    return None if text == named.name else (text, office.only(lambda s: s.text == whole))


def _alias(named: Named, office: Office, random: Random) -> Made | None:
    if not named.aliases:
        return None
    text = random.choice(named.aliases)
    return text, office.only(lambda s: s.text == plain(text))


def _by_code(named: Named, _: Office, random: Random) -> Made | None:
    code = named.code
    return (random.choice([code, code.replace("-", ""), code[-6:]]), True) if code else None


KINDS: Final[dict[str, Maker]] = {
    "exact": _exact,
    "spoken around": _spoken,
    "place added": _place_added,
    "place left out": _place_dropped,
    "市 left out": _suffix_dropped,
    "fragment 4-6": _fragment,
    "dropped": _dropped,
    "two dropped": _two_dropped,
    "typo": _typo,
    "swapped": _swapped,
    "homophone": _homophone,
    "pinyin": _pinyin,
    "half pinyin": _half_pinyin,
    "spaced pinyin": _spaced_pinyin,
    "initials": _initials,
    "short initials": _short_initials,
    "order turned": _turned,
    "two words": _words,
    "punctuation": _punctuated,
    "numerals": _renumbered,
    "alias": _alias,
    "code": _by_code,
}
