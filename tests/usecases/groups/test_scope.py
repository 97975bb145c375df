"""Nothing out of scope is ever posted: random programmes, groups at every level and region."""

import re
from dataclasses import dataclass
from random import Random

import pytest
from sqlmodel import Session, select

from db.tables.groups import Group, WorkGroup
from db.tables.meetings import Meeting, MeetingState
from db.tables.people import Contact, Organisation, Region
from db.tables.programme import Listing, Programme, Project
from db.tables.reporting import Obligation, ObligationState
from db.tables.speech import Message
from domain.access import ScopeKind
from domain.vocabulary import Level, Role
from tests import builders
from tests.builders import LONG_AGO, NOW, Cast
from tests.rounds import at
from tests.usecases.groups.room import posted
from usecases.listings import listings_of
from usecases.meetings.planning import open_draft, seat

REGIONS = ("柳江区", "鹿寨县", "融安县")
UNITS = tuple(f"样例第{number}单位" for number in "一二三四五六七")
ROLES = (Role.INFORMATION_OFFICER, Role.LIAISON, Role.COMMISSIONER, Role.FIRST_RESPONSIBLE)
MORNING = at(26, 9)


@dataclass(frozen=True)
class Owed:
    """A project's report as it was made up."""

    level: Level
    region_id: int | None
    unit: str
    is_missing: bool


@pytest.mark.parametrize("seed", range(12))
def test_everything_posted_belongs_to_the_scope_of_its_group(session: Session, seed: int) -> None:
    random = Random(seed)
    cast = builders.the_cast(session)
    builders.an_obligation(session, cast.listing, 11, state=ObligationState.ACCEPTED)
    made_up_projects(session, random)
    made_up_people(session)
    made_up_meetings(session, random)
    groups = a_group_for_every_scope(session, cast)

    posts = posted(session, MORNING)
    owed = reports(session)
    assert {post.kind for post in posts} == {"group_counts", "group_meeting"}
    for post in posts:
        level, region_id = groups[post.chat_id]
        mine = [one for one in owed if one.level is level and region_id in (None, one.region_id)]
        names_only(post, {one.unit for one in mine})
        calls_nobody_by_name_or_from_above(session, post, {one.unit for one in mine})
        if post.kind == "group_counts":
            counts_exactly(post, mine)
        else:
            is_a_meeting_of(post, level, region_name(session, region_id))


def made_up_projects(session: Session, random: Random) -> None:
    """Thirty projects at any level, in any region, led by any unit; half of them have reported."""
    for number in range(30):
        region = builders.a_region(session, random.choice(REGIONS), Level.COUNTY)
        project = builders.a_project(session, f"样例项目{number}", region=region)
        programme = builders.a_programme(session, level=random.choice(tuple(Level)))
        units = [builders.a_unit(session, name) for name in random.sample(UNITS, 2)]
        listing = builders.a_listing(session, project, programme=programme, units=tuple(units))
        state = random.choice((ObligationState.OPEN, ObligationState.SUBMITTED))
        builders.an_obligation(session, listing, 11, state=state)


def made_up_people(session: Session) -> None:
    """Every unit has somebody in each role, all linked."""
    for number, name in enumerate(UNITS):
        unit = builders.a_unit(session, name)
        for place, role in enumerate(ROLES):
            person = builders.a_contact(
                session, f"样例人员{number}{place}", unit=unit, account=5000 + 10 * number + place
            )
            builders.an_assignment(session, person, role, ScopeKind.ORGANISATION, unit.id)


def made_up_meetings(session: Session, random: Random) -> None:
    """A meeting at every level and one in every county, each with a guest from anywhere."""
    regions = session.exec(select(Region).where(Region.name.in_(REGIONS))).all()  # type: ignore[attr-defined]
    scopes: list[tuple[Level, int | None]] = [(level, None) for level in Level]
    scopes += [(Level.COUNTY, region.id) for region in regions]
    for level, region_id in scopes:
        row = Meeting(
            level=level,
            region_id=region_id,
            starts_at=at(27, 15),
            place="样例会议室",
            called_at=NOW,
            notice_at=NOW,
        )
        meeting = open_draft(session, row, NOW)
        invited = {unit.organisation.id for unit in meeting.units}
        guest = builders.a_unit(session, random.choice(UNITS))
        seat(session, row.id, {guest.id} - invited)
        row.state = MeetingState.PUBLISHED
        session.add(row)
    session.flush()


