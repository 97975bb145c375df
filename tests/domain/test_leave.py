from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dialogs import Ask, Finish, Position
from domain.leave import DEPUTY, FIRST, LAST, LeaveMachine, LeaveProblem, problem_of

TODAY = date(2026, 11, 18)
MACHINE = LeaveMachine()


def said(*texts: str) -> Ask | Finish:
    """Everything said one after the other, from the beginning."""
    turn: Ask | Finish = Ask(MACHINE.start({"contact_id": 1}))
    for text in texts:
        assert isinstance(turn, Ask)
        turn = MACHINE.hear(turn.position, text, TODAY)
    return turn


def draft(first: str, last: str, deputy: str) -> dict[str, object]:
    return {"contact_id": 1, FIRST: first, LAST: last, DEPUTY: deputy}


@pytest.mark.parametrize(
    ("texts", "first", "last", "deputy"),
    [
        (("11月25日", "27日", "黄某"), "2026-11-25", "2026-11-27", "黄某"),
        (("11月25日", "当天", "黄某"), "2026-11-25", "2026-11-25", "黄某"),
        (("明天", "3天", " 黄某 "), "2026-11-19", "2026-11-21", "黄某"),
        (("11月25日至27日", "黄某"), "2026-11-25", "2026-11-27", "黄某"),
        (("今天到后天", "无"), "2026-11-18", "2026-11-20", ""),
        (("2026-11-25", "2026-11-27", "None"), "2026-11-25", "2026-11-27", ""),
        (("12.30", "1月2日", "黄某"), "2026-12-30", "2027-01-02", "黄某"),
        (("昨天", "明天", "黄某"), "2026-11-17", "2026-11-19", "黄某"),
    ],
)
def test_three_answers_make_a_leave(
    texts: tuple[str, ...], first: str, last: str, deputy: str
) -> None:
    assert said(*texts) == Finish(draft(first, last, deputy))


@pytest.mark.parametrize(
    ("texts", "step", "problem"),
    [
        (("过几天",), FIRST, LeaveProblem.NOT_A_DAY),
        (("11月31日",), FIRST, LeaveProblem.NOT_A_DAY),
        (("11月25日", "很久"), LAST, LeaveProblem.NOT_A_DAY),
        (("11月25日", "2026-11-24"), LAST, LeaveProblem.ENDS_BEFORE_IT_BEGINS),
        (("2026-11-27至2026-11-25",), FIRST, LeaveProblem.ENDS_BEFORE_IT_BEGINS),
        (("11月10日至12日",), FIRST, LeaveProblem.OVER_ALREADY),
        (("11月10日", "2026-11-17"), LAST, LeaveProblem.OVER_ALREADY),
        (("2026-11-25至2027-11-26",), FIRST, LeaveProblem.TOO_LONG),
    ],
)
def test_a_wrong_answer_is_asked_again_with_what_is_wrong(
    texts: tuple[str, ...], step: str, problem: LeaveProblem
) -> None:
    turn = said(*texts)

    assert isinstance(turn, Ask)
    assert (turn.position.step, turn.problems) == (step, (problem,))


def test_what_is_known_beforehand_is_not_asked() -> None:
    known = {FIRST: "2026-11-25", LAST: "2026-11-27"}

    assert MACHINE.start({}).step == FIRST
    assert MACHINE.start({FIRST: "2026-11-25"}).step == LAST
    assert MACHINE.start(known) == Position(DEPUTY, known)


def test_back_asks_the_question_before_and_forgets_its_answer() -> None:
    turn = said("11月25日", "27日")
    assert isinstance(turn, Ask)

    back = MACHINE.back(turn.position)

    assert (back.step, LAST in back.draft) == (LAST, False)
    assert MACHINE.back(back).step == FIRST
    assert MACHINE.back(MACHINE.back(back)).step == FIRST


@pytest.mark.parametrize(
    ("first", "last", "problem"),
    [
        (0, 0, None),
        (-5, 0, None),
        (0, 365, None),
        (0, 366, LeaveProblem.TOO_LONG),
        (-5, -1, LeaveProblem.OVER_ALREADY),
        (3, 2, LeaveProblem.ENDS_BEFORE_IT_BEGINS),
    ],
)
def test_the_days_of_a_leave_make_sense(
    first: int, last: int, problem: LeaveProblem | None
) -> None:
    days = [TODAY + timedelta(days=n) for n in (first, last)]

    assert problem_of(days[0], days[1], TODAY) is problem


@given(st.lists(st.text(max_size=30), max_size=5))
def test_whatever_is_said_the_conversation_stands_somewhere(texts: list[str]) -> None:
    turn: Ask | Finish = Ask(MACHINE.start({}))
    for text in texts:
        if isinstance(turn, Finish):
            break
        assert turn.position.step in (FIRST, LAST, DEPUTY)
        turn = MACHINE.hear(turn.position, text, TODAY)
    if isinstance(turn, Finish):
        assert turn.draft[FIRST] <= turn.draft[LAST]
