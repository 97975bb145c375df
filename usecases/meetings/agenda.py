"""What a meeting speaks about: open items and problems, overdue starts and projects behind."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, or_, select

from db.tables.items import CoordinationItem
from db.tables.meetings import AgendaItem, Meeting
from db.tables.programme import Project
from db.tables.reporting import Problem
from domain.meetings.agenda import Spoken, in_speaking_order
from domain.meetings.kinds import PROBLEMS_OF, MeetingKind, Topic
from domain.policy import Margins
from domain.vocabulary import ActualState, ProblemKind
from templates.meetings import ReportingLine, SpokenItem
from usecases.items.open_items import is_open, of_problems
from usecases.ledgers import NO_RECORD, Record, records_of
from usecases.meetings.book import Called
from usecases.meetings.item_topics import items_at, moved_up
from usecases.meetings.scope import Listed, listed, programme_year
from usecases.progress_of import newest_month, year_plan


def refresh_agenda(session: Session, meeting: Called, now: dtm.datetime) -> None:
    """Have a draft's agenda say what is true now; what the organiser left out stays left out."""
    seats = {unit.organisation.id: unit.row.position for unit in meeting.units}
    wanted = in_speaking_order(_spoken(session, meeting, now), seats)
    known = {_key(row): row for row in items(session, meeting.id)}
    left_out = {row.project_id for row in known.values() if row.left_out}
    for position, one in enumerate(wanted, start=1):
        row = known.pop(one, None) or AgendaItem(
            meeting_id=meeting.id,
            organisation_id=one.organisation_id,
            project_id=one.project_id,
            topic=one.topic,
            problem_id=one.problem_id,
            item_id=one.item_id,
            position=position,
            left_out=one.project_id in left_out,
        )
        row.position = position
        session.add(row)
    for row in known.values():
        session.delete(row)
    session.flush()


def items(session: Session, meeting_id: int) -> Sequence[AgendaItem]:
    """The agenda in speaking order, without problems and items that ended meanwhile."""
    query = (
        select(AgendaItem)
        .join(Problem, col(Problem.id) == col(AgendaItem.problem_id), isouter=True)
        .join(CoordinationItem, col(CoordinationItem.id) == col(AgendaItem.item_id), isouter=True)
        .where(AgendaItem.meeting_id == meeting_id)
        .where(or_(col(AgendaItem.problem_id).is_(None), col(Problem.closed_at).is_(None)))
        .where(or_(col(AgendaItem.topic) != Topic.ITEM, is_open()))
        .order_by(col(AgendaItem.position), col(AgendaItem.id))
    )
    return session.exec(query).all()


def reports(session: Session, rows: Sequence[AgendaItem]) -> tuple[ReportingLine, ...]:
    """A line for each project among these items, in their order."""
    by_project: defaultdict[int, list[AgendaItem]] = defaultdict(list)
    for row in rows:
        by_project[row.project_id].append(row)
    return tuple(_line(session, project_id, group) for project_id, group in by_project.items())


def reports_of(
    session: Session, meeting_id: int, organisation_id: int
) -> tuple[ReportingLine, ...]:
    """What one unit reports on."""
    rows = items(session, meeting_id)
    own = [row for row in rows if row.organisation_id == organisation_id and not row.left_out]
    return reports(session, own)


def project_count(session: Session, meeting_id: int) -> int:
    """How many projects are spoken about."""
    return len({row.project_id for row in items(session, meeting_id) if not row.left_out})


def _line(session: Session, project_id: int, group: Sequence[AgendaItem]) -> ReportingLine:
    name = session.get_one(Project, project_id).name
    problems = [
        session.get_one(Problem, row.problem_id)
        for row in group
        if row.topic is Topic.PROBLEM and row.problem_id
    ]
    kinds = dict.fromkeys(ProblemKind(problem.kind) for problem in problems)
    topics = tuple(row.topic for row in group if row.topic not in (Topic.PROBLEM, Topic.ITEM))
    ids = [row.item_id for row in group if row.topic is Topic.ITEM and row.item_id]
    return ReportingLine(project_id, name, tuple(kinds), topics, _spoken_items(session, ids))


def _spoken_items(session: Session, item_ids: Sequence[int]) -> tuple[SpokenItem, ...]:
    if not item_ids:
        return ()
    stuck = moved_up(session, item_ids)
    rows = (session.get_one(CoordinationItem, one) for one in item_ids)
    return tuple(SpokenItem(row.id, ProblemKind(row.kind), row.id in stuck) for row in rows)


def _spoken(session: Session, meeting: Called, now: dtm.datetime) -> Iterator[Spoken]:
    row = meeting.meeting
    projects = [
        one for one in listed(session, row.level, row.region_id, now) if one.lead_unit is not None
    ]
    ids = [one.project.id for one in projects]
    items = _items(session, row, now)
    problems = _problems(session, ids, row.kind)
    speaks_of_progress = row.kind is MeetingKind.COORDINATION
    year = programme_year(session, now)
    records = records_of(session, ids, year) if speaks_of_progress else {}
    margins = meeting.rules.policy.margins
    for one in projects:
        assert one.lead_unit
        place = one.project.id, one.lead_unit.id
        yield from items.pop(one.project.id, ())
        for problem in problems[one.project.id]:
            yield Spoken(*place, Topic.PROBLEM, problem.id)
        if speaks_of_progress:
            record = records.get(one.project.id, NO_RECORD)
            for topic in _delays(one, record, year, margins):
                yield Spoken(*place, topic)
    # What was moved up may be of projects that this level does not list.
    for moved in items.values():
        yield from moved


def _items(session: Session, meeting: Meeting, now: dtm.datetime) -> dict[int, list[Spoken]]:
    """The items that a meeting of this kind takes up, by their project."""
    found: defaultdict[int, list[Spoken]] = defaultdict(list)
    for one in items_at(session, meeting.level, meeting.region_id, now):
        if one.row.kind in PROBLEMS_OF[meeting.kind]:
            spoken = Spoken(one.row.project_id, one.lead_unit.id, Topic.ITEM, item_id=one.row.id)
            found[one.row.project_id].append(spoken)
    return found


def _delays(one: Listed, record: Record, year: int, margins: Margins) -> Iterator[Topic]:
    """Measured at the project's own newest accepted month: late reporting is no topic."""
    if one.project.actual_state is ActualState.OVERDUE_START:
        yield Topic.OVERDUE_START
    month, plan = newest_month(record.ledger), year_plan(one.listing)
    if month is None or plan is None or month.year != year:
        return
    done = record.ledger.year_to_date(month).yuan
    if plan.points_behind(done, month.month) >= margins.behind_points:
        yield Topic.BEHIND


def _problems(
    session: Session, project_ids: Sequence[int], kind: MeetingKind
) -> defaultdict[int, list[Problem]]:
    query = select(Problem).where(
        col(Problem.project_id).in_(project_ids),
        col(Problem.kind).in_(sorted(PROBLEMS_OF[kind])),
        col(Problem.adopted_at).is_not(None),
        col(Problem.closed_at).is_(None),
    )
    found: defaultdict[int, list[Problem]] = defaultdict(list)
    rows = session.exec(query.order_by(col(Problem.id))).all()
    raised = of_problems(session, [problem.id for problem in rows])
    for problem in (one for one in rows if one.id not in raised):
        found[problem.project_id].append(problem)
    return found


def _key(row: AgendaItem) -> Spoken:
    item_id = row.item_id if row.topic is Topic.ITEM else None
    return Spoken(row.project_id, row.organisation_id, row.topic, row.problem_id, item_id)
