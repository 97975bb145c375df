import datetime as dtm

from domain.vocabulary import ProblemKind
from templates.message import Message
from templates.updating import (
    AskUpdate,
    AskUpdateKind,
    AskUpdateProject,
    Choosable,
    NoUpdates,
    ToldLine,
    UpdateCard,
    UpdateKind,
    UpdateOver,
    UpdatePhoto,
    UpdatePhotos,
    UpdateSaved,
    UpdateSettled,
    UpdatesSettled,
)

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
AT = dtm.datetime(2026, 11, 18, 2, tzinfo=dtm.UTC)
NAME = "白露大道（一期）"
TEXT = "K3段路基已贯通"

SAMPLES: list[Message] = [
    AskUpdateProject(),
    AskUpdateProject((), "月球隧道"),
    AskUpdateProject((Choosable(1, NAME), Choosable(2, "柳江新高中")), "柳"),
    AskUpdateProject(tuple(Choosable(2**40, HOSTILE) for _ in range(10)), HOSTILE),
    AskUpdate(NAME),
    AskUpdate(HOSTILE, is_unfit=True),
    AskUpdateKind(NAME, TEXT, True),
    AskUpdateKind(HOSTILE, HOSTILE * 2, False, ProblemKind.FUNDING),
    UpdateSaved(NAME, TEXT, None),
    UpdateSaved(NAME, TEXT, ProblemKind.LAND, is_adopted=True, raises=7),
    UpdateSaved(HOSTILE, HOSTILE * 2, ProblemKind.LAND_ACQUISITION, 9, True),
    UpdatePhotos(NAME, 1),
    UpdatePhotos(HOSTILE, 9, is_full=True),
    UpdateOver(),
    UpdateCard(UpdateKind.NOTE, 1, 1, NAME, TEXT, "韦信息员", "样例城投公司", AT, photos=2, left=3),
    UpdateCard(
        UpdateKind.PROBLEM,
        2**40,
        2**40,
        HOSTILE,
        HOSTILE * 2,
        HOSTILE,
        HOSTILE,
        AT,
        ProblemKind.FOREST,
        9,
        10**6,
    ),
    UpdateSettled(NAME, TEXT, True, 2),
    UpdateSettled(HOSTILE, HOSTILE, False),
    UpdateSettled(NAME, TEXT, True, 2, raises=7),
    NoUpdates(),
    UpdatePhoto(NAME, 1, 2),
    UpdatePhoto(HOSTILE, 9, 9),
    UpdatesSettled((ToldLine(NAME, TEXT, True), ToldLine(NAME, TEXT, False))),
    UpdatesSettled(tuple(ToldLine(HOSTILE, HOSTILE, False) for _ in range(20))),
]
