"""A table of contacts is compared with the contact book: one person, several rows, many posts."""

from dataclasses import replace
from typing import Any

import pytest

from domain.access import ScopeKind
from domain.importing.changes import Change, Facts, Outcome
from domain.importing.conflicts import ConflictCode
from domain.importing.contacts import (
    ContactComparison,
    ContactField,
    ContactVerdict,
    StoredContact,
    compare_contacts,
)
from domain.importing.projects import ProjectField, StoredProject
from domain.importing.scopes import Post, Scopes
from domain.tables import ContactRow, Place, ScopePart
from domain.tables import ScopeKind as Part
from domain.tables.headers import Column
from domain.vocabulary import Language, Role

F = ContactField
UNIT = "柳州市住建局"
OWN_UNIT = ScopePart(Part.OWN_UNIT)
LIAISON = Post(Role.LIAISON, ScopeKind.ORGANISATION, UNIT)
OFFICER = Post(Role.INFORMATION_OFFICER, ScopeKind.ORGANISATION, UNIT)
COORDINATOR = Post(Role.COORDINATOR, ScopeKind.ALL)

PROJECTS = (
    StoredProject(1, "白露大道（一期）", code="A-1", aliases=("白露",)),
    StoredProject(2, "人民路", region="柳北区", facts={ProjectField.OWNER: "样例城投公司"}),
    StoredProject(3, "人民路", region="柳南区", facts={ProjectField.OWNER: "样例交投公司"}),
)
SCOPES = Scopes(PROJECTS, {UNIT, "市教育局"})


def a_row(
    name: str = "黄联络员",
    *,
    roles: tuple[Role, ...] = (Role.LIAISON,),
    scope: tuple[ScopePart, ...] = (OWN_UNIT,),
    number: int = 3,
    unit: str = UNIT,
    **said: Any,
) -> ContactRow:
    return ContactRow(Place("联系人", number), name, unit, roles, scope, **said)


def stored(
    name: str = "黄联络员", *, posts: tuple[Post, ...] = (LIAISON,), **more: Any
) -> StoredContact:
    kept: dict[str, Any] = {"id": 1, "unit": UNIT, "phone": None, **more}
    facts: Facts = {
        F.NAME: name,
        F.PHONE: kept["phone"],
        F.UNIT: kept["unit"],
        F.LANGUAGE: Language.ZH,
    }
    return StoredContact(name=name, posts=posts, facts=facts, **kept)


def compared(*rows: ContactRow, with_: tuple[StoredContact, ...] = ()) -> ContactComparison:
    return compare_contacts(rows, with_, SCOPES)


def verdict(row: ContactRow, *kept: StoredContact) -> ContactVerdict:
    comparison = compared(row, with_=kept)
    assert comparison.conflicts == ()
    return comparison.verdicts[0]


def conflict(row: ContactRow, *kept: StoredContact) -> ConflictCode:
    return compared(row, with_=kept).conflicts[0].code


ONE, OTHER = "19900000001", "19900000002"


def test_the_same_row_again_changes_nothing() -> None:
    row = a_row(phone=ONE, language=Language.ZH)
    assert verdict(row, stored(phone=ONE)).outcome is Outcome.UNCHANGED


def test_somebody_nobody_knows_is_new_with_their_posts() -> None:
    new = verdict(a_row(phone=ONE, position="科长"))
    assert (new.outcome, new.begun) == (Outcome.NEW, (LIAISON,))
    assert Change(F.PHONE, None, ONE) in new.changes


def test_a_person_with_another_phone_is_told_from_old_to_new() -> None:
    changed = verdict(a_row(phone=OTHER), stored(phone=ONE, is_linked=True))
    assert changed.changes == (Change(F.PHONE, ONE, OTHER),)


def test_a_blank_phone_keeps_the_one_that_is_known() -> None:
    assert verdict(a_row(), stored(phone=ONE)).outcome is Outcome.UNCHANGED


def test_a_person_who_moves_is_found_by_phone() -> None:
    moved = verdict(a_row(phone=ONE, unit="市教育局"), stored(phone=ONE))
    assert moved.changes == (Change(F.UNIT, UNIT, "市教育局"),)
    assert (moved.begun, moved.ended) == (
        (Post(Role.LIAISON, ScopeKind.ORGANISATION, "市教育局"),),
        (LIAISON,),
    )


def test_posts_begin_and_end_as_the_row_lists_them() -> None:
    changed = verdict(a_row(roles=(Role.INFORMATION_OFFICER,)), stored())
    assert (changed.outcome, changed.begun, changed.ended) == (
        Outcome.CHANGED,
        (OFFICER,),
        (LIAISON,),
    )


def test_the_rows_of_one_person_are_read_together() -> None:
    rows = (
        a_row(phone=ONE),
        a_row(roles=(Role.INFORMATION_OFFICER,), number=4),
        a_row(roles=(Role.COMMISSIONER,), phone=ONE, number=5),
    )
    [together] = compared(*rows).verdicts
    assert [post.role for post in together.begun] == [
        Role.LIAISON,
        Role.INFORMATION_OFFICER,
        Role.COMMISSIONER,
    ]


def test_namesakes_with_two_phones_are_two_people() -> None:
    rows = (a_row(phone=ONE), a_row(phone=OTHER, number=4))
    comparison = compared(*rows, with_=(stored(phone=ONE),))
    assert [one.outcome for one in comparison.verdicts] == [Outcome.UNCHANGED, Outcome.NEW]


