"""What a bound group reads: meetings and counts of its scope, once, in office hours."""

import datetime as dtm
import re

import pytest
from sqlmodel import Session, select

from db.tables.chasing import Hold
from db.tables.groups import GroupPost
from db.tables.people import Contact
from db.tables.programme import Listing
from db.tables.reporting import Obligation, ObligationState
from db.tables.speech import Message, MessageState, NoticeState
from domain.access import ScopeKind
from domain.brakes import HoldScope
from domain.vocabulary import Level, Role
from tests import builders
from tests.builders import Cast
from tests.rounds import at
from tests.usecases.groups.room import CHAT, a_bound_group, kinds_posted, posted, takes_it_out
from tests.usecases.meetings import hall
from tests.usecases.meetings.hall import a_draft, a_meeting, does, only, types
from usecases import delivery
from usecases.chasing.holds import hold, lift
from usecases.groups import binding, posting
from usecases.groups.binding import LEVELS, ScopeChosen
from usecases.groups.posting import PostNotComposedError, PostOccasion
from usecases.meetings import changing
from usecases.meetings.calling import ask_time
from usecases.meetings.drafting import publish_at_once
from usecases.meetings.planning import seat

DUE_MORNING, NEXT_MORNING, THIRD_MORNING = at(25, 9), at(26, 9), at(30, 9)


@pytest.fixture
def cast(session: Session) -> Cast:
    return builders.the_cast(session)


@pytest.fixture
def owing(session: Session, cast: Cast) -> Cast:
    """The housing bureau owes two reports, of which one is in; the education bureau's is in."""
    owes(session, cast.listing)
    owes(session, builders.a_listing(session, builders.a_project(session, "柳江新高中")), "in")
    school = builders.a_listing(
        session,
        builders.a_project(session, "三中新校区"),
        units=(builders.a_unit(session, "市教育局"),),
    )
    owes(session, school, "in")
    return cast


def owes(session: Session, listing: Listing, state: str = "") -> Obligation:
    """The listing's project owes November's report, due on Wednesday 25."""
    submitted = ObligationState.SUBMITTED if state else ObligationState.OPEN
    return builders.an_obligation(session, listing, 11, state=submitted)


def hear_of_a_meeting(session: Session, cast: Cast) -> int:
    """Meng calls a meeting and tells everybody at once."""
    meeting = a_draft(session, cast)
    does(session, cast.meng, publish_at_once, meeting.id, hall.NOW)
    return meeting.id


def test_a_meeting_is_posted_once_when_units_are_told(session: Session, cast: Cast) -> None:
    a_bound_group(session, cast)
    a_meeting(session, cast)

    assert kinds_posted(session, hall.NOW) == []
    (post,) = posted(session, hall.NOTICE)
    assert (post.chat_id, post.contact_id, post.kind) == (CHAT, None, "group_meeting")
    assert "12月2日(周三)15:00\n市行政中心201会议室" in post.text
    assert "参会单位1家：柳州市住建局" in post.text
    assert "以正式通知为准" in post.text
    assert kinds_posted(session, hall.NOTICE) == []


def test_only_what_the_group_is_bound_to_is_posted(session: Session, cast: Cast) -> None:
    a_bound_group(session, cast, Level.COUNTY)
    hear_of_a_meeting(session, cast)
    assert kinds_posted(session, hall.NOW) == []


def test_an_unbound_group_reads_nothing(session: Session, cast: Cast) -> None:
    group = a_bound_group(session, cast)
    hear_of_a_meeting(session, cast)
    does(session, cast.meng, binding.unbind, group.id, hall.NOW)
    assert kinds_posted(session, hall.NOW) == []


def test_guests_from_elsewhere_are_not_named(session: Session, cast: Cast) -> None:
    a_bound_group(session, cast)
    meeting = a_draft(session, cast)
    seat(session, meeting.id, [builders.a_unit(session, "市教育局").id])
    does(session, cast.meng, publish_at_once, meeting.id, hall.NOW)

    (post,) = posted(session, hall.NOW)
    assert "柳州市住建局" in post.text
    assert "市教育局" not in post.text


