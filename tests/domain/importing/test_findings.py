"""New names are shown, near ones asked about, and nothing wrong passes unless somebody says so."""

import pytest

from domain.importing.conflicts import Conflict, ConflictCode
from domain.importing.findings import Findings, Leniency, Obstacle, Trouble
from domain.importing.newcomers import new_names, slips
from domain.tables import Doubt, DoubtCode, Place, Problem, ProblemCode

HERE = Place("续建", 5)
LENIENT = Leniency(accepts_new_names=True, skips_bad_rows=True)
NEAR = Doubt(DoubtCode.UNIT_NEAR, HERE, {"raw": "市住建居", "near": "市住建局"})
REMARK = Doubt(DoubtCode.COLUMN_NOT_USED, HERE)
BAD_ROW = Problem(ProblemCode.AMOUNT_VAGUE, HERE)
BAD_FILE = Problem(ProblemCode.NO_TABLE, HERE)


def mentions(*names: str) -> list[tuple[str, Place]]:
    return [(name, HERE) for name in names]


def meant(*names: str, known: tuple[str, ...] = ()) -> dict[object, object]:
    doubts = slips(mentions(*names), known)
    return {doubt.parameters["raw"]: doubt.parameters["near"] for doubt in doubts}


def test_a_new_name_is_told_once_however_it_is_spelled() -> None:
    names = mentions("甲(公司)", "甲（公司）", "市住建局", "乙公司")
    assert new_names(names, {"市住建局"}) == ("甲(公司)", "乙公司")


@pytest.mark.parametrize(
    "slip", ["柳州市交运输局", "柳州市交通通运输局", "柳州市交通输运局", "柳州交通运输局"]
)
def test_a_slip_of_the_pen_is_noticed(slip: str) -> None:
    assert meant(slip, known=("柳州市交通运输局",)) == {slip: "柳州市交通运输局"}


@pytest.mark.parametrize("other", ["城北建设公司", "城南建设集团公司", "市住建局"])
def test_another_name_is_no_slip(other: str) -> None:
    assert meant(other, known=("城南建设公司", "县住建局")) == {}


def test_in_the_first_file_a_name_used_often_is_known() -> None:
    often = ("柳州市交通运输局",) * 3
    assert meant(*often, "柳州市交运输局") == {"柳州市交运输局": "柳州市交通运输局"}
    assert meant(*often[:2], "柳州市交运输局") == {}


@pytest.mark.parametrize(
    ("troubles", "doubts", "leniency", "obstacles"),
    [
        ((), (), Leniency(), ()),
        ((), (REMARK,), Leniency(), ()),
        ((BAD_ROW,), (), Leniency(), (Obstacle.BAD_ROWS,)),
        ((BAD_ROW,), (NEAR,), Leniency(), (Obstacle.BAD_ROWS, Obstacle.NEAR_NAMES)),
        ((BAD_ROW,), (NEAR,), LENIENT, ()),
        ((BAD_FILE,), (), LENIENT, (Obstacle.BAD_FILE,)),
        (
            (Conflict(ConflictCode.NO_COORDINATOR_LEFT, HERE),),
            (),
            LENIENT,
            (Obstacle.BAD_FILE,),
        ),
    ],
)
def test_what_stands_in_the_way(
    troubles: tuple[Trouble, ...],
    doubts: tuple[Doubt, ...],
    leniency: Leniency,
    obstacles: tuple[Obstacle, ...],
) -> None:
    assert Findings(troubles, doubts).obstacles(leniency) == obstacles


def test_only_the_names_that_were_shown_pass() -> None:
    other = Doubt(DoubtCode.UNIT_NEAR, HERE, {"raw": "市教肓局", "near": "市教育局"})
    findings = Findings(doubts=(NEAR, NEAR, other, REMARK)).letting_pass(frozenset({"市住建居"}))
    assert findings.near == (other,)
    assert findings.remarks == (REMARK,)
