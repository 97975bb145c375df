import datetime as dtm
import io
import zipfile

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from sqlmodel import Session

from db.tables.meetings import MeetingReply
from db.tables.people import Contact
from db.tables.reporting import Problem
from domain.meetings.kinds import Attendance, LeaveVerdict, ReplyStanding
from domain.vocabulary import Language
from templates.documents.minutes_words import ABSENT, COMING
from templates.linking import HowToLink
from templates.meetings import MeetingsAhead
from templates.minutes import MinutesFile
from templates.office import StaleButton
from templates.refusals import NotYours
from tests.builders import asker
from tests.usecases.items.deciding import DURING, a_draft, a_hall, approves
from tests.usecases.meetings.hall import NOW, does, types, unit_of
from usecases.answers import Hand
from usecases.items.redrafting import record_again
from usecases.meetings.ahead import meetings
from usecases.meetings.answering import Plain, answer
from usecases.meetings.minutes import hand_over

LATER = DURING + dtm.timedelta(hours=1)


def test_the_draft_says_what_was_discussed_and_decided(session: Session) -> None:
    hall = a_hall(session)
    does(session, hall.cast.huang, answer, Plain(unit_of(session), 0), NOW)
    first = a_draft(session, hall)
    does(session, hall.cast.meng, record_again, first, DURING)
    types(session, hall.cast.meng, "办结施工许可；柳州市住建局", DURING)
    handed = _handed(session, hall.cast.meng, hall.meeting_id)
    assert handed.file_name == "会议纪要_20261202.docx"
    assert isinstance(handed.message, MinutesFile)
    assert (handed.message.decisions, handed.message.is_approved) == (2, False)
    assert _lines(handed) == [
        "关于研究白露大道（一期）有关问题的会议纪要",
        "（草稿，未审定）",
        "时间：2026年12月2日(周三)15:00",
        "地点：市行政中心201会议室",
        "主持：＿＿＿＿＿＿",
        "参加单位：柳州市住建局（主要负责人参加）",
        "一、研究项目",
        "1．柳州市住建局：白露大道（一期）（征地拆迁）",
        "二、议定事项",
        "第1条　白露大道（一期）：完成剩余2户征收签约。"
        "责任单位：柳北区政府；配合单位：柳州市住建局；时限：2026年12月30日前。",
        "第2条　白露大道（一期）：办结施工许可。责任单位：柳州市住建局；"
        "时限：下发后20个工作日内（2026年12月30日前）。",
        "市重大办",
        "2026年12月2日",
    ]


def test_approved_minutes_are_no_draft_and_name_each_deadline(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall, "完成签约；柳北区政府")
    approves(session, hall)
    lines = _lines(_handed(session, hall.cast.meng, hall.meeting_id))
    assert "（草稿，未审定）" not in lines
    assert (
        "第1条　白露大道（一期）：完成签约。责任单位：柳北区政府；时限：2026年12月30日前。" in lines
    )


def test_who_stayed_away_and_who_never_answered_is_named(session: Session) -> None:
    hall = a_hall(session)
    lines = _lines(_handed(session, hall.cast.meng, hall.meeting_id))
    assert "参加单位：＿＿＿＿＿＿" in lines
    assert "未回执：柳州市住建局" in lines


def test_why_a_unit_stayed_away_is_no_other_units_business(session: Session) -> None:
    hall = a_hall(session)
    reply = MeetingReply(
        meeting_unit_id=unit_of(session),
        attendance=Attendance.LEAVE,
        reason="住院手术",
        leave_verdict=LeaveVerdict.GRANTED,
        replied_by_id=hall.cast.huang.id,
        replied_at=NOW,
    )
    session.add(reply)
    session.flush()
    lines = _lines(_handed(session, hall.cast.meng, hall.meeting_id))
    assert "请假：柳州市住建局" in lines


def test_a_problem_closed_out_since_was_spoken_about_all_the_same(session: Session) -> None:
    hall = a_hall(session)
    session.get_one(Problem, 1).closed_at = LATER
    lines = _lines(_handed(session, hall.cast.meng, hall.meeting_id))
    assert "1．柳州市住建局：白露大道（一期）（征地拆迁）" in lines


