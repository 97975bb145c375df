"""The office's operator imports tables from the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlmodel import Session, func, select

from bot.__main__ import main
from db.session import Database
from db.tables.audit import AuditEntry
from db.tables.people import Contact
from db.tables.programme import Programme, Project
from tests.usecases.importing.tables import (
    contact_file,
    contact_row,
    project_file,
    project_row,
)
from usecases.importing.files import File

SEEDS = Path(__file__).parents[1] / "data" / "seeds"
A_FILE = project_file(project_row())
BAD = project_file(project_row(), project_row("乙路", code=None, total="约3亿"))


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOT_TOKEN", "123456:" + "A" * 35)
    monkeypatch.setenv("DATABASE_URL", database_url)


def told(command: str, file: File, *options: str) -> Result:
    Path(file.name).write_bytes(file.content)
    return CliRunner().invoke(main, [command, file.name, *options])


def count(database: Database, table: type[Project | Contact | AuditEntry]) -> int:
    with database.transaction() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def programme(session: Session) -> tuple[str, int, str]:
    row = session.exec(select(Programme)).one()
    return row.level, row.year, row.batch


def test_projects_are_shown_and_saved(database: Database) -> None:
    result = told("import-projects", A_FILE)
    assert result.exit_code == 0, result.output
    assert "新增1项" in result.output
    assert "已导入 项目表.xlsx" in result.output
    assert count(database, Project) == count(database, AuditEntry) == 1


def test_contacts_are_shown_and_saved(database: Database) -> None:
    result = told("import-contacts", contact_file(contact_row()))
    assert result.exit_code == 0, result.output
    assert count(database, Contact) == 1


def test_a_dry_run_saves_nothing(database: Database) -> None:
    result = told("import-projects", A_FILE, "--dry-run")
    assert (result.exit_code, count(database, Project)) == (0, 0)
    assert "新增1项" in result.output
    assert "什么都没有保存" in result.output


def test_a_bad_row_is_told_with_its_place_and_nothing_is_saved(database: Database) -> None:
    result = told("import-projects", BAD)
    assert (result.exit_code, count(database, Project)) == (1, 0)
    assert "1 《续建》第5行E列（总投资）：金额不确定，请写准确数（表中为“约3亿”）" in result.output


def test_bad_rows_are_skipped_when_that_is_asked_for(database: Database) -> None:
    result = told("import-projects", BAD, "--skip-bad-rows")
    assert (result.exit_code, count(database, Project)) == (0, 1)
    assert "这些行跳过不导入" in result.output


def test_near_units_need_to_be_accepted(database: Database) -> None:
    told("import-projects", project_file(project_row(units="柳州市交通运输局")))
    slip = project_file(project_row("乙路", code=None, units="柳州市交运输局"))
    assert told("import-projects", slip).exit_code == 1
    assert told("import-projects", slip, "--accept-new-units").exit_code == 0
    assert count(database, Project) == 2


def test_a_programme_no_title_names_is_named_by_options(database: Database) -> None:
    file = project_file(project_row(), title="项目表（续建）", name="表.xlsx")
    unnamed = told("import-projects", file)
    assert unnamed.exit_code == 1
    assert "--level" in unnamed.output

    options = ("--level", "region", "--year", "2027", "--batch", "第2批")
    assert told("import-projects", file, *options).exit_code == 0
    with database.transaction() as session:
        assert programme(session) == ("region", 2027, "第二批")


def test_the_plans_text_is_checked(database: Database) -> None:
    text = str(SEEDS / "liuzhou-2020.txt")
    result = told("import-projects", BAD, "--plan-text", text, "--dry-run")
    assert "文件中的合计2处对不上" in result.output
    assert "新开工年度计划投资：写107.61亿元，各行业相加107.33亿元" in result.output
    assert "竣工投产项目数：写135项，各行业相加134项" in result.output
    assert count(database, Project) == 0


def test_a_file_that_is_no_table_is_refused_with_the_reason() -> None:
    result = told("import-contacts", File("某.xlsx", b"%PDF-1.7"))
    assert result.exit_code == 1
    assert "这是PDF，不是表格" in result.output
