"""The office's people and things, with keyword defaults: the only way tests make rows.

The cast: Wei is the owner's information officer, Huang the lead unit's liaison, Qin its
commissioner, Lu its first-responsible person, Meng the coordinator, Tan the inspector, and Ou
belongs to another unit altogether.
"""

import datetime as dtm
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session, select

from db.tables.office import Office
from db.tables.people import Assignment, Contact, Organisation, Region
from db.tables.programme import Listing, Programme, Project, ResponsibleUnit
from db.tables.reporting import (
    Obligation,
    ObligationState,
    Problem,
    Report,
    ReportingPeriod,
    ReportSource,
    Verdict,
)
from domain.access import ScopeKind
from domain.policy import Basis
from domain.vocabulary import (
    ActualState,
    Language,
    Level,
    PlanCategory,
    ProblemKind,
    Role,
    Sector,
)
from usecases.asker import Asker, Caller, identify
from usecases.founding import found_office

Row = TypeVar("Row")

# A Wednesday, 10:00 in the office.
NOW = dtm.datetime(2026, 11, 18, 2, 0, tzinfo=dtm.UTC)
LONG_AGO = dtm.datetime(2026, 1, 1, tzinfo=dtm.UTC)


def an_office(session: Session, language: Language = Language.ZH) -> Office:
    """The office itself, in Shanghai time."""
    found_office(session, "Asia/Shanghai", language)
    row = session.exec(select(Office)).one()
    row.bot_username = "liaison_test_bot"
    return row


def a_region(session: Session, name: str = "柳州市", level: Level = Level.CITY) -> Region:
    """A region by its name; the same name is the same region."""
    found = session.exec(select(Region).where(Region.name == name)).one_or_none()
    return found or _kept(session, Region(name=name, level=level))


def a_unit(session: Session, name: str = "柳州市住建局") -> Organisation:
    """An organisation by its name; the same name is the same organisation."""
    found = session.exec(select(Organisation).where(Organisation.name == name)).one_or_none()
    return found or _kept(session, Organisation(name=name))


def a_contact(
    session: Session,
    name: str = "韦信息员",
    *,
    unit: Organisation | None = None,
    phone: str | None = None,
    account: int | None = None,
    language: Language = Language.ZH,
    position: str = "",
) -> Contact:
    """Somebody in the contact book, linked when `account` is given."""
    contact = Contact(
        name=name,
        phone=phone,
        organisation_id=unit.id if unit else None,
        position=position,
        language=language,
        telegram_user_id=account,
        linked_at=LONG_AGO if account else None,
    )
    return _kept(session, contact)


def an_assignment(
    session: Session,
    contact: Contact,
    role: Role = Role.LIAISON,
    scope_kind: ScopeKind = ScopeKind.ALL,
    scope_id: int | None = None,
    *,
    since: dtm.datetime = LONG_AGO,
    until: dtm.datetime | None = None,
) -> Assignment:
    """A contact holds a role over a scope."""
    row = Assignment(
        contact_id=contact.id,
        role=role,
        scope_kind=scope_kind,
        scope_id=scope_id,
        since=since,
        until=until,
    )
    return _kept(session, row)


def a_programme(session: Session, year: int = 2026, level: Level = Level.CITY) -> Programme:
    """A programme of a year and level; the same ones are the same programme."""
    found = select(Programme).where(Programme.year == year, Programme.level == level)
    row = session.exec(found).one_or_none()
    return row or _kept(session, Programme(level=level, year=year, created_at=LONG_AGO))


def a_project(
    session: Session,
    name: str = "白露大道（一期）",
    *,
    region: Region | None = None,
    owner: Organisation | None = None,
    code: str | None = None,
    place: str = "",
    actual_state: ActualState = ActualState.UNDER_CONSTRUCTION,
) -> Project:
    """A project's identity."""
    project = Project(
        name=name,
        code=code,
        place=place,
        region_id=(region or a_region(session)).id,
        owner_id=(owner or a_unit(session, "样例城投公司")).id,
        actual_state=actual_state,
        created_at=LONG_AGO,
    )
    return _kept(session, project)


def a_listing(
    session: Session,
    project: Project | None = None,
    *,
    programme: Programme | None = None,
    units: tuple[Organisation, ...] = (),
    plan_category: PlanCategory = PlanCategory.CONTINUING,
    sector: Sector | None = Sector.INFRASTRUCTURE,
    total_investment: int | None = 500_000_000,
    annual_planned_investment: int | None = 120_000_000,
) -> Listing:
    """A project listed in a programme, with its responsible units in order."""
    project = project or a_project(session)
    programme = programme or a_programme(session)
    row = Listing(
        project_id=project.id,
        programme_id=programme.id,
        plan_category=plan_category,
        sector=sector,
        total_investment=total_investment,
        annual_planned_investment=annual_planned_investment,
        listed_at=LONG_AGO,
    )
    _kept(session, row)
    for position, unit in enumerate(units or (a_unit(session),), start=1):
        _kept(
            session,
            ResponsibleUnit(listing_id=row.id, position=position, organisation_id=unit.id),
        )
    return row


