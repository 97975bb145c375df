"""Who may do what, cell by cell: every action, every role, one's own project and another's."""

from pathlib import Path

import pytest

from domain.access import TABLE, Action, Grant, Ground, Reach, ScopeKind, covers, may, reach
from domain.access_table import access_table
from domain.vocabulary import Role

UNIT, OTHER_UNIT, OWNER, PROJECT, REGION = 1, 2, 3, 4, 5
OWN = Ground(PROJECT, REGION, frozenset({UNIT}), frozenset(), OWNER)
SUPPORTING = Ground(PROJECT, REGION, frozenset({OTHER_UNIT}), frozenset({UNIT}), OWNER)
FOREIGN = Ground(PROJECT, REGION, frozenset({OTHER_UNIT}), frozenset(), OWNER)

# Written down a second time on purpose, from the design and not from the code. For each role:
# o own projects, i also those its unit supports, a all, - none.
#         officer, liaison, commissioner, first-responsible, coordinator, inspector
EXPECTED = {
    Action.READ_CARD: "aaaaaa",
    Action.READ_UNREVIEWED: "ooo-a-",
    Action.READ_PEOPLE: "iiioaa",
    Action.READ_PHONES: "ooooa-",
    Action.FOLLOW: "aaaaaa",
    Action.ADD_PROBLEM: "iii-a-",
    Action.NOTE_PROGRESS: "ooo-a-",
    Action.REPORT: "oo--a-",
    Action.REVIEW: "-o--a-",
    Action.READ_OVERVIEW: "iiiiaa",
    Action.READ_OVERDUE: "ooooaa",
    Action.NUDGE: "-oo-a-",
    Action.READ_CHASING_RECORD: "-o--aa",
    Action.ANSWER_ALERT: "-ooo--",
    Action.RELEASE: "----a-",
    Action.READ_HOLES: "-oo-aa",
    Action.IMPORT: "----a-",
    Action.INVITE: "----a-",
    Action.UNLINK_OTHERS: "----a-",
    Action.RECORD_LEAVE: "-o--a-",
    Action.MARK_LEFT: "----a-",
    Action.HOLD: "----a-",
    Action.EXTEND: "----a-",
    Action.EXEMPT: "----a-",
    Action.CLOSE_BOOKS: "----a-",
    Action.ENTER_BY_PHONE: "-o--a-",
    Action.HAND_OVER: "-o--a-",
    Action.CALL_MEETING: "----a-",
    Action.ANSWER_INVITATION: "-oooa-",
    Action.READ_MEETINGS: "ooooaa",
    Action.RAISE_ITEM: "-o--a-",
    Action.READ_ITEM: "iiiiaa",
    Action.ANSWER_DECISION: "-oo-a-",
    Action.DECIDE_ITEM: "----a-",
    Action.BIND_GROUP: "----a-",
}
ROLES = (
    Role.INFORMATION_OFFICER,
    Role.LIAISON,
    Role.COMMISSIONER,
    Role.FIRST_RESPONSIBLE,
    Role.COORDINATOR,
    Role.INSPECTOR,
)
CELLS = [
    (action, role, cell)
    for action, cells in EXPECTED.items()
    for role, cell in zip(ROLES, cells, strict=True)
]


@pytest.mark.parametrize(("action", "role", "cell"), CELLS)
def test_a_role_may_do_what_its_cell_says_and_no_more(
    action: Action, role: Role, cell: str
) -> None:
    grant = Grant(role, ScopeKind.ORGANISATION, UNIT)
    assert may(action, [grant], OWN) is (cell in "oia")
    assert may(action, [grant], SUPPORTING) is (cell in "ia")
    assert may(action, [grant], FOREIGN) is (cell == "a")


@pytest.mark.parametrize("action", list(Action))
def test_whoever_holds_no_role_may_do_nothing(action: Action) -> None:
    assert not may(action, [], OWN)
    assert reach(action, []) is Reach.NONE


def test_every_action_and_every_role_has_its_cell() -> None:
    assert set(EXPECTED) == set(Action) == set(TABLE)
    assert set(ROLES) == set(Role)
    assert all(set(row) == set(Role) for row in TABLE.values())


@pytest.mark.parametrize(
    ("grant", "is_covered"),
    [
        (Grant(Role.LIAISON, ScopeKind.ALL), True),
        (Grant(Role.LIAISON, ScopeKind.PROJECT, PROJECT), True),
        (Grant(Role.LIAISON, ScopeKind.PROJECT, UNIT), False),
        (Grant(Role.LIAISON, ScopeKind.REGION, REGION), True),
        (Grant(Role.LIAISON, ScopeKind.REGION, UNIT), False),
        (Grant(Role.LIAISON, ScopeKind.ORGANISATION, UNIT), True),
        (Grant(Role.LIAISON, ScopeKind.ORGANISATION, OWNER), True),
        (Grant(Role.LIAISON, ScopeKind.ORGANISATION, OTHER_UNIT), False),
        (Grant(Role.LIAISON, ScopeKind.ORGANISATION), False),
    ],
)
def test_a_scope_covers_its_own_projects(grant: Grant, is_covered: bool) -> None:
    assert covers(grant, OWN) is is_covered


@pytest.mark.parametrize("kind", [ScopeKind.REGION, ScopeKind.ORGANISATION])
def test_a_scope_without_a_name_covers_no_project_without_one(kind: ScopeKind) -> None:
    assert not covers(Grant(Role.LIAISON, kind), Ground(PROJECT))


def test_several_roles_add_up_each_within_its_own_scope() -> None:
    elsewhere = Grant(Role.LIAISON, ScopeKind.ORGANISATION, OTHER_UNIT)
    inspector = Grant(Role.INSPECTOR, ScopeKind.ALL)
    assert not may(Action.READ_UNREVIEWED, [elsewhere, inspector], OWN)
    assert may(Action.READ_UNREVIEWED, [elsewhere, inspector], FOREIGN)
    assert reach(Action.READ_HOLES, [elsewhere, inspector]) is Reach.ALL


def test_the_printed_table_is_the_one_in_force() -> None:
    page = Path(__file__).parents[2] / "docs" / "access.md"
    assert page.read_text(encoding="utf-8") == access_table()