def a_group_for_every_scope(session: Session, cast: Cast) -> dict[int, tuple[Level, int | None]]:
    """A group for every level and for every region at it, by its chat."""
    regions = [None, *(region.id for region in session.exec(select(Region)))]
    groups = {}
    for number, (level, region_id) in enumerate(
        (level, region_id) for level in Level for region_id in regions
    ):
        group = Group(chat_id=-2000 - number, title=f"样例群{number}", joined_at=LONG_AGO)
        session.add(group)
        session.flush()
        session.add(
            WorkGroup(
                group_id=group.id,
                level=level,
                region_id=region_id,
                bound_by_id=cast.meng.id,
                bound_at=LONG_AGO,
            )
        )
        groups[group.chat_id] = (level, region_id)
    session.flush()
    return groups


def reports(session: Session) -> list[Owed]:
    """Every report that is owed, read anew from the programmes."""
    query = (
        select(Obligation, Listing, Programme, Project)
        .join(Listing, Listing.id == Obligation.listing_id)  # type: ignore[arg-type]
        .join(Programme, Programme.id == Listing.programme_id)  # type: ignore[arg-type]
        .join(Project, Project.id == Listing.project_id)  # type: ignore[arg-type]
    )
    rows = session.exec(query).all()
    listings = listings_of(session, [project.id for *_, project in rows])
    found = []
    for obligation, _, programme, project in rows:
        lead = listings[project.id][0].lead_unit
        assert lead
        missing = obligation.state is ObligationState.OPEN
        found.append(Owed(programme.level, project.region_id, lead.name, missing))
    return found


def names_only(post: Message, units: set[str]) -> None:
    """No unit from elsewhere is named."""
    assert {name for name in (*UNITS, "柳州市住建局") if name in post.text} <= units


def calls_nobody_by_name_or_from_above(session: Session, post: Message, units: set[str]) -> None:
    """No person and no project is named; whoever is called reports or reviews for these units."""
    names = [*session.exec(select(Contact.name)), *session.exec(select(Project.name))]
    assert [name for name in names if name in post.text] == []
    for account in map(int, re.findall(r"tg://user\?id=(\d+)", post.text)):
        person = session.exec(select(Contact).where(Contact.telegram_user_id == account)).one()
        unit = session.get_one(Organisation, person.organisation_id)
        assert unit.name in units
        assert account % 10 < 2 or account == 1002


def counts_exactly(post: Message, mine: list[Owed]) -> None:
    """The counts in all and unit by unit are those of the scope."""
    missing = sum(one.is_missing for one in mine)
    total = f"应报{len(mine)}，已报{len(mine) - missing}，未报{missing}"
    assert total in post.text
    said = re.findall(r"\n\d+ (\S+)：应报(\d+) 已报(\d+)", post.text)
    units = {one.unit for one in mine} if missing else set()
    assert {unit for unit, _, _ in said} == units
    for unit, expected, reported in said:
        theirs = [one for one in mine if one.unit == unit]
        assert int(expected) == len(theirs)
        assert int(reported) == len(theirs) - sum(one.is_missing for one in theirs)


def is_a_meeting_of(post: Message, level: Level, region: str) -> None:
    """A level's own meeting is not for one region's group."""
    words = {Level.REGION: "自治区级", Level.CITY: "市级", Level.COUNTY: "县级"}
    counties = REGIONS if level is Level.COUNTY else ()
    fitting = [region] if region else [words[level], *counties]
    assert any(f"会议通知：{name}重大项目" in post.text for name in fitting)


def region_name(session: Session, region_id: int | None) -> str:
    return session.get_one(Region, region_id).name if region_id else ""
