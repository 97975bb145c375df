from domain.chain import Gap, Rung
from templates.holes import (
    HoleLine,
    HolesByUnit,
    HolesTable,
    NoHoles,
    ProjectHoles,
    UnitHoles,
    UnitLine,
)
from templates.message import Message

HOSTILE = "<b>局&\"'</b>😀" + "柳" * 180
EVERY_GAP = tuple((gap, 12) for gap in Gap)
EVERY_HOLE = tuple(HoleLine(rung, gap, HOSTILE) for rung, gap in zip(Rung, Gap, strict=True))

SAMPLES: list[Message] = [
    HolesByUnit(
        (
            UnitLine(3, "市住建局", 60, ((Gap.EMPTY, 1), (Gap.UNLINKED, 2))),
            UnitLine(0, "", 2, ((Gap.EMPTY, 5),)),
        ),
        looked_at=1132,
        listings=62,
        units=2,
    ),
    HolesByUnit(
        tuple(UnitLine(2**40 + number, HOSTILE, 10**6, EVERY_GAP) for number in range(8)),
        looked_at=10**6,
        listings=10**6,
        units=2000,
        page=4,
        pages=9,
        first=33,
    ),
    UnitHoles(
        3,
        "市住建局",
        (
            ProjectHoles(
                "白露大道（一期）",
                (
                    HoleLine(Rung.SECOND_REPORTER, Gap.EMPTY),
                    HoleLine(Rung.REVIEWER, Gap.UNLINKED, "黄联络员"),
                ),
            ),
        ),
        listings=1,
    ),
    UnitHoles(
        2**40,
        HOSTILE,
        tuple(ProjectHoles(HOSTILE, EVERY_HOLE) for _ in range(8)),
        listings=10**6,
        page=1,
        pages=3,
        first=9,
    ),
    UnitHoles(0, "", (ProjectHoles("无单位项目", (HoleLine(Rung.REVIEWER, Gap.LEFT, "甲"),)),), 1),
    NoHoles(1132),
    NoHoles(0),
    HolesTable(62),
]
