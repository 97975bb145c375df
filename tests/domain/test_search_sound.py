"""How names sound."""

import pytest

from domain.search.sound import UNWRITTEN, Alphabet, syllables_of

_ALPHABET = Alphabet("轨道交通西安先柳州一号线长")


def _heard(written: str) -> str:
    return _ALPHABET.spelled(written).sounds


@pytest.mark.parametrize(
    ("character", "syllables"),
    [
        ("轨", ("gui",)),
        ("行", ("hang", "xing")),
        ("绿", ("lu",)),
        ("1", ("yi",)),
        ("g", ()),
        ("é", ()),
    ],
)
def test_a_character_has_its_usual_readings_without_tones(
    character: str, syllables: tuple[str, ...]
) -> None:
    assert syllables_of(character) == syllables


def test_what_sounds_alike_is_written_alike() -> None:
    assert _heard("轨到") == _heard("轨道") == _heard("鬼道")
    assert _heard("轨道") != _heard("轨通")


def test_a_digit_sounds_like_its_numeral() -> None:
    assert _heard("1号线") == _heard("一号线")


@pytest.mark.parametrize("typed", ["guidao", "轨dao", "gui道"])
def test_pinyin_and_characters_may_mix(typed: str) -> None:
    assert _ALPHABET.readings(typed)[0].sounds == _heard("轨道")


def test_pinyin_that_can_be_cut_in_two_ways_is_heard_in_both() -> None:
    heard = [reading.sounds for reading in _ALPHABET.readings("xian")]
    assert _heard("先") in heard
    assert _heard("西安") in heard


def test_only_what_was_written_counts_as_written() -> None:
    assert _ALPHABET.readings("柳zhou")[0].written == f"柳{UNWRITTEN}"


def test_letters_that_are_no_syllable_stay_letters() -> None:
    reading = _ALPHABET.readings("lzgd")[0]
    assert reading.sounds == "lzgd"
    assert reading.has_letters
    assert not _ALPHABET.readings("liuzhou")[0].has_letters


def test_a_sound_no_name_has_is_unlike_every_other() -> None:
    assert _heard("桥") not in _heard("轨道交通西安先柳州一号线长")


def test_initials_are_the_first_letters() -> None:
    assert _ALPHABET.initials(_heard("柳州g轨道1号线长")) == "lzggdyhxc"


def test_another_reading_of_one_character_is_another_line() -> None:
    usual, other = _ALPHABET.sounds("长一")
    assert _ALPHABET.initials(usual) == "cy"
    assert _ALPHABET.initials(other) == "zy"
