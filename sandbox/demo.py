"""`python -m sandbox.demo`: the real bot over a local Telegram, with a sample office to try."""

import asyncio
import socket
import tempfile
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import click
from sqlmodel import Session, func, select

from bot.leadership import AlreadyRunningError
from bot.log import set_up_logging
from bot.process import Process
from bot.settings import Settings
from bot.stopping import until_stopped
from db.session import Database
from db.tables.intake import InboxUpdate
from db.tables.speech import Message
from domain.vocabulary import Language
from sandbox.cast import greet, move_in
from sandbox.clock import MovableClock
from sandbox.crowd import keep_working, stage_of, work_until
from sandbox.local import LocalTelegram
from sandbox.page import page_routes
from sandbox.seeding import SAMPLE_DAY, SAMPLES, ZONE, seed

USUAL_PORT = 8090


@dataclass(frozen=True, slots=True)
class Demo:
    """A demo that runs: the page's address, its Telegram, and the bot at work."""

    page: str
    telegram: LocalTelegram
    work: asyncio.Task[None]


@click.command()
@click.option("--port", type=int, help=f"Port of the page; {USUAL_PORT} or any free one.")
@click.option("--programme", type=click.Choice(list(SAMPLES)), default="both", show_default=True)
@click.option(
    "--keep",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Keep the database in this file, and go on with it when it exists.",
)
def main(port: int | None, programme: str, keep: Path | None) -> None:
    """Try the bot in a browser, with sample people at their phones. Ctrl-C ends it."""
    set_up_logging("text")
    if port and not _is_free(port):
        raise click.ClickException(f"Port {port} is in use.")
    with tempfile.TemporaryDirectory(prefix="liaison-demo-") as folder:
        file = keep or Path(folder) / "demo.db"
        if not file.exists():
            click.echo("Loading the sample programme; this takes a few seconds ...")
            load_sample(file, programme)
        try:
            asyncio.run(until_stopped(_run(file, port or _usual_port())))
        except AlreadyRunningError as error:
            raise click.ClickException(str(error)) from None


async def _run(file: Path, port: int) -> None:
    async with demo(file, port) as running:
        click.echo(f"\nThe page: {running.page}")
        click.echo("Choose somebody, type part of a project's name (五象), press the buttons; ")
        click.echo("move the clock; send a phone number as somebody not linked. Ctrl-C ends it.")
        await running.work


def load_sample(file: Path, programme: str) -> None:
    """Make the database of a sample office; a file that is there is a whole one."""
    unfinished = file.with_name(file.name + ".unfinished")
    unfinished.unlink(missing_ok=True)
    database = Database(f"sqlite:///{unfinished}")
    seed(database, [sample() for sample in SAMPLES[programme]])
    database.dispose()
    unfinished.rename(file)


@asynccontextmanager
async def demo(file: Path, port: int = 0) -> AsyncIterator[Demo]:
    """The bot at work on this database, everybody at their phones, the page served."""
    database = Database(f"sqlite:///{file}")
    try:
        with database.transaction() as session:
            telegram = _telegram_after(session, port)
            stage = stage_of(session, telegram.clock.now())
        roster = await asyncio.to_thread(move_in, telegram, database)
        others = partial(work_until, database, stage)
        telegram.server.serve_desk(page_routes(telegram, roster, others))
        async with telegram:
            greet(telegram, roster)
            process = Process(_settings(telegram, database), telegram.clock)
            working = keep_working(database, telegram.clock, stage)
            async with _at_work(process) as work, _beside(working):
                yield Demo(f"{telegram.control_url}/", telegram, work)
    finally:
        database.dispose()


@asynccontextmanager
async def _at_work(process: Process) -> AsyncIterator[asyncio.Task[None]]:
    """The bot runs, and stops as SIGTERM stops it; its own failure at the start is raised."""
    work = asyncio.create_task(process.run())
    ready = asyncio.create_task(process.wait_until_ready())
    try:
        await asyncio.wait({work, ready}, return_when=asyncio.FIRST_COMPLETED)
        if work.done():
            work.result()
        yield work
    finally:
        ready.cancel()
        work.cancel()
        await asyncio.wait({work})


@asynccontextmanager
async def _beside(working: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """This goes on meanwhile, and is cancelled at the end."""
    task = asyncio.create_task(working)
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait({task})


def _telegram_after(session: Session, port: int) -> LocalTelegram:
    """A Telegram that goes on where a kept database stopped: later, with new numbers.

    The bot takes a number it has seen for a repetition.
    """
    last = session.exec(select(func.max(InboxUpdate.received_at))).one()
    sent = session.exec(select(func.max(Message.telegram_message_id))).one()
    clock = MovableClock(max(SAMPLE_DAY, last or SAMPLE_DAY))
    telegram = LocalTelegram(clock, (0, port), seed=Random().getrandbits(32))
    telegram.bot.next_message_id = (sent or 0) + 1
    return telegram


def _settings(telegram: LocalTelegram, database: Database) -> Settings:
    return Settings.model_validate(
        {
            "bot_token": telegram.token,
            "bot_api_url": telegram.api_url,
            "database_url": database.url.render_as_string(),
            # Whatever the environment says: the demo stays on this machine.
            "timezone": ZONE.key,
            "office_language": Language.ZH,
            "proxy_url": None,
            "webhook_url": None,
            "metrics_listen": None,
        }
    )


def _usual_port() -> int:
    return USUAL_PORT if _is_free(USUAL_PORT) else 0


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


if __name__ == "__main__":
    main()
