"""In chat a coordinator sees what a table would change before it does, and only then."""

import datetime as dtm
from typing import TypeVar

import pytest
from sqlmodel import Session, col, func, select

from db.tables.audit import AuditEntry
from db.tables.people import Contact
from db.tables.programme import ImportPreview, ImportState, Programme, Project
from db.tables.speech import Attachment
from domain.importing.changes import Outcome
from domain.importing.findings import Obstacle
from domain.vocabulary import Level, Role
from templates.imports import (
    ContactsPreview,
    FileRefused,
    ImportDetails,
    ImportDone,
    ImportDropped,
    ImportSettled,
    ProgrammePreview,
    TableNotRecognised,
    WhichProgramme,
)
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.render import render
from tests.builders import NOW, Cast, a_project, a_region, a_unit, an_assignment, asker, the_cast
from tests.usecases.importing.tables import (
    contact_file,
    contact_row,
    project_file,
    project_row,
)
from usecases.answers import Answers, Hand, UseCase
from usecases.asker import Asker, grants_of
from usecases.importing.files import File
from usecases.imports import (
    Belonging,
    Upload,
    accept_new_names,
    bring_back,
    choose_programme,
    confirm,
    drop,
    receive,
    refuse_oversized,
    skip_bad_rows,
)
from usecases.leaving import record_left
from usecases.workbook import Kind, Reason

Kept = TypeVar("Kept", bound=Message)
LATER = NOW + dtm.timedelta(minutes=5)
A_ROW = project_row("新柳大道", code="B-1", units="柳州市住建局")
A_FILE = project_file(A_ROW)


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


@pytest.fixture
def meng(session: Session, cast: Cast) -> Asker:
    return asker(session, cast.meng)


def said(answers: Answers, kind: type[Kept]) -> Kept:
    [message] = [one.message for one in answers if isinstance(one.message, kind)]
    return message


def sent(session: Session, who: Asker, file: File, caption: str = "") -> Answers:
    return receive(session, who, Upload(file, caption), NOW)


def previewed(session: Session, who: Asker, file: File = A_FILE) -> ProgrammePreview:
    return said(sent(session, who, file), ProgrammePreview)


def actions(message: Message) -> list[str]:
    return [key.action for row in message.rows() for key in row if hasattr(key, "action")]


def projects(session: Session) -> set[str]:
    return set(session.exec(select(Project.name)))


def audited(session: Session) -> list[str]:
    return list(session.exec(select(AuditEntry.action).order_by(col(AuditEntry.id))))


def test_a_table_is_shown_kept_and_not_yet_taken_over(session: Session, meng: Asker) -> None:
    preview = previewed(session, meng)
    assert (preview.level, preview.year, preview.counts[Outcome.NEW]) == (Level.CITY, 2026, 1)
    assert actions(preview) == ["import.confirm", "import.drop"]
    assert session.exec(select(Attachment.content)).one() == A_FILE.content
    assert "新柳大道" not in projects(session)


def test_confirming_takes_it_over_with_an_audit_line(session: Session, meng: Asker) -> None:
    preview = previewed(session, meng)
    done = said(confirm(session, meng, preview.preview_id, LATER), ImportDone)
    assert done.counts[Outcome.NEW] == 1
    assert "新柳大道" in projects(session)
    assert audited(session) == ["import.received", "import.confirmed"]


def test_another_coordinator_may_confirm(session: Session, meng: Asker, cast: Cast) -> None:
    preview = previewed(session, meng)
    an_assignment(session, cast.tan, Role.COORDINATOR)
    tan = asker(session, cast.tan)
    said(confirm(session, tan, preview.preview_id, LATER), ImportDone)
    last = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert last is not None
    assert last.actor_id == cast.tan.id


