"""Lines sent out of the blue: a table where they clearly report, else words to look up."""

import datetime as dtm

from sqlmodel import Session

from domain.access import Action, Reach
from domain.reporting.figures import find_amount
from domain.reporting.lines import Line, Reading
from domain.search import Certainty, Evidence
from usecases.answers import Answers, UseCase, say
from usecases.asker import Asker
from usecases.name_index import name_index
from usecases.reporting.many.hearing import reading_of
from usecases.reporting.many.rows import rows_of
from usecases.reporting.many.table import begin, hear_lines

_NAMES = (Evidence.EXACT, Evidence.CODE, Evidence.CONTAINED)


def reported_or(look_up: UseCase[str]) -> UseCase[str]:
    """The use-case for free text outside a dialog: lines that report give their table."""

    def heard(session: Session, asker: Asker, text: str, now: dtm.datetime) -> Answers:
        if asker.reach(Action.REPORT) is Reach.NONE or not _may_report(session, text):
            return look_up(session, asker, text, now)
        rows = rows_of(session, asker, now)
        reading = reading_of(session, rows, text)
        if any(_reports(line) for line in reading.lines):
            return say(hear_lines(session, asker, rows, reading, now))
        if _is_numbered(reading):
            # The numbers may be those of another list: this one is shown before they count.
            return begin(session, asker, None, now)
        return look_up(session, asker, text, now)

    return heard


def _may_report(session: Session, text: str) -> bool:
    """Whether an amount is spoken of, and not in the name of a project."""
    if not any(find_amount(line, 0).amount for line in text.splitlines()):
        return False
    found = name_index(session).find(text)
    return found.kind is not Certainty.ONE or found.hits[0].how not in _NAMES


def _reports(line: Line) -> bool:
    return bool(line.said.invested or line.said.unasked) and not line.is_by_number


def _is_numbered(reading: Reading) -> bool:
    return bool(reading.lines) and all(line.is_by_number for line in reading.lines)
