"""A long text leaves in parts that Telegram takes and that say all of it."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.texts import length, plain, split_html

WORDS = st.text(alphabet="项目进展正常<>&\"' x", max_size=30)
LINKED = '<a href="https://t.me/liaison?start=1&amp;x=2">{}</a>'


def said(words: str) -> str:
    """Words as a template says them: escaped."""
    return html.escape(words, quote=False)


def marked(inner: str) -> st.SearchStrategy[str]:
    patterns = ["{}", "<b>{}</b>", "<i>{}</i>", "<tg-spoiler>{}</tg-spoiler>", LINKED]
    return st.sampled_from(patterns).map(lambda pattern: pattern.format(inner))


LINES = st.recursive(
    WORDS.map(said).flatmap(marked),
    lambda inner: st.lists(inner, max_size=4).map("".join).flatmap(marked),
    max_leaves=6,
)
TEXTS = st.lists(LINES, max_size=8).map("\n".join).flatmap(marked)


def is_balanced(markup: str) -> bool:
    open_tags: list[str] = []
    for closing, name in re.findall(r"<(/?)([a-z-]+)[^>]*>", markup):
        if not closing:
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    return not open_tags


def words_of(markup: str) -> str:
    return "".join(plain(markup).split())


@given(TEXTS, st.integers(min_value=1, max_value=60))
def test_every_part_fits_and_is_whole_markup(text: str, longest: int) -> None:
    for part in split_html(text, longest):
        assert length(part) <= longest
        assert is_balanced(part)


@given(TEXTS, st.integers(min_value=1, max_value=60))
def test_the_parts_say_what_the_text_says(text: str, longest: int) -> None:
    assert "".join(map(words_of, split_html(text, longest))) == words_of(text)


@given(TEXTS, st.integers(min_value=1, max_value=60))
def test_no_part_is_blank(text: str, longest: int) -> None:
    parts = split_html(text, longest)
    assert len(parts) == 1 or all(words_of(part) for part in parts)


def test_a_short_text_stays_as_it_is() -> None:
    assert split_html("<b>五象大道</b>\n\n在建", 100) == ["<b>五象大道</b>\n\n在建"]


def test_a_text_is_cut_at_its_line_ends() -> None:
    assert split_html("一二三\n四五六\n七八", 7) == ["一二三\n四五六", "七八"]


def test_a_tag_open_over_a_long_line_is_closed_and_opened_again() -> None:
    text = f"<b>通报\n{'长' * 12}</b>\n完"
    assert split_html(text, 10) == ["<b>通报</b>", f"<b>{'长' * 10}</b>", "<b>长长</b>\n完"]


@pytest.mark.parametrize(
    ("markup", "shown"),
    [("<b>甲</b>&amp;乙", "甲&乙"), ("1 &lt; 2", "1 < 2"), ("<tg-spoiler>密</tg-spoiler>", "密")],
)
def test_a_text_is_counted_as_the_reader_sees_it(markup: str, shown: str) -> None:
    assert plain(markup) == shown
    assert length(markup) == len(shown)
