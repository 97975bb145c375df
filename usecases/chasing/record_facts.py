"""What is on record about chasing: who was asked when, what reached them, what was answered."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, select

from db.tables.chasing import (
    Acknowledgement,
    Extension,
    Handover,
    Hold,
    Promise,
    Release,
    ReleaseVerdict,
)
from db.tables.people import Contact, Organisation
from db.tables.reporting import Problem, Report, Verdict
from db.tables.speech import Message, MessageState, Notice, NoticeState
from domain.brakes import HoldScope
from domain.periods import Period
from templates.record import Entry, Fate, Happening

OBLIGATION, REPORT, PROBLEM = "obligation", "report", "problem"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A report whose record is asked for."""

    obligation_id: int
    project_id: int
    project: str
    month: Period
    unit_id: int | None
    opens_at: dtm.datetime
    closed_at: dtm.datetime | None


@dataclass(frozen=True, slots=True)
class Scope:
    """The reports a record is about, and, in a person's record, whose doings count."""

    session: Session
    reports: Mapping[int, Recorded]
    person_id: int | None = None
    people: dict[int, tuple[str, str]] = field(default_factory=dict)

    def concerns(self, contact_id: int | None) -> bool:
        """Whether what this person heard or did belongs here."""
        return self.person_id is None or contact_id == self.person_id

    def name(self, contact_id: int | None) -> str:
        """What a person is called."""
        return self._person(contact_id)[0]

    def entry(
        self, obligation_id: int, at: dtm.datetime, what: Happening, who: int | None, **more: Any
    ) -> Entry:
        """Something that happened to one of the reports."""
        one = self.reports[obligation_id]
        return Entry(at, what, *self._person(who), one.project, one.month, **more)

    def _person(self, contact_id: int | None) -> tuple[str, str]:
        """A person's name and unit; everybody is read once."""
        if not self.people:
            query = select(Contact.id, Contact.name, Organisation.name).join(
                Organisation, col(Organisation.id) == col(Contact.organisation_id), isouter=True
            )
            for one, name, unit in self.session.exec(query):
                self.people[one] = name, unit or ""
        return self.people.get(contact_id or 0, ("", ""))


def entries_of(scope: Scope) -> list[Entry]:
    """Everything on record, the oldest first; what one message told of many is one entry."""
    if not scope.reports:
        return []
    sources = (_asked, _acknowledged, _promised, _reported, _extended, _released)
    found = [entry for source in sources for entry in source(scope)]
    found += [*_difficulties(scope), *_holds(scope), *_handovers(scope)]
    return sorted(found, key=lambda entry: (entry.at, entry.what, entry.project))


def _asked(scope: Scope) -> Iterator[Entry]:
    together: defaultdict[Any, list[tuple[int, Notice, Message | None]]] = defaultdict(list)
    for obligation_id, notice, message in _notices(scope):
        key = (message.id, notice.contact_id) if message else ("untold", notice.id)
        together[key].append((obligation_id, notice, message))
    for group in together.values():
        obligation_id, notice, message = group[0]
        yield scope.entry(
            obligation_id,
            message.created_at if message else notice.due_at,
            Happening.ASKED,
            notice.contact_id,
            reports=len({one for one, _, _ in group}),
            occasion=notice.occasion,
            fate=_fate(notice, message),
            delivered_at=message.sent_at if message else None,
            known_at=message.acknowledged_at if message else None,
        )


def _notices(scope: Scope) -> Iterator[tuple[int, Notice, Message | None]]:
    """What was to be said of these reports, but for what settled before it was said."""
    revisions = _revisions(scope)
    about = {OBLIGATION: {one: one for one in scope.reports}, REPORT: revisions}
    for kind, ids in about.items():
        query = (
            select(Notice, Message)
            .join(Message, col(Message.id) == col(Notice.message_id), isouter=True)
            .where(
                Notice.subject_kind == kind,
                col(Notice.subject_id).in_(ids),
                Notice.state != NoticeState.WITHDRAWN,
            )
            .order_by(col(Notice.id))
        )
        for notice, message in scope.session.exec(query):
            if scope.concerns(notice.contact_id):
                yield ids[notice.subject_id], notice, message


def _fate(notice: Notice, message: Message | None) -> Fate:
    if message is None:
        return Fate.EXPIRED if notice.state is NoticeState.EXPIRED else Fate.WAITING
    if message.sent_at is not None or message.state is MessageState.SENT:
        return Fate.DELIVERED
    known = {MessageState.UNCERTAIN: Fate.UNCERTAIN, MessageState.FAILED: Fate.FAILED}
    return known.get(message.state, Fate.WAITING)


def _acknowledged(scope: Scope) -> Iterator[Entry]:
    for row in _rows(scope, Acknowledgement):
        if scope.concerns(row.contact_id):
            yield scope.entry(
                row.obligation_id, row.acknowledged_at, Happening.ACKNOWLEDGED, row.contact_id
            )