def changes(session: Session, cast: Cast, meeting_id: int, when: str, now: dtm.datetime) -> None:
    """Meng gives the meeting another time."""
    only(ask_time(session, builders.asker(session, cast.meng, now), meeting_id, now))
    types(session, cast.meng, when, now)
    does(session, cast.meng, changing.change, meeting_id, now)


def test_a_change_is_posted_from_what_was_last_read(session: Session, cast: Cast) -> None:
    a_bound_group(session, cast)
    meeting_id = hear_of_a_meeting(session, cast)
    posted(session, hall.NOW)
    changes(session, cast, meeting_id, "12月3日15:00", hall.NOW)
    changes(session, cast, meeting_id, "12月4日15:00", hall.NOW)

    (post,) = posted(session, hall.NOW)
    assert post.kind == "group_meeting_changed"
    assert "时间 12月2日(周三)15:00 → <b>12月4日(周五)15:00</b>" in post.text


def test_what_is_as_it_was_after_all_is_not_posted(session: Session, cast: Cast) -> None:
    a_bound_group(session, cast)
    meeting_id = hear_of_a_meeting(session, cast)
    posted(session, hall.NOW)
    changes(session, cast, meeting_id, "12月3日15:00", hall.NOW)
    changes(session, cast, meeting_id, "12月2日15:00", hall.NOW)
    assert posted(session, hall.NOW) == []


def test_a_cancellation_is_posted_where_the_meeting_was(session: Session, cast: Cast) -> None:
    a_bound_group(session, cast)
    meeting_id = hear_of_a_meeting(session, cast)
    posted(session, hall.NOW)
    does(session, cast.meng, changing.cancel, meeting_id, hall.NOW)
    assert kinds_posted(session, hall.NOW) == ["group_meeting_off"]


def test_a_meeting_cancelled_before_it_was_posted_is_not_spoken_of(
    session: Session, cast: Cast
) -> None:
    a_bound_group(session, cast)
    meeting_id = hear_of_a_meeting(session, cast)
    does(session, cast.meng, changing.cancel, meeting_id, hall.NOW)
    assert posted(session, hall.NOW) == []


def test_the_counts_come_on_three_mornings_once_each(session: Session, owing: Cast) -> None:
    a_bound_group(session, owing)
    mornings = {day: kinds_posted(session, at(day, 9)) for day in range(23, 31)}
    counted = {day for day, kinds in mornings.items() if kinds}
    assert counted == {25, 26, 30}
    assert set(map(tuple, mornings.values())) == {("group_counts",), ()}
    assert posted(session, THIRD_MORNING + dtm.timedelta(hours=1)) == []


def test_the_counts_are_by_unit_and_call_only_its_liaison(session: Session, owing: Cast) -> None:
    officer = somebody(session, "李信息员", Role.INFORMATION_OFFICER, 1010)
    a_bound_group(session, owing)
    (post,) = posted(session, NEXT_MORNING)

    assert "应报3，已报2，未报1" in post.text
    assert "1 柳州市住建局：应报2 已报1 <b>未报1</b>" in post.text
    assert "2 市教育局：应报1 已报1\n" in post.text
    assert set(re.findall(r"id=(\d+)", post.text)) == {"1002", str(officer.telegram_user_id)}
    assert [person.name for person in everybody(session) if person.name in post.text] == []


def test_a_leader_who_stands_in_is_not_called(session: Session, owing: Cast) -> None:
    a_bound_group(session, owing)
    builders.an_assignment(session, owing.huang, Role.COMMISSIONER, ScopeKind.ALL)
    (post,) = posted(session, NEXT_MORNING)
    assert "tg://" not in post.text


def test_where_everything_is_in_nobody_is_called(session: Session, owing: Cast) -> None:
    owes(session, owing.listing, "in")
    a_bound_group(session, owing)
    (post,) = posted(session, DUE_MORNING)
    assert "全部已报" in post.text
    assert "tg://" not in post.text


