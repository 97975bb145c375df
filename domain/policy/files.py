"""Policy files: an office's own on top of a shipped one, checked as a whole, told apart."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from domain.policy.rules import Policy
from domain.schema import Fault, FaultCode, FaultyDataError, read_table

SHIPPED = ("city", "region")
# A day is named in one of these ways: a file that uses one leaves the other of its base behind.
_WAYS_TO_NAME_A_DAY = ("day", "nth_workday")

Tables = dict[str, Any]


def resolve_policy(text: str) -> Tables:
    """A policy file (TOML) laid over the shipped one it extends: complete, but not yet checked.

    A table is merged key by key; a list replaces its base's, and `key = false` drops its base's
    table. Raises FaultyDataError when the text is no TOML or extends what is not shipped.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyDataError((Fault("", FaultCode.MALFORMED, str(error), "toml"),)) from error
    base = tables.pop("extends", None)
    if base is None:
        return tables
    if base not in SHIPPED:
        fault = Fault("extends", FaultCode.NOT_ONE_OF, str(base), ", ".join(SHIPPED))
        raise FaultyDataError((fault,))
    return _merged(_shipped_tables(base), tables)


def read_policy(tables: Mapping[str, object]) -> Policy:
    """The policy that complete tables describe. Raises FaultyDataError with all that is wrong."""
    return read_table(Policy, tables)


@cache
def shipped_policy(name: str) -> Policy:
    """One of the `SHIPPED` policies."""
    return read_policy(_shipped_tables(name))


def version_of(tables: Mapping[str, object]) -> str:
    """A short name for exactly these rules: equal tables, equal version."""
    canonical = json.dumps(tables, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def changes(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, tuple[str, str]]:
    """What differs between two complete policies: key path to old and new value as written."""
    before, after = _flat(old), _flat(new)
    return {
        path: (before.get(path, ""), after.get(path, ""))
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    }


def _shipped_tables(name: str) -> Tables:
    file = resources.files("domain.data.policies").joinpath(f"{name}.toml")
    return resolve_policy(file.read_text("utf-8"))


def _merged(base: Tables, own: Tables) -> Tables:
    kept = dict(base)
    if any(way in own for way in _WAYS_TO_NAME_A_DAY):
        kept = {key: value for key, value in base.items() if key not in _WAYS_TO_NAME_A_DAY}
    for key, value in own.items():
        if isinstance(kept.get(key), dict) and value is False:
            del kept[key]
        elif isinstance(kept.get(key), dict) and isinstance(value, dict):
            kept[key] = _merged(kept[key], value)
        else:
            kept[key] = value
    return kept


def _flat(value: object, path: str = "") -> dict[str, str]:
    if isinstance(value, Mapping):
        pairs = [(f"{path}.{key}".strip("."), inner) for key, inner in value.items()]
    elif isinstance(value, list) and value:
        pairs = [(f"{path}[{number}]", inner) for number, inner in enumerate(value)]
    else:
        return {path: json.dumps(value, ensure_ascii=False, default=str)}
    return {
        at: text for inner_path, inner in pairs for at, text in _flat(inner, inner_path).items()
    }
