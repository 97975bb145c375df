"""The .ics files, read by a reader of our own that knows only RFC 5545's lines."""

import datetime as dtm
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.meetings.kinds import MeetingKind
from domain.vocabulary import Language, Level
from templates.documents.calendar_file import CalendarEntry, calendar_file
from templates.meetings import MeetingHead
from templates.render import Voice

AT = dtm.datetime(2026, 12, 2, 7, tzinfo=dtm.UTC)
PLACE = "市行政中心201会议室；三楼, 东侧"
HEAD = MeetingHead(12, MeetingKind.COORDINATION, Level.CITY, "", AT, PLACE)
ENTRY = CalendarEntry("meeting-12", "liaison_bot", 0, AT, AT + dtm.timedelta(hours=2), AT, HEAD)
VOICE = Voice(Language.ZH, "Asia/Shanghai")

_UNESCAPED = {"\\n": "\n", "\\N": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


def lines_of(content: bytes) -> list[str]:
    """The content lines, unfolded; each line as it travels is at most 75 bytes and ends in CRLF."""
    assert content.endswith(b"\r\n")
    raw = content.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 and b"\n" not in line for line in raw)
    return content.replace(b"\r\n ", b"").decode().splitlines()


def part(content: bytes, name: str) -> dict[str, tuple[str, str]]:
    """A component's own properties: name → parameters, value."""
    inside: list[str] = []
    found = {}
    for line in lines_of(content):
        head, _, value = line.partition(":")
        if head == "BEGIN":
            inside.append(value)
        elif head == "END":
            assert inside.pop() == value
        elif inside[-1] == name:
            word, _, parameters = head.partition(";")
            plain = re.sub(r"\\[nN,;\\]", lambda escape: _UNESCAPED[escape[0]], value)
            found[word] = (parameters, plain)
    assert not inside
    return found


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
    moved = replace(ENTRY, sequence=1, starts_at=AT + dtm.timedelta(days=2))
    off = replace(moved, sequence=2, is_cancelled=True)
    contents = [calendar_file(entry, VOICE) for entry in (ENTRY, moved, off)]
    events = [part(content, "VEVENT") for content in contents]

    assert len({event["UID"] for event in events}) == 1
    assert [int(event["SEQUENCE"][1]) for event in events] == [0, 1, 2]
    assert part(contents[2], "VCALENDAR")["METHOD"][1] == "CANCEL"
    assert events[2]["STATUS"][1] == "CANCELLED"


def test_two_meetings_have_two_ids() -> None:
    other = replace(ENTRY, uid="meeting-13")
    uids = {part(calendar_file(entry, VOICE), "VEVENT")["UID"] for entry in (ENTRY, other)}
    assert len(uids) == 2


PLACES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=200)


@given(PLACES)
def test_whatever_the_place_is_called_the_file_stays_whole(place: str) -> None:
    content = calendar_file(replace(ENTRY, head=replace(HEAD, place=place)), VOICE)

    assert part(content, "VEVENT")["LOCATION"][1] == place
