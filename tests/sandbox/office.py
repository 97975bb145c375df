"""A Telegram with a bot that somebody has started, driven without HTTP."""

from typing import Any

from sandbox.botapi.chats import Chat, ChatKind
from sandbox.botapi.dispatch import Answer, call
from sandbox.botapi.parameters import Parameters, Upload
from sandbox.botapi.people import People
from sandbox.botapi.world import Telegram


class Office:
    """A Telegram with a bot that Wang has started."""

    def __init__(self) -> None:
        self.telegram = Telegram()
        self.people = People(self.telegram)
        self.bot = self.telegram.add_bot("liaison_bot")
        self.other_bot = self.telegram.add_bot("other_bot")
        self.wang = self.telegram.add_person("Wang")
        self.chat = self.telegram.private_chat(self.bot, self.wang)
        self.people.types(self.wang, self.chat, "/start")

    def ask(self, method: str, **values: Any) -> Answer:
        files = {k: values.pop(k) for k in list(values) if isinstance(values[k], Upload)}
        return call(
            self.telegram, self.bot, method, Parameters(Parameters.of(**values).texts, files)
        )

    def say(self, text: str = "您好", **values: Any) -> Answer:
        return self.ask("sendMessage", chat_id=self.wang.id, text=text, **values)

    def said(self, **values: Any) -> int:
        answer = self.say(**values)
        assert answer.status == 200, answer.body
        number: int = answer.body["result"]["message_id"]
        return number

    def edit(self, message_id: int, text: str = "新", **values: Any) -> Answer:
        place = {"chat_id": self.wang.id, "message_id": message_id}
        return self.ask("editMessageText", text=text, **place, **values)

    def updates(self, **values: Any) -> list[dict[str, Any]]:
        answer = self.ask("getUpdates", **values)
        assert answer.status == 200, answer.body
        updates: list[dict[str, Any]] = answer.body["result"]
        return updates

    def to(self, chat_id: int | str | None, text: str = "您好") -> Answer:
        return self.ask("sendMessage", chat_id=chat_id, text=text)

    def group(self, kind: ChatKind = ChatKind.GROUP) -> Chat:
        group = self.telegram.add_group("五象新区", self.wang, kind)
        self.people.adds_bot(self.wang, group, self.bot)
        return group
