"""What somebody may fill in at once: the reports, their numbers, and what is filled in so far."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from db.tables.programme import ProjectAlias
from db.tables.reporting import Obligation, ReportDraft, ReportTable
from domain.access import Action
from domain.reporting import machine
from domain.reporting.filling import Filling
from domain.reporting.naming import Candidate
from domain.reporting.table import Table
from usecases.asker import Asker
from usecases.reporting.matters import Matter, hold_books
from usecases.reporting.owed import standing_matters
from usecases.reporting.rights import is_reporter


@dataclass(frozen=True, slots=True)
class Row:
    """A report, its number in the list (below 0 once it is in), and its draft, if any."""

    matter: Matter
    number: int
    draft: ReportDraft | None
    is_mine: bool

    @property
    def id(self) -> int:
        return self.matter.id

    @property
    def is_owed(self) -> bool:
        """Whether it can be filled in at present."""
        return self.matter.obstacle is None

    @property
    def is_begun(self) -> bool:
        """Whether the asker has filled in something of it."""
        return self.is_owed and self.draft is not None and self.is_mine

    @property
    def filling(self) -> Filling:
        """What is filled in so far."""
        if self.draft is None:
            return machine.start(self.matter.base)
        return Filling.of_data(self.draft.content)


@dataclass(frozen=True, slots=True)
class Rows:
    """The reports somebody owes or has sent, by their numbers, and what is known of their table."""

    rows: tuple[Row, ...]
    table: Table

    @property
    def owed(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.is_owed)

    @property
    def begun(self) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.is_begun)

    def row(self, obligation_id: int) -> Row | None:
        """The row of a report, if it is among them."""
        return next((row for row in self.rows if row.id == obligation_id), None)


def rows_of(session: Session, asker: Asker, now: dtm.datetime) -> Rows:
    """The asker's own reports, or those they may fill in for others where they have none."""
    standing = standing_matters(session, asker, Action.REPORT, now)
    drafts = drafts_of(session, [matter.id for matter in standing])
    own = [one for one in standing if _is_own(asker, one, drafts.get(one.id))]
    theirs = sorted(own or standing, key=lambda one: (one.obligation.due_at, one.project.name))
    table = table_of(session, asker).numbered(one.id for one in theirs if one.obstacle is None)
    rows = [_row(asker, table, matter, drafts.get(matter.id)) for matter in theirs]
    return Rows(tuple(sorted(rows, key=lambda row: row.number)), table)


def candidates(session: Session, rows: Rows) -> list[Candidate]:
    """The reports as lines may name them."""
    names = _aliases(session, [row.matter.project.id for row in rows.rows])
    return [
        Candidate(
            row.id,
            row.number,
            row.matter.project.name,
            row.matter.period,
            tuple(names[row.matter.project.id]),
            row.matter.project.code,
            row.matter.base.is_preparatory,
        )
        for row in rows.rows
    ]


def locked(session: Session, asker: Asker, rows: Rows, ids: Collection[int]) -> Rows:
    """The same with these reports locked, as they and their drafts are at this moment."""
    hold_books(session, ids)
    lock = select(Obligation).where(col(Obligation.id).in_(ids)).order_by(col(Obligation.id))
    session.exec(lock.with_for_update().execution_options(populate_existing=True)).all()
    drafts = drafts_of(session, [row.id for row in rows.rows])
    anew = [_row(asker, rows.table, row.matter, drafts.get(row.id)) for row in rows.rows]
    return replace(rows, rows=tuple(anew))


def keep_filling(
    session: Session, asker: Asker, row: Row, filling: Filling, now: dtm.datetime
) -> None:
    """What is filled in of a report is a draft of the asker's."""
    draft = row.draft or ReportDraft(
        obligation_id=row.id, holder_id=asker.contact_id, touched_at=now
    )
    draft.content, draft.touched_at = filling.as_data(), now
    session.add(draft)
    session.flush()


def table_of(session: Session, asker: Asker) -> Table:
    """What is known of the asker's table; an empty one where they have none."""
    row = _table_row(session, asker)
    return Table.of_data(row.content) if row else Table()


def keep_table(session: Session, asker: Asker, table: Table, now: dtm.datetime) -> None:
    """Remember it."""
    row = _table_row(session, asker) or ReportTable(contact_id=asker.contact_id, touched_at=now)
    row.content, row.touched_at = table.as_data(), now
    session.add(row)
    session.flush()


def forget_table(session: Session, asker: Asker) -> None:
    """The next one begins anew."""
    if row := _table_row(session, asker):
        session.delete(row)
        session.flush()


def drafts_of(session: Session, obligation_ids: Collection[int]) -> dict[int, ReportDraft]:
    """The drafts of these reports, whoever holds them, as they are now."""
    found = select(ReportDraft).where(col(ReportDraft.obligation_id).in_(obligation_ids))
    rows = session.exec(found.execution_options(populate_existing=True))
    return {row.obligation_id: row for row in rows}


def _row(asker: Asker, table: Table, matter: Matter, draft: ReportDraft | None) -> Row:
    number = table.number_of(matter.id) if matter.id in table.numbers else -matter.id
    return Row(matter, number, draft, draft is None or draft.holder_id == asker.contact_id)


def _is_own(asker: Asker, matter: Matter, draft: ReportDraft | None) -> bool:
    holds = draft is not None and draft.holder_id == asker.contact_id
    return holds or is_reporter(asker, matter)


def _table_row(session: Session, asker: Asker) -> ReportTable | None:
    found = select(ReportTable).where(ReportTable.contact_id == asker.contact_id)
    return session.exec(found).one_or_none()


def _aliases(session: Session, project_ids: Sequence[int]) -> dict[int, list[str]]:
    names: defaultdict[int, list[str]] = defaultdict(list)
    found = select(ProjectAlias).where(col(ProjectAlias.project_id).in_(project_ids))
    for row in session.exec(found.order_by(col(ProjectAlias.id))):
        names[row.project_id].append(row.name)
    return names
