"""/todo: what of decisions waits for a unit's liaison, and what for the office."""

import datetime as dtm

import pytest
from sqlmodel import Session

from db.tables.people import Contact
from domain.items.machine import ItemAct
from templates.item_lists import ItemList
from templates.todo import Todo, TodoKind
from tests import builders
from tests.builders import Cast, asker
from tests.usecases.items.deadlines import FRIDAY, NO_TRIAL, T1, T2, T3, happens, heard
from tests.usecases.items.desk import NOW, a_decided
from tests.usecases.meetings.hall import at, does
from usecases.items.listing import Narrowed, show_list
from usecases.policies import apply_policy
from usecases.todo import todo

MORNING = at(12, 3, 10)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    apply_policy(session, None, NO_TRIAL, NOW)
    return cast


def waits(
    session: Session, contact: Contact, now: dtm.datetime
) -> list[tuple[TodoKind, int, str, tuple[int, ...]]]:
    (answer,) = todo(session, asker(session, contact, now), None, now)
    lines = answer.message.lines if isinstance(answer.message, Todo) else ()
    # The stranger's unit has holes in its chain, which is no matter here.
    about = [one for one in lines if one.kind is not TodoKind.HOLE]
    return [(one.kind, one.count, one.action, one.args) for one in about]


def test_the_liaison_sees_what_is_to_be_signed(session: Session, cast: Cast) -> None:
    number = a_decided(session, cast).id
    assert waits(session, cast.huang, MORNING) == [(TodoKind.DECISION, 1, "item.show", (number,))]
    for other in (cast.ou, cast.lu, cast.tan):
        assert waits(session, other, MORNING) == []


def test_several_open_as_a_list(session: Session, cast: Cast) -> None:
    a_decided(session, cast)
    a_decided(session, cast)
    ((kind, count, action, _),) = waits(session, cast.huang, MORNING)
    assert (kind, count, action) == (TodoKind.DECISION, 2, "item.list")


@pytest.mark.parametrize(
    ("now", "is_there"),
    [(at(12, 3, 10), False), (at(12, 4, 10), True), (FRIDAY, True), (at(12, 24, 10), True)],
)
def test_what_is_in_hand_is_there_when_its_deadline_is_near_or_over(
    session: Session, cast: Cast, now: dtm.datetime, is_there: bool
) -> None:
    number = a_decided(session, cast, due_at=FRIDAY).id
    happens(session, number, ItemAct.SIGNED, at(12, 3, 9))
    expected = [(TodoKind.ITEM, 1, "item.show", (number,))] if is_there else []
    assert waits(session, cast.huang, now) == expected


@pytest.mark.parametrize(
    ("past", "kind"),
    [
        ((ItemAct.REFUSED,), TodoKind.ITEM_REFUSED),
        ((ItemAct.SIGNED, ItemAct.EXTENSION_ASKED), TodoKind.EXTENSION),
        ((ItemAct.DONE,), TodoKind.ITEM_DONE),
    ],
)
def test_the_office_sees_what_waits_for_its_word(
    session: Session, cast: Cast, past: tuple[ItemAct, ...], kind: TodoKind
) -> None:
    number = a_decided(session, cast).id
    assert waits(session, cast.meng, MORNING) == []
    for act in past:
        happens(session, number, act, MORNING)
    assert waits(session, cast.meng, MORNING) == [(kind, 1, "item.show", (number,))]


@pytest.mark.parametrize(
    "past",
    [(ItemAct.REFUSED,), (ItemAct.SIGNED, ItemAct.EXTENSION_ASKED), (ItemAct.DONE,)],
)
def test_the_list_that_several_open_holds_them(
    session: Session, cast: Cast, past: tuple[ItemAct, ...]
) -> None:
    numbers = [a_decided(session, cast).id for _ in range(2)]
    a_decided(session, cast)
    for number in numbers:
        for act in past:
            happens(session, number, act, MORNING)
    ((_, count, action, args),) = waits(session, cast.meng, MORNING)
    assert (count, action) == (2, "item.list")
    shown = does(session, cast.meng, show_list, Narrowed(*args), MORNING)
    assert isinstance(shown, ItemList)
    assert [line.head.item_id for line in shown.lines] == numbers


def test_the_office_sees_what_it_has_not_let_out(session: Session, cast: Cast) -> None:
    a_decided(session, cast, due_at=FRIDAY)
    for moment in (T1, T2, T3):
        heard(session, moment)
    assert waits(session, cast.meng, T3) == [
        (TodoKind.ITEM_RELEASE, 1, "decision_release.open", ())
    ]
