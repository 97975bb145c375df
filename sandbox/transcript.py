"""A conversation as text, the way a phone shows it."""

from sandbox.botapi.chats import Chat, Json, Message

_MEDIA = {"photo": "picture", "voice": "voice", "sticker": "sticker", "location": "place"}


def transcript(chat: Chat) -> str:
    """Who said what, with buttons in [brackets] and files in <brackets>."""
    return "\n".join(_shown(message) for message in chat.shown())


def button_row(row: list[Json]) -> str:
    """One row of buttons."""
    return " ".join(f"[{button['text']}]" for button in row)


def _shown(message: Message) -> str:
    lines = [line for line in (_media(message.content), message.text) if line]
    body = "\n  ".join("\n".join(lines).split("\n"))
    keyboard = (message.markup or {}).get("keyboard", [])
    rows = [button_row(row) for row in [*message.inline_keyboard, *keyboard]]
    return "\n  ".join([f"{message.sender.name}: {body}", *rows])


def _media(content: Json) -> str:
    if "document" in content:
        return f"<{content['document']['file_name']}>"
    if "contact" in content:
        return f"<{content['contact']['first_name']} {content['contact']['phone_number']}>"
    return next((f"<{name}>" for kind, name in _MEDIA.items() if kind in content), "")
