"""The office whose year is lived: thirty projects, four lead units, six owners, some twenty people.

A person's name says what they are to the story; the script says what they do.
"""

from dataclasses import dataclass

from sqlmodel import Session

from db.tables.people import Contact, Organisation
from db.tables.programme import Listing, Programme, Project
from domain.access import ScopeKind
from domain.vocabulary import Language, Level, PlanCategory, Role, Sector
from tests import builders

OFFICE = "市重大办"
HOUSING, TRAFFIC, SCHOOLS, COUNTY = "市住建局", "市交通局", "市教育局", "柳江区发改局"


@dataclass(frozen=True)
class Person:
    """Somebody of the contact book; no account is not linked yet."""

    name: str
    unit: str
    role: Role
    account: int
    is_linked: bool = True


MENG = Person("蒙协调员", OFFICE, Role.COORDINATOR, 1)
TAN = Person("谭督查", OFFICE, Role.INSPECTOR, 2)
LU = Person("陆局长", HOUSING, Role.FIRST_RESPONSIBLE, 11)
QIN = Person("覃专员", HOUSING, Role.COMMISSIONER, 12)
HUANG = Person("黄联络员", HOUSING, Role.LIAISON, 13)
LUO = Person("罗信息员", HOUSING, Role.INFORMATION_OFFICER, 14)
LIANG = Person("梁局长", TRAFFIC, Role.FIRST_RESPONSIBLE, 21)
YAN = Person("颜专员", TRAFFIC, Role.COMMISSIONER, 22)
MO = Person("莫联络员", TRAFFIC, Role.LIAISON, 23)
SU = Person("苏局长", SCHOOLS, Role.FIRST_RESPONSIBLE, 31)
OU = Person("欧专员", SCHOOLS, Role.COMMISSIONER, 32)
NONG = Person("农联络员", SCHOOLS, Role.LIAISON, 33)
CEN = Person("岑信息员", SCHOOLS, Role.INFORMATION_OFFICER, 34)
BAN = Person("班局长", COUNTY, Role.FIRST_RESPONSIBLE, 41)
GAN = Person("甘专员", COUNTY, Role.COMMISSIONER, 42)
SHI = Person("石联络员", COUNTY, Role.LIAISON, 43)
WEI = Person("韦信息员", "样例城投公司", Role.INFORMATION_OFFICER, 51)
WU = Person("吴信息员", "样例交投公司", Role.INFORMATION_OFFICER, 52)
HE = Person("何信息员", "样例水务公司", Role.INFORMATION_OFFICER, 53)
DENG = Person("邓信息员", "样例教投公司", Role.INFORMATION_OFFICER, 54, is_linked=False)
LIAO = Person("廖信息员", "样例文旅公司", Role.INFORMATION_OFFICER, 55)
PAN = Person("潘信息员", "柳江城建公司", Role.INFORMATION_OFFICER, 56)
ZHOU = Person("周信息员", "柳江城建公司", Role.INFORMATION_OFFICER, 57)

PEOPLE = (
    *(MENG, TAN, LU, QIN, HUANG, LUO, LIANG, YAN, MO, SU, OU, NONG, CEN, BAN, GAN, SHI),
    *(WEI, WU, HE, DENG, LIAO, PAN),
)
"""Whoever is there when the year begins; 周信息员 comes in autumn."""


@dataclass(frozen=True)
class Works:
    """A project of the year's programme; money in yuan."""

    name: str
    unit: str
    owner: str
    category: PlanCategory
    planned: int
    levels: tuple[Level, ...] = (Level.CITY,)


def _works(
    unit: str, owner: str, lines: str, levels: tuple[Level, ...] = (Level.CITY,)
) -> tuple[Works, ...]:
    parts = (line.split() for line in lines.strip().splitlines())
    return tuple(
        Works(name, unit, owner, PlanCategory(category), int(planned) * 1_000_000, levels)
        for name, category, planned in parts
    )


