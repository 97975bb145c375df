from dataclasses import replace
from typing import Any

from domain.access import ScopeKind
from domain.importing.changes import Change, Outcome
from domain.importing.conflicts import Conflict, ConflictCode
from domain.importing.contacts import ContactField, ContactVerdict, StoredContact
from domain.importing.findings import Obstacle, Trouble
from domain.importing.projects import ProjectField, ProjectVerdict, StoredProject
from domain.importing.scopes import Post
from domain.periods import Period
from domain.stated import Comparison, Measure, Mismatch, Scope, Severity
from domain.tables import (
    ContactRow,
    Doubt,
    DoubtCode,
    Place,
    Problem,
    ProblemCode,
    ProjectRow,
    ScopePart,
)
from domain.tables import ScopeKind as Part
from domain.vocabulary import Language, Level, PlanCategory, Role, Sector
from templates.imports import (
    BatchChoice,
    ContactsPreview,
    FileRefused,
    First,
    ImportDetails,
    ImportDone,
    ImportDropped,
    ImportRehearsed,
    ImportSettled,
    NewNames,
    ProgrammePreview,
    TableNotRecognised,
    WhichProgramme,
    Wrong,
)
from templates.message import Message
from tests.builders import NOW
from usecases.workbook import Kind, Reason

HOSTILE = "<b>路&\"'</b>{raw}😀" + "柳" * 180
F = ProjectField
HERE = Place("续建", 12, "K", "总投资")
THERE = Place(HOSTILE, 20_000, "SF", HOSTILE)
EVERY_PARAMETER: dict[str, str | int] = {
    "raw": HOSTILE,
    "near": HOSTILE,
    "first": HOSTILE,
    "second": HOSTILE,
    "kept": HOSTILE,
    "other": HOSTILE,
    "name": HOSTILE,
    "unit": HOSTILE,
    "sheet": HOSTILE,
    "row": 20_000,
    "year": 2026,
    "longest": 200,
    "column": "roles",
    "plan": 10**15,
    "total": 120_000_000,
}
EVERY_TROUBLE: list[Trouble] = [
    *(Problem(code, THERE, EVERY_PARAMETER) for code in ProblemCode),
    *(Conflict(code, THERE, EVERY_PARAMETER) for code in ConflictCode),
]
EVERY_DOUBT = [Doubt(code, THERE, EVERY_PARAMETER) for code in DoubtCode]

COUNTS = dict.fromkeys(Outcome, 0)
MANY = dict.fromkeys(Outcome, 10**5)
NONE_WRONG = Wrong(First(), First(), First())
REFUSED = Wrong(
    First.of(EVERY_TROUBLE, 8),
    First.of(EVERY_DOUBT, 3),
    First.of(EVERY_DOUBT, 3),
    (Obstacle.BAD_ROWS, Obstacle.NEAR_NAMES),
    10**5,
)
DOUBTED = Wrong(First(), First.of(EVERY_DOUBT, 3), First.of(EVERY_DOUBT, 3), (Obstacle.NEAR_NAMES,))
NO_NAMES = NewNames(First(), First())
MANY_NAMES = NewNames(First.of((HOSTILE,) * 900, 5), First.of((HOSTILE,) * 40, 5))

ROW = ProjectRow(HERE, "白露大道（一期）", PlanCategory.CONTINUING, total_investment=500_000_000)
LONG_ROW = replace(ROW, place=THERE, name=HOSTILE, total_investment=10**15)
CHANGES = (
    Change(F.ANNUAL_PLANNED_INVESTMENT, 120_000_000, 150_000_000),
    Change(F.PLAN_CATEGORY, PlanCategory.CONTINUING, PlanCategory.COMPLETION),
    Change(F.PLANNED_FINISH, None, Period(2026, 12)),
    Change(F.INVESTED_THIS_YEAR, None, 0, Period(2026, 3)),
)
LONG_CHANGES = (
    Change(F.RESPONSIBLE_UNITS, (HOSTILE,) * 9, (HOSTILE,) * 9),
    Change(F.SCOPE, HOSTILE * 9, HOSTILE * 9),
    Change(F.START_YEAR, 2019, 2020),
    Change(F.OWNER, "", HOSTILE),
)
STORED = StoredProject(1, "白露大道（一期）")
CHANGED = ProjectVerdict(ROW, Outcome.CHANGED, STORED, CHANGES)
LONG_CHANGED = ProjectVerdict(LONG_ROW, Outcome.CHANGED, STORED, LONG_CHANGES)
MISMATCHES = (
    Mismatch(
        Scope((PlanCategory.NEW_START,)),
        Measure.ANNUAL_PLAN,
        Comparison.SECTORS,
        10_761_000_000,
        10_733_000_000,
        Severity.CONTRADICTION,
    ),
    Mismatch(
        Scope((PlanCategory.COMPLETION,)),
        Measure.PROJECTS,
        Comparison.SECTORS,
        135,
        134,
        Severity.CONTRADICTION,
    ),
)
LONG_MISMATCH = Mismatch(
    Scope(tuple(PlanCategory), HOSTILE, Sector.ECOLOGY),
    Measure.TOTAL_INVESTMENT,
    Comparison.ROWS,
    10**15,
    10**15 + 1,
    Severity.CONTRADICTION,
)
PROGRAMME = ProgrammePreview(
    preview_id=7,
    file_name="柳州2026.xlsx",
    title="柳州市2026年市级层面统筹推进重大项目",
    level=Level.CITY,
    year=2026,
    batch="",
    is_known=True,
    counts={**COUNTS, Outcome.NEW: 1, Outcome.CHANGED: 1, Outcome.UNCHANGED: 727},
    changed=First((CHANGED,)),
    new=First((ProjectVerdict(ROW, Outcome.NEW),)),
    names=NewNames(First(("市住建局",)), First(("柳州市",))),
    mismatches=First(MISMATCHES),
    roundings=4,
    wrong=NONE_WRONG,
)