@dataclass(frozen=True)
class Cast:
    """The people of one project, all linked, and two who have nothing to do with it."""

    listing: Listing
    project: Project
    wei: Contact
    huang: Contact
    qin: Contact
    lu: Contact
    meng: Contact
    tan: Contact
    ou: Contact


def the_cast(session: Session) -> Cast:
    """白露大道（一期） with its whole chain, the office, and a stranger to it."""
    an_office(session)
    lead, owner, other = (
        a_unit(session),
        a_unit(session, "样例城投公司"),
        a_unit(session, "市教育局"),
    )
    project = a_project(session, owner=owner)
    listing = a_listing(session, project, units=(lead,))

    def person(name: str, account: int, unit: Organisation, role: Role) -> Contact:
        contact = a_contact(
            session, name, unit=unit, account=account, phone=f"1990000{account:04d}"
        )
        office_role = role in (Role.COORDINATOR, Role.INSPECTOR)
        kind = ScopeKind.ALL if office_role else ScopeKind.ORGANISATION
        an_assignment(session, contact, role, kind, None if office_role else unit.id)
        return contact

    office = a_unit(session, "市重大办")
    return Cast(
        listing,
        project,
        wei=person("韦信息员", 1001, owner, Role.INFORMATION_OFFICER),
        huang=person("黄联络员", 1002, lead, Role.LIAISON),
        qin=person("覃专员", 1003, lead, Role.COMMISSIONER),
        lu=person("陆局长", 1004, lead, Role.FIRST_RESPONSIBLE),
        meng=person("蒙协调员", 1005, office, Role.COORDINATOR),
        tan=person("谭督查", 1006, office, Role.INSPECTOR),
        ou=person("欧联络员", 1007, other, Role.LIAISON),
    )


def asker(session: Session, contact: Contact | None, now: dtm.datetime = NOW) -> Asker:
    """This contact asking in their own chat; None is somebody unknown."""
    account = contact.telegram_user_id if contact else 9999
    assert account is not None
    return identify(session, Caller(account, account, is_private=True), now)


def a_period(session: Session, month: int, year: int = 2026) -> ReportingPeriod:
    """A month that is reported, open from its first day, due on its 25th at 18:00."""
    found = select(ReportingPeriod).where(
        ReportingPeriod.year == year, ReportingPeriod.month == month
    )
    row = session.exec(found).one_or_none()
    opens = dtm.datetime(year, month, 1, tzinfo=dtm.UTC)
    due = dtm.datetime(year, month, 25, 10, tzinfo=dtm.UTC)
    return row or _kept(
        session, ReportingPeriod(year=year, month=month, opens_at=opens, due_at=due)
    )


def an_obligation(
    session: Session,
    listing: Listing,
    month: int,
    year: int = 2026,
    state: ObligationState = ObligationState.OPEN,
) -> Obligation:
    """The listing's project owes this month's report; the same month is the same obligation."""
    period = a_period(session, month, year)
    found = select(Obligation).where(
        Obligation.project_id == listing.project_id, Obligation.period_id == period.id
    )
    row = session.exec(found).one_or_none() or Obligation(
        project_id=listing.project_id,
        period_id=period.id,
        listing_id=listing.id,
        due_at=period.due_at,
    )
    row.state = state
    return _kept(session, row)


def an_accepted_month(
    session: Session,
    listing: Listing,
    month: int,
    invested: int | None = 8_600_000,
    *,
    year: int = 2026,
    progress: str = "",
    at: dtm.datetime | None = None,
) -> Report:
    """A month's report, accepted on its due day unless `at`; a second one corrects the first."""
    obligation = an_obligation(session, listing, month, year, ObligationState.ACCEPTED)
    earlier = select(Report).where(Report.obligation_id == obligation.id)
    report = Report(
        obligation_id=obligation.id,
        revision=len(session.exec(earlier).all()) + 1,
        source=ReportSource.CHAT,
        basis=Basis.EXPECTED_TO_MONTH_END,
        invested_month=invested,
        physical_progress=progress,
        submitted_at=at or obligation.due_at,
        verdict=Verdict.ACCEPTED,
        verdict_at=at or obligation.due_at,
    )
    return _kept(session, report)


def a_problem(
    session: Session,
    project: Project,
    kind: ProblemKind = ProblemKind.LAND_ACQUISITION,
    text: str = "剩2户未签约",
    *,
    raised: dtm.datetime = LONG_AGO,
    adopted: dtm.datetime | None = LONG_AGO,
    closed: dtm.datetime | None = None,
) -> Problem:
    """Something in a project's way; adopted unless `adopted` is None."""
    row = Problem(
        project_id=project.id,
        kind=kind,
        text=text,
        raised_at=raised,
        adopted_at=adopted,
        closed_at=closed,
    )
    return _kept(session, row)


def _kept(session: Session, row: Row) -> Row:
    session.add(row)
    session.flush()
    return row
