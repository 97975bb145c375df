"""Finding a project by whatever somebody types of its name."""

from concurrent.futures import ThreadPoolExecutor
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.search import Answer, Certainty, Evidence, Named, NameIndex

_NAMES: Final = (
    Named(1, "南宁市罗文大桥", place="南宁市"),
    Named(2, "南宁市五象大道延长线（罗文大桥—壮锦大道）", place="南宁市"),
    Named(3, "柳州市轨道交通1号示范线", place="柳州市", code="2018-450204-48-01-012345"),
    Named(4, "柳州市轨道交通2号示范线", place="柳州市", code="2018-450204-48-01-067890"),
    Named(5, "白露大道（一期）", place="柳州市"),
    Named(6, "白露大道（二期）", place="柳州市"),
    Named(7, "柳州经合山至南宁高速公路", aliases=("柳南二高速",), place=""),
    Named(8, "苏博工业集中区标准厂房（Ⅱ期）", place="南宁市"),
    Named(9, "G7221衡阳—南宁公路（融安至罗城段）", place=""),
    Named(10, "柳州市第二中学2#食堂", place="柳州市"),
    Named(11, "重庆路银行综合楼", place="北海市"),
    Named(12, "厦门路绿化工程", place="北海市"),
    Named(13, "柳江区体育公园（二期）", place="柳州市"),
    Named(14, "安琪酵母（柳州）有限公司新建酵母抽提物二期", place="柳州市"),
    Named(15, "友谊大桥", place="柳州市"),
    Named(16, "友谊大桥", place="桂林市"),
    Named(17, "西湾环海大道第十二合同段", place="防城港市"),
)
_INDEX: Final = NameIndex(_NAMES)


def _keys(answer: Answer) -> list[int]:
    return [hit.key for hit in answer.hits]


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("南宁市罗文大桥", 1),
        ("罗文大桥", 1),  # though another's name contains it
        ("南宁罗文大桥", 1),
        ("罗文大桥工程", 1),
        ("罗文大桥项目进展怎么样？", 1),
        ("请问罗文大桥现在到哪了", 1),
        ("How is 罗文大桥 going?", 1),
        ("what's the status of luowendaqiao", 1),
        ("罗文大乔", 1),
        ("luowendaqiao", 1),
        ("luo wen da qiao", 1),
        ("LuóWén Dàqiáo", 1),
        ("lwdq", 1),
        ("壮锦", 2),
        ("五象大道", 2),
        ("轨道交通1号", 3),
        ("轨道交通一号线", 3),
        ("轨交通1号示范线", 3),
        ("1号示范线轨道交通", 3),
        ("柳州guidao1hao", 3),
        ("lzgdjt2", 4),
        ("lzsgdjtehsfx", 4),
        ("2018-450204-48-01-012345", 3),
        ("２０１８４５０２０４４８０１０１２３４５", 3),
        ("067890", 4),
        ("柳州市白露大道一期", 5),
        ("白露大道【1期】", 5),
        ("白露大道 Ⅰ期", 5),
        ("白露大道I期", 5),
        ("白露大道二期", 6),
        ("bailudadao2qi", 6),
        ("柳南二高速", 7),
        ("柳州至南宁高速公路", 7),
        ("苏博标准厂房2期", 8),
        ("g7221", 9),
        ("衡阳-南宁", 9),
        ("衡阳至南宁", 9),
        ("衡阳南宁公路", 9),
        ("Ｇ７２２１衡阳～南宁公路(融安—罗城段)", 9),
        ("二中 食堂", 10),
        ("第二中学二号食堂", 10),
        ("chongqinglu", 11),
        ("yinhang", 11),
        ("xiamenlu", 12),
        ("lvhua", 12),
        ("luhua", 12),
        ("柳江 体育", 13),
        ("体育公园柳江区", 13),
        ("ljtiyu", 13),
        ("安琪", 14),
        ("酵母", 14),
        ("桂林友谊大桥", 16),
        ("12合同段", 17),
    ],
)
def test_what_people_type_of_a_name_gives_its_card(query: str, key: int) -> None:
    answer = _INDEX.find(query)
    assert (answer.kind, answer.hits[0].key) == (Certainty.ONE, key)


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("轨到交通", {3, 4}),
        ("轨道", {3, 4}),
        ("gdjt", {3, 4}),
        ("guidao", {3, 4}),
        ("白露", {5, 6}),
        ("友谊大桥", {15, 16}),
        ("大道 期", {5, 6}),
        ("二期 柳州", {6, 13, 14}),
        ("450204", {3, 4}),
    ],
)
def test_what_fits_several_names_gives_the_choice_between_them(query: str, keys: set[int]) -> None:
    answer = _INDEX.find(query)
    assert (answer.kind, set(_keys(answer))) == (Certainty.SEVERAL, keys)


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("柳州罗文大桥", 1),  # there is one, but in Nanning: never shown as if it were meant
        ("轨道交通3号线", 3),
        ("白鹭洲大道公园", 5),
    ],
)
def test_what_fits_no_name_offers_the_nearest_without_taking_it_for_meant(
    query: str, key: int
) -> None:
    answer = _INDEX.find(query)
    assert answer.kind is Certainty.NEAREST
    assert key in _keys(answer)


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "？！",
        "你好",
        "谢谢",
        "收到",
        "怎么样",
        "今天天气不错",
        "🙂" * 4096,
        "\x00\x01\x1b[2J",
        "[.*+?(\\",
        "%_%",
    ],
)
def test_small_talk_and_noise_find_nothing(query: str) -> None:
    assert _INDEX.find(query) == Answer(Certainty.NOTHING)


