import datetime as dtm

import pytest

from domain.calendar import shipped_calendar
from domain.items.due_day import read_due_day
from domain.items.wording import Wording, names_in, read_wording

TODAY = dtm.date(2026, 12, 2)
CALENDAR = shipped_calendar()
DAY = dtm.date(2026, 12, 30)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12月30日前", DAY),
        ("12月30日之前", DAY),
        ("时限：12月30日", DAY),
        ("于12月30日前完成", DAY),
        ("by 30 Dec", DAY),
        ("12月底", dtm.date(2026, 12, 31)),
        ("1月底前", dtm.date(2027, 1, 31)),
        ("月底前", dtm.date(2026, 12, 31)),
        ("下月底", dtm.date(2027, 1, 31)),
        ("年底前", dtm.date(2026, 12, 31)),
        ("end of month", dtm.date(2026, 12, 31)),
        ("5个工作日内", dtm.date(2026, 12, 9)),
        ("10 working days", dtm.date(2026, 12, 16)),
        ("下周五前", dtm.date(2026, 12, 11)),
        ("0个工作日", None),
        ("999个工作日", None),
        ("13月底", None),
        ("尽快", None),
        ("市住建局", None),
    ],
)
def test_a_deadline_is_read_as_offices_write_it(typed: str, day: dtm.date | None) -> None:
    assert read_due_day(typed, TODAY, CALENDAR) == day


@pytest.mark.parametrize(
    ("typed", "wording"),
    [
        (
            "完成剩余2户征收签约；柳北区政府；配合市住建局；12月30日前",
            Wording("完成剩余2户征收签约", "柳北区政府", ("市住建局",), DAY),
        ),
        (
            "完成签约\n12月30日前\n责任单位：柳北区政府\n市住建局、市财政局配合",
            Wording("完成签约", "柳北区政府", ("市住建局", "市财政局"), DAY),
        ),
        ("完成签约", Wording("完成签约")),
        ("完成签约; 柳北区政府", Wording("完成签约", "柳北区政府")),
        ("先征收；再交地；柳北区政府", Wording("先征收；再交地", "柳北区政府")),
        ("先征收；再交地；责任柳北区政府", Wording("先征收；再交地", "柳北区政府")),
        ("12月30日前", Wording("12月30日前")),
        ("完成签约；12月30日", Wording("完成签约", due=DAY)),
        (
            "Sign both; responsible: Liubei; supporting: A, B; by 30 Dec",
            Wording("Sign both", "Liubei", ("A", "B"), DAY),
        ),
        ("  ；；", Wording()),
    ],
)
def test_a_decision_typed_in_one_message_is_taken_apart(typed: str, wording: Wording) -> None:
    assert read_wording(typed, TODAY, CALENDAR) == wording


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("无", ()),
        ("None", ()),
        ("市住建局", ("市住建局",)),
        ("配合单位：市住建局、市财政局", ("市住建局", "市财政局")),
        ("市住建局，市财政局配合", ("市住建局", "市财政局")),
    ],
)
def test_units_are_listed_with_or_without_the_word_for_their_help(
    typed: str, names: tuple[str, ...]
) -> None:
    assert names_in(typed) == names
