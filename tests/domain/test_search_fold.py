"""One spelling for what is written in many."""

import pytest

from domain.search.fold import code_key, fold, separate_words, without_spoken
from domain.search.places import Places, is_generic, without_generic_ending


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("白露大道（一期）", "白露大道1期"),
        ("白露大道 (Ⅰ期)", "白露大道1期"),
        ("标准厂房（Ⅱ期）", "标准厂房2期"),
        ("标准厂房II期", "标准厂房2期"),
        ("ⅠⅤ期 iv期 IX期 XII期", "4期4期9期12期"),
        ("十号线", "10号线"),
        ("第十二合同段", "第12合同段"),
        ("二十三标段", "23标段"),
        ("十里铺", "十里铺"),
        ("三〇一医院", "301医院"),
        ("第二中学2#食堂", "第2中学2号食堂"),
        ("Ｇ７２２１衡阳—南宁", "g7221衡阳南宁"),
        ("硬X射线", "硬x射线"),
        ("“顺芯城”（容桂）", "顺芯城容桂"),
        ("lǚ shùn", "lushun"),
        ("_—·/、", ""),
    ],
)
def test_writings_of_the_same_are_folded_into_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("罗文大桥怎么样", "罗文大桥"),
        ("请问一下罗文大桥项目的进展情况？", "罗文大桥"),
        ("帮我查一下：罗文大桥", "罗文大桥"),
        ("how is 罗文大桥 going?", "罗文大桥"),
        ("What's the status of Luowen Bridge", "luowen bridge"),
        ("theatre", "theatre"),
        ("进展怎么样了", ""),
    ],
)
def test_what_is_said_around_a_name_is_left_out(said: str, name: str) -> None:
    assert without_spoken(said) == name


@pytest.mark.parametrize(
    ("typed", "key"), [("2018-4502 04—48", "201845020448"), ("ＡＢ－12", "ab12"), ("罗文", "")]
)
def test_a_code_is_known_without_its_dashes(typed: str, key: str) -> None:
    assert code_key(typed) == key


def test_words_are_told_apart_by_spaces_and_punctuation_and_counted_once() -> None:
    assert separate_words("一号线, 轨道（轨道）") == ["1号线", "轨道"]


def test_a_place_may_be_said_short_long_or_not_at_all() -> None:
    places = Places(["柳州市", "三江侗族自治县", "柳州市鹿寨县"])
    assert places.lean(fold("柳州市至三江侗族自治县公路")) == fold("柳州三江公路")
    assert places.split("柳州市鹿寨白露大道") == ("柳州市鹿寨", "白露大道")
    assert Places.stems("柳州市鹿寨县") == ("柳州", "鹿寨")


def test_places_that_names_begin_with_are_known_too() -> None:
    places = Places(["柳州市"], ["柳州柳江区体育公园"])
    assert places.split("柳江体育公园") == ("柳江", "体育公园")


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("", "", True),
        ("广西柳州市", "改造工程", False),
        ("广西柳州市", "建设工程", True),
        ("五象", "", False),
    ],
)
def test_a_name_is_whole_when_only_its_place_and_kind_are_unsaid(
    before: str, after: str, whole: bool
) -> None:
    assert Places(["柳州市"]).is_whole(before, after) is whole


def test_a_generic_word_alone_is_kept() -> None:
    assert without_generic_ending("曙光大道工程项目") == "曙光大道"
    assert without_generic_ending("工程") == "工程"
    assert is_generic("建设项目")
    assert not is_generic("建设路")
