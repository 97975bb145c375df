from domain.periods import Period
from domain.vocabulary import PlanCategory
from templates.lookup import (
    AskForName,
    CategoryCount,
    HitCategories,
    HitLine,
    HitList,
    HitRegions,
    Narrowing,
    NearestHits,
    NothingFound,
    RegionCount,
)
from templates.message import Message

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
BIG = 2**40
HITS = (
    HitLine(1, "柳江新高中", PlanCategory.CONTINUING),
    HitLine(2, "柳江区体育公园（二期）", PlanCategory.COMPLETION, is_withdrawn=True),
    HitLine(3, "柳江旧项目", None),
)
HOSTILE_HITS = tuple(HitLine(BIG + n, HOSTILE, PlanCategory.PREPARATORY) for n in range(6))
NARROW = Narrowing(PlanCategory.PREPARATORY, BIG)

SAMPLES: list[Message] = [
    HitList(7, "柳江", HITS, 3, 1, 0, 1),
    HitList(7, "柳江", HITS, 11, 1, 0, 2, as_at=Period(2026, 9)),
    HitList(BIG, HOSTILE, HOSTILE_HITS, 400, 61, 10, 67, NARROW, HOSTILE, Period(2026, 9), True),
    HitCategories(7, "柳江", tuple(CategoryCount(one, 5) for one in PlanCategory)),
    HitCategories(BIG, HOSTILE, (CategoryCount(PlanCategory.NEW_START, 10**6),), NARROW),
    HitRegions(7, "柳江", (RegionCount(1, "柳州市", 10),), 0, 1),
    HitRegions(
        BIG, HOSTILE, tuple(RegionCount(BIG + n, HOSTILE, 10**6) for n in range(8)), 3, 9, NARROW
    ),
    NearestHits("柳江机场", HITS),
    NearestHits(HOSTILE, HOSTILE_HITS, Period(2026, 9)),
    NothingFound("zzz"),
    NothingFound(HOSTILE),
    AskForName(),
]
