from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.amounts import Amount, DoubtReason, read_amount
from domain.periods import Period
from domain.reporting.base import Base
from domain.reporting.filling import AMOUNT_STEPS, Filling, Step, awaited, path
from domain.reporting.machine import candidates, choose, control_of, go_back, hear, offers, start
from domain.reporting.turns import AnswerProblem, Choice, Control
from domain.vocabulary import ProblemKind

WAN = 10_000
NOVEMBER = Period(2026, 11)
KNOWN = Base(
    period=NOVEMBER,
    first=NOVEMBER,
    year_to_date=8600 * WAN,
    since_start=30_600 * WAN,
    progress="路基72%",
    explanation="雨季",
    open_problems=1,
)
FIRST = Base(period=NOVEMBER, first=NOVEMBER)
PREPARATORY = Base(period=NOVEMBER, first=NOVEMBER, is_preparatory=True, progress="可研已报")
BASES = (KNOWN, FIRST, PREPARATORY)

TYPED = st.sampled_from(
    [
        "1200万",
        "3500",
        "约3亿",
        "3亿5",
        "0.5亿",
        "0",
        "无",
        "同上月",
        "路基80%",
        "征地",
        "说不清",
        "-200万",
        "",
    ]
)
PRESSED = st.tuples(st.sampled_from(list(Choice)), st.sampled_from([0, 3, 3500, 3500 * WAN]))


def said(base: Base, *answers: str) -> Filling:
    filling = start(base)
    for answer in answers:
        filling = hear(filling, base, answer).filling
    return filling


@pytest.mark.parametrize(
    ("base", "asked"),
    [
        (KNOWN, ("invested", "progress", "problems")),
        (FIRST, ("opening_year", "opening_start", "invested", "progress", "problems")),
        (PREPARATORY, ("progress", "problems")),
    ],
)
def test_what_is_asked_depends_on_what_is_known(base: Base, asked: tuple[str, ...]) -> None:
    assert path(base) == asked


@pytest.mark.parametrize(
    ("typed", "yuan"),
    [
        ("1200万", 1200 * WAN),
        ("本月1200万", 1200 * WAN),
        ("本月完成投资1200万元", 1200 * WAN),
        ("当月 0.12亿", 1200 * WAN),
        ("0", 0),
    ],
)
def test_an_exact_amount_is_taken_and_echoed(typed: str, yuan: int) -> None:
    turn = hear(start(KNOWN), KNOWN, typed)
    assert (turn.heard, turn.filling.invested) == (yuan, yuan)
    assert turn.filling.step is Step.PROGRESS


@pytest.mark.parametrize(
    ("typed", "reason", "offered"),
    [
        ("3500", DoubtReason.NO_UNIT, (3500 * WAN, 3500)),
        ("约1200万", DoubtReason.VAGUE, (1200 * WAN,)),
        ("本月1200万，年累计9800万", DoubtReason.SEVERAL, (1200 * WAN, 9800 * WAN)),
        ("没有", DoubtReason.NONE, (0,)),
        ("上亿", DoubtReason.VAGUE, ()),
        ("999999亿", DoubtReason.TOO_LARGE, ()),
    ],
)
def test_a_doubtful_amount_is_asked_about(
    typed: str, reason: DoubtReason, offered: tuple[int, ...]
) -> None:
    turn = hear(start(KNOWN), KNOWN, typed)
    assert turn.filling.step is Step.INVESTED
    assert turn.filling.invested is None
    assert turn.filling.doubt
    assert turn.filling.doubt.reason is reason
    assert candidates(turn.filling) == offered


def test_a_negative_month_is_impossible() -> None:
    turn = hear(start(KNOWN), KNOWN, "-200万")
    assert turn.problems == (AnswerProblem.NEGATIVE,)
    assert candidates(turn.filling) == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [("   ", AnswerProblem.NOTHING_SAID), ("路" * 501, AnswerProblem.TOO_LONG)],
)
def test_what_cannot_be_kept_is_asked_again(text: str, problem: AnswerProblem) -> None:
    filling = said(KNOWN, "1200万")
    turn = hear(filling, KNOWN, text)
    assert (turn.filling, turn.problems) == (filling, (problem,))


