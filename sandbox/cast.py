"""The people of a seeded office at their phones: accounts, the page's list, whom to begin with."""

from collections.abc import Collection, Mapping, Sequence

from sqlmodel import select

from db.session import Database
from db.tables.people import Contact
from sandbox.beginners import Post, beginners, posts_of
from sandbox.botapi.chats import Account, Standing
from sandbox.local import LocalTelegram
from sandbox.page import Entry, Roster
from sandbox.seeding import account_number

STRANGER, STRANGERS_PHONE = "路人·样例", "19900009999"


def move_in(telegram: LocalTelegram, database: Database) -> Roster:
    """Give everybody in the contact book an account, and one to somebody who is not in it."""
    with database.transaction() as session:
        posts = posts_of(session)
        hints = beginners(session, posts, telegram.clock.now())
    for post in posts:
        _give_account(telegram, post.contact)
    stranger = telegram.person(STRANGER, phone=STRANGERS_PHONE)
    unknown = Entry(stranger.id, STRANGER, STRANGERS_PHONE, hint="stranger")
    return Roster((*_entries(posts, hints), unknown), lambda: _linked(database))


def greet(telegram: LocalTelegram, roster: Roster) -> None:
    """Whoever the page begins with has just opened the bot, so that their menu is there."""
    linked = roster.linked()
    for entry in roster.entries:
        if entry.hint and entry.account in linked:
            account = telegram.world.accounts[entry.account]
            room = telegram.world.private_chat(telegram.bot, account)
            telegram.people.types(account, room, "/start")


def _give_account(telegram: LocalTelegram, contact: Contact) -> None:
    number = account_number(contact)
    account = Account(number, contact.name, phone=contact.phone or "", language=contact.language)
    telegram.world.accounts[number] = account
    if contact.telegram_user_id is not None:
        room = telegram.world.private_chat(telegram.bot, account)
        room.members[number] = Standing.MEMBER


def _linked(database: Database) -> Collection[int]:
    with database.transaction() as session:
        accounts = session.exec(select(Contact.telegram_user_id)).all()
    return {account for account in accounts if account is not None}


def _entries(posts: Sequence[Post], hints: Mapping[int, str]) -> list[Entry]:
    """Those to begin with first, in the order of their hints; the others as the book has them."""
    order = {contact_id: place for place, contact_id in enumerate(hints)}
    by_hint = sorted(posts, key=lambda post: order.get(post.contact.id, len(order)))
    return [_entry(post, hints.get(post.contact.id, "")) for post in by_hint]


def _entry(post: Post, hint: str) -> Entry:
    return Entry(
        account_number(post.contact),
        post.contact.name,
        post.contact.phone or "",
        post.role,
        post.unit.name,
        post.contact.position,
        hint,
    )