def _promised(scope: Scope) -> Iterator[Entry]:
    for row in _rows(scope, Promise):
        if scope.concerns(row.contact_id):
            yield scope.entry(
                row.obligation_id,
                row.made_at,
                Happening.PROMISED,
                row.contact_id,
                until=row.promised_for,
                words=row.state.value,
            )


def _reported(scope: Scope) -> Iterator[Entry]:
    for row in _rows(scope, Report):
        if scope.concerns(row.author_id):
            yield scope.entry(
                row.obligation_id, row.submitted_at, Happening.SUBMITTED, row.author_id
            )
        judged = {Verdict.RETURNED: Happening.RETURNED, Verdict.ACCEPTED: Happening.ACCEPTED}
        what = judged.get(row.verdict)
        if what and row.verdict_at and scope.concerns(row.verdict_by_id):
            words = row.verdict_reason if what is Happening.RETURNED else ""
            yield scope.entry(
                row.obligation_id, row.verdict_at, what, row.verdict_by_id, words=words
            )


def _extended(scope: Scope) -> Iterator[Entry]:
    for row in _rows(scope, Extension):
        if scope.concerns(row.extended_by_id):
            yield scope.entry(
                row.obligation_id,
                row.extended_at,
                Happening.EXTENDED,
                row.extended_by_id,
                until=row.due_after,
                words=row.reason,
            )


def _released(scope: Scope) -> Iterator[Entry]:
    for row in _rows(scope, Release):
        sent = row.verdict is ReleaseVerdict.SENT
        what = Happening.RELEASED if sent else Happening.HELD_BACK
        if scope.concerns(row.decided_by_id):
            yield scope.entry(row.obligation_id, row.decided_at, what, row.decided_by_id)


def _difficulties(scope: Scope) -> Iterator[Entry]:
    """What somebody who was alarmed said stands in the way, while that report was open."""
    told = select(Notice.subject_id).where(Notice.subject_kind == PROBLEM)
    query = select(Problem).where(
        col(Problem.project_id).in_({one.project_id for one in scope.reports.values()}),
        col(Problem.id).in_(told),
    )
    for row in scope.session.exec(query):
        one = _open_then(scope, row.project_id, row.raised_at)
        if one and scope.concerns(row.raised_by_id):
            yield scope.entry(
                one.obligation_id,
                row.raised_at,
                Happening.DIFFICULTY,
                row.raised_by_id,
                words=row.text,
            )


def _open_then(scope: Scope, project_id: int, at: dtm.datetime) -> Recorded | None:
    """The newest of the project's reports whose month was open at that moment."""
    was_open = [
        one
        for one in scope.reports.values()
        if one.project_id == project_id
        and one.opens_at <= at
        and (one.closed_at is None or at <= one.closed_at)
    ]
    return max(was_open, key=lambda one: one.month, default=None)


def _holds(scope: Scope) -> Iterator[Entry]:
    reports = scope.reports.values()
    for row in scope.session.exec(select(Hold)):
        covered = [one for one in reports if _covers(row, one)]
        ends = row.lifted_at or row.until
        if not any(_was_open(one, row.since, ends) for one in covered):
            continue
        first, count = covered[0].obligation_id, len(covered)
        if scope.concerns(row.held_by_id):
            yield scope.entry(
                first,
                row.since,
                Happening.HELD,
                row.held_by_id,
                reports=count,
                words=row.reason,
                until=row.until,
            )
        if row.lifted_at and scope.concerns(row.lifted_by_id):
            yield scope.entry(
                first, row.lifted_at, Happening.LIFTED, row.lifted_by_id, reports=count
            )


def _covers(hold: Hold, one: Recorded) -> bool:
    match hold.scope:
        case HoldScope.PROJECT:
            return hold.project_id == one.project_id
        case HoldScope.UNIT:
            return hold.organisation_id == one.unit_id
    return True


def _was_open(one: Recorded, since: dtm.datetime, until: dtm.datetime | None) -> bool:
    begins_before_end = one.closed_at is None or since <= one.closed_at
    return begins_before_end and (until is None or one.opens_at <= until)


def _handovers(scope: Scope) -> Iterator[Entry]:
    query = select(Handover).where(
        col(Handover.project_id).in_({one.project_id for one in scope.reports.values()})
    )
    for row in scope.session.exec(query):
        one = _open_then(scope, row.project_id, row.asked_at)
        if one and (scope.concerns(row.from_contact_id) or scope.concerns(row.to_contact_id)):
            yield scope.entry(
                one.obligation_id,
                row.asked_at,
                Happening.HANDED_OVER,
                row.from_contact_id,
                words=scope.name(row.to_contact_id) or row.named,
            )


def _revisions(scope: Scope) -> dict[int, int]:
    """The obligation of each revision of these reports."""
    return {row.id: row.obligation_id for row in _rows(scope, Report)}


def _rows(scope: Scope, table: Any) -> Collection[Any]:
    """The rows of a table that are about these reports."""
    found = select(table).where(table.obligation_id.in_(scope.reports))
    return scope.session.exec(found.order_by(table.id)).all()
