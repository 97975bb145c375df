"""The plan of the year before: December's report belongs to it though it is due in the new year."""

import datetime as dtm
from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, insert, select

from db.tables import programme as tables
from db.tables.programme import BalanceKind, Listing, OpeningBalance, ResponsibleUnit
from domain.periods import Period
from domain.vocabulary import PlanCategory
from sandbox.sample.facts import MonthFact
from sandbox.seeding.projects import Rows

SOURCE = "sample"
# Some years end above their plan, most a little below it.
PLAN_PERCENT = (95, 100, 104, 110, 125)
ROUND_SUM = 1_000_000


def listed_last_year(
    session: Session, rows: Rows, facts: Iterable[MonthFact]
) -> dict[tuple[str, int], Listing]:
    """List the projects that have months of the year before, by code and that year.

    What they had completed before those months becomes their opening balances.
    """
    year = rows.programme.year - 1
    of_year = [fact for fact in facts if fact.year == year]
    first = {fact.code: fact for fact in reversed(of_year)}
    last = {fact.code: fact for fact in of_year}
    if not first:
        return {}
    programme = _programme(session, rows, year)
    listings = {code: _listing(rows, fact, programme) for code, fact in last.items()}
    session.add_all(listings.values())
    session.flush()
    _copy_units(session, rows, listings)
    balances = [_balances(listings[code].project_id, fact) for code, fact in first.items()]
    session.add_all(balance for of_project in balances for balance in of_project)
    return {(code, year): listing for code, listing in listings.items()}


def _programme(session: Session, rows: Rows, year: int) -> tables.Programme:
    begun = dtm.datetime(year, 1, 12, 1, tzinfo=dtm.UTC)
    row = tables.Programme(
        level=rows.row.level,
        year=year,
        batch=rows.row.batch,
        title=rows.row.title.replace(str(year + 1), str(year)),
        created_at=begun,
    )
    session.add(row)
    session.flush()
    return row


def _listing(rows: Rows, december: MonthFact, programme: tables.Programme) -> Listing:
    now = rows.listings[december.code]
    is_new = now.start_year == programme.year
    return Listing(
        project_id=now.project_id,
        programme_id=programme.id,
        plan_category=PlanCategory.NEW_START if is_new else PlanCategory.CONTINUING,
        sector=now.sector,
        scope=now.scope,
        start_year=now.start_year,
        end_year=now.end_year,
        total_investment=now.total_investment,
        annual_planned_investment=_plan(december),
        listed_at=programme.created_at,
    )


def _plan(december: MonthFact) -> int:
    """What the year's plan asked for, in yuan: a round sum a little beside what was done."""
    percent = PLAN_PERCENT[sum(map(ord, december.code)) % len(PLAN_PERCENT)]
    return max(1, round(december.year_to_date * percent / 100 / ROUND_SUM)) * ROUND_SUM


def _copy_units(session: Session, rows: Rows, listings: dict[str, Listing]) -> None:
    """The same units answered for the projects then."""
    new = {rows.listings[code].id: listing.id for code, listing in listings.items()}
    units = session.exec(
        select(ResponsibleUnit).where(col(ResponsibleUnit.listing_id).in_(new))
    ).all()
    copies = [
        {
            "listing_id": new[unit.listing_id],
            "position": unit.position,
            "organisation_id": unit.organisation_id,
        }
        for unit in units
    ]
    session.exec(insert(ResponsibleUnit), params=copies)


def _balances(project_id: int, fact: MonthFact) -> Sequence[OpeningBalance]:
    """What had been completed before the first month there is a report of."""
    before = Period(fact.year, fact.month).previous
    known = dtm.datetime(fact.year, fact.month, 1, tzinfo=dtm.UTC)
    amounts = {
        BalanceKind.YEAR_TO_DATE: fact.year_to_date - fact.invested,
        BalanceKind.SINCE_START: fact.since_start - fact.invested,
    }
    return [
        OpeningBalance(
            project_id=project_id,
            kind=kind,
            year=before.year,
            month=before.month,
            amount=amount,
            source=SOURCE,
            recorded_at=known,
        )
        for kind, amount in amounts.items()
    ]
