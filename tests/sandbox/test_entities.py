"""Markup is read exactly as Telegram reads it."""

import json
from pathlib import Path
from typing import Any

import pytest

from sandbox.botapi.errors import ApiError
from sandbox.botapi.text.formatted import finish_text, parse

VECTORS = json.loads((Path(__file__).parent / "data/telegram-entity-vectors.json").read_text())


def _shown(entity: dict[str, Any]) -> dict[str, Any]:
    """An entity in the vectors' spelling: a mentioned user by id, emoji without theirs."""
    shown = {k: v for k, v in entity.items() if k not in ("user", "custom_emoji_id")}
    return shown | ({"user_id": entity["user"]["id"]} if "user" in entity else {})


@pytest.mark.parametrize("vector", VECTORS, ids=lambda v: f"{v['parse_mode']} {v['input']!r}")
def test_markup_gives_what_telegrams_own_parser_gives(vector: dict[str, Any]) -> None:
    if "error" in vector:
        with pytest.raises(ApiError) as refused:
            parse(vector["input"], vector["parse_mode"])
        assert refused.value.description == vector["error"]
    else:
        parsed = parse(vector["input"], vector["parse_mode"])
        assert parsed.text == vector["text"]
        assert [_shown(entity.as_json()) for entity in parsed.entities] == vector["entities"]


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("<i aba = ", 'Unclosed start tag "i" at byte offset 0'),
        ("<i aba=190azAz-.,", "Unexpected end of name token at byte offset 7"),
        ('<a href="x"y"z">l</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<i>a</em >", 'Unmatched end tag at byte offset 4, expected "</i>", found "</em>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("I <3 you", 'Unsupported start tag "3" at byte offset 2'),
    ],
)
def test_broken_html_is_refused_with_the_byte_where_it_breaks(source: str, error: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse(source, "html")
    assert refused.value.description == f"Bad Request: can't parse entities: {error}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start@liaison_bot abc", [("bot_command", "/start@liaison_bot")]),
        ("按/start", []),
        ("/report填报", []),
        ("见https://example.org/a?b=1，谢谢", [("url", "https://example.org/a?b=1")]),
        ("example.com.", [("url", "example.com")]),
        ("报表.xlsx 和 v1.2", []),
        ("a@example.org", [("email", "a@example.org")]),
        ("@liaison_bot 在吗", [("mention", "@liaison_bot")]),
        ("#重点项目 #1", [("hashtag", "#重点项目")]),
        ("电话 +86 138 0000 0001", [("phone_number", "+86 138 0000 0001")]),
    ],
)
def test_addresses_commands_and_numbers_are_found(
    text: str, expected: list[tuple[str, str]]
) -> None:
    found = finish_text(parse(text, ""))
    assert [(e.type, found.text[e.offset : e.end]) for e in found.entities] == expected


def test_nothing_is_found_inside_code() -> None:
    found = finish_text(parse("<code>/start</code>", "HTML"))
    assert [entity.type for entity in found.entities] == ["code"]


def test_text_is_trimmed_and_its_entities_with_it() -> None:
    found = finish_text(parse("\n  <b> 五象😀 </b> \n", "HTML"))
    assert found.text == "五象😀"
    assert [(e.offset, e.length) for e in found.entities] == [(0, 4)]


def test_control_characters_become_spaces_and_carriage_returns_go() -> None:
    assert finish_text(parse("五\t象\r\n\x00新区", "")).text == "五 象\n 新区"


def test_the_limit_counts_code_points_after_parsing() -> None:
    finish_text(parse("<b>" + "😀" * 4096 + "</b>", "HTML"))
    with pytest.raises(ApiError, match="message is too long"):
        finish_text(parse("😀" * 4097, ""))
