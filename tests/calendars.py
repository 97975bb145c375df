"""A strict reader of .ics files that knows only RFC 5545 and 5546, and a diary that takes them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

LONGEST_LINE = 75
_LINE = re.compile(
    r'(?P<name>[A-Za-z0-9-]+)(?P<parameters>(;[A-Za-z0-9-]+=("[^"]*"|[^";:,]*))*):(?P<value>.*)'
)
_ESCAPE = re.compile(r"\\(.|$)")
_UNESCAPED = {"n": "\n", "N": "\n", ",": ",", ";": ";", "\\": "\\"}
_TEXTS = ("SUMMARY", "LOCATION", "COMMENT", "DESCRIPTION")
# What a component must have, and what else it may have, each once.
_MUST = {
    "VCALENDAR": {"VERSION", "PRODID", "METHOD"},
    "VTIMEZONE": {"TZID"},
    "STANDARD": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "DAYLIGHT": {"DTSTART", "TZOFFSETFROM", "TZOFFSETTO"},
    "VEVENT": {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "ORGANIZER", "STATUS"},
}
_MAY = {
    "VCALENDAR": {"CALSCALE"},
    "VTIMEZONE": {"LAST-MODIFIED", "TZURL"},
    "STANDARD": {"TZNAME", "RDATE", "RRULE", "COMMENT"},
    "DAYLIGHT": {"TZNAME", "RDATE", "RRULE", "COMMENT"},
    "VEVENT": {"LOCATION", "DESCRIPTION", "URL"},
}


@dataclass
class Component:
    """A part of a calendar file: name → parameters and value, and the parts within it."""

    name: str
    properties: dict[str, tuple[str, str]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def value(self, name: str) -> str:
        """What a property says, unescaped where it is text."""
        return self.properties[name][1]

    def part(self, name: str) -> "Component":
        """The first part of that name, wherever it stands."""
        return next(part for part in self.walk() if part.name == name)

    def walk(self) -> Iterator["Component"]:
        """This one and everything within it."""
        yield self
        for part in self.parts:
            yield from part.walk()


def read_calendar(content: bytes) -> Component:
    """The calendar in a file; AssertionError wherever the standards are not kept."""
    outside = Component("")
    inside = [outside]
    for line in _unfolded(content):
        found = _LINE.fullmatch(line)
        assert found, line
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            part = Component(value)
            inside[-1].parts.append(part)
            inside.append(part)
        elif name == "END":
            _check(inside.pop(), value)
        else:
            assert name not in inside[-1].properties, f"{name} twice"
            said = _text(value) if name in _TEXTS else value
            inside[-1].properties[name] = (found["parameters"].removeprefix(";"), said)
    assert inside == [outside]
    (calendar,) = outside.parts
    _check_zones(calendar)
    return calendar


class Diary:
    """A calendar program: of what has one UID only the highest SEQUENCE stands (RFC 5546)."""

    def __init__(self) -> None:
        self._events: dict[str, tuple[int, str, Component]] = {}

    def take(self, content: bytes) -> None:
        """Take over a file, whatever was taken over before."""
        calendar = read_calendar(content)
        event = calendar.part("VEVENT")
        number, uid = int(event.value("SEQUENCE")), event.value("UID")
        if uid not in self._events or self._events[uid][0] < number:
            self._events[uid] = (number, calendar.value("METHOD"), event)

    @property
    def entries(self) -> list[tuple[str, str]]:
        """When and where the entries are."""
        standing = [event for _, method, event in self._events.values() if method != "CANCEL"]
        return [(event.value("DTSTART"), event.value("LOCATION")) for event in standing]


def _unfolded(content: bytes) -> list[str]:
    """The content lines; as they travel they are short, whole UTF-8, and end in CRLF."""
    assert content.endswith(b"\r\n")
    raw = content.split(b"\r\n")[:-1]
    for line in raw:
        assert 0 < len(line) <= LONGEST_LINE
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
        line.decode()
    assert not raw[0].startswith((b" ", b"\t"))
    return re.sub(rb"\r\n[ \t]", b"", content).decode().split("\r\n")[:-1]


def _text(value: str) -> str:
    bare = _ESCAPE.sub("", value)
    assert ";" not in bare, value
    assert "," not in bare, value
    return _ESCAPE.sub(lambda escape: _UNESCAPED[escape[1]], value)


def _check(part: Component, ended: str) -> None:
    assert part.name == ended
    assert _MUST[ended] <= part.properties.keys()
    assert part.properties.keys() <= _MUST[ended] | _MAY[ended]
    if ended == "VEVENT":
        assert re.fullmatch(r"\d{8}T\d{6}Z", part.value("DTSTAMP"))
        assert part.value("DTSTART") < part.value("DTEND")
    if ended == "VCALENDAR":
        is_off = part.value("METHOD") == "CANCEL"
        assert is_off == (part.part("VEVENT").value("STATUS") == "CANCELLED")


def _check_zones(calendar: Component) -> None:
    """Every zone that is named is described, once."""
    described = [part.value("TZID") for part in calendar.walk() if part.name == "VTIMEZONE"]
    named = {
        parameters.removeprefix("TZID=")
        for part in calendar.walk()
        for parameters, _ in part.properties.values()
        if parameters.startswith("TZID=")
    }
    assert sorted(described) == sorted(named)
