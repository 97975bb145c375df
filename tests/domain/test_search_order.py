"""Which of several names comes first, and what keeps the others away."""

import pytest

from domain.search import Certainty, Evidence, Named, NameIndex

_LIUZHOU = "柳州市"


def _index(*names: str | tuple[str, str]) -> NameIndex:
    """An index of names, some with their place, numbered from 0."""
    pairs = [(name, "") if isinstance(name, str) else name for name in names]
    return NameIndex(Named(key, name, place=place) for key, (name, place) in enumerate(pairs))


@pytest.mark.parametrize(
    ("query", "first", "second"),
    [
        # A name as it stands before one whose place or kind was left unsaid.
        ("罗文大桥", "罗文大桥", "南宁市罗文大桥"),
        ("南源大桥工程", ("防城港市南源大桥工程", "防城港市"), "南源大桥"),
        ("防城港轨道二号线一期工程", "防城港市轨道二号线一期工程", "防城港市轨道2号线（一期）"),
        ("柳州白露大道", "柳州白露大道", ("白露大道", _LIUZHOU)),
        # A name that begins with what was said before one that holds it.
        ("罗文", "罗文大桥延长线", "新罗文桥"),
        # What is written in the name before what needs its place as well.
        ("桂林融水", "桂林-融水高速公路", ("融水-良庆铁路", "桂林市")),
        # Characters that are right before those that only sound right.
        ("柳周路", "柳州路延长线", "刘洲路东段"),
        ("柳周路", "柳州路", "刘洲路"),
        ("白鹭道一期工程", "白鹭大道一期工程", "白露大道一期工程"),
        # The kind that was said counts where nothing else decides.
        ("文大桥工程", "文竹大桥工程", "文安大桥"),
        # Initials side by side before initials far apart.
        ("ljdq", "柳江新大桥改扩建工程", "柳州江口大道桥"),
        # The right number before the better-sounding rest.
        ("轨交通3号示范线", "柳州轨道交通3号线一期工程", "轨道交通4号示范线"),
        ("北海星 立交桥1", ("北海星厦立交桥一期", "北海市"), ("兴立交桥1", "桂林市")),
        ("gdjk3hxsfx", "轨道交通3号线示范线", "国道加宽工程"),
    ],
)
def test_the_better_fit_comes_first(
    query: str, first: str | tuple[str, str], second: str | tuple[str, str]
) -> None:
    for index, key in ((_index(first, second), 0), (_index(second, first), 1)):
        assert index.find(query).hits[0].key == key


def test_equal_fits_are_listed_by_name_not_by_number() -> None:
    hits = _index("永乐东路", "永乐丁路").find("永乐").hits
    assert [hit.key for hit in hits] == [1, 0]
    assert hits[0].score == hits[1].score


def test_letters_are_looked_for_as_letters_and_as_initials_together() -> None:
    answer = _index("GX500变速器", "广西大道").find("gx")
    assert [hit.how for hit in answer.hits] == [Evidence.CONTAINED, Evidence.INITIALS]
    assert answer.kind is Certainty.SEVERAL


def test_a_number_among_initials_is_that_number() -> None:
    answer = _index("轨道交通3号线东段", "轨道交通4号线东段").find("gdjt3hx")
    assert [hit.key for hit in answer.hits] == [0]


def test_dashes_and_zhi_left_out_make_no_difference() -> None:
    index = _index("三江至柳州高速公路", "衡阳—南宁公路")
    for query in ("三江柳州高速", "三江-柳州高速", "衡阳至南宁", "衡阳南宁"):
        assert index.find(query).hits[0].how is Evidence.CONTAINED


def test_a_mere_resemblance_far_behind_the_best_is_not_offered() -> None:
    index = _index("柳州市轨道交通1号示范线", "柳州市轨道交通2号示范线", "柳州交通示范学校")
    assert [hit.key for hit in index.find("柳州轨交通1号示范").hits] == [0, 1]


@pytest.mark.parametrize(
    "query", ["食堂 第二中学 怎么样", "食堂 第二中学", "shitang 第二中学", "st 第二中学"]
)
def test_words_are_found_apart(query: str) -> None:
    answer = _index("柳州市第二中学新食堂", "第二中学路", "大食堂").find(query)
    assert [(hit.key, hit.how) for hit in answer.hits] == [(0, Evidence.WORDS)]


def test_a_word_that_is_often_only_said_still_counts_when_names_have_it() -> None:
    index = _index("阳朔县光伏发电项目二期", "阳朔县农贸市场二期")
    assert [hit.key for hit in index.find("项目二期 阳朔").hits] == [0]


@pytest.mark.parametrize(
    "query", ["柳州罗文大桥", "柳州罗大桥", "柳州市罗闻大桥", "柳州luowendaqiao"]
)
def test_a_name_in_another_place_is_never_taken_for_meant(query: str) -> None:
    index = _index(("罗文大桥", "南宁市"), ("永乐路", _LIUZHOU))
    answer = index.find(query)
    assert (answer.kind, answer.hits[0].key) == (Certainty.NEAREST, 0)


def test_a_name_whose_place_nobody_gave_may_be_anywhere() -> None:
    answer = _index("罗文大桥", ("永乐路", _LIUZHOU)).find("柳州罗文大桥")
    assert (answer.kind, answer.hits[0].key) == (Certainty.ONE, 0)


def test_a_name_typed_as_it_stands_is_meant_though_another_has_it_with_its_place() -> None:
    answer = _index("罗文大桥", "南宁市罗文大桥").find("罗文大桥")
    assert (answer.kind, [hit.key for hit in answer.hits]) == (Certainty.ONE, [0, 1])
