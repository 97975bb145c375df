"""`policy` and `calendar` at the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main

TOKEN = "123456:" + "A" * 35


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("BOT_TOKEN", "DATABASE_URL", "TIMEZONE", "OFFICE_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)


def called(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments, env={"BOT_TOKEN": TOKEN})


def file_with(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_the_policy_is_shown_previewed_and_applied() -> None:
    shown = called("policy", "show")
    assert shown.exit_code == 0
    assert 'extends = "city"' in shown.output

    own = file_with("own.toml", 'extends = "city"\n[about]\nname = "ours"\n[reporting]\nday = 28\n')
    preview = called("policy", "preview", own)
    assert preview.exit_code == 0
    assert "reporting.day：25 → 28" in preview.output
    assert "ours" not in called("policy", "show").output

    assert "已启用" in called("policy", "apply", own).output
    assert "ours" in called("policy", "show").output


def test_an_unsound_policy_is_refused_with_everything_that_is_wrong() -> None:
    bad = file_with("bad.toml", 'extends = "city"\n[reporting]\nday = 40\nhour = 3\n')
    for command in ("preview", "apply"):
        refused = called("policy", command, bad)
        assert refused.exit_code == 1
        assert "reporting.day" in refused.output
        assert "reporting.hour" in refused.output


def test_a_published_year_is_previewed_and_loaded() -> None:
    year = {"layer": "CN", "year": 2027, "off": ["2027-01-01..2027-01-03"], "makeup_work": []}
    file = file_with("2027.json", json.dumps(year))
    assert called("calendar", "preview", file).exit_code == 0
    assert "已载入" in called("calendar", "load", file).output


@pytest.mark.parametrize(
    "text", ["no json", "[]", '{"year": 2027}', '{"layer": "CN", "year": "x"}']
)
def test_what_is_no_year_is_refused(text: str) -> None:
    refused = called("calendar", "load", file_with("year.json", text))
    assert refused.exit_code == 1
    assert "year.json" in refused.output
