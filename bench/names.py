"""Names to search: real ones, and composed ones in their manner, from a seed."""

import csv
import tomllib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

from domain.search import Named

_DATA: Final = Path(__file__).parent / "data"
Words = dict[str, list[str]]


def vocabulary(name: str) -> Words:
    """The words of `data/<name>.toml`."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))


def real_names() -> list[Named]:
    """The names of real projects, collected from published plans and news."""
    with (_DATA / "real-names.csv").open(encoding="utf-8", newline="") as file:
        return [Named(int(r["key"]), r["name"], place=r["place"]) for r in csv.DictReader(file)]


def composed_names(words: Words, count: int, seed: int) -> list[Named]:
    """`count` different names with codes, places and, some of them, an alias."""
    random = Random(seed)
    names: dict[str, Named] = {}
    while len(names) < count:
        place = random.choice(words["cities"])
        name, alias = random.choice(_KINDS)(words, random, place)
        if name not in names:
            aliases = (alias,) if alias and alias != name else ()
            names[name] = Named(len(names), name, aliases, _code(random), place)
    return list(names.values())


def _code(random: Random) -> str:
    place, kind, serial = (
        random.randrange(450100, 451499),
        random.randrange(99),
        random.randrange(10**6),
    )
    return f"20{random.randrange(18, 27)}-{place}-{kind:02}-01-{serial:06}"


def _stem(words: Words, random: Random) -> str:
    return random.choice(words["stems_first"]) + random.choice(words["stems_second"])


def _near(words: Words, random: Random, place: str) -> str:
    """How a name begins: with the city, the city said short, a county or nothing."""
    return random.choice(
        [place, place.removesuffix("市"), random.choice(words["counties"]), "", ""]
    )


def _road(words: Words, random: Random, place: str) -> tuple[str, str]:
    road = _stem(words, random) + random.choice(words["roads"])
    ends = f"（{_stem(words, random)}路{random.choice('-—至')}{_stem(words, random)}大桥）"
    tail = random.choice(
        [random.choice(words["phases"]), random.choice(words["works"]) + ends, ends]
    )
    return _near(words, random, place) + road + tail, ""


def _expressway(words: Words, random: Random, place: str) -> tuple[str, str]:
    first, last = random.sample(words["counties"] + words["cities"], 2)
    first, last = _short(first), _short(last)
    kind = random.choice(["高速公路", "铁路", "公路", "高速公路改扩建工程", "城际铁路"])
    tail = random.choice(
        ["", "", f"（{_short(place)}段）", f"（{_stem(words, random)}至{last}段）"]
    )
    return f"{first}{random.choice('至—-')}{last}{kind}{tail}", first[0] + last[0] + kind[:2] + tail


def _factory(words: Words, random: Random, place: str) -> tuple[str, str]:
    stem, product = _stem(words, random), random.choice(words["products"])
    company = _near(words, random, place) + stem + random.choice(words["companies"])
    amount = random.choice([1, 2, 3, 5, 8, 10, 12, 20, 30, 50, 80])
    made = f"年产{amount}万{random.choice(words['units'])}{product}"
    return company + made + random.choice(words["works"]), stem + product


def _facility(words: Words, random: Random, place: str) -> tuple[str, str]:
    facility = random.choice([_stem(words, random), ""]) + random.choice(words["facilities"])
    near = random.choice([random.choice(words["counties"]), place])
    return near + facility + random.choice(words["works"] + words["phases"]), ""


def _metro(words: Words, random: Random, place: str) -> tuple[str, str]:
    line = f"轨道交通{random.choice('1234567一二三四五六七')}号线"
    ends = f"（{_stem(words, random)}站-{_stem(words, random)}站）"
    return place + line + random.choice(words["phases"]) + random.choice([ends, ""]), ""


def _park(words: Words, random: Random, place: str) -> tuple[str, str]:
    name = (
        _stem(words, random)
        + random.choice(words["products"] + [""])
        + random.choice(words["parks"])
    )
    return _near(words, random, place) + name + random.choice(words["phases"] + words["works"]), ""


def _river(words: Words, random: Random, place: str) -> tuple[str, str]:
    river = random.choice(words["rivers"]) + random.choice([_stem(words, random), ""])
    return _near(words, random, place) + river + random.choice(words["river_works"]), ""


def _energy(words: Words, random: Random, _: str) -> tuple[str, str]:
    plant = _stem(words, random) + random.choice(words["energy"])
    return random.choice(words["counties"]) + plant + random.choice(words["phases"]), ""


def _bridge(words: Words, random: Random, place: str) -> tuple[str, str]:
    return random.choice(["", place]) + _stem(words, random) + "大桥" + random.choice(
        ["", "工程"]
    ), ""


def _short(place: str) -> str:
    return place[:2] if len(place) <= 4 else place[:-1] if place.endswith("市") else place[:2]


_KINDS: Final[list[Callable[[Words, Random, str], tuple[str, str]]]] = [
    _road, _road, _expressway, _factory, _factory, _facility,
    _metro, _park, _river, _energy, _bridge,
]  # fmt: skip
