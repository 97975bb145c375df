"""Half a year of the three series by a given clock, with everything that may happen to a meeting;
`UPDATE_TRANSCRIPTS=1` writes the transcripts anew."""

import datetime as dtm
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from db.tables.meetings import Meeting, MeetingState
from db.tables.programme import Listing
from domain.vocabulary import Language, Level, ProblemKind
from tests import builders
from tests.builders import Cast, the_cast
from tests.e2e.golden import check
from tests.e2e.secretariat import OFFICE, Secretariat, Told, speaking
from tests.e2e.two_items import TwoItems

HOURS = (dtm.time(9), dtm.time(10), dtm.time(14), dtm.time(15, 30))
FRIDAY = 5
FIRST, LAST = dtm.date(2026, 7, 1), dtm.date(2026, 12, 31)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", list(Language))
def test_half_a_year_of_meetings(session: Session, language: Language) -> None:
    cast = a_programme_of_three_levels(session)
    speaking(session, [cast.huang, cast.qin, cast.lu, cast.meng, cast.ou], language)
    half_year = HalfYear(session, cast, language)

    for now in moments():
        half_year.lives_through(now)

    held = Counter(
        row.level
        for row in session.exec(select(Meeting))
        if row.state is MeetingState.PUBLISHED and row.planned_for and row.planned_for <= LAST
    )
    # A county's Monday in the holiday week is skipped; one of the city's was called off.
    assert held == {Level.REGION: 6, Level.CITY: 10, Level.COUNTY: 25}
    assert half_year.happened == set(half_year.incidents)
    check(f"half_a_year_of_meetings.{language}.txt", "\n".join(half_year.room.notes) + "\n")


def moments() -> Iterator[dtm.datetime]:
    """Four times a day, from Monday to Friday."""
    days = (FIRST + dtm.timedelta(days=number) for number in range((LAST - FIRST).days + 1))
    for day in days:
        if day.isoweekday() <= FRIDAY:
            yield from (dtm.datetime.combine(day, hour, OFFICE) for hour in HOURS)


def a_programme_of_three_levels(session: Session) -> Cast:
    """The cast's unit leads a project at each level; another unit one at the city's."""
    cast = the_cast(session)
    lead, other = builders.a_unit(session), builders.a_unit(session, "市教育局")
    for level, name in ((Level.REGION, "区直"), (Level.COUNTY, "柳江区")):
        region = builders.a_region(session, name, level)
        project = builders.a_project(session, f"{name}项目", region=region)
        programme = builders.a_programme(session, level=level)
        builders.a_listing(session, project, programme=programme, units=(lead,))
    school = builders.a_project(session, "柳江新高中")
    builders.a_listing(session, school, units=(other,))
    builders.a_problem(session, cast.project)
    builders.a_problem(session, school, ProblemKind.APPROVAL, "施工许可未办")
    reported_before(session)
    return cast


def reported_before(session: Session) -> None:
    """The office's first months, in which no leader is told anything, are over; November's report
    on the first project is still to come."""
    for month in (5, 6):
        builders.a_period(session, month).closed_at = builders.LONG_AGO
    for listing in session.exec(select(Listing)):
        builders.an_obligation(session, listing, 11)