PROJECTS = (
    *_works(
        HOUSING,
        WEI.unit,
        """
        白露大道（一期） continuing 120
        静兰湿地公园 continuing 60
        河东污水管网改造 new_start 36
        文昌桥加固工程 completion 24
        老旧小区改造（三批） continuing 48
        市民活动中心 preparatory 10
        """,
    ),
    *_works(
        HOUSING,
        HE.unit,
        """
        柳东水厂扩建 continuing 84
        城北排涝泵站 new_start 30
        """,
    ),
    *_works(
        HOUSING,
        HOUSING,
        """
        保障房（阳和地块） continuing 96
        地下管线普查 preparatory 8
        """,
    ),
    *_works(
        TRAFFIC,
        WU.unit,
        """
        官塘大桥引桥 continuing 72
        """,
    ),
    *_works(
        TRAFFIC,
        WU.unit,
        """
        柳石路快速化 continuing 240
        南环货运站 new_start 60
        """,
        (Level.CITY, Level.REGION),
    ),
    *_works(
        TRAFFIC,
        WU.unit,
        """
        阳和公交枢纽 completion 36
        西鹅码头改造 preparatory 12
        """,
    ),
    *_works(
        TRAFFIC,
        LIAO.unit,
        """
        百里柳江步道 continuing 42
        窑埠游客码头 new_start 18
        龙潭景区路网 continuing 54
        """,
    ),
    *_works(
        SCHOOLS,
        DENG.unit,
        """
        柳江新高中 continuing 108
        沙塘小学迁建 new_start 30
        职教园区二期 continuing 132
        特教学校 preparatory 6
        """,
    ),
    *_works(
        SCHOOLS,
        WEI.unit,
        """
        体育公园（二期） completion 60
        市图书馆新馆 continuing 90
        少年宫改造 new_start 24
        """,
    ),
    *_works(
        COUNTY,
        PAN.unit,
        """
        拉堡农贸市场 continuing 18
        新兴工业园路 continuing 66
        进德卫生院 new_start 15
        穿山水库除险 completion 27
        三都文化站 preparatory 5
        """,
        (Level.COUNTY,),
    ),
)


class Office:
    """The rows of the office, by the names of its people and projects."""

    def __init__(self, session: Session, language: Language) -> None:
        builders.an_office(session, language)
        self.contacts: dict[str, Contact] = {}
        for person in PEOPLE:
            self.joins(session, person, language)
        self.projects = {works.name: _project(session, works) for works in PROJECTS}
        self.listed(session, 2026)

    def joins(self, session: Session, person: Person, language: Language) -> Contact:
        """Somebody takes their place in the contact book and their post."""
        unit = builders.a_unit(session, person.unit)
        contact = builders.a_contact(
            session,
            person.name,
            unit=unit,
            account=person.account if person.is_linked else None,
            phone=f"199000000{person.account:02d}",
            language=language,
        )
        at_office = person.role in (Role.COORDINATOR, Role.INSPECTOR)
        kind = ScopeKind.ALL if at_office else ScopeKind.ORGANISATION
        builders.an_assignment(session, contact, person.role, kind, None if at_office else unit.id)
        self.contacts[person.name] = contact
        return contact

    def listed(self, session: Session, year: int) -> None:
        """The programmes of a year; what was completed the year before is not in them."""
        for works in PROJECTS:
            if year == 2026 or works.category is not PlanCategory.COMPLETION:
                for level in works.levels:
                    programme = builders.a_programme(session, year, level)
                    _listing(session, self.projects[works.name], works, programme)


def _project(session: Session, works: Works) -> Project:
    region = "柳江区" if works.unit == COUNTY else "柳州市"
    level = Level.COUNTY if works.unit == COUNTY else Level.CITY
    return builders.a_project(
        session,
        works.name,
        region=builders.a_region(session, region, level),
        owner=builders.a_unit(session, works.owner),
    )


def _listing(session: Session, project: Project, works: Works, programme: Programme) -> Listing:
    units: tuple[Organisation, ...] = (builders.a_unit(session, works.unit),)
    return builders.a_listing(
        session,
        project,
        programme=programme,
        units=units,
        plan_category=works.category,
        sector=Sector.INFRASTRUCTURE,
        total_investment=works.planned * 4,
        annual_planned_investment=works.planned,
    )
