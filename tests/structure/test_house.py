"""The layers hold, and handlers stay thin."""

import ast
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
LONGEST_HANDLER = 25
HANDLERS = sorted((ROOT / "handlers").glob("*.py"))


def test_who_may_import_whom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


@pytest.mark.parametrize("path", HANDLERS, ids=lambda path: path.stem)
def test_handlers_parse_call_and_present(path: Path) -> None:
    long = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_HANDLER
    ]
    assert long == []


def test_every_test_file_is_about_the_project() -> None:
    packages = ("bot", "handlers", "scheduler", "usecases", "db", "templates", "domain", "sandbox")
    idle = [
        path.name
        for path in (ROOT / "tests").rglob("test_*.py")
        if not any(f"from {name}" in path.read_text() for name in (*packages, "tests.office"))
        and path.parent.name != "structure"
    ]
    assert idle == []
