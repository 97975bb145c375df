"""The promise of the search, on names and questions nothing was tuned to.

The names are half of the collected real ones and composed ones from a vocabulary kept for this;
the questions are made by seeded slips and judged by code that knows nothing of the index.
"""

from typing import Final

import pytest

from bench.queries import KINDS, questions
from bench.rivals import Ours
from bench.search import Try, asked, held_out, share
from domain.search import Named

_PROGRAMME: Final = 1_132
_PER_KIND: Final = 25


@pytest.fixture(scope="module")
def tries() -> list[Try]:
    names = held_out(_PROGRAMME)
    return asked(Ours(names), questions(names, _PER_KIND, seed=11))


def test_the_right_project_is_first_for_nineteen_of_twenty_clear_questions(
    tries: list[Try],
) -> None:
    assert share(tries, 1) >= 95


def test_the_right_project_is_among_the_first_five_for_all_but_one_in_a_hundred(
    tries: list[Try],
) -> None:
    assert share(tries, 5) >= 99


@pytest.mark.parametrize("kind", KINDS)
def test_no_way_of_asking_is_served_badly(tries: list[Try], kind: str) -> None:
    of_kind = [a_try for a_try in tries if a_try.question.kind == kind]
    assert sum(a_try.question.unambiguous for a_try in of_kind) >= 5
    assert share(of_kind, 5) >= 90


def test_a_question_that_two_names_could_have_given_is_not_called_clear() -> None:
    names = [
        Named(1, "北海市永利大桥工程"),
        Named(2, "北海市永利大桥配套工程"),
        Named(3, "右江湾公园"),
    ]
    clear = {question.text: question.unambiguous for question in questions(names, 3, seed=5)}
    assert clear["右江湾公园"]
    shared = [text for text in clear if text in names[0].name and text in names[1].name]
    assert shared
    assert not any(clear[text] for text in shared)
