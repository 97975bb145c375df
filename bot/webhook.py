"""Intake by webhook: 200 only after the update is a row; any number of replicas may listen."""

import asyncio
import hmac
import json

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import Bot, Update
from telegram.error import TelegramError

from bot.clock import Clock
from bot.log import log
from bot.serving import serve
from bot.settings import Settings
from db.session import Database
from usecases import inbox

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
TRY_AGAIN_AFTER = 5.0


class Webhook:
    """Tells Telegram where to bring updates, and keeps what it brings."""

    def __init__(
        self,
        bot: Bot,
        settings: Settings,
        database: Database,
        clock: Clock,
        arrived: asyncio.Event,
    ) -> None:
        self._bot = bot
        self._settings = settings
        self._database = database
        self._clock = clock
        self._arrived = arrived

    async def serve(self) -> None:
        """Listen until cancelled."""
        app = Starlette(routes=[Route(PATH, self.receive, methods=["POST"])])
        listening = asyncio.ensure_future(serve(app, self._settings.webhook_listen))
        try:
            await self._announce()
            await listening
        finally:
            listening.cancel()

    async def receive(self, request: Request) -> Response:
        """Keep one update; without the secret nothing is even read."""
        if not self._knows_the_secret(request):
            return Response(status_code=403)
        try:
            raw = json.loads(await request.body())
        except ValueError:
            return Response(status_code=400)
        await asyncio.to_thread(self._keep, raw)
        self._arrived.set()
        return Response(status_code=200)

    def _knows_the_secret(self, request: Request) -> bool:
        secret = self._settings.webhook_secret
        given = request.headers.get(SECRET_HEADER, "")
        return secret is not None and hmac.compare_digest(
            given.encode(), secret.get_secret_value().encode()
        )

    def _keep(self, raw: object) -> None:
        with self._database.transaction() as session:
            inbox.store(session, [raw], self._clock.now())

    async def _announce(self) -> None:
        secret = self._settings.webhook_secret
        while True:
            try:
                await self._bot.set_webhook(
                    f"{self._settings.webhook_url}{PATH}",
                    secret_token=secret.get_secret_value() if secret else None,
                    allowed_updates=Update.ALL_TYPES,
                )
                return
            except TelegramError as error:
                log.warning("webhook_not_set", reason=str(error))
                await asyncio.sleep(TRY_AGAIN_AFTER)
