"""The word lists and printed figures of the sample, read from the files beside this module."""

import csv
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

_DATA = files("sandbox.sample") / "data"


@cache
def table(name: str) -> Mapping[str, Any]:
    """The TOML file of that name; printed decimals stay exact."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"), parse_float=Decimal)


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of the CSV file of that name."""
    return tuple(csv.DictReader((_DATA / f"{name}.csv").read_text("utf-8").splitlines()))