@pytest.mark.parametrize("press", [confirm, accept_new_names, skip_bad_rows, drop])
def test_nobody_else_gets_anywhere(
    session: Session, meng: Asker, cast: Cast, press: UseCase[int]
) -> None:
    preview = previewed(session, meng)
    for person in (cast.wei, cast.huang, cast.qin, cast.lu, cast.tan, cast.ou):
        other = asker(session, person)
        said(press(session, other, preview.preview_id, LATER), NotYours)
        said(sent(session, other, A_FILE), NotYours)
    stranger = asker(session, None)
    said(press(session, stranger, preview.preview_id, LATER), HowToLink)
    said(sent(session, stranger, A_FILE), HowToLink)
    assert "新柳大道" not in projects(session)
    assert session.exec(select(func.count()).select_from(Attachment)).one() == 1


@pytest.mark.parametrize("press", [confirm, accept_new_names, skip_bad_rows, drop])
def test_a_forged_number_is_a_stale_button(
    session: Session, meng: Asker, press: UseCase[int]
) -> None:
    said(press(session, meng, 4711, NOW), StaleButton)


def test_a_second_press_does_nothing_twice(session: Session, meng: Asker) -> None:
    preview = previewed(session, meng)
    confirm(session, meng, preview.preview_id, LATER)
    for press in (confirm, accept_new_names, skip_bad_rows, drop):
        settled = said(press(session, meng, preview.preview_id, LATER), ImportSettled)
        assert (settled.was_confirmed, settled.at) == (True, LATER)
    assert len([name for name in projects(session) if name == "新柳大道"]) == 1


def test_a_dropped_table_stays_dropped(session: Session, meng: Asker) -> None:
    preview = previewed(session, meng)
    said(drop(session, meng, preview.preview_id, NOW), ImportDropped)
    settled = said(confirm(session, meng, preview.preview_id, LATER), ImportSettled)
    assert not settled.was_confirmed
    assert session.exec(select(ImportPreview.state)).one() is ImportState.DROPPED
    assert "新柳大道" not in projects(session)


def test_records_that_changed_meanwhile_are_shown_anew(session: Session, meng: Asker) -> None:
    preview = previewed(session, meng)
    region = a_region(session)
    a_project(session, "新柳大道", region=region)

    again = said(confirm(session, meng, preview.preview_id, LATER), ProgrammePreview)
    assert again.is_again
    assert (again.counts[Outcome.NEW], again.counts[Outcome.LISTED]) == (0, 1)
    assert session.exec(select(ImportPreview.state)).one() is ImportState.SHOWN
    said(confirm(session, meng, preview.preview_id, LATER), ImportDone)


def test_a_change_elsewhere_is_no_reason_to_ask_again(session: Session, meng: Asker) -> None:
    preview = previewed(session, meng)
    a_unit(session, "某某局")
    said(confirm(session, meng, preview.preview_id, LATER), ImportDone)


def test_a_table_with_problems_cannot_be_confirmed(session: Session, meng: Asker) -> None:
    bad = project_file(project_row("甲路", code=None, total="约3亿"), project_row("乙路", total=-1))
    preview = previewed(session, meng, bad)
    assert Obstacle.BAD_ROWS in preview.wrong.obstacles
    assert preview.wrong.troubles.total == 2
    assert actions(preview) == ["import.drop"]
    again = said(confirm(session, meng, preview.preview_id, LATER), ProgrammePreview)
    assert not again.is_again


def test_bad_rows_may_be_skipped_once_they_were_shown(session: Session, meng: Asker) -> None:
    bad = project_row("甲路", code="B-2", total="约3亿", annual="约1亿", units="柳州市住建局")
    preview = previewed(session, meng, project_file(bad, A_ROW))
    assert actions(preview) == ["import.skip", "import.drop"]
    assert (preview.wrong.bad_rows, preview.wrong.troubles.total) == (1, 2)

    answers = skip_bad_rows(session, meng, preview.preview_id, LATER)
    skipping = said(answers, ProgrammePreview)
    assert actions(skipping) == ["import.confirm", "import.drop"]
    assert len(skipping.wrong.troubles.shown) == 2, "what is skipped is listed"
    assert "这些行跳过不导入" in render(skipping, meng.voice).text

    done = said(confirm(session, meng, preview.preview_id, LATER), ImportDone)
    assert (done.counts[Outcome.NEW], done.skipped) == (1, 1)
    assert projects(session) & {"甲路", "新柳大道"} == {"新柳大道"}
    assert "import.bad_rows_skipped" in audited(session)