class HalfYear:
    """What everybody does when they hear something; incidents come on their days."""

    def __init__(self, session: Session, cast: Cast, language: Language) -> None:
        self.room = Secretariat(session, dtm.datetime.combine(FIRST, HOURS[0], OFFICE))
        self.cast = cast
        self.is_chinese = language is Language.ZH
        self.happened: set[str] = set()
        self.incidents = {
            "2026-07-14 10:00": self.a_delegate_is_sent,
            "2026-08-14 10:00": self.leave_is_granted,
            "2026-08-28 10:00": self.leave_is_refused,
            "2026-09-14 10:00": self.a_meeting_is_moved,
            "2026-10-15 10:00": self.a_meeting_is_called_off,
            "2026-11-03 10:00": self.a_special_meeting_is_called,
            **TwoItems(self.room, cast, language).incidents,
        }

    def lives_through(self, now: dtm.datetime) -> None:
        """What leaves now is heard, and acted on."""
        for told in self.room.passes_to(now):
            self.acts(told)
        if incident := self.incidents.get(f"{now:%Y-%m-%d %H:%M}"):
            incident()
            self.happened.add(f"{now:%Y-%m-%d %H:%M}")

    def acts(self, told: Told) -> None:
        """The coordinator lets every draft out; the first unit's leader comes, when asked."""
        meng, huang = self.cast.meng, self.cast.huang
        if told.kind == "drafts_waiting":
            for draft in told.offers("meeting.show"):
                self.room.presses(meng, draft)
                self.room.presses(meng, "meeting.publish")
        if told.kind == "meeting_notices" and told.name == huang.name:
            for leader_comes in told.offers("meeting.answer")[:1]:
                self.room.presses(huang, leader_comes)
            for invitation in told.offers("meeting.invitation"):
                self.room.presses(huang, invitation)
                self.room.presses(huang, "meeting.answer")

    def a_delegate_is_sent(self) -> None:
        room, huang = self.room, self.cast.huang
        assert room.presses(huang, "meeting.invitation") == "invitation_card"
        assert room.presses(huang, "meeting.delegate") == "ask_delegate"
        assert room.types(huang, self.cast.qin.name) == "reply_recorded"

    def leave_is_granted(self) -> None:
        self._asks_leave()
        assert self.room.presses(self.cast.meng, "meeting.grant") == "leave_settled"

    def leave_is_refused(self) -> None:
        self._asks_leave()
        assert self.room.presses(self.cast.meng, "meeting.refuse") == "leave_settled"

    def _asks_leave(self) -> None:
        room, ou = self.room, self.cast.ou
        room.presses(ou, "meeting.leave")
        assert room.types(ou, "局长出差" if self.is_chinese else "Travelling") == "reply_recorded"
        assert (self.cast.meng.name, "leaves_asked") in self._heard_now()

    def a_meeting_is_moved(self) -> None:
        room, meng = self.room, self.cast.meng
        self._opens_the_citys_next()
        room.presses(meng, "meeting.time")
        said = "9月18日9:30" if self.is_chinese else "18 Sep 9:30"
        assert room.types(meng, said) == "confirm_change"
        assert room.presses(meng, "meeting.change_yes") == "meeting_overview"
        assert self._heard_now() == {
            (self.cast.huang.name, "meetings_changed"),
            (self.cast.ou.name, "meetings_changed"),
            (room.group, "group_meeting_changed"),
        }

    def a_meeting_is_called_off(self) -> None:
        room, meng = self.room, self.cast.meng
        self._opens_the_citys_next()
        room.presses(meng, "meeting.cancel")
        assert room.presses(meng, "meeting.cancel_yes") == "meeting_off"

    def a_special_meeting_is_called(self) -> None:
        room, meng = self.room, self.cast.meng
        assert room.calls(meng) == "ask_when"
        said = "11月7日下午3点" if self.is_chinese else "7 Nov 3pm"
        assert room.types(meng, said) == "ask_when_sure"
        said = "明天下午3点" if self.is_chinese else "tomorrow 3pm"
        assert room.types(meng, said) == "ask_where"
        assert room.types(meng, "201") == "meeting_draft"
        room.presses(meng, "meeting.kinds")
        assert room.presses(meng, f"meeting.kind:{self._newest()}:1") == "meeting_draft"
        assert room.presses(meng, "meeting.publish") == "meeting_overview"
        assert (self.cast.ou.name, "meeting_notices") in self._heard_now()

    def _opens_the_citys_next(self) -> None:
        query = select(Meeting).where(
            Meeting.level == Level.CITY,
            Meeting.state == MeetingState.PUBLISHED,
            Meeting.starts_at > self.room.now,
        )
        meeting = self.room.session.exec(query).one()
        assert self.room.opens(self.cast.meng, meeting.id) == "meeting_overview"

    def _heard_now(self) -> set[tuple[str, str]]:
        return {(told.name, told.kind) for told in self.room.passes_to(self.room.now)}

    def _newest(self) -> int:
        return max(self.room.session.exec(select(Meeting.id)).all())
