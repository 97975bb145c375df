"""A local Telegram ready to use: the state, its server, one bot, and people for it."""

from types import TracebackType
from typing import Self

from sandbox.botapi.desk import routes
from sandbox.botapi.faults import Faults
from sandbox.botapi.journal import Call, Violation
from sandbox.botapi.people import People
from sandbox.botapi.server import Server
from sandbox.botapi.settings import Settings
from sandbox.botapi.world import Telegram
from sandbox.clock import MovableClock
from sandbox.phones import Person

BOT_USERNAME = "liaison_sandbox_bot"


class LocalTelegram:
    """Open it with `async with`; `api_url` and `token` are what the bot's settings want.

    `ports` are those of the Bot API and of the control API, 0 for any free one. `settings` may
    be changed at any time. `unexpected` tells what a bot should not have done,
    unless the test declared it with `expects_refusals` or `expects_violations`.
    """

    def __init__(
        self, clock: MovableClock | None = None, ports: tuple[int, int] = (0, 0), seed: int = 1
    ) -> None:
        self.world = Telegram(clock, Settings(), seed)
        self.people = People(self.world)
        self.bot = self.world.add_bot(BOT_USERNAME, "Liaison")
        self.server = Server(self.world, *ports)
        self.server.serve_desk(routes(self.server))
        self._expected: set[str] = set()

    async def __aenter__(self) -> Self:
        await self.server.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.server.__aexit__(kind, error, trace)

    @property
    def api_url(self) -> str:
        """The address to set BOT_API_URL to."""
        return self.server.api_url

    @property
    def base_url(self) -> str:
        """The `base_url` of python-telegram-bot."""
        return f"{self.api_url}/bot"

    @property
    def file_url(self) -> str:
        """The `base_file_url` of python-telegram-bot."""
        return f"{self.api_url}/file/bot"

    @property
    def control_url(self) -> str:
        """Where the control API is, which stays when Telegram is away."""
        return self.server.desk_url

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.bot.token

    @property
    def clock(self) -> MovableClock:
        """The clock of this Telegram, to be given to the bot as well."""
        return self.world.clock

    @property
    def settings(self) -> Settings:
        """Limits and lifetimes."""
        return self.world.settings

    @property
    def faults(self) -> Faults:
        """What goes wrong."""
        return self.server.faults

    @property
    def calls(self) -> list[Call]:
        """Every call so far."""
        return self.world.journal.calls

    @property
    def refusals(self) -> list[Call]:
        """Calls wrong in their form."""
        return self.world.journal.refusals

    @property
    def violations(self) -> list[Violation]:
        """Sends over a limit."""
        return self.world.journal.violations

    def person(self, first_name: str, phone: str = "", **details: str) -> Person:
        """Somebody new, who has not started the bot; `details` are fields of Account."""
        account = self.world.add_person(first_name, phone=phone, **details)
        room = self.world.private_chat(self.bot, account)
        return Person(self.people, self.bot, account, room)

    def expects_refusals(self) -> None:
        """This test makes calls no Telegram would take."""
        self._expected.add("refusals")

    def expects_violations(self) -> None:
        """This test runs into limits."""
        self._expected.add("violations")

    def unexpected(self) -> list[str]:
        """What was refused or over a limit without having been declared."""
        refusals = [] if "refusals" in self._expected else self.refusals
        violations = [] if "violations" in self._expected else self.violations
        return [f"refused: {call}" for call in refusals] + [f"limit: {v}" for v in violations]
