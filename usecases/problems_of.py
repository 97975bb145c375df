"""A project's problems: what the liaison adopted; to those who may, also what is unreviewed."""

import datetime as dtm
from collections import Counter
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, or_, select

from db.tables.items import CoordinationItem
from db.tables.reporting import Obligation, Problem, Report, ReportingPeriod, Verdict
from domain.access import Action
from domain.periods import Period
from domain.vocabulary import ProblemKind
from templates.message import Message
from templates.status import ProblemCount, ProblemLine, ProjectProblems
from usecases.answers import Answers, in_place, say
from usecases.asked import Asked, WantedPage, asked
from usecases.asker import Asker
from usecases.items.open_items import of_problems
from usecases.listings import local_day, of_year
from usecases.paging import page_of
from usecases.standing import standing_in

PROBLEMS_A_PAGE = 5


def open_counts(
    session: Session, project_id: int, as_at: Period | None, zone: str
) -> tuple[ProblemCount, ...]:
    """Adopted problems not closed out by a month's end, or now: the most frequent kind first."""
    query = select(Problem.kind).where(
        Problem.project_id == project_id, col(Problem.adopted_at).is_not(None)
    )
    if as_at is None:
        query = query.where(col(Problem.closed_at).is_(None))
    else:
        end = _end_of(as_at, zone)
        closed_later = or_(col(Problem.closed_at).is_(None), col(Problem.closed_at) >= end)
        query = query.where(col(Problem.adopted_at) < end, closed_later)
    counts = Counter(session.exec(query.order_by(col(Problem.id))))
    return tuple(ProblemCount(ProblemKind(kind), count) for kind, count in counts.most_common())


def show_problems(session: Session, asker: Asker, wanted: WantedPage, now: dtm.datetime) -> Answers:
    """The pressed card becomes the list of the project's problems."""
    known = asked(session, asker, Action.READ_CARD, wanted.project_id, now)
    if isinstance(known, Message):
        return say(known)
    problems = _problems(session, wanted.project_id)
    if not asker.may(Action.READ_UNREVIEWED, known.ground):
        problems = [problem for problem in problems if problem.adopted_at]
    page = page_of(problems, wanted.page, PROBLEMS_A_PAGE)
    standing = [problem for problem in problems if not problem.closed_at]
    items = of_problems(session, [problem.id for problem in page.items])
    may_raise = _may_raise(session, asker, known, now)
    message = ProjectProblems(
        project_id=known.project.id,
        name=known.project.name,
        open_count=sum(bool(problem.adopted_at) for problem in standing),
        unreviewed_count=sum(not problem.adopted_at for problem in standing),
        closed_count=len(problems) - len(standing),
        problems=tuple(
            _line(problem, items.get(problem.id), may_raise, asker.voice.zone)
            for problem in page.items
        ),
        today=known.today,
        page=page.number,
        pages=page.count,
        wanted_help=_wanted_help(session, wanted.project_id),
    )
    return in_place(message)


def _wanted_help(session: Session, project_id: int) -> str:
    """What the last accepted report asks others to settle."""
    query = (
        select(Report.wanted_help)
        .join(Obligation, col(Obligation.id) == col(Report.obligation_id))
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(Obligation.project_id == project_id, Report.verdict == Verdict.ACCEPTED)
        .order_by(col(ReportingPeriod.year).desc(), col(ReportingPeriod.month).desc())
        .order_by(col(Report.revision).desc())
    )
    return session.exec(query).first() or ""


def _problems(session: Session, project_id: int) -> Sequence[Problem]:
    """What stands first, then what was closed out, each the newest first."""
    # What was told and not adopted was closed unread: it is no problem of the project.
    query = select(Problem).where(
        Problem.project_id == project_id,
        or_(col(Problem.adopted_at).is_not(None), col(Problem.closed_at).is_(None)),
    )
    rows = session.exec(query.order_by(col(Problem.raised_at).desc(), col(Problem.id).desc())).all()
    return sorted(rows, key=lambda problem: problem.closed_at is not None)


def _may_raise(session: Session, asker: Asker, known: Asked, now: dtm.datetime) -> bool:
    """Whether the asker may take the project's problems to a meeting."""
    counting = of_year(known.listings, known.today.year)
    acting = standing_in(session, asker, now)
    return any(one.is_active for one in counting) and acting.may(Action.RAISE_ITEM, known.ground)


def _line(
    problem: Problem, item: CoordinationItem | None, may_raise: bool, zone: str
) -> ProblemLine:
    stands = problem.adopted_at is not None and problem.closed_at is None
    return ProblemLine(
        kind=problem.kind,
        text=problem.text,
        raised=local_day(zone, problem.raised_at),
        reviewed=problem.adopted_at is not None,
        closed=local_day(zone, problem.closed_at) if problem.closed_at else None,
        closing_note=problem.closing_note,
        problem_id=problem.id,
        item_id=item.id if item else None,
        may_raise=may_raise and stands and item is None,
    )


def _end_of(month: Period, zone: str) -> dtm.datetime:
    """The instant at which the month is over in the office."""
    midnight = dtm.time(tzinfo=ZoneInfo(zone))
    return dtm.datetime.combine(month.next.first_day, midnight).astimezone(dtm.UTC)