def test_while_the_office_holds_chasing_nothing_is_counted(session: Session, owing: Cast) -> None:
    a_bound_group(session, owing)
    row = Hold(scope=HoldScope.EVERYBODY, since=DUE_MORNING, held_by_id=owing.meng.id)
    meng = builders.asker(session, owing.meng, DUE_MORNING)
    hold(session, meng, row, DUE_MORNING)
    assert posted(session, DUE_MORNING) == []
    lift(session, meng, row, DUE_MORNING)
    assert kinds_posted(session, DUE_MORNING) == ["group_counts"]


def test_a_held_unit_is_counted_but_not_called(session: Session, owing: Cast) -> None:
    a_bound_group(session, owing)
    unit = builders.a_unit(session)
    row = Hold(
        scope=HoldScope.UNIT,
        organisation_id=unit.id,
        since=DUE_MORNING,
        held_by_id=owing.meng.id,
    )
    hold(session, builders.asker(session, owing.meng, DUE_MORNING), row, DUE_MORNING)
    (post,) = posted(session, DUE_MORNING)
    assert "未报1" in post.text
    assert "tg://" not in post.text


def test_nothing_is_posted_outside_office_hours(session: Session, cast: Cast) -> None:
    a_bound_group(session, cast)
    hear_of_a_meeting(session, cast)
    evening = hall.at(11, 18, 20)
    assert posted(session, evening) == []
    assert kinds_posted(session, hall.at(11, 19, 9)) == ["group_meeting"]


def test_a_post_that_did_not_leave_says_what_is_true_then(session: Session, owing: Cast) -> None:
    a_bound_group(session, owing)
    (post,) = posted(session, NEXT_MORNING)
    post.state, post.claimed_at = MessageState.QUEUED, NEXT_MORNING
    owes(session, owing.listing, "in")

    parcel = delivery.claim(session, post.id, NEXT_MORNING)
    assert parcel
    assert "全部已报" in parcel.text


@pytest.mark.parametrize("ends", ["unbound", "bound to something else", "the next day"])
def test_a_post_that_did_not_leave_and_has_settled_is_dropped(
    session: Session, owing: Cast, ends: str
) -> None:
    group = a_bound_group(session, owing)
    (post,) = posted(session, NEXT_MORNING)
    post.state, post.claimed_at = MessageState.QUEUED, NEXT_MORNING
    now = at(27, 9) if ends == "the next day" else NEXT_MORNING
    if ends == "unbound":
        takes_it_out(session, owing.huang, NEXT_MORNING)
    elif ends == "bound to something else":
        chosen = ScopeChosen(group.id, LEVELS.index(Level.COUNTY), 0)
        does(session, owing.meng, binding.bind, chosen, NEXT_MORNING)

    assert delivery.claim(session, post.id, now) is None
    assert session.exec(select(GroupPost)).one().state is NoticeState.WITHDRAWN


def test_a_post_without_words_stops_no_other(
    session: Session, owing: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def speechless(*_given: object) -> None:
        raise RuntimeError("no words for this")

    a_bound_group(session, owing)
    monkeypatch.setitem(posting._OCCASIONS, "counts", PostOccasion("counts", speechless))
    with pytest.raises(PostNotComposedError) as caught:
        posted(session, NEXT_MORNING)
    posting.put_off(session, caught.value.post_id, NEXT_MORNING)
    assert posted(session, NEXT_MORNING) == []
    monkeypatch.undo()
    assert kinds_posted(session, NEXT_MORNING + dtm.timedelta(minutes=10)) == ["group_counts"]


def test_one_post_waits_for_the_other(session: Session, owing: Cast) -> None:
    a_bound_group(session, owing)
    posted(session, DUE_MORNING)
    waiting = session.exec(select(Message).where(Message.kind == "group_counts")).one()
    waiting.state = MessageState.QUEUED
    session.add(waiting)
    assert posted(session, NEXT_MORNING) == []


def somebody(session: Session, name: str, role: Role, account: int) -> Contact:
    """A linked contact of the housing bureau with that role over its projects."""
    unit = builders.a_unit(session)
    contact = builders.a_contact(session, name, unit=unit, account=account)
    builders.an_assignment(session, contact, role, ScopeKind.ORGANISATION, unit.id)
    return contact


def everybody(session: Session) -> list[Contact]:
    """The contact book."""
    return list(session.exec(select(Contact)))
