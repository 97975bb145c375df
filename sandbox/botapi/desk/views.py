"""How the control API shows things."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from sandbox.botapi.bots import Bot
from sandbox.botapi.chats import Account, Chat, Json, Message
from sandbox.botapi.faults import Fault
from sandbox.botapi.journal import Call, Violation
from sandbox.botapi.server import Server
from sandbox.botapi.world import Telegram

_TYPING_LASTS = timedelta(seconds=5)


def state(server: Server) -> Json:
    """Everything at a glance."""
    telegram = server.telegram
    people = [account for account in telegram.accounts.values() if not account.is_bot]
    return {
        "version": telegram.bell.rings,
        "now": telegram.clock.now().isoformat(),
        "away": server.away,
        "bots": [_bot(bot) for bot in telegram.bots.values()],
        "people": [person(account) for account in people],
        "groups": [_group(group) for group in telegram.groups.values()],
    }


def _bot(bot: Bot) -> Json:
    account = bot.account
    link = f"https://t.me/{bot.username}"
    return {"id": account.id, "name": account.name, "username": bot.username, "link": link}


def _group(group: Chat) -> Json:
    shown = {"chat": group.id, "title": group.title, "kind": str(group.kind)}
    return shown | {"migrated_to": group.migrated_to}


def person(account: Account) -> Json:
    """Somebody."""
    return {
        "id": account.id,
        "name": account.name,
        "phone": account.phone,
        "language": account.language,
        "username": account.username,
        "deactivated": account.deactivated,
    }


def chat_list(telegram: Telegram, account: Account) -> list[Json]:
    """The chats on somebody's phone, the bots first."""
    private = [
        chat_line(account, telegram.private_chat(bot, account), bot)
        for bot in telegram.bots.values()
    ]
    groups = [group for group in telegram.groups.values() if account.id in group.members]
    return private + [chat_line(account, group, None) for group in groups]


def chat_line(account: Account, chat: Chat, bot: Bot | None) -> Json:
    """One line of a chat list."""
    shown = chat.shown()
    return {
        "chat": bot.account.id if bot else chat.id,
        "title": bot.account.name if bot else chat.title,
        "kind": str(chat.kind),
        "standing": str(chat.standing(account)),
        "changed": chat.changed,
        "last": shown[-1].text if shown else "",
    }


def conversation(telegram: Telegram, account: Account, chat: Chat, bot: Bot | None) -> Json:
    """A chat opened on somebody's phone."""
    return chat_line(account, chat, bot) | {
        "typing": bot is not None and _types(telegram, bot, chat),
        "menu": bot.menu_for(account, chat.id) if bot else [],
        "keyboard": _keyboard(chat),
        "messages": [message(shown, account) for shown in chat.shown()],
    }


def message(shown: Message, reader: Account) -> Json:
    """A message as `reader` sees it."""
    content = shown.content
    return {
        "id": shown.id,
        "from": {"id": shown.sender.id, "name": shown.sender.name},
        "mine": shown.sender is reader,
        "at": shown.date.isoformat(),
        "edited": shown.edited.isoformat() if shown.edited else None,
        "silent": shown.silent,
        "text": shown.text,
        "entities": content.get("entities", content.get("caption_entities", [])),
        "content": content,
        "buttons": shown.inline_keyboard,
        "history": [
            {
                "at": version.at.isoformat(),
                "text": version.content.get("text", version.content.get("caption", "")),
            }
            for version in shown.history
        ],
    }


def _types(telegram: Telegram, bot: Bot, chat: Chat) -> bool:
    now, shown = telegram.clock.now(), chat.shown()
    since = [at for at, where, _ in bot.actions if where == chat.id and at > now - _TYPING_LASTS]
    spoke = [m.date for m in shown if m.sender is bot.account]
    return bool(since) and (not spoke or spoke[-1] < since[-1])


def _keyboard(chat: Chat) -> list[list[Json]]:
    """The reply keyboard that is up; a phone hides a one-time one as soon as it was used."""
    up: Json = {}
    for shown in chat.shown():
        if shown.markup and "inline_keyboard" not in shown.markup:
            up = shown.markup
        elif up.get("one_time_keyboard") and _uses(up, shown):
            up = {}
    rows: list[list[Json]] = up.get("keyboard", [])
    return rows


def _uses(keyboard: Json, message: Message) -> bool:
    labels = {key["text"] for row in keyboard["keyboard"] for key in row}
    said = message.text in labels or "contact" in message.content
    return said and not message.sender.is_bot


def troubles(server: Server) -> Json:
    """What is the matter."""
    faults = [_fault(fault) for fault in server.faults.waiting]
    return {"latency": server.faults.latency, "away": server.away, "faults": faults}


def _fault(fault: Fault) -> Json:
    until = fault.until.isoformat() if fault.until else None
    return asdict(fault) | {"methods": sorted(fault.methods), "until": until}


def clock(telegram: Telegram) -> Json:
    """What time it is here."""
    offset = telegram.clock.offset.total_seconds()
    return {"now": telegram.clock.now().isoformat(), "offset_seconds": offset}


def journal(entries: Iterable[Call | Violation]) -> list[dict[str, Any]]:
    """Calls or violations."""
    return [asdict(entry) | {"at": entry.at.isoformat()} for entry in entries]
