import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.people import canonical_phone, comparable_name, masked_phone

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    "text",
    [
        "13812345678",
        "138 1234 5678",
        "138-1234-5678",
        "138–1234—5678",
        "+8613812345678",
        "+86 138 1234 5678",
        "+86-13812345678",
        "(+86) 13812345678",
        "008613812345678",
        "8613812345678",
        "１３８１２３４５６７８",
        "＋８６　138 1234 5678",
        " 13812345678\n",
        "138\u00a01234\u00a05678",
    ],
)
def test_a_mobile_number_is_the_same_however_it_is_written(text: str) -> None:
    assert canonical_phone(text) == "13812345678"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1381234567",
        "138123456789",
        "12812345678",
        "0772-2823456",
        "+1 415 555 2671",
        "+85291234567",
        "13812345678/13912345678",
        "13812345678 13912345678",
        "138l2345678",
        "tel 13812345678",
        "1.3812345678E10",
        "٠١٣٨١٢٣٤٥٦٧٨",
    ],
)
def test_what_is_no_mobile_number_is_none(text: str) -> None:
    assert canonical_phone(text) is None


@given(MOBILES)
def test_a_canonical_number_stays_as_it_is(phone: str) -> None:
    assert canonical_phone(phone) == phone
    assert canonical_phone(f"+86{phone}") == phone


@given(MOBILES)
def test_a_masked_number_hides_its_middle(phone: str) -> None:
    masked = masked_phone(phone)

    assert masked == f"{phone[:3]}****{phone[7:]}"
    assert canonical_phone(masked) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("张三", "张 三"),
        ("张三", "　张三 "),
        ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
        ("阿卜杜拉．买买提", "阿卜杜拉·买买提"),
        ("Li  Wei", "LI WEI"),
        ("Ｌｉ Wei", "li wei"),
    ],
)
def test_one_name_written_two_ways_compares_equal(one: str, other: str) -> None:
    assert comparable_name(one) == comparable_name(other)


def test_two_names_stay_apart() -> None:
    assert comparable_name("张三") != comparable_name("张山")


@given(st.text())
def test_comparing_is_stable(name: str) -> None:
    assert not any(character.isspace() for character in comparable_name(name))
    assert comparable_name(f" {name}\t") == comparable_name(name)