def test_bad_rows_are_not_skipped_unseen(session: Session, meng: Asker) -> None:
    bad = project_file(project_row("甲路", code="B-2", total="约3亿"), A_ROW)
    preview = previewed(session, meng, bad)
    a_project(session, "新柳大道", region=a_region(session))

    again = said(skip_bad_rows(session, meng, preview.preview_id, LATER), ProgrammePreview)
    assert again.is_again
    assert actions(again) == ["import.skip", "import.drop"]


def test_a_plan_above_the_whole_investment_is_remarked_on(session: Session, meng: Asker) -> None:
    odd = project_row("甲路", code="B-2", total=50000, annual=60000, units="柳州市住建局")
    preview = previewed(session, meng, project_file(odd, A_ROW))
    text = render(preview, meng.voice).text
    assert "第4行F列（年度计划投资）：甲路：年度计划6亿元，比总投资5亿元还多，请核对" in text
    assert actions(preview) == ["import.confirm", "import.drop"]


def test_a_unit_nearly_known_blocks_until_it_is_said_to_be_new(
    session: Session, meng: Asker
) -> None:
    a_unit(session, "柳州市交通运输局")
    file = project_file(project_row("新柳大道", code="B-1", units="柳州市交运输局"))
    preview = previewed(session, meng, file)
    assert actions(preview) == ["import.accept", "import.drop"]
    said(confirm(session, meng, preview.preview_id, LATER), ProgrammePreview)

    accepted = said(accept_new_names(session, meng, preview.preview_id, LATER), ProgrammePreview)
    assert actions(accepted) == ["import.confirm", "import.drop"]
    assert not accepted.is_again
    said(confirm(session, meng, preview.preview_id, LATER), ImportDone)


def test_the_same_table_again_has_nothing_to_confirm(session: Session, meng: Asker) -> None:
    confirm(session, meng, previewed(session, meng).preview_id, LATER)
    again = previewed(session, meng)
    assert again.counts[Outcome.UNCHANGED] == 1
    assert actions(again) == []


def test_a_caption_says_which_programme_it_is(session: Session, meng: Asker) -> None:
    file = project_file(A_ROW, title="项目表（续建）", name="表.xlsx")
    preview = said(sent(session, meng, file, "2027年县级第二批"), ProgrammePreview)
    assert (preview.level, preview.year, preview.batch) == (Level.COUNTY, 2027, "第二批")


def test_where_nothing_says_so_the_programme_is_asked(session: Session, meng: Asker) -> None:
    file = project_file(A_ROW, title="项目表（续建）", name="表.xlsx")
    question = said(sent(session, meng, file), WhichProgramme)
    assert actions(question) == ["import.programme"] * 6 + ["import.drop"]

    chosen = Belonging(question.preview_id, level=Level.REGION, year=2026)
    preview = said(choose_programme(session, meng, chosen, LATER), ProgrammePreview)
    assert (preview.level, preview.year) == (Level.REGION, 2026)
    said(confirm(session, meng, question.preview_id, LATER), ImportDone)
    assert Level.REGION in set(session.exec(select(Programme.level)))


def test_of_several_batches_one_is_chosen(session: Session, meng: Asker) -> None:
    batches = [
        Programme(level=Level.CITY, year=2027, batch=batch, created_at=NOW)
        for batch in ("第一批", "第二批")
    ]
    session.add_all(batches)
    session.flush()
    file = project_file(A_ROW, title="2027年市级重大项目（续建）")
    question = said(sent(session, meng, file), WhichProgramme)
    assert [one.batch for one in question.batches] == ["第一批", "第二批"]

    chosen = Belonging(question.preview_id, programme_id=batches[1].id)
    assert said(choose_programme(session, meng, chosen, LATER), ProgrammePreview).batch == "第二批"


