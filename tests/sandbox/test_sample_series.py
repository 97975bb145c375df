"""In the sample office the meetings of all three levels run by themselves."""

import datetime as dtm

import pytest
from sqlmodel import Session, col, select

from db.session import Database
from db.tables.meetings import Meeting, MeetingUnit
from db.tables.people import Region
from db.tables.programme import Listing, Programme
from db.tables.reporting import Obligation
from domain.vocabulary import Level
from sandbox.sample import guangxi, liuzhou
from sandbox.seeding import SAMPLE_DAY, seed
from sandbox.seeding.county import COUNTY
from tests.sandbox.small import shrunk
from usecases.meetings.planning import plan_series

FOUR_WEEKS = [SAMPLE_DAY + dtm.timedelta(days=number) for number in range(28)]


@pytest.fixture
def office(database: Database) -> Database:
    city = liuzhou()
    in_county = next(project.name for project in city.projects if project.region == COUNTY)
    seed(database, [shrunk(guangxi()), shrunk(city, also=[in_county])])
    return database


def test_the_planner_drafts_meetings_of_every_level_with_units_to_call(office: Database) -> None:
    with office.transaction() as session:
        for now in FOUR_WEEKS:
            plan_series(session, now)
        found = _meetings(session)
    assert {level for level, _ in found} == set(Level)
    assert {region for level, region in found if level is Level.COUNTY} == {COUNTY}
    assert {region for level, region in found if level is not Level.COUNTY} == {None}
    # Weekly in the county, half-monthly in the city, monthly in the region.
    counts = [sum(known is level for known, _ in found) for level in Level]
    assert counts == sorted(set(counts))


def test_what_a_city_and_its_county_list_reports_once(office: Database) -> None:
    with office.transaction() as session:
        county = select(Programme.id).where(Programme.level == Level.COUNTY)
        projects = select(Listing.project_id).where(
            Listing.programme_id == county.scalar_subquery()
        )
        owed = session.exec(
            select(Obligation.project_id, Obligation.period_id).where(
                col(Obligation.project_id).in_(projects)
            )
        ).all()
    assert len(set(owed)) == len(owed) > 0


def _meetings(session: Session) -> list[tuple[Level, str | None]]:
    """Each meeting that calls somebody: its level, and its region."""
    query = (
        select(Meeting.level, Region.name)
        .join(Region, col(Region.id) == col(Meeting.region_id), isouter=True)
        .where(col(Meeting.id).in_(select(MeetingUnit.meeting_id)))
    )
    return [(Level(level), region) for level, region in session.exec(query)]
