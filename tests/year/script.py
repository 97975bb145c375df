"""The year as data: what people make a habit of, and what happens out of the ordinary.

In a scene @ goes before what the pressed button carries, and … is whatever the report still asks.
Reports are due on the 25th, moved by holidays: 26 January, 28 February, 25 March, 27 April, 25
May, 25 June, 27 July, 25 August, 28 September, 26 October, 25 November, 21 December, 25 January.
"""

import datetime as dtm

from sqlmodel import Session

from tests.year.driver import Files, Reviews, Scene, Script, Turn, Year
from tests.year.office import (
    DENG,
    HUANG,
    LIAO,
    LU,
    LUO,
    MENG,
    MO,
    NONG,
    OU,
    PAN,
    QIN,
    SHI,
    SU,
    WEI,
    WU,
    ZHOU,
)
from usecases.rules import Published, load_published

HABITS = (
    Files(WEI, -2, "10:20"),
    Files(LUO, 0, "10:40", answers_each_question=True),
    Files(PAN, 0, "16:10", but_not=("2026-09",)),
    Files(ZHOU, 0, "16:20"),
    Files(WU, 1, "14:20"),
    Files(LIAO, -1, "11:00"),
    Files(DENG, 0, "09:50", but_not=("2026-10",)),
    Reviews(HUANG, "16:30"),
    Reviews(NONG, "16:40"),
    Reviews(SHI, "10:10"),
    Reviews(MO, "17:00", every=5),
)


def _enters(name: str, reports: int) -> tuple[str, ...]:
    """A liaison enters reports that were told by phone, as the alert numbers them."""
    numbers = range(1, reports + 1)
    return tuple(
        does for number in numbers for does in (f"@phone.fill#{number}", f"{name}电话报", "…")
    )


ENTERS_BOTH = _enters("何信息员", 2)


def _blocks(year: Year, _session: Session, _now: dtm.datetime) -> None:
    year.phones.blocked.add(LIAO.account)


def _unblocks(year: Year, _session: Session, _now: dtm.datetime) -> None:
    year.phones.blocked.discard(LIAO.account)


def _zhou_comes(year: Year, session: Session, _now: dtm.datetime) -> None:
    year.office.joins(session, ZHOU, year.language)


def _next_year_is_published(_year: Year, session: Session, now: dtm.datetime) -> None:
    days = {"published": True, "off": ["2027-01-01..2027-01-03", "2027-02-05..2027-02-11"]}
    load_published(session, Published("CN", 2027, days), now)


def _next_year_is_listed(year: Year, session: Session, _now: dtm.datetime) -> None:
    year.office.listed(session, 2027)


SCENES = (
    # The first months are a trial: leaders hear nothing, the office sees who would have.
    Scene("2026-01-30 10:00", HUANG, ENTERS_BOTH),
    Scene("2026-03-04 15:00", HUANG, ENTERS_BOTH),
    Turn("2026-03-10 08:00", "廖信息员 blocks the bot", _blocks),
    # A report is returned.
    Scene("2026-03-23 16:00", HUANG, ("审核", "@review.show", "@review.return", "请核实投资数")),
    # A promise is kept.
    Scene("2026-03-26 14:30", MO, _enters("廖信息员", 8)[15:]),
    Scene("2026-03-27 10:30", QIN, ("@alert.promise",)),
    Scene("2026-03-27 15:30", HUANG, ENTERS_BOTH),
    # Somebody is on leave and has a deputy; an alert is handed on, and released.
    Scene("2026-04-10 10:00", MENG, ("封账", "@close.show", "@close.yes")),
    Scene("2026-04-17 16:00", WEI, ("请假", "4月20日", "4月30日", "罗信息员")),
    Scene("2026-04-28 14:30", MO, _enters("廖信息员", 8)[15:]),
    Scene("2026-04-29 09:30", QIN, ("@alert.ask",)),
    Scene("2026-04-30 09:30", MENG, ("@release.all",)),
    Scene("2026-04-30 10:00", LU, ("@alert.know",)),
    Scene("2026-04-30 15:40", HUANG, ENTERS_BOTH),
    Turn("2026-05-20 08:00", "廖信息员 lets the bot in again", _unblocks),
    Scene("2026-05-20 10:00", LIAO, ("填报",)),
    # The office holds chasing about a project.
    Scene("2026-05-25 10:00", MENG, ("暂停催报 柳东水厂扩建", "@hold.open", "停产检修")),
    Scene("2026-05-28 10:00", MENG, ("暂停催报", "@hold.lift")),
    Scene("2026-05-29 15:00", HUANG, _enters("何信息员", 1)),
    Scene("2026-05-29 15:45", HUANG, _enters("何信息员", 1)),
    # Somebody links at last.
    Scene("2026-06-02 09:30", DENG, ("☎",)),
    # A report gets more time.
    Scene("2026-06-24 10:00", MENG, ("延期 城北排涝泵站", "7月3日", "汛期抢险", "@extend.yes")),
    Scene("2026-06-26 15:00", HUANG, _enters("何信息员", 1)),
    Scene("2026-07-06 10:30", HUANG, _enters("何信息员", 1)),
    # Something is told between two reports.
    Scene("2026-07-08 10:00", WEI, ("进展 白露大道（一期）", "桩基全部完成", "@update.note")),
    Scene("2026-07-08 15:20", HUANG, ("待办", "@update.queue", "@update.adopt")),
    # A project that stands still reports nothing for a while.
    Scene("2026-07-16 10:00", MENG, ("免报 柳东水厂扩建", "9月", "全线停建", "@exempt.yes")),
    # A liaison is away and nobody stands in.
    Scene("2026-07-17 16:00", NONG, ("请假", "7月20日", "7月31日", "@leave.nobody")),
    Scene("2026-07-29 15:00", HUANG, _enters("何信息员", 1)),
    Scene("2026-08-31 15:00", HUANG, _enters("何信息员", 1)),
    # Somebody new takes over.
    Turn("2026-09-21 09:00", "周信息员 takes a seat at 柳江城建公司", _zhou_comes),
    Scene("2026-09-23 10:00", PAN, ("@handover.begin", "@handover.all", "周信息员")),
    Scene("2026-09-23 16:00", SHI, ("@handover.yes",)),
    Scene("2026-09-30 10:30", HUANG, _enters("何信息员", 1)),
    # A promise is broken; what would reach the top is held back a day.
    Scene("2026-10-28 10:00", OU, ("@alert.promise",)),
    Scene("2026-10-29 09:30", MENG, ("@release.none",)),
    Scene("2026-10-30 09:40", MENG, ("@release.all",)),
    Scene("2026-10-30 10:20", SU, ("@alert.ask",)),
    Scene("2026-10-30 15:20", NONG, _enters("邓信息员", 4)),
    Scene("2026-10-30 16:20", HUANG, ENTERS_BOTH),
    Scene("2026-11-27 16:00", HUANG, ENTERS_BOTH),
    Turn(
        "2026-12-08 10:00", "the days off of 2027 are published and loaded", _next_year_is_published
    ),
    Scene("2026-12-23 10:00", HUANG, ENTERS_BOTH),
    Turn("2027-01-12 09:00", "the programmes of 2027 are imported", _next_year_is_listed),
    Scene("2027-01-27 10:00", HUANG, ENTERS_BOTH),
)

YEAR = Script(
    dtm.date(2026, 1, 5),
    dtm.date(2027, 1, 31),
    HABITS,
    SCENES,
    outages=(("2026-08-24 08:00", "2026-08-27 10:00"),),
)
