from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Annotated

import pytest

from domain.schema import Between, Fault, FaultCode, FaultyDataError, parse_time, read_table


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Lamp:
    colour: Colour
    watts: Annotated[int, Between(1, 100)]


@dataclass(frozen=True, slots=True)
class Room:
    name: str
    lamps: tuple[Lamp, ...]
    dark_from: time
    built: date | None = None
    doors: Annotated[int, Between(0, 9)] | None = None
    keys: Mapping[Colour, int] | None = None
    heated: bool = False

    def faults(self) -> Iterator[Fault]:
        if self.heated and not self.lamps:
            yield Fault("heated", FaultCode.CONFLICT, "true", "lamps")


SOUND: dict[str, object] = {
    "name": "hall",
    "lamps": [{"colour": "red", "watts": 40}],
    "dark_from": "18:00",
}


def faults_of(data: object) -> list[tuple[str, FaultCode]]:
    with pytest.raises(FaultyDataError) as refused:
        read_table(Room, data)
    return [(fault.path, fault.code) for fault in refused.value.faults]


def test_sound_data_becomes_its_class() -> None:
    assert read_table(Room, SOUND) == Room("hall", (Lamp(Colour.RED, 40),), time(18))


def test_optional_keys_are_read_when_they_are_there() -> None:
    room = read_table(
        Room, SOUND | {"built": "2026-03-01", "doors": 2, "keys": {"green": 1}, "heated": True}
    )

    assert (room.built, room.doors, room.heated) == (date(2026, 3, 1), 2, True)
    assert room.keys == {Colour.GREEN: 1}


def test_everything_wrong_is_told_at_once_with_its_path() -> None:
    broken = {
        "lamps": [{"colour": "blue", "watts": 0}, {"colour": "red", "volts": 3}, 7],
        "dark_from": "6pm",
        "keys": {"pink": 1, "red": "one"},
        "doors": True,
        "colour": "red",
    }

    assert faults_of(broken) == [
        ("colour", FaultCode.UNKNOWN_KEY),
        ("name", FaultCode.MISSING),
        ("lamps[0].colour", FaultCode.NOT_ONE_OF),
        ("lamps[0].watts", FaultCode.OUT_OF_RANGE),
        ("lamps[1].volts", FaultCode.UNKNOWN_KEY),
        ("lamps[1].watts", FaultCode.MISSING),
        ("lamps[2]", FaultCode.WRONG_TYPE),
        ("dark_from", FaultCode.MALFORMED),
        ("doors", FaultCode.WRONG_TYPE),
        ("keys.pink", FaultCode.NOT_ONE_OF),
        ("keys.red", FaultCode.WRONG_TYPE),
    ]


def test_a_fault_says_what_was_written_and_what_may_be() -> None:
    with pytest.raises(FaultyDataError) as refused:
        read_table(Lamp, {"colour": "blue", "watts": 101})

    assert refused.value.faults == (
        Fault("colour", FaultCode.NOT_ONE_OF, "blue", "red, green"),
        Fault("watts", FaultCode.OUT_OF_RANGE, "101", "1..100"),
    )


def test_a_class_tells_what_is_wrong_between_its_fields() -> None:
    assert faults_of(SOUND | {"lamps": [], "heated": True}) == [("heated", FaultCode.CONFLICT)]


@pytest.mark.parametrize("data", [None, [], "room", 3])
def test_what_is_no_table_is_refused(data: object) -> None:
    assert faults_of(data) == [("", FaultCode.WRONG_TYPE)]


@pytest.mark.parametrize(
    "text", ["9:00", "09:0", "24:00", "09:60", "0900", "", "09:00:00", "+9:00"]
)
def test_a_time_of_day_has_one_spelling(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_time(text)
