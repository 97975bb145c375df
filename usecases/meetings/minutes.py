"""The minutes of a meeting (纪要) as a file: the office's draft, the approved ones for units."""

import datetime as dtm
from collections.abc import Iterator

from sqlmodel import Session, col, select

from db.tables.items import CoordinationItem, Decision, DecisionState
from db.tables.meetings import AgendaItem
from db.tables.people import Contact, Organisation
from db.tables.programme import Project
from db.tables.reporting import Problem
from domain.access import Action, Reach
from domain.meetings.kinds import Topic
from templates.deciding import DraftedLine
from templates.documents.minutes_file import minutes_file
from templates.documents.minutes_words import Discussed, Minutes, UnitThere
from templates.documents.workbook import file_name
from templates.linking import HowToLink
from templates.minutes import MinutesFile, numbered
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.render import Voice, name_of
from usecases import audit
from usecases.answers import Answers, Hand, say
from usecases.asker import Asker
from usecases.items.book import Decided, decided_all, items_of
from usecases.items.drafts import drafts_of, lines_of, next_article
from usecases.meetings.book import Called, called
from usecases.meetings.repliers import may_read
from usecases.standing import standing_in


def hand_over(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """The document: to the office at any time, to those it concerns once it is approved."""
    if asker.contact is None:
        return say(HowToLink())
    meeting = called(session, meeting_id)
    if meeting is None or not meeting.is_on:
        return say(StaleButton())
    given = _given_out(session, meeting_id)
    decides = asker.reach(Action.DECIDE_ITEM) is not Reach.NONE
    if not decides and not (given and _concerns(session, asker, meeting, given, now)):
        return say(NotYours())
    drafts = drafts_of(session, meeting_id) if decides else []
    lines = _lines(session, meeting_id, given, drafts, now)
    paper = _minutes(session, asker, meeting, lines, now)
    audit.record(session, asker, "minutes.handed", now, ("meeting", meeting_id))
    day = f"{meeting.rules.local_day(meeting.meeting.starts_at):%Y%m%d}"
    name = file_name("minutes", asker.voice, day=day)
    caption = MinutesFile(meeting.head, len(lines), paper.is_approved)
    return (Hand(caption, name, minutes_file(paper, asker.voice)),)


def _minutes(
    session: Session,
    asker: Asker,
    meeting: Called,
    lines: tuple[DraftedLine, ...],
    now: dtm.datetime,
) -> Minutes:
    row = meeting.meeting
    signer = session.get(Contact, row.minutes_approved_by_id or asker.contact_id)
    office = session.get(Organisation, (signer and signer.organisation_id) or 0)
    is_approved = row.minutes_approved_at is not None and all(line.article for line in lines)
    return Minutes(
        meeting.head,
        tuple(UnitThere(one.organisation.name, one.standing, one.said) for one in meeting.units),
        tuple(_discussed(session, meeting.id, asker.voice)),
        lines,
        office.name if office else "",
        row.minutes_approved_at or now,
        meeting.rules.policy.meetings.decision_working_days,
        is_approved,
    )


def _lines(
    session: Session,
    meeting_id: int,
    given: list[Decided],
    drafts: list[Decided],
    now: dtm.datetime,
) -> tuple[DraftedLine, ...]:
    """What was given out with its articles, then what is drafted, numbered on."""
    settled = lines_of(session, given, now)
    return (*settled, *numbered(lines_of(session, drafts, now), next_article(session, meeting_id)))


def _given_out(session: Session, meeting_id: int) -> list[Decided]:
    """The decisions of the approved minutes, a later one in force instead of them or not."""
    query = select(Decision).where(
        Decision.meeting_id == meeting_id,
        col(Decision.state).in_([DecisionState.IN_FORCE, DecisionState.REPLACED]),
    )
    return decided_all(session, session.exec(query.order_by(col(Decision.article))).all())


def _concerns(
    session: Session, asker: Asker, meeting: Called, given: list[Decided], now: dtm.datetime
) -> bool:
    """Whether the asker reads meetings of an invited unit, or an item that was decided on."""
    if any(may_read(session, asker, unit, now) for unit in meeting.units):
        return True
    ids = {decided.row.item_id for decided in given}
    rows = session.exec(select(CoordinationItem).where(col(CoordinationItem.id).in_(ids))).all()
    acting = standing_in(session, asker, now)
    return any(acting.may(Action.READ_ITEM, one.ground) for one in items_of(session, rows, now))


def _discussed(session: Session, meeting_id: int, voice: Voice) -> Iterator[Discussed]:
    """Each project with all it was spoken about for, closed out since or not."""
    query = (
        select(AgendaItem, Organisation.name, Project.name)
        .join(Organisation, col(Organisation.id) == col(AgendaItem.organisation_id))
        .join(Project, col(Project.id) == col(AgendaItem.project_id))
        .where(AgendaItem.meeting_id == meeting_id, col(AgendaItem.left_out).is_(False))
        .order_by(col(AgendaItem.position), col(AgendaItem.id))
    )
    spoken: dict[tuple[str, str], list[str]] = {}
    for line, unit, project in session.exec(query):
        spoken.setdefault((unit, project), []).append(_why(session, line, voice))
    for (unit, project), why in spoken.items():
        yield Discussed(unit, project, tuple(dict.fromkeys(why)))


def _why(session: Session, line: AgendaItem, voice: Voice) -> str:
    about: CoordinationItem | Problem | None = None
    if line.problem_id:
        about = session.get(Problem, line.problem_id)
    elif line.item_id and line.topic is Topic.ITEM:
        about = session.get(CoordinationItem, line.item_id)
    return name_of(about.kind if about else line.topic, voice.language)
