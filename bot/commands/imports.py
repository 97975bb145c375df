"""`import-projects` and `import-contacts`: the office's tables from the command line."""

import datetime as dtm
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import click
from sqlmodel import Session

from bot.clock import WallClock
from bot.commands.opening import office_database, say
from bot.commands.running import settings_or_exit
from bot.settings import Settings
from domain.importing.findings import Leniency
from domain.importing.identity import Identity, identity_in
from domain.vocabulary import Level
from templates.imports import ImportDone, ImportRehearsed
from templates.message import Message
from usecases import audit
from usecases.founding import found_office
from usecases.import_messages import Plan, Showing, preview_of, refused, which_programme
from usecases.importing.contacts import plan_contacts
from usecases.importing.files import File
from usecases.importing.placing import Unplaced
from usecases.importing.programme import Wanted, plan_programme
from usecases.importing.saving import save
from usecases.workbook import UnreadableWorkbook

A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)

Planner = Callable[[Session, File, dtm.datetime], Plan | Unplaced]


@dataclass(frozen=True, slots=True)
class Asked:
    """A file to import, and how."""

    file: File
    is_rehearsal: bool
    leniency: Leniency


def _how(command: Callable[..., None]) -> Callable[..., None]:
    """The file and the options that both commands take."""
    for option in (
        click.option("--dry-run", is_flag=True, help="Show what would change, change nothing."),
        click.option("--skip-bad-rows", is_flag=True, help="Import the rows that are sound."),
        click.option("--accept-new-units", is_flag=True, help="Names near known ones are new."),
        click.argument("file", type=A_FILE),
    ):
        command = option(command)
    return command


@click.command("import-projects")
@_how
@click.option("--level", type=click.Choice([level.value for level in Level]))
@click.option("--year", type=click.IntRange(2000, 2099))
@click.option("--batch", help="As a title names it; without it, the only batch of the year.")
@click.option("--plan-text", type=A_FILE, help="The plan document, to check its stated totals.")
def import_projects(
    level: str | None, year: int | None, batch: str | None, plan_text: Path | None, **how: Any
) -> None:
    """Import a programme's projects from a table (.xlsx, .xls, .csv)."""
    named = identity_in([batch]).batch if batch else None
    identity = Identity(Level(level) if level else None, year, named or batch)
    text = plan_text.read_text(encoding="utf-8-sig") if plan_text else ""
    wanted = Wanted(identity, plan_text=text)
    _import(
        _asked(**how), lambda session, file, _: plan_programme(session, file.workbook(), wanted)
    )


@click.command("import-contacts")
@_how
def import_contacts(**how: Any) -> None:
    """Import the contact book from a table (.xlsx, .xls, .csv)."""
    _import(_asked(**how), lambda session, file, now: plan_contacts(session, file.workbook(), now))


def _asked(file: Path, dry_run: bool, skip_bad_rows: bool, accept_new_units: bool) -> Asked:
    return Asked(
        File(file.name, file.read_bytes()), dry_run, Leniency(accept_new_units, skip_bad_rows)
    )


def _import(asked: Asked, planner: Planner) -> None:
    """One transaction: plan, show, and save unless something stands in the way."""
    settings = settings_or_exit()
    now = WallClock().now()
    with office_database(settings).transaction() as session:
        found_office(session, settings.timezone, settings.office_language)
        try:
            plan = planner(session, asked.file, now)
        except UnreadableWorkbook as unreadable:
            _give_up(refused(asked.file.name, unreadable), settings)
        if isinstance(plan, Unplaced):
            year = now.astimezone(settings.zone).year
            say(which_programme(plan, 0, asked.file.name, year), settings)
            raise click.ClickException("say so with --level, --year and --batch")
        say(preview_of(plan, Showing(asked.file.name, leniency=asked.leniency)), settings)
        say(_finish(session, asked, plan, now), settings)


def _finish(session: Session, asked: Asked, plan: Plan, now: dtm.datetime) -> Message:
    if plan.findings.obstacles(asked.leniency):
        raise click.exceptions.Exit(1)
    if asked.is_rehearsal:
        return ImportRehearsed(asked.file.name)
    save(session, plan, now)
    audit.record(session, None, "import.from_command_line", now, basis=plan.basis)
    return ImportDone(asked.file.name, plan.counts, plan.findings.bad_rows)


def _give_up(message: Message, settings: Settings) -> NoReturn:
    say(message, settings)
    raise click.exceptions.Exit(1)