def test_the_layout_is_that_of_official_documents(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    paper = _paper(_handed(session, hall.cast.meng, hall.meeting_id))
    (section,) = paper.sections
    # A file keeps lengths in twentieths of a point.
    close = pytest.approx
    assert (section.page_width, section.page_height) == close((Mm(210), Mm(297)), abs=700)
    assert (section.top_margin, section.left_margin) == close((Mm(37), Mm(28)), abs=700)
    text = section.page_width - section.left_margin - section.right_margin
    assert text == close(Mm(156), abs=2000)
    assert section.page_height - section.top_margin - section.bottom_margin == close(
        Mm(225), abs=2000
    )
    title, body = paper.paragraphs[0], paper.paragraphs[-4]
    assert title.alignment is WD_ALIGN_PARAGRAPH.CENTER
    assert (title.runs[0].font.size, _font(title)) == (Pt(22), "方正小标宋简体")
    assert (body.runs[0].font.size, _font(body)) == (Pt(16), "仿宋_GB2312")
    assert body.paragraph_format.line_spacing == close(Pt(29), abs=Pt(1))
    assert body.paragraph_format.first_line_indent == Pt(32)


def test_other_fonts_stand_in_where_the_official_ones_are_missing(session: Session) -> None:
    hall = a_hall(session)
    fonts = _parts(_handed(session, hall.cast.meng, hall.meeting_id))["word/fontTable.xml"]
    assert "方正小标宋简体" in fonts
    assert 'w:val="仿宋,FangSong' in fonts


def test_the_file_tells_neither_who_nor_what_made_it(session: Session) -> None:
    hall = a_hall(session)
    handed = _handed(session, hall.cast.meng, hall.meeting_id)
    about = _paper(handed).core_properties
    assert (about.author, about.last_modified_by, about.comments) == ("市重大办", "市重大办", "")
    assert about.created.replace(tzinfo=dtm.UTC) == LATER
    everything = "".join(_parts(handed).values())
    assert "python" not in everything.lower()
    assert hall.cast.meng.name not in everything


def test_hostile_words_come_back_as_they_were_typed(session: Session) -> None:
    hall = a_hall(session)
    words = "<w:p>&amp\"'😀{project}" + "长" * 300
    a_draft(session, hall, f"{words}；柳北区政府")
    assert any(words in line for line in _lines(_handed(session, hall.cast.meng, hall.meeting_id)))


def test_an_english_speaker_gets_an_english_document(session: Session) -> None:
    hall = a_hall(session)
    hall.cast.meng.language = Language.EN
    a_draft(session, hall)
    handed = _handed(session, hall.cast.meng, hall.meeting_id)
    assert handed.file_name == "minutes-20261202.docx"
    assert _lines(handed)[0] == "Minutes of the meeting on 白露大道（一期）"


def test_a_unit_reads_the_minutes_once_they_are_approved(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    for unit in (hall.cast.huang, hall.luo):
        refused = does(session, unit, hand_over, hall.meeting_id, LATER)
        assert isinstance(refused, NotYours)
    approves(session, hall)
    a_draft_too_late = a_draft(session, hall, "后来又议的；柳北区政府")
    assert a_draft_too_late
    for unit in (hall.cast.huang, hall.luo):
        handed = _handed(session, unit, hall.meeting_id)
        assert isinstance(handed.message, MinutesFile)
        assert handed.message.is_approved
        assert not any("后来又议的" in line for line in _lines(handed))


def test_minutes_are_not_for_those_they_do_not_concern(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    approves(session, hall)
    assert isinstance(does(session, hall.cast.ou, hand_over, hall.meeting_id, LATER), NotYours)
    (unknown,) = hand_over(session, asker(session, None), hall.meeting_id, LATER)
    assert isinstance(unknown.message, HowToLink)
    assert does(session, hall.cast.meng, hand_over, 10**6, LATER) == StaleButton()


def test_every_standing_of_a_unit_has_its_place_in_the_document() -> None:
    named = [one for group in (COMING, *ABSENT.values()) for one in group]
    assert sorted(named) == sorted(ReplyStanding)


def test_a_meeting_stays_in_the_offices_list_until_its_minutes_are_approved(
    session: Session,
) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    next_day = DURING + dtm.timedelta(days=1)
    listed = does(session, hall.cast.meng, meetings, None, next_day)
    assert isinstance(listed, MeetingsAhead)
    assert [line.head.meeting_id for line in listed.lines if line.is_held] == [hall.meeting_id]
    to_units = does(session, hall.cast.huang, meetings, None, next_day)
    assert isinstance(to_units, MeetingsAhead)
    assert not any(line.is_held for line in to_units.lines)
    approves(session, hall, next_day)
    after = does(session, hall.cast.meng, meetings, None, next_day)
    assert isinstance(after, MeetingsAhead)
    assert not any(line.is_held for line in after.lines)


def _handed(session: Session, who: Contact, meeting_id: int) -> Hand:
    (handed,) = hand_over(session, asker(session, who, LATER), meeting_id, LATER)
    assert isinstance(handed, Hand), handed
    return handed


def _paper(handed: Hand):  # type: ignore[no-untyped-def]
    return Document(io.BytesIO(handed.content))


def _lines(handed: Hand) -> list[str]:
    return [one.text for one in _paper(handed).paragraphs if one.text]


def _font(paragraph) -> str:  # type: ignore[no-untyped-def]
    return str(paragraph.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")))


def _parts(handed: Hand) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(handed.content)) as packed:
        return {
            name: packed.read(name).decode()
            for name in packed.namelist()
            if name.endswith((".xml", ".rels"))
        }
