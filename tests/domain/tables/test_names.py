"""A cell may hold several names, and a name may hold the signs that divide names."""

import pytest

from domain.tables import ProblemCode, Value
from domain.tables.names import near_name, split_names
from domain.tables.problems import Unreadable

KNOWN_OFFICES = frozenset({"柳州市交通运输局", "柳州市水利局", "柳州市发展和改革委员会"})
KNOWN = frozenset(
    {"市住建局", "市交通局", "市财政局", "工信、商务联合办公室", "北部生态新区管委会"}
)


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        (None, ()),
        ("—", ()),
        ("市住建局", ("市住建局",)),
        (" 市住 建局 ", ("市住建局",)),
        ("市住建局、市交通局", ("市住建局", "市交通局")),
        ("市交通局；市住建局", ("市交通局", "市住建局")),
        ("市住建局;市交通局/市财政局", ("市住建局", "市交通局", "市财政局")),
        ("市住建局\n市交通局", ("市住建局", "市交通局")),
        ("市住建局，市交通局,市财政局", ("市住建局", "市交通局", "市财政局")),
        ("市住建局、市住建局", ("市住建局",)),
        ("市住建局、", ("市住建局",)),
        ("工信、商务联合办公室", ("工信、商务联合办公室",)),
        ("市住建局、工信、商务联合办公室", ("市住建局", "工信、商务联合办公室")),
        ("新单位、工信、商务联合办公室", ("新单位", "工信、商务联合办公室")),
        ("新区管委会（阳和、官塘）、市交通局", ("新区管委会（阳和、官塘）", "市交通局")),
        ("北部生态\n新区管委会", ("北部生态新区管委会",)),
        ("甲公司、乙公司", ("甲公司", "乙公司")),
    ],
)
def test_a_cell_is_tried_whole_and_then_divided(cell: Value, names: tuple[str, ...]) -> None:
    assert split_names(cell, KNOWN) == names


def test_a_cell_with_two_meanings_is_a_problem() -> None:
    known = frozenset({"甲局、乙局", "甲局", "乙局"})
    with pytest.raises(Unreadable) as unreadable:
        split_names("甲局、乙局", known)
    assert unreadable.value.code is ProblemCode.TWO_MEANINGS


def test_a_cell_of_many_names_is_divided_in_no_time() -> None:
    cell = "、".join(f"第{number}局" for number in range(5_000))
    assert len(split_names(cell, KNOWN)) == 5_000


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("柳州市交通局", "柳州市交通运输局"),
        ("柳洲市交通运输局", "柳州市交通运输局"),
        ("柳州市交通运输局", None),
        ("南宁市发展和改革委员会", None),
        ("柳洲市发展和改革委员会", "柳州市发展和改革委员会"),
        ("市卫健委", None),
    ],
)
def test_an_unknown_name_near_a_known_one_is_asked_about(name: str, near: str | None) -> None:
    assert near_name(name, KNOWN_OFFICES) == near