@pytest.mark.parametrize("text", ["1200万", "完成投资3亿", "0"])
def test_an_amount_sent_twice_does_not_become_the_progress(text: str) -> None:
    turn = hear(said(KNOWN, "1200万"), KNOWN, text)
    assert turn.problems == (AnswerProblem.AN_AMOUNT,)
    assert turn.filling.progress is None


def test_other_figures_need_their_own_reason() -> None:
    filling = replace(said(KNOWN, "1200万", "路基80%", "无"), explanation="雨季停工")
    at_amount = replace(filling, step=Step.INVESTED)
    assert hear(at_amount, KNOWN, "0.12亿").filling.explanation == "雨季停工"
    assert hear(at_amount, KNOWN, "1.2亿").filling.explanation == ""


def test_less_since_the_start_than_since_january_is_impossible() -> None:
    filling = said(FIRST, "8600万")
    turn = hear(filling, FIRST, "8599万")
    assert turn.problems == (AnswerProblem.START_BELOW_YEAR,)
    assert turn.filling.opening_start is None
    assert hear(filling, FIRST, "8600万").filling.step is Step.INVESTED


def test_problems_are_split_and_sorted_by_what_they_are_about() -> None:
    filling = said(KNOWN, "1200万", "路基80%", "1、征地剩2户\n2、资金不到位；3. 村民阻工")
    assert [(one.text, one.kind) for one in filling.problems or ()] == [
        ("征地剩2户", ProblemKind.LAND_ACQUISITION),
        ("资金不到位", ProblemKind.FUNDING),
        ("村民阻工", None),
    ]
    assert filling.step is Step.PROBLEM_KIND


@pytest.mark.parametrize("words", ["无", "没有。", "无问题", "None"])
def test_no_problems_is_an_answer(words: str) -> None:
    assert said(KNOWN, "1200万", "路基80%", words).problems == ()


@pytest.mark.parametrize(
    ("text", "control"),
    [("上一步", Control.BACK), ("先存着。", Control.LATER), ("上一步骤已完成", None)],
)
def test_controls_are_whole_answers(text: str, control: Control | None) -> None:
    assert control_of(text) is control


def test_a_changed_amount_is_no_longer_no_change() -> None:
    turn = choose(start(KNOWN), KNOWN, Choice.UNCHANGED)
    assert turn
    assert turn.filling.is_unchanged
    again = go_back(go_back(go_back(turn.filling, KNOWN), KNOWN), KNOWN)
    while again.step is not Step.INVESTED:
        again = go_back(again, KNOWN)
    assert not hear(again, KNOWN, "100万").filling.is_unchanged


@given(st.sampled_from(BASES), st.lists(TYPED | PRESSED, max_size=12))
def test_an_amount_is_only_what_was_typed_exactly_or_pressed(
    base: Base, acts: list[str | tuple[Choice, int]]
) -> None:
    filling = start(base)
    allowed: set[int | None] = {None, 0}
    for act in acts:
        if isinstance(act, str):
            read = read_amount(act)
            allowed |= {read.yuan} if isinstance(read, Amount) else set()
            filling = hear(filling, base, act).filling
        else:
            if act[0] is Choice.AMOUNT and act[1] in candidates(filling):
                allowed.add(act[1])
            turn = choose(filling, base, *act)
            filling = turn.filling if turn else filling
        assert {filling.opening_year, filling.opening_start, filling.invested} <= allowed


@given(st.sampled_from(BASES), st.lists(TYPED | PRESSED, max_size=12))
def test_whatever_is_said_there_is_a_way_on_and_nothing_is_lost_in_keeping(
    base: Base, acts: list[str | tuple[Choice, int]]
) -> None:
    filling = start(base)
    for act in acts:
        turn = hear(filling, base, act) if isinstance(act, str) else choose(filling, base, *act)
        filling = turn.filling if turn else filling
        assert Filling.of_data(filling.as_data()) == filling
        assert (
            filling.step is Step.CARD
            or offers(filling, base)
            or filling.step
            in (
                *AMOUNT_STEPS,
                Step.PROGRESS,
                Step.EXPLANATION,
            )
        )
        if filling.step is Step.CARD:
            assert awaited(filling, base) is Step.CARD
