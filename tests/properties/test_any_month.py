"""A month of an office whose people press and type whatever they like, at any time.

Whatever they do, the invariants hold after every look of the planner, and every report can still
be brought to its end.
"""

import datetime as dtm
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from db.session import Database
from db.tables.people import Contact
from db.tables.reporting import Obligation, ObligationState, Report, ReportingPeriod
from db.tables.speech import Urgency
from domain.access import ScopeKind
from domain.vocabulary import PlanCategory, Role
from tests import builders, invariants
from tests.offline import Heard, Offline
from tests.rounds import at
from tests.year import hands
from usecases.obligations import LIVE
from usecases.policies import apply_policy, load_year
from usecases.reporting import filling, reviewing

EXAMPLES = 200 if os.environ.get("PROOF") == "full" else 8
WORDS = (
    *("填报", "待办", "审核", "未报", "进展", "暂停催报", "延期", "免报", "请假", "/cancel"),
    *("1200万", "3500", "无问题", "路基80%", "征地拆迁：剩2户", "请核实投资数", "11月27日", "确定"),
    *("白露大道 本月1200万 路基80% 无问题", "黄联络员", "白露大道", "/start", "/help"),
)
# From three working days before the due time, the 25th at 18:00, to a week after it.
DAYS = (20, 23, 24, 25, 26, 27, 28, 30)
HOURS = ((9, 0), (11, 0), (15, 30))
MOMENTS = tuple(at(day, *hour) for day in DAYS for hour in HOURS) + tuple(
    at(30, *hour) + dtm.timedelta(days=days) for days in (1, 2) for hour in HOURS
)


@dataclass(frozen=True)
class Doing:
    """Somebody does something: the numbers are taken round whatever there is to choose from."""

    person: int
    what: str
    which: int


@dataclass(frozen=True)
class Moment:
    """What people do at a moment, and whether the bot is away meanwhile."""

    is_away: bool
    doings: Sequence[Doing]


doings = st.builds(
    Doing,
    st.integers(0, 7),
    st.sampled_from(("press", "press", "press", "type", "type", "send", "block", "unblock")),
    st.integers(0, 60),
)
moments = st.builds(
    Moment, st.sampled_from((False, False, False, False, True)), st.lists(doings, max_size=3)
)


@dataclass(frozen=True)
class People:
    """Who is linked, and how new the office is."""

    unlinked: frozenset[int]
    trial_periods: int
    release: str


offices = st.builds(
    People,
    st.frozensets(st.integers(0, 5), max_size=2),
    st.sampled_from((0, 0, 2)),
    st.sampled_from(("ask", "auto", "off")),
)


