"""Lines in which several months are reported at once: 白露大道 本月1200万 路基80% 无问题.

Each line is of one owed report. What it says is only divided here; it is read by the rules of the
dialog, so that a figure is taken or asked about exactly as it would be there.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from domain.reporting.figures import find_amount
from domain.reporting.filling import Step
from domain.reporting.naming import Candidate, Names, Of, Unknown
from domain.vocabulary import ProblemKind
from domain.words import any_of, read_words

MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of one report, as typed; empty is not said.

    `cumulative` are sums that are no opening balance for certain, with their `sums`; `unasked` is
    what is not asked of this project. `kind` is what its problems are about, where a table says so;
    `formulas` are cells of a table that were never calculated.
    """

    invested: str = ""
    opening_year: str = ""
    opening_start: str = ""
    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    explanation: str = ""
    is_unchanged: bool = False
    is_same: bool = False
    cumulative: str = ""
    sums: tuple[str, ...] = ()
    unasked: str = ""
    kind: str = ""
    formulas: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == Said()


@dataclass(frozen=True, slots=True)
class Line:
    """A line as typed, the report it is of, and what it says of it."""

    text: str
    candidate: Candidate
    said: Said
    is_by_number: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A line as typed of which it is not known what report it is of."""

    text: str
    unknown: Unknown


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read: what is known of each report it names, and what could not be placed."""

    lines: tuple[Line, ...]
    unread: tuple[Unread, ...]
    is_table: bool = False


def read_lines(text: str, candidates: Sequence[Candidate]) -> Reading:
    """What a text of one or several lines says of which report, at most MOST_LINES of them.

    A line with nothing but a label (问题：…) goes on with the report before it. Two lines of one
    report are read as one, so that two amounts are asked about.
    """
    names = Names(candidates)
    placed: dict[int, list[tuple[str, Of]]] = {}
    unread: list[Unread] = []
    last: Of | None = None
    for typed in _typed_lines(text):
        found = names.of(typed)
        if isinstance(found, Unknown) and last is not None and _goes_on(typed):
            found = replace(last, rest=typed)
        if isinstance(found, Of):
            placed.setdefault(found.candidate.key, []).append((typed, found))
            last = found
        else:
            unread.append(Unread(typed, found))
            last = None
    return Reading(tuple(map(_line, placed.values())), tuple(unread))


def _line(told: Sequence[tuple[str, Of]]) -> Line:
    candidate = told[0][1].candidate
    return Line(
        "\n".join(typed for typed, _ in told),
        candidate,
        divided("\n".join(found.rest for _, found in told), candidate),
        all(found.is_by_number for _, found in told),
    )


def divided(rest: str, candidate: Candidate) -> Said:
    """What a line says after its project: each answer by its question."""
    free, labelled = _sections(rest, _LABEL if candidate.is_preparatory else _LABEL_OR_KIND)
    said = Said(
        problems=labelled.get("problems", ""),
        next_steps=labelled.get("next_steps", ""),
        explanation=labelled.get("explanation", ""),
    )
    said, free = _openings(said, free, candidate)
    free, is_unchanged = _taken_out(_UNCHANGED, free)
    free, none = _taken_out(_NONE, free)
    free, is_same = _taken_out(_SAME, free)
    found = find_amount(free, candidate.month.month)
    return replace(
        said,
        invested="" if candidate.is_preparatory else found.amount,
        unasked=found.amount if candidate.is_preparatory else "",
        problems=said.problems or none,
        is_unchanged=bool(is_unchanged),
        is_same=bool(is_same),
        progress=_joined(found.rest),
    )


def _typed_lines(text: str) -> Iterator[str]:
    lines = (_BULLET.sub("", line.strip()) for line in text.splitlines())
    yield from [line for line in lines if line][:MOST_LINES]


def _goes_on(line: str) -> bool:
    """Whether a line says nothing by itself: it begins with a label, or has ready words alone."""
    if _LABEL_OR_KIND.match(line):
        return True
    return any(word.fullmatch(line) for word in (_NONE, _SAME, _UNCHANGED))


