"""Which owed report a line is of: by its number, or by what it begins with; never guessed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.periods import Period
from domain.reporting.figures import is_figure
from domain.search import Certainty, Evidence, Named, NameIndex
from domain.search.fold import code_key, fold
from domain.words import any_of, read_words

LONGEST_NAME = 80
_SHORTEST_NAME = 2
_MOST_WORDS = 4


class NotPlaced(StrEnum):
    """Why nothing can be done with a line; templates word it."""

    NO_PROJECT = "no_project"
    SEVERAL_PROJECTS = "several_projects"
    NEARLY = "nearly"
    NO_SUCH_NUMBER = "no_such_number"
    NUMBER_AND_NAME = "number_and_name"
    NOTHING_SAID = "nothing_said"
    HELD = "held"
    NOT_OPEN = "not_open"
    NOT_YOURS = "not_yours"
    CHANGED = "changed"
    TWICE = "twice"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A report that a line may be of: its number in the list, and its project's names."""

    key: int
    number: int
    name: str
    month: Period
    aliases: tuple[str, ...] = ()
    code: str | None = None
    is_preparatory: bool = False


@dataclass(frozen=True, slots=True)
class Of:
    """The report a line is of, and what the line says of it."""

    candidate: Candidate
    rest: str
    is_by_number: bool = False


@dataclass(frozen=True, slots=True)
class Unknown:
    """It is not known which report is meant; `near` are the keys of those that may be."""

    why: NotPlaced
    near: tuple[int, ...] = ()


class Names:
    """The names of some reports, to be found at the beginning of a line."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        self._by_key = {one.key: one for one in candidates}
        self._by_number = {one.number: one for one in candidates}
        self._index = NameIndex(
            Named(one.key, one.name, one.aliases, one.code) for one in candidates
        )
        self._written: dict[str, list[int]] = {}
        for one in candidates:
            for spelling in {fold(one.name), *map(fold, one.aliases), code_key(one.code or "")}:
                self._written.setdefault(spelling, []).append(one.key)

    def of(self, line: str) -> Of | Unknown:
        """What the line is of: 3 1200万, 3 白露大道 1200万, 白露大道 1200万."""
        numbered = _NUMBER.match(line)
        if numbered is None:
            return self.named(line)
        candidate = self._by_number.get(int(numbered[1]))
        if candidate is None:
            return Unknown(NotPlaced.NO_SUCH_NUMBER)
        rest = line[numbered.end() :]
        named = self.named(rest)
        if isinstance(named, Of) and named.candidate != candidate:
            return Unknown(NotPlaced.NUMBER_AND_NAME, (named.candidate.key,))
        if isinstance(named, Unknown) and candidate.key in named.near:
            # The name fits others too, such as another month's report: the number says which.
            named = Names([candidate]).named(rest)
        if isinstance(named, Of):
            return Of(candidate, named.rest)
        return Of(candidate, rest, is_by_number=True)

    def named(self, line: str) -> Of | Unknown:
        """What a line is of that begins with a name."""
        for end in range(1, min(len(line), LONGEST_NAME) + 1):
            keys = self._written.get(fold(line[:end]) or "?")
            if keys is None or not _ends_here(line, _closed(line, end), self._month(keys)):
                continue
            if len(keys) > 1:
                return Unknown(NotPlaced.SEVERAL_PROJECTS, tuple(keys))
            return Of(self._by_key[keys[0]], line[_closed(line, end) :])
        return self._looked_up(line)

    def _looked_up(self, line: str) -> Of | Unknown:
        """The one report whose project's name holds the first words; the more words, the surer."""
        best: Of | Unknown = Unknown(NotPlaced.NO_PROJECT)
        for end in self._name_ends(line):
            answer = self._index.find(line[:end])
            keys = tuple(hit.key for hit in answer.hits)
            sure = bool(keys) and answer.hits[0].how is not Evidence.FUZZY
            if answer.kind is Certainty.ONE and sure:
                best = Of(self._by_key[keys[0]], line[end:])
            elif isinstance(best, Of):
                return best
            elif answer.kind is Certainty.SEVERAL and sure:
                best = Unknown(NotPlaced.SEVERAL_PROJECTS, keys)
            elif keys and best.why is NotPlaced.NO_PROJECT:
                best = Unknown(NotPlaced.NEARLY, keys)
        return best

    def _name_ends(self, line: str) -> Iterator[int]:
        """Where the name may end: after each of the first words, as long as they are no figure."""
        month = self._month(list(self._by_key))
        for word, _ in zip(_WORD.finditer(line), range(_MOST_WORDS), strict=False):
            for split in _FIGURE_MAY_BEGIN.finditer(line, word.start(), word.end()):
                if is_figure(line[split.start() : word.end()], month):
                    if len(fold(line[: split.start()])) >= _SHORTEST_NAME:
                        yield split.start()
                    return
            if len(fold(line[: word.end()])) >= _SHORTEST_NAME:
                yield word.end()

    def _month(self, keys: Sequence[int]) -> int:
        return self._by_key[keys[0]].month.month if keys else 0


def _closed(line: str, end: int) -> int:
    """The end of a name, brackets that close included."""
    while end < len(line) and line[end] in _CLOSING:
        end += 1
    return end


def _ends_here(line: str, end: int, month: int) -> bool:
    """Whether a name can end there: a word does, or an amount begins; 白露大道2期 is another."""
    if end == len(line) or _BETWEEN.match(line, end):
        return True
    word = _WORD.match(line, end)
    return word is not None and is_figure(word[0], month)


_SAID = read_words("lines")["said"]
_CLOSING = "）)]】》”\"'"
_BETWEEN = re.compile(r"[\s，,；;。、|:：]")
_WORD = re.compile(r"[^\s，,；;。|:：]+")
_THIS_MONTH = any_of(read_words("reporting")["this_month"])
_FIGURE_MAY_BEGIN = re.compile(rf"{_THIS_MONTH}|(?<![0-9０-９.])[0-9０-９]|[-−–—]")
_NUMBER = re.compile(
    rf"\s*(?:{any_of(_SAID['before_number'])}\s*)?([0-9]{{1,3}})"
    rf"(?:{any_of(_SAID['after_number'])})?(?:\s*[、:：)）．]|\.(?![0-9])|\s)\s*(?=\S)"
)
