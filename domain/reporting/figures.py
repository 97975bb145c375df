"""Where in a sentence the amount of money is, and what there only looks like one.

A piece is a figure when it is written with nothing but what amounts are written with. 96/120根,
K3+200, 5月 and 100万吨 are none; what is a figure is read by `domain.amounts` and by nothing else.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.numerals import DIGITS, POINT, UNITS
from domain.words import any_of, read_words


@dataclass(frozen=True, slots=True)
class Found:
    """The text that is to be read as the month's amount, and what remains of the sentence.

    The text is empty where no amount is spoken of; where several could be meant it holds them all,
    so that reading it gives a doubt.
    """

    amount: str
    rest: str


@dataclass(frozen=True, slots=True)
class _Run:
    """A figure where it stands; `other` is the word before it that names another figure."""

    start: int
    end: int
    text: str
    other: str
    is_of_month: bool


def find_amount(sentence: str, month: int) -> Found:
    """The amount of this month (1-12) in a sentence, taken out of it when it is certain which."""
    runs = list(_runs(sentence, month))
    loose = [token[0] for token in _TOKEN.finditer(sentence) if _is_loose(token[0], month)]
    chosen = _chosen(runs, loose)
    if chosen is None:
        told = [f"{run.other}{run.text}" for run in runs]
        return Found(" ".join([*told, *loose]), _without(sentence, runs))
    return Found(chosen.text, _without(sentence, [chosen]))


def is_figure(text: str, month: int) -> bool:
    """Whether a text is an amount, however doubtful, and nothing else."""
    lean = _without_month(_folded(text), month)
    return bool(_FIGURE.fullmatch(lean) and _COUNTED.search(lean))


def _chosen(runs: Sequence[_Run], loose: Sequence[str]) -> _Run | None:
    """The one figure that can only be the month's; None where that has to be asked."""
    of_month = [run for run in runs if run.is_of_month]
    if len(of_month) == 1 and not any(_OF_MONTH.match(_folded(text)) for text in loose):
        return of_month[0]
    plain = [run for run in runs if not run.other]
    return plain[0] if len(plain) == len(runs) == 1 and not loose else None


def _runs(sentence: str, month: int) -> Iterator[_Run]:
    """Figures, each with those that only a space sets apart from it: 1200 万, 约 3000万."""
    tokens = list(_TOKEN.finditer(sentence))
    at = 0
    while at < len(tokens):
        last = at
        while last < len(tokens) and _belongs(sentence, tokens, at, last, month):
            last += 1
        if last > at and is_figure(sentence[tokens[at].start() : tokens[last - 1].end()], month):
            yield _run(sentence, tokens, at, last - 1, month)
        at = max(last, at + 1)


def _belongs(
    sentence: str, tokens: Sequence[re.Match[str]], first: int, this: int, month: int
) -> bool:
    """Whether a token is written as amounts are, and goes on where the one before it ended."""
    lean = _without_month(_folded(tokens[this][0]), month)
    gap = "" if this == first else sentence[tokens[this - 1].end() : tokens[this].start()]
    return not gap.strip(_SPACES) and (not lean or bool(_FIGURE.fullmatch(lean)))


def _run(sentence: str, tokens: Sequence[re.Match[str]], first: int, last: int, month: int) -> _Run:
    start, end = tokens[first].start(), tokens[last].end()
    text = sentence[start:end]
    lean = _without_month(_folded(text), month)
    is_of_month = lean != _folded(text) or bool(_OF_MONTH.match(lean))
    before = tokens[first - 1][0] if first else ""
    other = before if not is_of_month and _names_another(before) else ""
    return _Run(start, end, _OF_MONTH.sub("", lean), other, is_of_month)


def _names_another(before: str) -> bool:
    """Whether the word before a figure says that it is not the month's: 累计 9800万, 10月 900万."""
    folded = _folded(before)
    is_progress = any(sign.isdigit() for sign in folded) and not _MONTH.fullmatch(folded)
    return bool(_OTHER.search(folded)) and not is_progress


def _is_loose(token: str, month: int) -> bool:
    """Whether money is spoken of among other words: 设备300万, but not 100万吨."""
    folded = _folded(token)
    return not is_figure(token, month) and bool(_MONEY.search(folded))


def _without(sentence: str, runs: Sequence[_Run]) -> str:
    for run in reversed(runs):
        sentence = f"{sentence[: run.start]}{_GAP}{sentence[run.end :]}"
    return sentence


def _without_month(folded: str, month: int) -> str:
    """The text without the name of the month that is reported: 11月1200万."""
    found = _MONTH.match(folded)
    return folded[found.end() :] if found and int(found[1]) == month else folded


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().strip(" :")


_AMOUNTS = read_words("amounts")
_WORDS = read_words("lines")["figures"]
_THIS_MONTH: list[str] = read_words("reporting")["this_month"]
_COUNTING = {*DIGITS, *UNITS}
_NUMERALS = "".join(
    [*_COUNTING, *(typed for typed, meant in _AMOUNTS["fold"].items() if meant in _COUNTING)]
)
_UNITS = [
    typed for typed, meant in _AMOUNTS["fold"].items() if meant in (_AMOUNTS["wan"], _AMOUNTS["yi"])
]
_LISTS = ("leads", "currency", "closers", "about", "vague", "negative", "finer", "yuan", "scales")
_VOCABULARY = [
    *_THIS_MONTH,
    *(word for name in _LISTS for word in _AMOUNTS[name]),
    *(_AMOUNTS[name] for name in ("wan", "yi", "half", "piece")),
    *(typed for typed in _AMOUNTS["fold"] if typed != "w"),
    POINT,
]
_GAP = "\n"
_SPACES = " \u3000"
_FIGURE = re.compile(rf"(?:{any_of(_VOCABULARY)}|[0-9{_NUMERALS}.,:!()… ]|(?<=[0-9])w)+")
_COUNTED = re.compile(rf"[0-9{_NUMERALS}{_AMOUNTS['half']}]")
# A comma between digits belongs to the number.
_TOKEN = re.compile(r"(?:[^\s，,；;。、|]|(?<=[0-9０-９])[,，](?=[0-9０-９]))+")
_OF_MONTH = re.compile(rf"{any_of(_THIS_MONTH)}[ :]*")
_MONTH = re.compile(rf"([0-9]{{1,2}}){any_of(_WORDS['months'])}[ :]*")
_OTHER = re.compile(rf"{any_of(_WORDS['others'])}|^[0-9]{{1,2}}{any_of(_WORDS['months'])}$")
_MONEY = re.compile(
    rf"[0-9{_NUMERALS}]{_AMOUNTS['piece']}?"
    rf"(?:{any_of([_AMOUNTS['wan'], _AMOUNTS['yi'], *_UNITS])}|{_AMOUNTS['yuan'][0]})"
    rf"(?!{any_of(_WORDS['quantities'])})"
)
