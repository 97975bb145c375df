"""/todo: what waits for whoever asks. Each topic adds its own source."""

import datetime as dtm
from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlmodel import Session

from domain.access import Action, Reach
from templates.linking import HowToLink
from templates.reporting import OwedLine
from templates.todo import NothingTodo, Todo, TodoKind, TodoLine
from usecases.answers import Answers, say
from usecases.asker import Asker
from usecases.holes import all_holes
from usecases.reporting.agreeing import waiting_adjustments
from usecases.reporting.owed import owed_by
from usecases.reporting.queue import waiting_for
from usecases.todo_alerts import alerts, handovers, releases
from usecases.todo_items import decisions, for_office, item_releases
from usecases.updating.adopting import waiting_updates

Source = Callable[[Session, Asker, dtm.datetime], Iterable[TodoLine]]
_KINDS = tuple(TodoKind)


def todo(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """What waits for the asker, most pressing first."""
    if asker.contact is None:
        return say(HowToLink())
    lines = [line for source in SOURCES for line in source(session, asker, now) if line.count]
    if not lines:
        return say(NothingTodo())
    return say(Todo(tuple(sorted(lines, key=lambda line: _KINDS.index(line.kind))), now))


def _reports(session: Session, asker: Asker, now: dtm.datetime) -> Iterator[TodoLine]:
    """What they owe themselves: returned, begun, and not begun."""
    if asker.reach(Action.REPORT) is Reach.NONE:
        return
    owed = owed_by(session, asker, now)
    returned = [line for line in owed if line.is_returned]
    begun = [line for line in owed if line.has_draft and not line.is_returned]
    rest = [line for line in owed if not line.is_returned and not line.has_draft]
    for kind, lines in (
        (TodoKind.RETURNED, returned),
        (TodoKind.DRAFT, begun),
        (TodoKind.REPORT, rest),
    ):
        if lines:
            yield _owed_line(kind, lines)


def _owed_line(kind: TodoKind, lines: Sequence[OwedLine]) -> TodoLine:
    first = lines[0]
    place = ("report.owed", (0,)) if len(lines) > 1 else ("report.fill", (first.obligation_id,))
    return TodoLine(kind, len(lines), *place, name=first.name, due_at=first.due)


def _reviews(session: Session, asker: Asker, now: dtm.datetime) -> Iterator[TodoLine]:
    if asker.reach(Action.REVIEW) is Reach.NONE:
        return
    waiting = waiting_for(session, asker, now)
    if waiting:
        oldest = min(waiting, key=lambda one: one.report.submitted_at)
        due_at = oldest.matter.timetable.review_due_at(oldest.report.submitted_at)
        name = oldest.matter.project.name
        yield TodoLine(TodoKind.REVIEW, len(waiting), "review.page", (0,), name, due_at)


def _adjustments(session: Session, asker: Asker, now: dtm.datetime) -> Iterator[TodoLine]:
    """Corrections of closed months, to be agreed to one by one."""
    waiting = waiting_adjustments(session, asker, now)
    if waiting:
        first = waiting[0]
        place = ("correct.show", (first.proposal_id,))
        yield TodoLine(TodoKind.ADJUSTMENT, len(waiting), *place, name=first.name)


def _holes(session: Session, asker: Asker, now: dtm.datetime) -> Iterator[TodoLine]:
    """For the office, which fills them."""
    if asker.reach(Action.INVITE) is Reach.ALL:
        found = all_holes(session, now)
        yield TodoLine(TodoKind.HOLE, len(found.listings), "holes.page", (0,))


def _notes(session: Session, asker: Asker, now: dtm.datetime) -> Iterator[TodoLine]:
    """Progress and problems told between reports, to be adopted."""
    if asker.reach(Action.REVIEW) is Reach.NONE:
        return
    yield TodoLine(TodoKind.NOTE, len(waiting_updates(session, asker, now)), "update.queue")


SOURCES: tuple[Source, ...] = (
    alerts,
    releases,
    item_releases,
    decisions,
    for_office,
    _reports,
    _reviews,
    _adjustments,
    handovers,
    _notes,
    _holes,
)
