"""Linking accounts: /start, one's own phone, and the office's /invite, /unlink and /left."""

import secrets

from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.door import Context
from handlers.menu import run_and_show_menu, run_and_show_menus
from handlers.parsing import arguments_of, clean, ids_of
from handlers.words import IN_PRIVATE, Handler, on_button, on_command, on_question
from usecases import inviting, leaving, unlinking
from usecases.inviting import Form, Many, One
from usecases.linking import SharedCard, share_card, start

TOKEN_BYTES = 18


async def _started(update: Update, context: Context) -> None:
    await run_and_show_menu(update, context, start, arguments_of(update))


async def _shared(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message is not None
    assert message.contact is not None
    card = SharedCard(clean(message.contact.phone_number), message.contact.user_id)
    await run_and_show_menu(update, context, share_card, card)


async def _invited(update: Update, context: Context) -> None:
    wanted = inviting.Wanted(arguments_of(update), new_token)
    await context.run(update, inviting.invite, wanted)


async def _invited_one(update: Update, context: Context) -> None:
    await context.run(update, inviting.invite_one, _one(update))


async def _invited_again(update: Update, context: Context) -> None:
    await context.run(update, inviting.invite_again, _one(update))


async def _invite_units(update: Update, context: Context) -> None:
    await context.run(update, inviting.invite_units, *ids_of(update))


async def _invite_many(update: Update, context: Context) -> None:
    await context.run(update, inviting.invite_many, *ids_of(update))


async def _invitation_sheet(update: Update, context: Context) -> None:
    await context.run(update, inviting.hand_invitations, _many(update, Form.SHEET))


async def _invitation_cards(update: Update, context: Context) -> None:
    await context.run(update, inviting.hand_invitations, _many(update, Form.CARDS))


async def _unlink(update: Update, context: Context) -> None:
    await context.run(update, unlinking.unlink, arguments_of(update))


async def _unlink_asked(update: Update, context: Context) -> None:
    await context.run(update, unlinking.ask_unlink, *ids_of(update))


async def _unlinked(update: Update, context: Context) -> None:
    await run_and_show_menus(update, context, unlinking.unlink_person, *ids_of(update))


async def _left_linked(update: Update, context: Context) -> None:
    await context.run(update, unlinking.leave_linked, *ids_of(update))


async def _left(update: Update, context: Context) -> None:
    await context.run(update, leaving.left, arguments_of(update))


async def _left_asked(update: Update, context: Context) -> None:
    await context.run(update, leaving.ask_left, *ids_of(update))


async def _left_recorded(update: Update, context: Context) -> None:
    await run_and_show_menus(update, context, leaving.record_left, *ids_of(update))


async def _kept_in_office(update: Update, context: Context) -> None:
    await context.run(update, leaving.keep_in_office, *ids_of(update))


def _one(update: Update) -> One:
    (contact_id,) = ids_of(update)
    return One(contact_id, new_token)


def _many(update: Update, form: Form) -> Many:
    (unit_id,) = ids_of(update)
    return Many(unit_id, form, new_token)


def new_token() -> str:
    """A token nobody can guess, of 24 characters that may stand in a link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


HANDLERS: list[Handler] = [
    *on_command("start", _started),
    MessageHandler(IN_PRIVATE & filters.CONTACT, _shared),
    *on_question("invite", _invited),
    on_button("invite.one", _invited_one),
    on_button("invite.again", _invited_again),
    on_button("invite.units", _invite_units),
    on_button("invite.many", _invite_many),
    on_button("invite.sheet", _invitation_sheet),
    on_button("invite.cards", _invitation_cards),
    *on_question("unlink", _unlink),
    on_button("unlink.ask", _unlink_asked),
    on_button("unlink.do", _unlinked),
    on_button("unlink.leave", _left_linked),
    *on_question("left", _left),
    on_button("left.ask", _left_asked),
    on_button("left.do", _left_recorded),
    on_button("left.leave", _kept_in_office),
]