def test_a_phone_that_passes_to_somebody_else_takes_nobody_with_it() -> None:
    huang = stored(phone=ONE, is_linked=True)
    rows = (a_row("覃专员", phone=ONE), a_row(phone=OTHER, number=4))
    comparison = compared(*rows, with_=(huang,))
    assert comparison.conflicts == ()
    heir, same = comparison.verdicts
    assert (heir.outcome, same.stored) == (Outcome.NEW, huang)
    assert same.changes == (Change(F.PHONE, ONE, OTHER),)


def test_two_units_for_one_person_are_refused() -> None:
    rows = (a_row(phone=ONE), a_row(phone=ONE, unit="市教育局", number=4))
    assert compared(*rows).conflicts[0].code is ConflictCode.ROWS_DISAGREE


@pytest.mark.parametrize(
    ("part", "kind", "key"),
    [
        (ScopePart(Part.EVERYTHING), ScopeKind.ALL, ""),
        (OWN_UNIT, ScopeKind.ORGANISATION, UNIT),
        (ScopePart(Part.UNIT, "市教育局"), ScopeKind.ORGANISATION, "市教育局"),
        (ScopePart(Part.REGION, "柳北区"), ScopeKind.REGION, "柳北区"),
        (ScopePart(Part.PROJECT_CODE, "a-1"), ScopeKind.PROJECT, "1"),
        (ScopePart(Part.PROJECT_NAME, "白露大道(一期)"), ScopeKind.PROJECT, "1"),
        (ScopePart(Part.PROJECT_NAME, "白露"), ScopeKind.PROJECT, "1"),
        (ScopePart(Part.PROJECT_NAME, "市教育局"), ScopeKind.ORGANISATION, "市教育局"),
    ],
)
def test_a_scope_names_projects_in_many_ways(part: ScopePart, kind: ScopeKind, key: str) -> None:
    assert list(SCOPES.posts(a_row(scope=(part,)))) == [Post(Role.LIAISON, kind, key)]


def test_the_offices_own_people_answer_for_everything() -> None:
    assert list(SCOPES.posts(a_row(roles=(Role.COORDINATOR,)))) == [COORDINATOR]


def test_everything_unknown_in_a_scope_is_told_at_once() -> None:
    scope = tuple(ScopePart(Part.PROJECT_NAME, name) for name in ("甲路", "白露", "乙路"))
    [unknown] = compared(a_row(scope=scope)).conflicts
    assert (unknown.code, unknown.parameters["raw"]) == (ConflictCode.SCOPE_UNKNOWN, "甲路, 乙路")


def test_an_unknown_scope_is_told_where_the_scope_stands() -> None:
    there = Place("联系人", 7, "G", "负责范围")
    row = a_row(scope=(ScopePart(Part.PROJECT_NAME, "甲路"),), places={Column.SCOPE: there})
    [unknown] = compared(row).conflicts
    assert unknown.place == there


def test_of_several_projects_of_one_name_the_own_units_is_meant() -> None:
    scope = (ScopePart(Part.PROJECT_NAME, "人民路"),)
    assert conflict(a_row(scope=scope)) is ConflictCode.SCOPE_AMBIGUOUS
    own = verdict(a_row(scope=scope, unit="样例交投公司"))
    assert own.begun == (Post(Role.LIAISON, ScopeKind.PROJECT, "3"),)


def test_a_phone_of_one_person_with_the_name_of_another_is_refused() -> None:
    kept = (stored("覃专员", phone=ONE, posts=()), stored("黄联络员", id=2))
    assert conflict(a_row(phone=ONE), *kept) is ConflictCode.TWO_CONTACTS


def test_a_linked_account_never_passes_to_somebody_else_with_the_phone() -> None:
    linked = stored("覃专员", phone=ONE, is_linked=True)
    assert conflict(a_row(phone=ONE), linked) is ConflictCode.LINKED_TO_ANOTHER
    renamed = verdict(a_row(phone=ONE), replace(linked, is_linked=False))
    assert renamed.changes == (Change(F.NAME, "覃专员", "黄联络员"),)


def test_who_has_left_stays_away() -> None:
    left = stored(phone=ONE, has_left=True, posts=())
    assert verdict(a_row(phone=ONE), left).outcome is Outcome.LEFT_ALONE
    assert verdict(a_row(phone=OTHER), left).outcome is Outcome.NEW
    assert conflict(a_row("韦信息员", phone=ONE), left) is ConflictCode.PHONE_OF_FORMER


def test_who_is_said_to_be_back_is_in_office_again() -> None:
    back = stored(phone=ONE, has_left=True, is_coming_back=True, posts=())
    found = verdict(a_row(phone=ONE), back)
    assert found.outcome is Outcome.RETURNED
    assert len(found.begun) == 1


def test_a_name_of_several_people_needs_the_phone() -> None:
    kept = (stored(phone=ONE), stored(phone=OTHER, id=2))
    assert conflict(a_row(), *kept) is ConflictCode.SEVERAL_CONTACTS


def test_an_office_is_never_left_without_a_coordinator() -> None:
    meng = stored("蒙协调员", phone=ONE, posts=(COORDINATOR,))
    row = a_row("蒙协调员", phone=ONE)
    assert conflict(row, meng) is ConflictCode.NO_COORDINATOR_LEFT
    heir = a_row("谭协调员", roles=(Role.COORDINATOR,), number=9)
    assert compared(row, heir, with_=(meng,)).conflicts == ()
