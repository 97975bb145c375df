"""催办记录: the record of a project, a person or a month, on screen and as a file."""

import datetime as dtm
from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.programme import Project
from db.tables.reporting import Obligation, ReportingPeriod
from domain.access import Action
from domain.periods import Period, read_period
from domain.search import Certainty
from templates.documents.record import record_workbook
from templates.message import Message
from templates.office import StaleButton
from templates.record import (
    ChasingRecord,
    NoSuchRecord,
    NothingRecorded,
    RecordChoice,
    RecordKind,
    RecordOf,
    RecordTable,
)
from usecases.answers import Answers, Hand, in_place, say
from usecases.asker import Asker
from usecases.chasing.record_facts import Recorded, Scope, entries_of
from usecases.chasing.round_state import open_months
from usecases.listings import ground_of, listings_of, local_day, of_year
from usecases.name_index import name_index
from usecases.paging import page_of
from usecases.rights import entitled

ENTRIES_A_PAGE = 8
CHOICES = 6


@dataclass(frozen=True, slots=True)
class RecordWanted:
    """A page, counted from 0, of the record of a project, a person or a month."""

    kind: RecordKind
    id: int
    page: int = 0


@entitled(Action.READ_CHASING_RECORD)
def record(session: Session, asker: Asker, words: str, now: dtm.datetime) -> Answers:
    """/record: of what the words name; without words of the newest open month."""
    found = _named(session, asker, words.strip(), now)
    if not found:
        return say(NoSuchRecord(words))
    if len(found) > 1:
        return say(RecordChoice(words, tuple(found[:CHOICES])))
    return say(_page(session, asker, found[0], 0))


@entitled(Action.READ_CHASING_RECORD)
def turn_record(
    session: Session, asker: Asker, wanted: RecordWanted, _now: dtm.datetime
) -> Answers:
    """The pressed message becomes a page of the record."""
    of = _of(session, wanted)
    return in_place(_page(session, asker, of, wanted.page)) if of else say(StaleButton())


@entitled(Action.READ_CHASING_RECORD)
def hand_record(session: Session, asker: Asker, wanted: RecordWanted, now: dtm.datetime) -> Answers:
    """All of it as a file, the oldest first."""
    of = _of(session, wanted)
    if of is None:
        return say(StaleButton())
    entries = entries_of(_scope(session, asker, of))
    caption = RecordTable(of, len(entries))
    name = f"record-{local_day(asker.voice.zone, now):%Y%m%d}.xlsx"
    return (Hand(caption, name, record_workbook(entries, asker.voice)),)


def _page(session: Session, asker: Asker, of: RecordOf, number: int) -> Message:
    entries = entries_of(_scope(session, asker, of))[::-1]
    if not entries:
        return NothingRecorded(of)
    page = page_of(entries, number, ENTRIES_A_PAGE)
    return ChasingRecord(of, page.items, len(entries), page.number, page.count)


def _named(session: Session, asker: Asker, words: str, now: dtm.datetime) -> list[RecordOf]:
    """What the words name: a month, people of that name, else projects."""
    if not words:
        return [_of_month(one) for one in open_months(session, now)[:1]]
    if month := read_period(words, local_day(asker.voice.zone, now)):
        found = select(ReportingPeriod).where(
            ReportingPeriod.year == month.year, ReportingPeriod.month == month.month
        )
        return [_of_month(one) for one in session.exec(found)]
    people = select(Contact).where(Contact.name == words).order_by(col(Contact.id))
    if known := session.exec(people).all():
        return [RecordOf(RecordKind.PERSON, one.id, one.name) for one in known]
    return _projects(session, words)


def _projects(session: Session, words: str) -> list[RecordOf]:
    answer = name_index(session).find(words, CHOICES)
    if answer.kind is Certainty.NOTHING:
        return []
    rows = [session.get(Project, hit.key) for hit in answer.hits]
    return [RecordOf(RecordKind.PROJECT, row.id, row.name) for row in rows if row]


def _of(session: Session, wanted: RecordWanted) -> RecordOf | None:
    match wanted.kind:
        case RecordKind.PROJECT:
            project = session.get(Project, wanted.id)
            return RecordOf(wanted.kind, project.id, project.name) if project else None
        case RecordKind.PERSON:
            person = session.get(Contact, wanted.id)
            return RecordOf(wanted.kind, person.id, person.name) if person else None
        case RecordKind.MONTH:
            month = session.get(ReportingPeriod, wanted.id)
            return _of_month(month) if month else None


def _of_month(month: ReportingPeriod) -> RecordOf:
    return RecordOf(RecordKind.MONTH, month.id, month=Period(month.year, month.month))


def _scope(session: Session, asker: Asker, of: RecordOf) -> Scope:
    """The reports the record is of, as far as the asker may see."""
    reports = {one.obligation_id: one for one in _reports(session, asker, of)}
    return Scope(session, reports, of.id if of.kind is RecordKind.PERSON else None)


def _reports(session: Session, asker: Asker, of: RecordOf) -> Iterable[Recorded]:
    query = (
        select(Obligation, ReportingPeriod, Project)
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .join(Project, col(Project.id) == col(Obligation.project_id))
    )
    if of.kind is RecordKind.PROJECT:
        query = query.where(Obligation.project_id == of.id)
    if of.kind is RecordKind.MONTH:
        query = query.where(Obligation.period_id == of.id)
    rows = session.exec(query).all()
    listings = listings_of(session, {project.id for _, _, project in rows})
    for obligation, month, project in rows:
        counting = of_year(listings[project.id], month.year)
        if asker.may(Action.READ_CHASING_RECORD, ground_of(project, counting)):
            listed = [one for one in counting if one.listing.id == obligation.listing_id]
            unit = listed[0].lead_unit if listed else None
            yield Recorded(
                obligation.id,
                project.id,
                project.name,
                Period(month.year, month.month),
                unit.id if unit else None,
                month.opens_at,
                month.closed_at,
            )
