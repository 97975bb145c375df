"""A meeting as an .ics file: a later one replaces an earlier one by its UID and SEQUENCE."""

import datetime as dtm
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from templates.meetings import MeetingHead
from templates.render import Voice, name_of, wordbook

MAKER = "-//liaison-bot//meetings//EN"
_A_YEAR = dtm.timedelta(days=366)


@dataclass(frozen=True)
class CalendarEntry:
    """What a calendar has to know; `uid` stays the same and `sequence` rises with each change."""

    uid: str
    bot_username: str
    sequence: int
    starts_at: dtm.datetime
    ends_at: dtm.datetime
    stamped_at: dtm.datetime
    head: MeetingHead
    is_cancelled: bool = False


def calendar_file(entry: CalendarEntry, voice: Voice) -> bytes:
    """The file's bytes, in the office's zone with the zone's own rules beside it."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if entry.is_cancelled else "PUBLISH")
    calendar.add_component(_event(entry, voice))
    _describe_zone(calendar, entry)
    return bytes(calendar.to_ical())


def _describe_zone(calendar: Calendar, entry: CalendarEntry) -> None:
    """The zone's rules about the time of the meeting; RFC 5545 knows no COMMENT there."""
    calendar.add_missing_timezones(entry.starts_at.date() - _A_YEAR, entry.ends_at.date() + _A_YEAR)
    for zone in calendar.timezones:
        zone.pop("COMMENT", None)


def _event(entry: CalendarEntry, voice: Voice) -> Event:
    zone = ZoneInfo(voice.zone)
    home = f"https://t.me/{entry.bot_username}"
    event = Event()
    event.add("uid", f"{entry.uid}@{entry.bot_username or 'liaison-bot'}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamped_at)
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", _title(entry.head, voice))
    event.add("location", entry.head.place)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    organiser = vCalAddress(home)
    organiser.params["CN"] = vText(entry.bot_username or "liaison-bot")
    event.add("organizer", organiser)
    return event


def _title(head: MeetingHead, voice: Voice) -> str:
    pattern = str(wordbook(voice.language, "documents")["calendar"]["title"])
    whose = head.region or name_of(head.level, voice.language)
    return pattern.format(whose=whose, kind=name_of(head.kind, voice.language))
