import datetime as dtm
from dataclasses import dataclass

import pytest
from sqlmodel import Session, select

from db.tables.programme import BalanceKind, OpeningBalance
from db.tables.reporting import (
    Obligation,
    ObligationState,
    Problem,
    Report,
    ReportDraft,
    ReportSource,
    ReportTable,
)
from domain.reporting.naming import NotPlaced
from domain.vocabulary import PlanCategory, ProblemKind
from templates.dialogs import DialogAsleep
from templates.lookup import NothingFound
from templates.many import ManyDrop, ManyDropped, ManyKept, ManyStart, ManySubmitted, ManyTable
from templates.message import Message
from templates.refusals import NotYours
from templates.reporting import NothingOwed, ReportQuestion
from templates.status import StatusCard
from tests import builders
from tests.builders import LONG_AGO, NOW, Cast, asker
from tests.usecases.reporting.conversing import only, words
from usecases import dialogs
from usecases.asker import Asker
from usecases.lookup import look_up
from usecases.reporting import filling, submitting
from usecases.reporting.many import submitting as many_submitting
from usecases.reporting.many import table

WAN = 10_000
NAMES = ("白露大道（一期）", "柳江新高中", "柳江区体育公园（二期）")


@dataclass
class Many:
    """One person's side of filling in many."""

    session: Session
    cast: Cast
    owed: list[Obligation]
    now: dtm.datetime = NOW

    def begins(self) -> Message:
        return only(table.begin(self.session, self.wei, None, self.now))

    def types(self, text: str) -> Message:
        return only(dialogs.hear(look_up)(self.session, self.wei, text, self.now))

    def tells(self, text: str) -> ManyTable:
        told = self.types(text)
        assert isinstance(told, ManyTable)
        return told

    def submits(self, shown: Message) -> Message:
        assert isinstance(shown, ManyTable)
        return only(many_submitting.submit(self.session, self.wei, shown.version, self.now))

    @property
    def wei(self) -> Asker:
        return asker(self.session, self.cast.wei, self.now)

    def states(self) -> list[ObligationState]:
        return [ObligationState(one.state) for one in self.owed]


@pytest.fixture
def cast(session: Session) -> Cast:
    return builders.the_cast(session)


@pytest.fixture
def many(session: Session, cast: Cast) -> Many:
    """Three projects of Wei's with ten accepted months, and November owed."""
    listings = [cast.listing]
    for name in NAMES[1:]:
        project = builders.a_project(session, name, owner=builders.a_unit(session, "样例城投公司"))
        listings.append(builders.a_listing(session, project))
    for listing in listings:
        a_past(session, listing)
    owed = [builders.an_obligation(session, listing, 11) for listing in listings]
    return Many(session, cast, sorted(owed, key=lambda one: name_of(session, one)))


def a_past(session: Session, listing: builders.Listing) -> None:
    for kind, amount, year in (
        (BalanceKind.SINCE_START, 10_000 * WAN, 2025),
        (BalanceKind.YEAR_TO_DATE, 0, 2025),
    ):
        session.add(
            OpeningBalance(
                project_id=listing.project_id,
                kind=kind,
                year=year,
                month=12,
                amount=amount,
                source="test",
                recorded_at=LONG_AGO,
            )
        )
    for month in range(1, 11):
        builders.an_accepted_month(session, listing, month, 1000 * WAN, progress="路基72%")


def name_of(session: Session, obligation: Obligation) -> str:
    return session.get_one(builders.Project, obligation.project_id).name


def test_it_begins_with_the_list_its_numbers_and_an_example(many: Many) -> None:
    start = many.begins()
    assert isinstance(start, ManyStart)
    assert words(start).splitlines() == []


def test_lines_make_one_table_and_one_press_submits_what_is_ready(many: Many) -> None:
    many.begins()
    shown = many.tells(
        "柳江新高中 1200万 主体封顶 无问题\n白露大道 3500 路基80% 无\n体育公园 900万"
    )
    assert words(shown).splitlines() == []