@pytest.mark.timeout(900)
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    # A smaller example of a broken month would take many minutes to find.
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)
@given(office=offices, life=st.lists(moments, min_size=len(MOMENTS), max_size=len(MOMENTS)))
def test_whatever_people_do(sqlite_template: Path, office: People, life: list[Moment]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        shutil.copy(sqlite_template, path)
        database = Database(f"sqlite:///{path}")
        try:
            month = Month(database, office)
            for now, moment in zip(MOMENTS, life, strict=True):
                month.passes(now, moment)
            month.comes_to_an_end(MOMENTS[-1] + dtm.timedelta(hours=1))
        finally:
            database.dispose()


class Month:
    """The office at work, watched."""

    def __init__(self, database: Database, office: People) -> None:
        self.phones = Offline(database)
        with database.transaction() as session:
            self.accounts = _people(session, office)

    def passes(self, now: dtm.datetime, moment: Moment) -> None:
        """The planner looks, people act, and nothing is wrong."""
        if moment.is_away:
            return
        self._watched(self.phones.tick(now), now)
        for doing in moment.doings:
            self._does(doing, now)
            self._watched(self.phones.deliver(now), now)

    def comes_to_an_end(self, now: dtm.datetime) -> None:
        """Whatever state a report is in, somebody can bring it to its end: at last the office."""
        self.phones.blocked.clear()
        with self.phones.database.transaction() as session:
            live = (
                select(Obligation)
                .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
                .where(col(Obligation.state).in_(LIVE), col(ReportingPeriod.closed_at).is_(None))
            )
            for obligation in session.exec(live).all():
                _finish(session, obligation, now)
                assert obligation.state is ObligationState.ACCEPTED
        self._watched(self.phones.tick(now), now)

    def _does(self, doing: Doing, now: dtm.datetime) -> None:
        account = self.accounts[doing.person]
        if doing.what in ("block", "unblock"):
            change = (
                self.phones.blocked.add if doing.what == "block" else self.phones.blocked.discard
            )
            change(account)
        elif account in self.phones.blocked:
            return
        elif doing.what == "send":
            self._sends(account, now)
        elif doing.what == "type":
            self.phones.types(account, WORDS[doing.which % len(WORDS)], now)
        elif offered := _offered(self.phones, account):
            self.phones.presses(account, offered[doing.which % len(offered)], now)

    def _sends(self, account: int, now: dtm.datetime) -> None:
        """Somebody hands in everything of theirs that they can."""
        with self.phones.database.transaction() as session:
            asker = builders.asker(session, _contact(session, account), now)
            if asker.contact is None:
                return
            due = hands.still_to_come(session, now)
            mine = [one.id for one in due if one.chain.involves(asker.contact_id)]
            hands.sends(session, asker, mine, now)

    def _watched(self, heard: list[Heard], now: dtm.datetime) -> None:
        told = [one.row_id for one in heard if one.urgency is not Urgency.ANSWER]
        with self.phones.database.transaction() as session:
            wrong = invariants.of_what_was_told(session, told, now)
            wrong += invariants.of_the_office(session, now)
        assert not wrong, (now, wrong)


def _people(session: Session, office: People) -> list[int]:
    """The cast with a second reporter, four projects of two units; who has which account."""
    cast = builders.the_cast(session)
    load_year(session, "CN", 2027, {"published": True}, at(1, 9))
    apply_policy(
        session,
        None,
        f'extends = "city"\n[ladder]\ntrial_periods = {office.trial_periods}\n'
        f'release = "{office.release}"\n',
        at(1, 9),
    )
    second = builders.a_contact(
        session, "罗信息员", unit=builders.a_unit(session), account=1008, phone="19900001008"
    )
    builders.an_assignment(
        session, second, Role.INFORMATION_OFFICER, ScopeKind.ORGANISATION, second.organisation_id
    )
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    builders.a_listing(
        session,
        builders.a_project(session, "市民活动中心"),
        plan_category=PlanCategory.PREPARATORY,
    )
    builders.a_listing(
        session,
        builders.a_project(session, "少年宫改造"),
        units=(builders.a_unit(session, "市教育局"),),
    )
    everybody = [cast.wei, second, cast.huang, cast.qin, cast.lu, cast.ou, cast.meng, cast.tan]
    accounts = [one.telegram_user_id or 0 for one in everybody]
    for number in office.unlinked:
        everybody[number].telegram_user_id = None
    session.flush()
    return accounts


def _contact(session: Session, account: int) -> Contact | None:
    return session.exec(select(Contact).where(Contact.telegram_user_id == account)).one_or_none()


def _offered(phones: Offline, account: int) -> list[str]:
    """What the newest messages of a chat offer, stale or not."""
    newest = list(phones.chats[account].values())[-4:]
    return [data for shown in newest for data in shown.offered]


def _finish(session: Session, obligation: Obligation, now: dtm.datetime) -> None:
    office = builders.asker(session, _contact(session, 1005), now)
    if obligation.state is not ObligationState.SUBMITTED:
        filling.take_over(session, office, obligation.id, now)
        assert hands.sends(session, office, [obligation.id], now) == 1
    newest = select(Report).where(Report.obligation_id == obligation.id)
    report = session.exec(newest.order_by(col(Report.revision).desc())).first()
    assert report is not None
    reviewing.accept(session, office, report.id, now)
    session.refresh(obligation)