def _sections(rest: str, label_words: re.Pattern[str]) -> tuple[str, dict[str, str]]:
    """What stands before the first label, and what follows each; a line's end ends a label too."""
    free: list[str] = []
    labelled: dict[str, str] = {}
    for line in rest.split("\n"):
        labels = list(label_words.finditer(line))
        free.append(line[: labels[0].start()] if labels else line)
        for at, label in enumerate(labels):
            end = labels[at + 1].start() if at + 1 < len(labels) else len(line)
            name, said = str(label.lastgroup), line[label.end() : end].strip(_BETWEEN)
            if name == _KIND:
                # What it is about belongs to the problem; 征地拆迁：无 is none.
                name, said = Step.PROBLEMS, f"{label[0]}{said}" if _tells(said) else ""
            told = [labelled.get(name, ""), said]
            labelled[name] = "\n".join(filter(None, told))
    return "\n".join(free), labelled


def _tells(said: str) -> bool:
    """Whether anything is said but that there is nothing."""
    return bool(_NONE.sub("", said).strip(_BETWEEN))


def _openings(said: Said, free: str, candidate: Candidate) -> tuple[Said, str]:
    """What was completed before the month: only 年初到10月底 is certain not to include it."""
    before = candidate.month.previous.month
    for opening in _OPENING.finditer(free):
        if opening["through"] is not None and int(opening["through"]) == before:
            if opening["year"]:
                said = replace(said, opening_year=opening["amount"])
            else:
                said = replace(said, opening_start=opening["amount"])
        else:
            told = f"{said.cumulative} {opening[0]}".strip()
            said = replace(said, cumulative=told, sums=(*said.sums, opening["amount"]))
    return said, _OPENING.sub("\n", free)


def _taken_out(words: re.Pattern[str], text: str) -> tuple[str, str]:
    found = words.search(text)
    return (words.sub("\n", text), found[0]) if found else (text, "")


def _joined(rest: str) -> str:
    """The words that remain, without labels that say no more, as one text."""
    pieces = (_PROGRESS.sub("", piece.strip(_BETWEEN)) for piece in rest.split("\n"))
    return str(_SAID["between"]).join(
        piece.strip(_BETWEEN) for piece in pieces if piece.strip(_BETWEEN)
    )


_WORDS = read_words("lines")
_SAID = _WORDS["said"]
_REPORTING = read_words("reporting")
_BETWEEN = " \t，,；;。、|:："
_EDGE = r"(?:^|(?<=[\s，,；;。、|:：]))"
_END = r"(?=$|[\s，,；;。、|!！])"
_BULLET = re.compile(r"^(?:[•·*➤>]|[-—](?=\s))\s*")


def _label(name: str, words: Sequence[str]) -> str:
    glued = "" if name == Step.PROBLEMS else r"(?=[:：\s])"
    return rf"(?P<{name}>{any_of(words)}{glued}[:：\s]*)"


def _ready(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"{_EDGE}{any_of(words)}{_END}", re.IGNORECASE | re.MULTILINE)


_KIND = "kind"
_LABELS = "|".join(_label(*label) for label in _WORDS["labels"].items())
_ABOUT = any_of(
    [word for kind, words in _WORDS["kinds"].items() if kind != ProblemKind.OTHER for word in words]
)
_LABEL = re.compile(f"{_EDGE}(?:{_LABELS})", re.IGNORECASE)
# Of preliminary work the same words are its steps: 用地：已批复
_LABEL_OR_KIND = re.compile(
    rf"{_EDGE}(?:{_LABELS}|(?P<{_KIND}>{_ABOUT}\s*[:：]\s*))", re.IGNORECASE
)
_PROGRESS = re.compile(rf"^{any_of(_SAID['progress'])}\s*[:：\s]", re.IGNORECASE)
_UNCHANGED = _ready(_SAID["unchanged"])
_NONE = _ready(_REPORTING["none"])
_SAME = _ready(_REPORTING["same"])
_OPENINGS = _WORDS["openings"]
_OPENING = re.compile(
    rf"{_EDGE}(?:(?P<year>{any_of(_OPENINGS['year'])})|{any_of(_OPENINGS['start'])})"
    rf"(?:{any_of(_OPENINGS['through'])}(?P<through>[0-9]{{1,2}}){any_of(_OPENINGS['end'])})?"
    r"(?P<words>[^\s0-9０-９，,；;。]*?)[:：\s]*"
    r"(?P<amount>[0-9０-９](?:[^\s，,；;。]|(?<=[0-9])[,，](?=[0-9]))*)",
    re.MULTILINE,
)