PERSON = ContactRow(HERE, "黄小明", "市住建局", (Role.LIAISON,), (ScopePart(Part.OWN_UNIT),))
STORED_PERSON = StoredContact(1, "黄小明")
POSTS = (
    Post(Role.LIAISON, ScopeKind.ORGANISATION, "市住建局", "市住建局"),
    Post(Role.COORDINATOR, ScopeKind.ALL),
)
LONG_POSTS = (Post(Role.FIRST_RESPONSIBLE, ScopeKind.PROJECT, "1", HOSTILE),) * 40
CHANGED_PERSON = ContactVerdict(
    PERSON,
    Outcome.CHANGED,
    STORED_PERSON,
    (Change(ContactField.PHONE, "19900000001", "19900000002"),),
    POSTS[:1],
    POSTS[1:],
)
LONG_PERSON = ContactVerdict(
    replace(PERSON, name=HOSTILE, unit=HOSTILE, roles=tuple(Role)),
    Outcome.CHANGED,
    STORED_PERSON,
    (
        Change(ContactField.UNIT, HOSTILE, HOSTILE),
        Change(ContactField.LANGUAGE, Language.ZH, Language.EN),
    ),
    LONG_POSTS,
    LONG_POSTS,
)
CONTACTS = ContactsPreview(
    preview_id=8,
    file_name="联系人.xlsx",
    counts={**COUNTS, Outcome.NEW: 1, Outcome.CHANGED: 1},
    changed=First((CHANGED_PERSON,)),
    new=First((ContactVerdict(PERSON, Outcome.NEW),)),
    names=NO_NAMES,
    wrong=NONE_WRONG,
)

HAVING_LEFT = replace(
    CONTACTS,
    counts={**COUNTS, Outcome.RETURNED: 1, Outcome.LEFT_ALONE: 2},
    changed=First((replace(CHANGED_PERSON, outcome=Outcome.RETURNED),)),
    left=First((replace(LONG_PERSON, outcome=Outcome.LEFT_ALONE),) * 5, 10**5),
)
LARGE_PROGRAMME = replace(
    PROGRAMME,
    preview_id=2**40,
    file_name=HOSTILE,
    title="",
    batch=HOSTILE,
    is_known=False,
    counts=MANY,
    changed=First.of((LONG_CHANGED,) * 900, 3),
    new=First.of((ProjectVerdict(LONG_ROW, Outcome.NEW),) * 900, 3),
    names=MANY_NAMES,
    mismatches=First.of((LONG_MISMATCH,) * 90, 3),
    wrong=DOUBTED,
    is_again=True,
)
LARGE_CONTACTS = replace(
    CONTACTS,
    preview_id=2**40,
    file_name=HOSTILE,
    counts=MANY,
    changed=First.of((LONG_PERSON,) * 900, 3),
    new=First.of((replace(LONG_PERSON, outcome=Outcome.NEW),) * 900, 3),
    names=MANY_NAMES,
    wrong=DOUBTED,
    is_again=True,
)
EMPTY: First[Any] = First((), 900)
ON_A_PHONE: list[Message] = [
    LARGE_PROGRAMME,
    replace(
        LARGE_PROGRAMME,
        changed=EMPTY,
        new=EMPTY,
        names=NewNames(EMPTY, EMPTY),
        mismatches=EMPTY,
        wrong=REFUSED,
    ),
    LARGE_CONTACTS,
    replace(LARGE_CONTACTS, changed=EMPTY, new=EMPTY, names=NewNames(EMPTY, EMPTY), wrong=REFUSED),
]

SAMPLES: list[Message] = [
    PROGRAMME,
    *ON_A_PHONE,
    replace(PROGRAMME, wrong=replace(NONE_WRONG, troubles=First.of(EVERY_TROUBLE, None))),
    replace(
        PROGRAMME,
        wrong=Wrong(First(), First.of(EVERY_DOUBT[:2], None), First(), (Obstacle.NEAR_NAMES,)),
    ),
    replace(
        PROGRAMME,
        counts={**COUNTS, Outcome.UNCHANGED: 729},
        changed=First(),
        new=First(),
        names=NO_NAMES,
        mismatches=First(),
        roundings=0,
    ),
    CONTACTS,
    HAVING_LEFT,
    WhichProgramme(7, "项目表.xlsx", None, None, 2026),
    WhichProgramme(2**40, HOSTILE, Level.CITY, None, 2026),
    WhichProgramme(
        2**40,
        HOSTILE,
        Level.REGION,
        2026,
        2026,
        (BatchChoice(1, ""), BatchChoice(2, "第一批"), BatchChoice(2**40, HOSTILE[:100])),
    ),
    ImportDetails("项目表.xlsx"),
    ImportDetails(HOSTILE),
    ImportDone("项目表.xlsx", {**COUNTS, Outcome.NEW: 12}),
    ImportDone(HOSTILE, MANY),
    ImportDropped("项目表.xlsx"),
    ImportDropped(HOSTILE),
    ImportRehearsed("项目表.xlsx"),
    ImportRehearsed(HOSTILE),
    ImportSettled("项目表.xlsx", True, NOW),
    ImportSettled(HOSTILE, False, NOW),
    *(
        FileRefused(HOSTILE, reason, None, {"rows": 20_000, "columns": 500, "line": 3})
        for reason in Reason
    ),
    *(FileRefused("某.pdf", Reason.NOT_A_TABLE, kind, {"kind": kind}) for kind in Kind),
    TableNotRecognised("项目表.xlsx"),
    TableNotRecognised(HOSTILE),
]
