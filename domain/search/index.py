"""Finding a project by whatever somebody types of its name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from domain.search.apart import WordsApart
from domain.search.corpus import Corpus
from domain.search.finding import Finding, Found, merge
from domain.search.fold import code_key, fold, normal, separate_words, without_spoken
from domain.search.places import Places, without_generic_ending
from domain.search.rank import Scored, verdict
from domain.search.values import Answer, Certainty, Evidence, Hit, Named

_LONGEST_QUESTION: Final = 256  # characters read of what was typed
_LONGEST_NAME: Final = 64  # folded characters looked for
_BREADTH: Final = 400  # names scored before the best are taken; the shorter ones come first
_SHORTEST_CODE: Final = 4
_CODE: Final = 100.0
_AS_WRITTEN: Final = 102.0  # above names that only fold to the same: 一期 and （一期）
_CODE_PART: Final = 85.0


class NameIndex:
    """Names to be found by fragment, sound, initials, alias, code, or with slips in them.

    Built once and never changed: any number of threads may ask it.
    """

    def __init__(self, names: Iterable[Named]) -> None:
        self._names = sorted(names, key=lambda n: (len(fold(n.name)), n.name, n.key))
        self._places = Places(
            {named.place for named in self._names}, (named.name for named in self._names)
        )
        self._corpus = Corpus(self._names, self._places)
        self._as_written = _numbered(normal(named.name) for named in self._names)
        self._codes = [code_key(named.code or "") for named in self._names]
        self._finding = Finding(self._corpus, self._places)
        self._apart = WordsApart(self._corpus)

    def find(self, query: str, limit: int = 50) -> Answer:
        """What the query means, at most `limit` hits. Any text is answered; nothing is raised."""
        asked = query[:_LONGEST_QUESTION]
        phrases = self._phrases(asked)
        if not phrases:
            return Answer(Certainty.NOTHING)
        return self._answer(self._found(asked, phrases, limit), limit)

    def _phrases(self, asked: str) -> list[str]:
        """The question as it stands, then with ever less around the name."""
        whole = fold(asked)[:_LONGEST_NAME]
        named = fold(without_spoken(asked))[:_LONGEST_NAME] or whole
        lean = self._places.lean(named)
        phrases = [whole, named, lean, without_generic_ending(lean)]
        return list(dict.fromkeys(filter(None, phrases)))

    def _found(self, asked: str, phrases: list[str], limit: int) -> Found:
        """One way after the other is tried until something likely is found."""
        finding, breadth = self._finding, max(limit, _BREADTH)
        said, meant = separate_words(asked), separate_words(without_spoken(asked))
        ways: list[Callable[[], Found]] = [
            lambda: self._by_code(asked),
            lambda: finding.unbroken(phrases, breadth),
            lambda: finding.after_place(phrases[-1], breadth),
            lambda: self._apart.find(said, breadth),
            lambda: self._apart.find(meant, breadth),
            lambda: finding.near(phrases[-2:]),
        ]
        found: Found = {}
        for way in ways:
            merge(found, way())
            if any(scored.likely for scored in found.values()):
                break
        for name in self._as_written.get(normal(asked.strip()), ()):
            found[name] = Scored(_AS_WRITTEN, Evidence.EXACT, whole=True)
        return found

    def _by_code(self, asked: str) -> Found:
        key = code_key(without_spoken(asked))
        if sum(sign.isdigit() for sign in key) < _SHORTEST_CODE:
            return {}
        return {
            name: Scored(_CODE if code == key else _CODE_PART, Evidence.CODE, code == key)
            for name, code in enumerate(self._codes)
            if key in code
        }

    def _answer(self, found: Found, limit: int) -> Answer:
        ranked = sorted(found.items(), key=lambda item: (-item[1].score, item[0]))
        kind = verdict([scored for _, scored in ranked[:2]])
        hits = (Hit(self._names[name].key, s.score, s.how) for name, s in ranked[:limit])
        return Answer(kind, tuple(hits))


def _numbered(texts: Iterable[str]) -> Mapping[str, list[int]]:
    """The numbers under which each text stands."""
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        numbers[text].append(number)
    return numbers
