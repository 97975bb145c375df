"""Two coordination items of the half year, from the problems they come from to their 销号.

One goes all the way in its city: more time granted and refused, overdue up to the leader, done,
sent back, closed out. The other is first given to the wrong unit, then stuck twice, and ends on
the agenda of the next higher level.
"""

from collections.abc import Callable, Mapping

from sqlmodel import col, select

from db.tables.groups import WorkGroup
from db.tables.items import CoordinationItem
from db.tables.meetings import Meeting, MeetingState
from db.tables.people import Contact
from domain.items.machine import ItemState
from domain.vocabulary import Language, Level
from tests.builders import Cast
from tests.e2e.secretariat import Secretariat, Told

SIGNATURES, PERMIT = 1, 2


class TwoItems:
    """What is done about the two items, day by day; `incidents` come at their hours."""

    def __init__(self, room: Secretariat, cast: Cast, language: Language) -> None:
        self.room = room
        self.cast = cast
        self.is_chinese = language is Language.ZH
        self.incidents: Mapping[str, Callable[[], None]] = {
            "2026-07-06 10:00": self.a_group_is_bound,
            "2026-07-09 10:00": self.two_problems_are_raised,
            "2026-07-16 15:30": self.decisions_are_recorded,
            "2026-07-17 10:00": self.the_minutes_are_approved,
            "2026-07-20 10:00": self.one_is_signed_for_and_one_refused,
            "2026-07-21 10:00": self.it_is_given_to_another_unit,
            "2026-07-28 10:00": self.progress_is_told,
            "2026-08-06 10:00": self.more_time_is_granted,
            "2026-08-18 10:00": self.more_time_is_refused,
            "2026-08-25 10:00": self.the_leader_is_let_know,
            "2026-08-26 10:00": self.it_is_done,
            "2026-08-27 10:00": self.it_is_sent_back,
            "2026-08-28 14:00": self.it_is_done_and_closed_out,
            "2026-09-18 10:00": self.the_city_decides_anew,
            "2026-10-16 14:00": self.stuck_twice_it_has_moved_up,
            "2026-11-06 10:00": self.the_region_has_it_on_its_agenda,
            "2026-11-11 15:30": self.the_region_decides,
            "2026-12-02 10:00": self.what_was_stuck_is_closed_out,
        }

    def a_group_is_bound(self) -> None:
        room, meng = self.room, self.cast.meng
        room.adds_the_bot(meng, self._says("市重大项目工作群", "City projects"))
        level = list(Level).index(Level.CITY)
        assert room.presses(meng, f"group.level:1:{level}") == "bind_preview"
        assert room.presses(meng, "group.bind") == "group_bound"
        assert room.session.exec(select(WorkGroup.level)).one() is Level.CITY

    def two_problems_are_raised(self) -> None:
        """The liaison raises the one, the office the other."""
        for who, project in (
            (self.cast.huang, self.cast.project.name),
            (self.cast.meng, "柳江新高中"),
        ):
            assert self.room.types(who, project) == "status_card"
            assert self.room.presses(who, "status.problems") == "project_problems"
            assert self.room.presses(who, "item.raise") == "item_raised"
        assert self.room.presses(self.cast.meng, "item.ask") == "item_raised"

    def decisions_are_recorded(self) -> None:
        """The meeting is still on."""
        room, meng = self.room, self.cast.meng
        assert self._opens_the_last(Level.CITY) == "meeting_overview"
        assert room.presses(meng, "minutes.record") == "record_which"
        room.presses(meng, "minutes.topic")
        said = self._says(
            "完成剩余2户征收签约；柳州市住建局；配合市教育局；8月13日前",
            "Sign the last 2 households; 柳州市住建局; with the help of 市教育局; by 13 Aug",
        )
        assert room.types(meng, said) == "draft_decision"
        assert room.presses(meng, "minutes.record") == "record_which"
        room.presses(meng, self._second("minutes.topic"))
        said = self._says("办理施工许可；住建局", "Get the building permit; 住建局")
        assert room.types(meng, said) == "draft_decision"

    def the_minutes_are_approved(self) -> None:
        room, meng = self.room, self.cast.meng
        assert self._opens_the_last(Level.CITY) == "meeting_overview"
        assert room.presses(meng, "minutes.drafts") == "draft_decisions"
        assert room.presses(meng, "minutes.file") == "minutes_file"
        assert room.presses(meng, "minutes.approve") == "confirm_minutes"
        assert room.presses(meng, "minutes.approve_yes") == "decisions_issued"
        assert self._hears(self.cast.huang, "decisions_assigned")

    def one_is_signed_for_and_one_refused(self) -> None:
        room, huang = self.room, self.cast.huang
        assert room.presses(huang, f"decision.open:{SIGNATURES}") == "decision_standing"
        assert room.presses(huang, "decision.sign") == "decision_standing"
        assert room.presses(huang, f"decision.open:{PERMIT}") == "decision_standing"
        assert room.presses(huang, "decision.refuse") == "ask_decision_words"
        room.types(huang, self._says("由建设单位的主管部门申办", "Its owner's department applies"))
        assert self._state(PERMIT) is ItemState.REFUSED

    def it_is_given_to_another_unit(self) -> None:
        room, meng, ou = self.room, self.cast.meng, self.cast.ou
        assert room.presses(meng, "decision.record") == "ask_wording"
        said = self._says(
            "办理施工许可；市教育局；9月11日前", "Get the building permit; 市教育局; by 11 Sep"
        )
        assert room.types(meng, said) == "draft_decision"
        assert room.presses(meng, "minutes.issue") == "confirm_issue"
        assert room.presses(meng, "minutes.issue_yes") == "decisions_issued"
        assert self._hears(ou, "decisions_assigned")
        room.presses(ou, "decision.sign")
        assert self._state(PERMIT) is ItemState.IN_HAND

    def progress_is_told(self) -> None:
        room, huang = self.room, self.cast.huang
        assert room.opens_item(huang, SIGNATURES) == "item_card"
        assert room.presses(huang, "decision.progress") == "ask_decision_words"
        told = room.types(huang, self._says("已签1户，余1户在谈", "One signed, one to go"))
        assert told == "entry_kept"
        room.presses(huang, "decision.finish")

    def more_time_is_granted(self) -> None:
        self._asks_for_time(self._says("8月20日", "20 Aug"))
        assert self._hears(self.cast.meng, "extensions_asked")
        assert self.room.presses(self.cast.meng, "decision.extend_yes") == "decision_standing"
        assert self._hears(self.cast.huang, "extensions_answered")

    def more_time_is_refused(self) -> None:
        room, meng = self.room, self.cast.meng
        self._asks_for_time(self._says("8月31日", "31 Aug"))
        assert self._hears(meng, "extensions_asked")
        assert room.presses(meng, "decision.extend_no") == "ask_decision_words"
        room.types(meng, self._says("已延过一次，请抓紧", "It was extended once already"))
        assert self._hears(self.cast.huang, "extensions_answered")

    def the_leader_is_let_know(self) -> None:
        """The liaison and the commissioner have heard; the leader does once the office says so."""
        room = self.room
        assert room.presses(self.cast.meng, "decision_release.all") == "decision_release_asked"
        assert self._hears(self.cast.lu, "late_decisions_for_first_responsible")

    def it_is_done(self) -> None:
        room, huang = self.room, self.cast.huang
        assert room.opens_item(huang, SIGNATURES) == "item_card"
        assert room.presses(huang, "decision.done") == "ask_decision_words"
        said = self._says("2户均已签约", "Both have signed")
        assert room.types(huang, said) == "entry_kept"
        room.presses(huang, "decision.finish")

    def it_is_sent_back(self) -> None:
        room, meng = self.room, self.cast.meng
        assert room.presses(meng, "decision.send_back") == "ask_decision_words"
        room.types(meng, self._says("请附签约协议照片", "Please add photos of the agreements"))
        assert self._hears(self.cast.huang, "decisions_sent_back")

    def it_is_done_and_closed_out(self) -> None:
        room, huang, meng = self.room, self.cast.huang, self.cast.meng
        assert room.presses(huang, "decision.done") == "ask_decision_words"
        caption = self._says("2户协议已签，见照片", "Both agreements, see the photo")
        assert room.sends_photo(huang, caption) == "entry_kept"
        room.presses(huang, "decision.finish")
        assert room.opens_item(meng, SIGNATURES) == "item_card"
        assert room.presses(meng, "decision.evidence") == "evidence_piece"
        assert room.presses(meng, "decision.confirm") == "decision_standing"
        assert self._state(SIGNATURES) is ItemState.CLOSED_OUT

    def the_city_decides_anew(self) -> None:
        """What was missed once is given a new day, by the same meeting that was moved."""
        self._decides(Level.CITY, self._says("10月15日前", "by 15 Oct"))

    def stuck_twice_it_has_moved_up(self) -> None:
        assert self.room.opens_item(self.cast.meng, PERMIT) == "item_card"
        assert self._item(PERMIT).level is Level.REGION

    def the_region_has_it_on_its_agenda(self) -> None:
        room, meng = self.room, self.cast.meng
        next_one = select(Meeting).where(
            Meeting.level == Level.REGION,
            Meeting.state == MeetingState.PUBLISHED,
            Meeting.starts_at > room.now,
        )
        assert room.opens(meng, room.session.exec(next_one).one().id) == "meeting_overview"
        assert room.presses(meng, "meeting.agenda") == "meeting_agenda"

    def the_region_decides(self) -> None:
        self._decides(Level.REGION, self._says("12月4日前", "by 4 Dec"))

    def what_was_stuck_is_closed_out(self) -> None:
        room, ou, meng = self.room, self.cast.ou, self.cast.meng
        assert room.opens_item(ou, PERMIT) == "item_card"
        assert room.presses(ou, "decision.done") == "ask_decision_words"
        room.types(ou, self._says("11月30日已发施工许可证", "Permit issued on 30 November"))
        room.presses(ou, "decision.finish")
        assert self._hears(meng, "decisions_done")
        assert room.presses(meng, "decision.confirm") == "decision_standing"
        assert self._hears(ou, "decisions_closed_out")
        assert room.opens_item(meng, PERMIT) == "item_card"
        assert room.lists_items(meng) == "item_list"
        assert room.presses(meng, "item.kinds") == "item_counts"

    def _decides(self, level: Level, by: str) -> None:
        """The level's last meeting gives the permit to the education office once more."""
        room, meng, ou = self.room, self.cast.meng, self.cast.ou
        assert self._opens_the_last(level) == "meeting_overview"
        assert room.presses(meng, "minutes.record") == "record_which"
        room.presses(meng, "minutes.topic")
        said = self._says("限期取得施工许可", "Obtain the building permit")
        assert room.types(meng, f"{said}; 市教育局; {by}") == "draft_decision"
        assert room.presses(meng, "minutes.drafts") == "draft_decisions"
        assert room.presses(meng, "minutes.approve") == "confirm_minutes"
        assert room.presses(meng, "minutes.approve_yes") == "decisions_issued"
        assert self._hears(ou, "decisions_assigned")
        assert room.presses(ou, "decision.sign") == "decision_standing"

    def _asks_for_time(self, until: str) -> None:
        room, huang = self.room, self.cast.huang
        assert room.opens_item(huang, SIGNATURES) == "item_card"
        assert room.presses(huang, "decision.extend") == "ask_extension_day"
        assert room.types(huang, until) == "ask_decision_words"
        said = self._says("余户外出务工，月中返乡", "The owners are away until mid-month")
        assert room.types(huang, said) == "decision_standing"

    def _opens_the_last(self, level: Level) -> str:
        begun = select(Meeting).where(
            Meeting.level == level,
            Meeting.state == MeetingState.PUBLISHED,
            Meeting.starts_at <= self.room.now,
        )
        meetings = self.room.session.exec(begun.order_by(col(Meeting.starts_at))).all()
        return self.room.opens(self.cast.meng, meetings[-1].id)

    def _second(self, start: str) -> str:
        return self.room.offered(self.cast.meng, start)[1]

    def _hears(self, who: Contact, kind: str) -> bool:
        told: list[Told] = self.room.passes_to(self.room.now)
        return any((one.name, one.kind) == (who.name, kind) for one in told)

    def _item(self, number: int) -> CoordinationItem:
        return self.room.session.get_one(CoordinationItem, number)

    def _state(self, number: int) -> ItemState:
        return self._item(number).state

    def _says(self, chinese: str, english: str) -> str:
        return chinese if self.is_chinese else english
