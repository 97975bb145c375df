"""Problems as people type them: one or several in an answer, and what each is about."""

import re

from domain.reporting.filling import ReportedProblem
from domain.vocabulary import ProblemKind
from domain.words import any_of, read_words


def read_problems(text: str) -> tuple[ReportedProblem, ...]:
    """The problems of an answer, none when it says there are none (无)."""
    if is_none(text):
        return ()
    pieces = (_NUMBERING.sub("", piece).strip() for piece in _BETWEEN.split(text))
    return tuple(ReportedProblem(piece, kind_of(piece)) for piece in pieces if piece)


def kind_of(text: str) -> ProblemKind | None:
    """What a problem is about, where its words name one kind and no other."""
    said = text.casefold()
    kinds = {kind for kind, words in _KINDS.items() if any(word in said for word in words)}
    return kinds.pop() if len(kinds) == 1 else None


def is_none(text: str) -> bool:
    """Whether an answer says that there is nothing."""
    return bare(text) in _NONE


def bare(text: str) -> str:
    """An answer without the punctuation around it, in one case."""
    return text.strip().strip(_ENDS).strip().casefold()


_WORDS = read_words("reporting")
_NONE = frozenset(_WORDS["none"])
_KINDS = {ProblemKind(kind): words for kind, words in _WORDS["kinds"].items()}
_BETWEEN = re.compile(any_of(_WORDS["between"]))
_NUMBERING = re.compile(
    rf"^\s*[(（]?[0-9]{{1,2}}{any_of(_WORDS['numbering'])}(?![0-9])\s*|^\s*[①-⑨]\s*"
)
_ENDS = "。.!！,，、;；"
