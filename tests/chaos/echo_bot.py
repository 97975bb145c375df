"""The real bot with one handler of its own: every text leaves one mark and gets one answer.

Run as a process, to be killed: `python -m tests.chaos.echo_bot`, settings from the environment.
"""

import asyncio
import datetime as dtm

from sqlmodel import Session
from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.clock import WallClock
from bot.log import set_up_logging
from bot.process import Process
from bot.settings import load_settings
from bot.stopping import until_stopped
from handlers.door import Context
from handlers.parsing import typed_text
from templates.office import UpdatesFailed
from usecases import audit
from usecases.answers import Answers, say
from usecases.asker import Asker

MARK = "chaos.mark"
POISON = "poison"


def mark(session: Session, asker: Asker, text: str, now: dtm.datetime) -> Answers:
    """Leave one mark for this number and answer with it; a poisoned one always raises."""
    if POISON in text:
        raise RuntimeError(text)
    audit.record(session, asker, MARK, now, number=int(text))
    # Any message of the product's that carries a number will do.
    return say(UpdatesFailed((int(text),)))


async def on_text(update: Update, context: Context) -> None:
    """Hand the text to the use-case."""
    await context.run(update, mark, typed_text(update))


async def main() -> None:
    """Run until stopped."""
    settings = load_settings()
    set_up_logging(settings.log_format)
    process = Process(settings, WallClock())
    process.application.add_handler(MessageHandler(filters.TEXT, on_text), group=-1)
    await until_stopped(process.run())


if __name__ == "__main__":
    asyncio.run(main())
