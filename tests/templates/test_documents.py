import datetime as dtm
import re
from io import BytesIO

import openpyxl
import pytest
import segno

from domain.vocabulary import Language
from templates.documents.invitations import (
    InvitationCard,
    invitation_cards,
    invitations_workbook,
    qr_code,
)
from templates.render import Voice
from tests.templates.samples.people import HOSTILE_NAME, HOSTILE_UNIT

UNTIL = dtm.datetime(2026, 11, 25, 2, tzinfo=dtm.UTC)
LINK = "https://t.me/liaison_test_bot?start="
HOSTILE = ['#set text(red) $x$ *b* _i_ `c` @a <b> "q" \\', HOSTILE_NAME, HOSTILE_UNIT, ""]


def voice(language: Language) -> Voice:
    return Voice(language, "Asia/Shanghai")


def cards(count: int) -> list[InvitationCard]:
    return [
        InvitationCard(f"韦{n}", "样例城投公司", "科长", "19900000000", f"{LINK}{n:024}")
        for n in range(count)
    ]


def dark_modules(svg: str) -> set[tuple[int, int]]:
    """The dark modules of a QR code, read off the strokes of its drawing."""
    path = re.search(r'<path[^>]* d="([^"]+)"', svg)
    assert path is not None
    modules, x, y = set(), 0.0, 0.0
    for move, dx, dy, run in re.findall(r"(M|m)(-?[\d.]+) (-?[\d.]+)h(-?[\d.]+)", path[1]):
        x, y = (float(dx), float(dy)) if move == "M" else (x + float(dx), y + float(dy))
        modules |= {(int(y), int(x) + step) for step in range(int(float(run)))}
        x += float(run)
    return modules


def test_the_drawn_code_is_the_link_s_with_a_margin_of_four_modules() -> None:
    link = f"{LINK}{'A1b_-' * 4}xy"
    modules = dark_modules(qr_code(link))
    matrix = segno.make(link, error="m", mask=3).matrix

    expected = {
        (row + 4, column + 4)
        for row, line in enumerate(matrix)
        for column, dark in enumerate(line)
        if dark
    }

    assert modules == expected


def test_two_people_s_codes_differ() -> None:
    assert qr_code(f"{LINK}a") != qr_code(f"{LINK}b")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize(("count", "pages"), [(1, 1), (8, 1), (9, 2), (40, 5)])
def test_eight_cards_make_a_page(language: Language, count: int, pages: int) -> None:
    pdf = invitation_cards(cards(count), UNTIL, voice(language))

    assert pdf.startswith(b"%PDF")
    assert pages_of(pdf) == pages


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("text", HOSTILE)
def test_names_are_printed_as_they_are_and_break_no_page(language: Language, text: str) -> None:
    card = InvitationCard(text, text, text, "", f"{LINK}x")

    pdf = invitation_cards([card] * 8, UNTIL, voice(language))

    assert pages_of(pdf) == 1


@pytest.mark.parametrize("language", list(Language))
def test_the_table_of_links_keeps_phones_as_text_and_says_until_when(language: Language) -> None:
    content = invitations_workbook(cards(2), UNTIL, voice(language))

    sheet = openpyxl.load_workbook(BytesIO(content)).active
    assert sheet is not None
    header, first, second = sheet.iter_rows(values_only=True)
    assert len(header) == len(first) == 6
    assert first[:5] == ("样例城投公司", "韦0", "科长", "19900000000", f"{LINK}{0:024}")
    assert second[4] == f"{LINK}{1:024}"
    assert "25" in str(first[5])
    assert "10:00" in str(first[5])
