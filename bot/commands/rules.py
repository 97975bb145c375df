"""`policy` and `calendar`: the office's rules, and what a change of them would move."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import click
from sqlmodel import Session

from bot.clock import WallClock
from bot.commands.opening import office_database
from bot.commands.running import settings_or_exit
from domain.policy import changes, read_policy, resolve_policy
from domain.rounds import rounds_ahead
from domain.schema import Fault, FaultCode, FaultyDataError
from domain.texts import plain
from templates.message import Message
from templates.render import Voice, render
from templates.rules import (
    CalendarLoaded,
    CalendarPreview,
    PolicyApplied,
    PolicyPreview,
    PolicyShown,
    RuleChange,
    RulesFaulty,
)
from usecases import policies
from usecases.founding import found_office
from usecases.rules import Published, calendar_moves, load_published, policy_moves

A_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
ROUNDS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Desk:
    """A transaction at the command line, the present, and how to speak there."""

    session: Session
    now: datetime
    voice: Voice

    def say(self, message: Message) -> None:
        click.echo(plain(render(message, self.voice).text))


@click.group()
def policy() -> None:
    """The office's rules: when reports are due, who is chased when."""


@policy.command("show")
def show_policy() -> None:
    """Show the policy in force and the dates of the next rounds."""
    with _desk() as desk:
        rules = policies.timetable(desk.session)
        version = policies.newest_version(desk.session)
        about = rules.policy.about
        rounds = tuple(islice(rounds_ahead(rules, desk.now), ROUNDS_SHOWN))
        text = version.text if version else policies.SHIPPED
        applied_at = version.applied_at if version else None
        desk.say(PolicyShown(about.name, about.sources, text.strip(), rounds, applied_at))


@policy.command("preview")
@A_FILE
def preview_policy(file: Path) -> None:
    """Show what the policy in FILE would change and every date it would move."""
    with _desk() as desk:
        _usable(desk, file, lambda: desk.say(_policy_preview(desk, _text(file))))


@policy.command("apply")
@A_FILE
def apply_policy(file: Path) -> None:
    """Show the same, then have the policy in FILE rule what opens from now on."""
    with _desk() as desk:
        _usable(desk, file, lambda: _apply(desk, _text(file)))


@click.group()
def calendar() -> None:
    """The days off of the years."""


@calendar.command("preview")
@A_FILE
def preview_year(file: Path) -> None:
    """Show every date that the published year in FILE (JSON) would move."""
    with _desk() as desk:
        _usable(desk, file, lambda: desk.say(_year_preview(desk, _published(file))))


@calendar.command("load")
@A_FILE
def load_year(file: Path) -> None:
    """Show the same, then load the year and move what is not yet due."""
    with _desk() as desk:
        _usable(desk, file, lambda: _load(desk, _published(file)))


def _apply(desk: _Desk, text: str) -> None:
    desk.say(_policy_preview(desk, text))
    policies.apply_policy(desk.session, None, text, desk.now)
    desk.say(PolicyApplied(policies.timetable(desk.session).policy.about.name))


def _policy_preview(desk: _Desk, text: str) -> PolicyPreview:
    new = resolve_policy(text)
    version = policies.newest_version(desk.session)
    old = version.rules if version else resolve_policy(policies.SHIPPED)
    changed = tuple(RuleChange(path, *pair) for path, pair in changes(old, new).items())
    name = read_policy(new).about.name
    return PolicyPreview(name, changed, policy_moves(desk.session, new, desk.now))


def _load(desk: _Desk, published: Published) -> None:
    desk.say(_year_preview(desk, published))
    load_published(desk.session, published, desk.now)
    desk.say(CalendarLoaded(published.layer, published.year))


def _year_preview(desk: _Desk, published: Published) -> CalendarPreview:
    moved = calendar_moves(desk.session, published, desk.now)
    return CalendarPreview(published.layer, published.year, moved)


def _published(file: Path) -> Published:
    """A year as the shipped calendar writes it, with its `layer` and `year` beside it."""
    try:
        data: Any = json.loads(_text(file))
    except ValueError as error:
        raise FaultyDataError((Fault("", FaultCode.MALFORMED, str(error), "json"),)) from error
    if not isinstance(data, dict):
        raise FaultyDataError((Fault("", FaultCode.WRONG_TYPE, type(data).__name__, "table"),))
    layer, year = _required(data, "layer", str), _required(data, "year", int)
    days = {key: value for key, value in data.items() if key not in ("layer", "year")}
    return Published(layer, year, {"published": True, **days})


def _required(data: Mapping[str, Any], key: str, kind: type) -> Any:
    if key not in data:
        raise FaultyDataError((Fault(key, FaultCode.MISSING),))
    if type(data[key]) is not kind:
        raise FaultyDataError((Fault(key, FaultCode.WRONG_TYPE, str(data[key]), kind.__name__),))
    return data[key]


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8-sig")


def _usable(desk: _Desk, file: Path, work: Callable[[], None]) -> None:
    """Do it, or say everything that is wrong with the file and stop with status 1."""
    try:
        work()
    except FaultyDataError as faulty:
        desk.say(RulesFaulty(file.name, faulty.faults))
        raise click.exceptions.Exit(1) from None


@contextmanager
def _desk() -> Iterator[_Desk]:
    settings = settings_or_exit()
    with office_database(settings).transaction() as session:
        found_office(session, settings.timezone, settings.office_language)
        voice = Voice(settings.office_language, settings.timezone)
        yield _Desk(session, WallClock().now(), voice)
