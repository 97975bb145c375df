"""A phone that remembers the conversation as its owner had it: presses and edits too."""

from sandbox.botapi.chats import Json, Message
from sandbox.phones import Person
from sandbox.transcript import button_row

PATIENCE = 60.0


class Phone:
    """Somebody at a phone. Everything they do and hear is noted, in order, for the transcript."""

    def __init__(self, person: Person, title: str) -> None:
        self.person = person
        self.title = title
        self.notes: list[str] = []
        self.asked = 0

    async def asks(self, text: str) -> Message:
        """Type something and wait for the answer."""
        await self.types(text)
        return await self.hears()

    async def types(self, text: str) -> None:
        """Type something, and do not wait."""
        self._does(text)
        await self.person.types(text)

    async def opens(self, link: str) -> Message:
        """Open an invitation's link, press Start, wait for the answer."""
        return await self.asks(f"/start {link.rpartition('=')[2]}")

    async def sends_file(self, name: str, content: bytes) -> None:
        """Send a table."""
        self._does(f"<{name}>")
        await self.person.sends_document(name, content)

    async def shares_own_number(self) -> Message:
        """Press the key that shares one's own number."""
        self._does(f"<{self.person.account.telegram_phone}>")
        await self.person.shares_contact()
        return await self.hears()

    async def shares_card(self, phone: str, name: str, user_id: int | None = None) -> Message:
        """Send somebody's contact card."""
        self._does(f"<{name} {phone}>")
        await self.person.shares_card(phone, name, user_id)
        return await self.hears()

    async def taps(self, action: str, which: int = 0) -> Message:
        """Press a button by what it does, the `which`-th there is, and wait for what follows."""
        message, button = self.button(action, which)
        self._does(f"[{button['text']}]")
        await self.person.presses_forged(message, button["callback_data"])
        return await self.hears()

    async def replays(self, message: Message, data: str) -> Message:
        """Press what is not, or no longer, on that message, as a modified phone can."""
        self._does(f"[! {data.partition(':')[0]}]")
        await self.person.presses_forged(message, data)
        return await self.hears()

    async def hears(self, fragment: str = "") -> Message:
        """Wait for the next message, or the next edit of one."""
        heard = await self.person.hears(fragment, within=PATIENCE)
        self.notes.append(_shown(heard, "  ✎ " if heard.history else "  "))
        return heard

    @staticmethod
    def is_offered(message: Message, action: str) -> bool:
        """Whether that message has a button of this action."""
        return any(_action(one) == action for row in message.inline_keyboard for one in row)

    def button(self, action: str, which: int = 0) -> tuple[Message, Json]:
        """The latest message that has buttons of this action, and the `which`-th of them."""
        for message in reversed(self.person.room.shown()):
            buttons = [one for row in message.inline_keyboard for one in row]
            wanted = [one for one in buttons if _action(one) == action]
            if len(wanted) > which:
                return message, wanted[which]
        raise AssertionError(f"{self.title} has no {action} to press:\n{self.person.chat}")

    def _does(self, what: str) -> None:
        self.asked += 1
        self.notes.append(f"➤ {what}")


def _action(button: Json) -> str:
    return str(button.get("callback_data", "")).partition(":")[0]


def _shown(message: Message, mark: str) -> str:
    """What the screen shows: text, file, buttons."""
    file = message.content.get("document", {}).get("file_name", "")
    keyboard = (message.markup or {}).get("keyboard", [])
    rows = [button_row(row) for row in [*message.inline_keyboard, *keyboard]]
    lines = [*([f"<{file}>"] if file else []), *message.text.split("\n"), *rows]
    return mark + "\n    ".join(lines)
