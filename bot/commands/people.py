"""`invite`: the link by which one person links their account."""

import asyncio
import datetime as dtm
from collections.abc import Sequence

import click
from sqlmodel import Session
from telegram.error import TelegramError

from bot.clock import WallClock
from bot.commands.opening import office_database, say
from bot.commands.running import settings_or_exit
from bot.process import build_application
from bot.settings import Settings
from db.session import Database
from db.tables.people import Contact
from domain.invitations import VALID_FOR
from handlers.linking import new_token
from templates.inviting import InvitationToForward
from templates.message import Message
from templates.people import SHOWN, NobodyFound, PeopleFound, Purpose
from usecases import audit, invitations
from usecases.asker import office
from usecases.directory import find_people, person_line
from usecases.founding import found_office, remember_username


@click.command()
@click.option("--contact", metavar="NAME", help="Whom to invite, by name (and unit).")
@click.option("--phone", metavar="PHONE", help="Whom to invite, by phone number.")
def invite(contact: str | None, phone: str | None) -> None:
    """Print the link by which one person links their account; an older link stops working."""
    words = contact or phone
    if not words or (contact and phone):
        raise click.UsageError("Say whom to invite: --contact NAME or --phone PHONE.")
    settings = settings_or_exit()
    database = office_database(settings)
    _know_own_name(database, settings)
    with database.transaction() as session:
        found = find_people(session, words)
        answer = _invitation(session, found, WallClock().now()) if len(found) == 1 else None
        said = answer or _not_one(session, words, found)
    say(said, settings)
    if answer is None:
        raise click.exceptions.Exit(1)


def _invitation(session: Session, found: Sequence[Contact], now: dtm.datetime) -> Message:
    (person,) = found
    (link,) = invitations.issue(session, [person], None, new_token, now)
    audit.record(session, None, "invitation.issued", now, ("contact", person.id))
    return InvitationToForward(person.name, link, now + VALID_FOR)


def _not_one(session: Session, words: str, found: Sequence[Contact]) -> Message:
    if not found:
        return NobodyFound(words)
    lines = tuple(person_line(session, person) for person in found[:SHOWN])
    return PeopleFound(Purpose.INVITE, lines, len(found))


def _know_own_name(database: Database, settings: Settings) -> None:
    """Links are made with the bot's own name; before the bot first ran, Telegram is asked."""
    with database.transaction() as session:
        found_office(session, settings.timezone, settings.office_language)
        if office(session).bot_username:
            return
    try:
        username = asyncio.run(own_name(settings))
    except TelegramError as error:
        raise click.ClickException(f"Telegram was not reached: {error.message}") from None
    with database.transaction() as session:
        remember_username(session, username)


async def own_name(settings: Settings) -> str:
    """The bot's username as Telegram knows it; TelegramError when it cannot be asked."""
    bot = build_application(settings).bot
    async with bot:
        return bot.username
