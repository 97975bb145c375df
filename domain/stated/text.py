"""What a plan document states in its sentences: how many projects, how much, for whom.

The grammar is that of the plans of Guangxi and Liuzhou ("新开工项目140项，总投资3805.4亿元，
年度计划投资153.7亿元；…"): a count says whom it is about in the words before it, the amounts
after it are about the same, and a heading ("（一）新开工任务") speaks for what stands under it.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from domain import spellings
from domain.stated.totals import Figure, Measure, Scope, StatedTotal
from domain.vocabulary import PlanCategory, Sector
from domain.words import any_of, read_words

_WORDS = read_words("stated")
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = any_of(_WORDS["units"])
_LINK = f"{any_of(_WORDS['links'])}?"
_ANNUAL_PLAN = rf"(?:\d{{4}})?(?P<annual_plan>{any_of(_WORDS['annual_plan'])})"
_TOTAL_INVESTMENT = f"(?P<total_investment>{any_of(_WORDS['total_investment'])})"
_AMOUNT = rf"(?P<money>{_NUMBER})(?P<unit>{_UNIT})"
_NAMED_AMOUNT = f"(?:(?:{_ANNUAL_PLAN}|{_TOTAL_INVESTMENT}){_LINK})?{_AMOUNT}"
# A count is not followed by what is counted instead: 12个县, 25项措施.
_COUNT_END = f"(?=(?:{any_of(_WORDS['after_counts'])})|[^\u4e00-\u9fff]|$)"
_COUNT = rf"(?P<projects>{_NUMBER}){any_of(_WORDS['counters'])}{_COUNT_END}"
_TOKEN = re.compile(rf"(?<![\d.])(?:{_NAMED_AMOUNT}|{_COUNT})")

_NUMBERS_OF_HEADINGS = f"(?:{any_of(_WORDS['numbering'])}|[0-9])+"
_NUMBERING = rf"\(?{_NUMBERS_OF_HEADINGS}{any_of(_WORDS['after_numbering'])}"
_SENTENCE_END: str = _WORDS["sentence_end"]
_HEADING = re.compile(f"{_NUMBERING}([^{_SENTENCE_END}:,;]*)")
_CLAUSE_END = re.compile("[,;:]")
_LEAD = re.compile(f"^(?:[(){_WORDS['enumeration']}]|{_NUMBERING}|{any_of(_WORDS['leads'])})+")
_ENDING = re.compile(any_of(_WORDS["part_endings"]) + "$")
_WHOLE = re.compile(any_of(_WORDS["wholes"]))


@dataclass(frozen=True, slots=True)
class _Heading:
    category: PlanCategory | None = None
    lists_annual_plans: bool = False


def stated_in(text: str) -> tuple[StatedTotal, ...]:
    """Every total a plan document states, in its order; the same total may be stated twice."""
    heading = _Heading()
    totals: list[StatedTotal] = []
    for line in _lines(text):
        if numbered := _HEADING.match(line):
            heading = _heading(numbered.group(1))
        totals += _Paragraph(line, heading).totals()
    return tuple(totals)


def _lines(text: str) -> Iterator[str]:
    narrow = unicodedata.normalize("NFKC", text)
    for line in narrow.splitlines():
        if joined := re.sub(r"\s+", "", line):
            yield joined


def _heading(text: str) -> _Heading:
    categories = spellings.mentioned(PlanCategory, text)
    lists_plans = any(word in text for word in _WORDS["annual_plan_headings"])
    return _Heading(categories[0] if len(categories) == 1 else None, lists_plans)


class _Paragraph:
    """One paragraph, read from left to right; an amount belongs to the last part named."""

    def __init__(self, line: str, heading: _Heading) -> None:
        self._line = line
        self._heading = heading
        self._claims: list[StatedTotal] = []
        self._is_open = False

    def totals(self) -> list[StatedTotal]:
        end = 0
        for token in _TOKEN.finditer(self._line):
            self._read(self._line[end : token.start()], token)
            end = token.end()
        return self._claims

    def _read(self, before: str, token: re.Match[str]) -> None:
        *earlier, sentence = before.split(_SENTENCE_END)
        if earlier:
            self._is_open = False
        measure = self._measure(token)
        if measure is None:
            return
        scope = self._scope(sentence)
        if scope is not None:
            self._claims.append(StatedTotal(scope, where=self._sentence_around(token)))
            self._is_open = True
        elif measure is Measure.PROJECTS or self._names_something(sentence):
            self._is_open = False
        if self._is_open:
            self._claims[-1] = self._claims[-1].stating(measure, _figure(token))

    def _measure(self, token: re.Match[str]) -> Measure | None:
        for measure in Measure:
            if token[measure.value]:
                return measure
        return Measure.ANNUAL_PLAN if self._heading.lists_annual_plans else None

    def _scope(self, sentence: str) -> Scope | None:
        """Whom the words before a number name; None when they name no part of a programme."""
        subject = _subject(sentence)
        if categories := spellings.mentioned(PlanCategory, subject):
            return Scope(_all_is_open(categories))
        if sectors := spellings.mentioned(Sector, subject):
            return Scope(self._context(), sector=sectors[0]) if len(sectors) == 1 else None
        if _WHOLE.search(subject):
            return Scope(self._categories_of_whole(sentence))
        if spellings.looks_like_region(_ENDING.sub("", subject)):
            return Scope(self._context(), region=spellings.region(_ENDING.sub("", subject)))
        return None

    def _names_something(self, sentence: str) -> bool:
        return bool(_ENDING.sub("", _subject(sentence)))

    def _context(self) -> tuple[PlanCategory, ...]:
        """The category that a list of regions or sectors is about."""
        if self._heading.category:
            return (self._heading.category,)
        named = {claim.scope.categories for claim in self._claims if _is_by_category(claim)}
        return named.pop() if len(named) == 1 else ()

    def _categories_of_whole(self, sentence: str) -> tuple[PlanCategory, ...]:
        """共554个项目 is about the categories named last before it."""
        for clause in reversed(_CLAUSE_END.split(sentence)):
            if categories := spellings.mentioned(PlanCategory, clause):
                return _all_is_open(categories)
        return (self._heading.category,) if self._heading.category else ()

    def _sentence_around(self, token: re.Match[str]) -> str:
        start = self._line.rfind(_SENTENCE_END, 0, token.start()) + 1
        end = self._line.find(_SENTENCE_END, token.end())
        return self._line[start : end if end >= 0 else None]


def _subject(sentence: str) -> str:
    return _LEAD.sub("", _CLAUSE_END.split(sentence)[-1])


def _is_by_category(claim: StatedTotal) -> bool:
    scope = claim.scope
    return len(scope.categories) == 1 and scope.region is None and scope.sector is None


def _all_is_open(categories: tuple[PlanCategory, ...]) -> tuple[PlanCategory, ...]:
    return () if len(categories) == len(PlanCategory) else categories


def _figure(token: re.Match[str]) -> Figure:
    if token["projects"]:
        return Figure(int(token["projects"].replace(",", "")))
    number = Decimal(token["money"].replace(",", ""))
    unit: int = _WORDS["units"][token["unit"]]
    decimals = -int(number.as_tuple().exponent)
    return Figure(int(number * unit), max(unit // 10**decimals, 1))