def test_contacts_are_told_from_projects_by_themselves(session: Session, meng: Asker) -> None:
    row = contact_row(unit="柳州市住建局", phone="19911111111")
    preview = said(sent(session, meng, contact_file(row)), ContactsPreview)
    said(confirm(session, meng, preview.preview_id, LATER), ImportDone)
    assert session.exec(select(Contact).where(Contact.name == "黄小明")).one().phone


def test_who_had_left_comes_back_only_after_the_office_says_so(
    session: Session, meng: Asker, cast: Cast
) -> None:
    record_left(session, meng, cast.huang.id, NOW)
    row = contact_row("黄联络员", unit="柳州市住建局", phone=cast.huang.phone, scope="柳州市住建局")
    preview = said(sent(session, meng, contact_file(row)), ContactsPreview)
    assert actions(preview) == ["import.return"]
    assert "已登记离任：黄联络员" in render(preview, meng.voice).text

    back = said(bring_back(session, meng, preview.preview_id, LATER), ContactsPreview)
    assert not back.is_again
    assert actions(back) == ["import.confirm", "import.drop"]
    assert "黄联络员（柳州市住建局）回任" in render(back, meng.voice).text
    assert cast.huang.left_at is not None, "only shown yet"

    said(confirm(session, meng, preview.preview_id, LATER), ImportDone)
    assert cast.huang.left_at is None
    assert [grant.role for grant in grants_of(session, cast.huang.id, LATER)] == [Role.LIAISON]


def test_what_does_not_fit_into_a_message_comes_as_a_workbook(
    session: Session, meng: Asker
) -> None:
    rows = [
        project_row(f"新路{number}", code=f"C-{number}", units="柳州市住建局")
        for number in range(20)
    ]
    answers = sent(session, meng, project_file(*rows))
    [details] = [one for one in answers if isinstance(one, Hand)]
    assert isinstance(details.message, ImportDetails)
    assert details.content.startswith(b"PK")
    assert details.file_name == "项目表·导入明细.xlsx"
    preview = said(answers, ProgrammePreview)
    assert (len(preview.new.shown), preview.new.more) == (3, 17)
    assert len(sent(session, meng, A_FILE)) == 1


@pytest.mark.parametrize(
    ("content", "reason", "looks_like"),
    [
        (b"", Reason.EMPTY, None),
        (b"%PDF-1.7", Reason.NOT_A_TABLE, Kind.PDF),
        (b"PK\x03\x04", Reason.BROKEN, None),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_reason(
    session: Session, meng: Asker, content: bytes, reason: Reason, looks_like: Kind | None
) -> None:
    refused = said(sent(session, meng, File("某.xlsx", content)), FileRefused)
    assert (refused.reason, refused.looks_like) == (reason, looks_like)
    assert session.exec(select(func.count()).select_from(Attachment)).one() == 0


def test_a_workbook_about_something_else_is_not_recognised(session: Session, meng: Asker) -> None:
    said(sent(session, meng, File("x.csv", "日期,天气\n周一,晴\n".encode())), TableNotRecognised)


def test_a_file_too_big_for_telegram_is_refused(session: Session, meng: Asker, cast: Cast) -> None:
    refused = said(refuse_oversized(session, meng, "大.xlsx", NOW), FileRefused)
    assert refused.reason is Reason.TOO_LARGE
    said(refuse_oversized(session, asker(session, cast.wei), "大.xlsx", NOW), NotYours)


def test_a_preview_reads_like_a_message(session: Session, meng: Asker) -> None:
    confirm(session, meng, previewed(session, meng).preview_id, LATER)
    file = project_file(project_row("新柳大道", code="B-1", units="柳州市住建局", total=60000))
    text = render(previewed(session, meng, file), meng.voice).text
    assert "新增0项，变更1项，不变0项" in text
    assert "1 新柳大道\n　总投资 5亿元 → 6亿元\n" in text
