"""Hand-written data (TOML, JSON) read into frozen dataclasses, every fault told at once.

The dataclass is the schema: its fields are the keys, a default or `| None` makes a key optional,
`Annotated[int, Between(1, 31)]` sets bounds. A class with a `parse(text)` of its own is written as
a string. A class may have `faults()`, which yields what is wrong between its fields.
"""

import dataclasses
import re
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Annotated, Any, Protocol, TypeVar, cast

T = TypeVar("T")


class FaultCode(StrEnum):
    """What is wrong with one key of a file; templates word it."""

    UNKNOWN_KEY = "unknown_key"
    MISSING = "missing"
    WRONG_TYPE = "wrong_type"
    MALFORMED = "malformed"
    NOT_ONE_OF = "not_one_of"
    OUT_OF_RANGE = "out_of_range"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong at a key path such as `reporting.months[0].day`.

    `value` is what the file says and `expected` what it may say, both as data spells them.
    """

    path: str
    code: FaultCode
    value: str = ""
    expected: str = ""


class FaultyDataError(ValueError):
    """A file cannot be used; `faults` names everything that is wrong with it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.code}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Between:
    """The bounds of a number, both allowed."""

    least: int
    most: int

    def __str__(self) -> str:
        return f"{self.least}..{self.most}"


class Checked(Protocol):
    """A table that knows what can be wrong between its own fields."""

    def faults(self) -> Iterator[Fault]:
        """What is wrong, with paths relative to this table."""


def read_table(kind: type[T], data: object) -> T:
    """A `kind` (dataclass) made of parsed TOML or JSON.

    Raises FaultyDataError with every fault: unknown and missing keys, wrong types, values out of
    bounds, and what the classes themselves find wrong.
    """
    reader = _Reader()
    value = reader.read(kind, data, "")
    if reader.faults:
        raise FaultyDataError(tuple(reader.faults))
    return cast(T, value)


class _Reader:
    """Reads on after a fault, with None in the place of what could not be read."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def read(self, hint: Any, data: object, path: str) -> Any:
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin in (types.UnionType, typing.Union):
            return self.read(arguments[0], data, path)
        if origin is Annotated:
            return self._bounded(arguments[0], arguments[1], data, path)
        if origin is tuple:
            return self._list(arguments[0], data, path)
        if origin is Mapping:
            return self._mapping(arguments, data, path)
        if dataclasses.is_dataclass(hint) and not hasattr(hint, "parse"):
            return self._table(cast(type, hint), data, path)
        return self._leaf(hint, data, path)

    def _wrong(self, path: str, code: FaultCode, data: object, expected: str) -> None:
        self.faults.append(Fault(path, code, str(data), expected))

    def _bounded(self, kind: Any, bounds: Between, data: object, path: str) -> Any:
        value = self.read(kind, data, path)
        if value is not None and not bounds.least <= value <= bounds.most:
            return self._wrong(path, FaultCode.OUT_OF_RANGE, value, str(bounds))
        return value

    def _list(self, kind: Any, data: object, path: str) -> Any:
        if not isinstance(data, list):
            return self._wrong(path, FaultCode.WRONG_TYPE, data, "list")
        return tuple(self.read(kind, item, f"{path}[{n}]") for n, item in enumerate(data))

    def _mapping(self, kinds: tuple[Any, ...], data: object, path: str) -> Any:
        if not isinstance(data, Mapping):
            return self._wrong(path, FaultCode.WRONG_TYPE, data, "table")
        return {
            self._key(kinds[0], key, _join(path, key)): self.read(kinds[1], value, _join(path, key))
            for key, value in data.items()
        }

    def _key(self, kind: Any, key: str, path: str) -> Any:
        number = kind is int and key.isascii() and key.isdigit()
        return int(key) if number else self._leaf(kind, key, path)

    def _table(self, kind: type, data: object, path: str) -> Any:
        if not isinstance(data, Mapping):
            return self._wrong(path, FaultCode.WRONG_TYPE, data, "table")
        faults_before = len(self.faults)
        values = self._fields(kind, data, path)
        if len(self.faults) > faults_before:
            return None
        table = kind(**values)
        if hasattr(table, "faults"):
            self._add_own_faults(table, path)
        return table

    def _fields(self, kind: type, data: Mapping[str, object], path: str) -> dict[str, Any]:
        hints = typing.get_type_hints(kind, include_extras=True)
        for key in data:
            if key not in hints:
                self._wrong(_join(path, key), FaultCode.UNKNOWN_KEY, data[key], "")
        for field in dataclasses.fields(kind):
            if field.name not in data and field.default is dataclasses.MISSING:
                self._wrong(_join(path, field.name), FaultCode.MISSING, "", "")
        return {
            name: self.read(hint, data[name], _join(path, name))
            for name, hint in hints.items()
            if name in data
        }

    def _add_own_faults(self, table: Checked, path: str) -> None:
        for fault in table.faults():
            self.faults.append(dataclasses.replace(fault, path=_join(path, fault.path)))

    def _leaf(self, kind: Any, data: object, path: str) -> Any:
        written_as = kind if kind in (int, str, bool) else str
        if type(data) is not written_as:
            return self._wrong(path, FaultCode.WRONG_TYPE, data, written_as.__name__)
        if kind is written_as:
            return data
        try:
            return _PARSERS.get(kind, getattr(kind, "parse", kind))(data)
        except ValueError:
            return self._unreadable(kind, data, path)

    def _unreadable(self, kind: Any, data: object, path: str) -> None:
        if issubclass(kind, StrEnum):
            self._wrong(path, FaultCode.NOT_ONE_OF, data, ", ".join(kind))
        else:
            self._wrong(path, FaultCode.MALFORMED, data, kind.__name__.lower())


def _join(path: str, key: str) -> str:
    return f"{path}.{key}".strip(".")


def parse_time(text: str) -> time:
    """A time of day spelled 09:00. Raises ValueError for any other spelling."""
    if not re.fullmatch(r"[0-9]{2}:[0-9]{2}", text):
        raise ValueError(f"not a time of day: {text!r}")
    return time.fromisoformat(text)


_PARSERS: dict[Any, Any] = {time: parse_time, date: date.fromisoformat}
