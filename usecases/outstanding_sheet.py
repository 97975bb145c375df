"""What is outstanding of a month as a workbook to work through."""

import datetime as dtm
from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact, Region
from db.tables.reporting import ObligationState, ReportingPeriod
from domain.access import Action
from domain.chain import Chain, Rung
from templates.documents.outstanding import OutstandingRow, outstanding_workbook
from templates.office import StaleButton
from templates.watch import OutstandingTable
from usecases.answers import Answers, Hand, say
from usecases.asker import Asker
from usecases.chasing.round_state import Expected, chains_of
from usecases.outstanding import days_late, month_of, open_month, within_reach
from usecases.policies import timetable_of
from usecases.rights import entitled


@entitled(Action.READ_OVERDUE)
def hand_outstanding(session: Session, asker: Asker, month_id: int, now: dtm.datetime) -> Answers:
    """All that is outstanding within the asker's reach; phones only where they may see them."""
    month = month_of(session, month_id, now)
    if month is None:
        return say(StaleButton())
    reports = within_reach(session, asker, Action.READ_OVERDUE, month, now)
    outstanding = [one for one in reports if one.is_outstanding]
    rows = _rows(session, asker, month, outstanding, now)
    caption = OutstandingTable(open_month(month), now, len(rows))
    name = f"outstanding-{month.year}-{month.month:02}.xlsx"
    return (Hand(caption, name, outstanding_workbook(rows, asker.voice)),)


def _rows(
    session: Session,
    asker: Asker,
    month: ReportingPeriod,
    outstanding: Sequence[Expected],
    now: dtm.datetime,
) -> list[OutstandingRow]:
    chains = chains_of(session, outstanding, now)
    people = _people(session, chains.values())
    regions = dict(session.exec(select(Region.id, Region.name)).all())
    rules = timetable_of(session, month.policy_version_id)
    rows = []
    for one in outstanding:
        seat = chains[one.obligation.id].seat(Rung.MAIN_REPORTER)
        reporter = people.get(seat.acting_id or seat.holder_id or 0) if seat else None
        shows_phone = reporter is not None and asker.may(Action.READ_PHONES, one.ground)
        row = OutstandingRow(
            unit=one.listed.lead_unit.name if one.listed.lead_unit else "",
            region=regions.get(one.region_id, ""),
            project=one.project.name,
            due_at=one.obligation.due_at,
            days_late=days_late(rules, one, now),
            is_returned=one.obligation.state is ObligationState.RETURNED,
            reporter=reporter.name if reporter else "",
            phone=(reporter.phone or "") if reporter and shows_phone else "",
            gap=seat.gap if seat else None,
        )
        rows.append(row)
    return sorted(rows, key=lambda row: (row.unit, row.due_at, row.project))


def _people(session: Session, chains: Iterable[Chain]) -> dict[int, Contact]:
    seats = [chain.seat(Rung.MAIN_REPORTER) for chain in chains]
    ids = {seat.acting_id or seat.holder_id for seat in seats if seat}
    rows = session.exec(select(Contact).where(col(Contact.id).in_([one for one in ids if one])))
    return {row.id: row for row in rows}