@pytest.mark.parametrize(
    ("query", "how"),
    [
        ("罗文大桥", Evidence.EXACT),
        ("067890", Evidence.CODE),
        ("壮锦", Evidence.CONTAINED),
        ("食堂 二中", Evidence.WORDS),
        ("luowendaqiao", Evidence.PINYIN),
        ("lwdq", Evidence.INITIALS),
        ("轨交通1号示范线", Evidence.FUZZY),
    ],
)
def test_a_hit_says_why_it_was_found(query: str, how: Evidence) -> None:
    assert _INDEX.find(query).hits[0].how is how


def test_a_name_as_it_is_written_beats_one_that_only_folds_to_it() -> None:
    twins = NameIndex(
        [Named(1, "铁路港一期"), Named(2, "铁路港（一期）"), Named(3, "铁路港1期工程")]
    )
    for key, name in ((1, "铁路港一期"), (2, "铁路港（一期）"), (2, " 铁路港(一期) ")):
        answer = twins.find(name)
        assert (answer.kind, answer.hits[0].key) == (Certainty.ONE, key)


def test_what_also_contains_an_exact_name_follows_it() -> None:
    assert _keys(_INDEX.find("罗文大桥")) == [1, 2]


def test_equal_hits_are_listed_by_name_whatever_order_they_came_in() -> None:
    turned = NameIndex(reversed(_NAMES))
    assert _keys(_INDEX.find("轨道")) == _keys(turned.find("轨道")) == [3, 4]


def test_no_more_hits_are_given_than_wanted() -> None:
    assert len(_INDEX.find("大", limit=3).hits) == 3


def test_a_limit_does_not_make_several_into_one() -> None:
    assert _INDEX.find("轨道", limit=1).kind is Certainty.SEVERAL


def test_an_empty_programme_answers_nothing() -> None:
    assert NameIndex([]).find("罗文大桥") == Answer(Certainty.NOTHING)


def test_names_that_fold_to_nothing_do_no_harm() -> None:
    index = NameIndex([Named(1, "——"), Named(2, ""), Named(3, "罗文大桥", aliases=("", "（）"))])
    assert _keys(index.find("罗文大桥")) == [3]


def test_many_may_ask_at_once() -> None:
    queries = ["罗文大桥", "轨到交通", "lwdq", "柳江 体育", "轨交通1号示范线"] * 40
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(_INDEX.find, queries)) == [_INDEX.find(query) for query in queries]


@given(st.text(max_size=300))
def test_any_text_is_answered_in_order_without_repetition(query: str) -> None:
    answer = _INDEX.find(query, limit=5)
    scores = [hit.score for hit in answer.hits]
    assert scores == sorted(scores, reverse=True)
    assert len(set(_keys(answer))) == len(answer.hits) <= 5
    assert all(0 <= score <= 100 for score in scores)
    assert (answer.kind is Certainty.NOTHING) == (not answer.hits)


_CHARACTERS: Final = st.sampled_from(
    "柳州南宁罗文五象大桥道路一二三期工程项目至（）—1AⅡ长行重厦市县"
)


@given(st.lists(st.text(_CHARACTERS, min_size=1, max_size=12), min_size=1, max_size=20))
def test_a_name_typed_in_full_is_always_among_the_best(texts: list[str]) -> None:
    index = NameIndex(Named(key, text) for key, text in enumerate(texts))
    for key, text in enumerate(texts):
        hits = index.find(text).hits
        best = [hit.key for hit in hits if hit.score == hits[0].score]
        assert key in best or not any(sign.isalnum() for sign in text)
