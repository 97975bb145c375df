"""The .ics files, read by a reader of our own that knows only the standards."""

import datetime as dtm
from dataclasses import replace
from itertools import accumulate, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.meetings.kinds import MeetingKind
from domain.vocabulary import Language, Level
from templates.documents.calendar_file import CalendarEntry, calendar_file
from templates.meetings import MeetingHead
from templates.render import Voice
from tests.calendars import Diary, read_calendar

DAY, HOUR = dtm.timedelta(days=1), dtm.timedelta(hours=1)
AT = dtm.datetime(2026, 12, 2, 7, tzinfo=dtm.UTC)
PLACE = "市行政中心201会议室；三楼, 东侧"
HEAD = MeetingHead(12, MeetingKind.COORDINATION, Level.CITY, "", AT, PLACE)
ENTRY = CalendarEntry("meeting-12", "liaison_bot", 0, AT, AT + dtm.timedelta(hours=2), AT, HEAD)
VOICE = Voice(Language.ZH, "Asia/Shanghai")


def part(content: bytes, name: str) -> dict[str, tuple[str, str]]:
    """A component's own properties: name → parameters, value."""
    return read_calendar(content).part(name).properties


@pytest.mark.parametrize("language", list(Language))
def test_a_meeting_is_an_event_at_its_time_in_the_offices_zone(language: Language) -> None:
    content = calendar_file(ENTRY, Voice(language, "Asia/Shanghai"))
    event, calendar = part(content, "VEVENT"), part(content, "VCALENDAR")

    assert calendar["VERSION"] == ("", "2.0")
    assert calendar["METHOD"] == ("", "PUBLISH")
    assert event["DTSTART"] == ("TZID=Asia/Shanghai", "20261202T150000")
    assert event["DTEND"] == ("TZID=Asia/Shanghai", "20261202T170000")
    assert event["DTSTAMP"] == ("", "20261202T070000Z")
    assert event["LOCATION"][1] == PLACE
    assert event["STATUS"][1] == "CONFIRMED"
    assert {"UID", "ORGANIZER", "SUMMARY"} <= event.keys()


def test_the_zone_travels_with_the_file() -> None:
    content = calendar_file(ENTRY, VOICE)
    assert part(content, "VTIMEZONE")["TZID"][1] == "Asia/Shanghai"
    assert part(content, "STANDARD")["TZOFFSETTO"][1] == "+0800"


def test_a_later_file_replaces_the_earlier_one_and_a_cancellation_takes_it_out() -> None:
    moved = replace(ENTRY, sequence=1, starts_at=AT + DAY, ends_at=AT + DAY + HOUR)
    off = replace(moved, sequence=2, is_cancelled=True)
    contents = [calendar_file(entry, VOICE) for entry in (ENTRY, moved, off)]
    events = [part(content, "VEVENT") for content in contents]

    assert len({event["UID"] for event in events}) == 1
    assert [int(event["SEQUENCE"][1]) for event in events] == [0, 1, 2]
    assert part(contents[2], "VCALENDAR")["METHOD"][1] == "CANCEL"
    assert events[2]["STATUS"][1] == "CANCELLED"


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_calendar_ends_right_in_whatever_order_the_files_are_opened(
    order: tuple[int, ...],
) -> None:
    moved = replace(ENTRY, sequence=1, starts_at=AT + DAY, ends_at=AT + DAY + HOUR)
    off = replace(moved, sequence=2, is_cancelled=True)
    entries = (ENTRY, moved, off)
    diary = Diary()
    for number, latest in zip(order, accumulate(order, max), strict=True):
        diary.take(calendar_file(entries[number], VOICE))
        starts = {0: "20261202T150000", 1: "20261203T150000"}
        assert diary.entries == ([(starts[latest], PLACE)] if latest in starts else [])


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "Europe/Berlin", "UTC"])
def test_the_file_keeps_the_standards_wherever_the_office_is(zone: str) -> None:
    read_calendar(calendar_file(ENTRY, Voice(Language.EN, zone)))


def test_two_meetings_have_two_ids() -> None:
    other = replace(ENTRY, uid="meeting-13")
    uids = {part(calendar_file(entry, VOICE), "VEVENT")["UID"] for entry in (ENTRY, other)}
    assert len(uids) == 2


PLACES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200)


@given(PLACES)
def test_whatever_the_place_is_called_the_file_stays_whole(place: str) -> None:
    content = calendar_file(replace(ENTRY, head=replace(HEAD, place=place)), VOICE)

    assert part(content, "VEVENT")["LOCATION"][1] == place
