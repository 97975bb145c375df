"""The local Telegram on HTTP: the Bot API on one loopback port, the control desk on another.

Two ports, because Telegram can be `away` (refuse connections) while the desk must stay.
"""

import asyncio
import re
from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.botapi import errors
from sandbox.botapi.asking import Ask
from sandbox.botapi.bots import Bot
from sandbox.botapi.dispatch import Answer, call, note
from sandbox.botapi.faults import Fault, Faults, Trouble
from sandbox.botapi.listener import Listener
from sandbox.botapi.parameters import Parameters
from sandbox.botapi.polling import Polls
from sandbox.botapi.requests import read_parameters
from sandbox.botapi.webhook import Deliveries
from sandbox.botapi.world import Telegram

_TOKEN = re.compile(r"[1-9]\d{0,15}:[\w-]{1,64}$")
_BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class Server:
    """Serves a Telegram; open with `async with`, in the event loop that drives it.

    `faults` says what goes wrong; `leave` and `come_back` make the Bot API unreachable and
    reachable.
    """

    def __init__(self, telegram: Telegram, port: int = 0, desk_port: int = 0) -> None:
        self.telegram = telegram
        self.faults = Faults()
        self.away = False
        self._polls: dict[str, Polls] = {}
        self._deliveries = Deliveries(telegram)
        self._desk_app = Starlette()
        self._api = Listener(Starlette(routes=self._routes()), port=port)
        self._desk = Listener(self._desk_app, port=desk_port)

    def serve_desk(self, routes: Sequence[BaseRoute]) -> None:
        """Add routes to the control port: the control API, a page."""
        self._desk_app.router.routes.extend(routes)

    @property
    def api_url(self) -> str:
        """What the bot's BOT_API_URL is set to: http://127.0.0.1:PORT."""
        return self._api.url

    @property
    def desk_url(self) -> str:
        """Where the control API and the page are."""
        return self._desk.url

    async def __aenter__(self) -> "Server":
        await self._api.open()
        await self._desk.open()
        self.telegram.clock.on_move.append(self.telegram.bell.ring)
        self._deliveries.start()
        return self

    async def __aexit__(self, *failure: object) -> None:
        self.telegram.clock.on_move.remove(self.telegram.bell.ring)
        await self._deliveries.stop()
        await self._api.finish()
        await self._desk.finish()

    async def leave(self) -> None:
        """Telegram is away: connections are refused, open ones are gone."""
        self.away = True
        await self._api.close()

    async def come_back(self) -> None:
        """Telegram is reachable again, at the same address."""
        self.away = False
        await self._api.open()

    def _routes(self) -> list[BaseRoute]:
        methods = ["GET", "POST"]
        return [
            Route("/file/bot{token}/{path:path}", self._file, methods=methods),
            Route("/bot{token}/test/{method}", self._call, methods=methods),
            Route("/bot{token}/{method}", self._call, methods=methods),
            Route("/bot{token}/", self._call, methods=methods),
            Route("/{path:path}", _nowhere, methods=methods),
        ]

    async def _file(self, request: Request) -> Response:
        file = self.telegram.files.by_path(request.path_params["path"])
        if file is None or request.path_params["token"] not in self.telegram.bots:
            return await _nowhere(request)
        return Response(file.content, media_type="application/octet-stream")

    async def _call(self, request: Request) -> Response:
        try:
            bot = self._bot(request.path_params["token"])
            most = self.telegram.settings.parameter_bytes
            parameters = await read_parameters(request, most)
        except errors.ApiError as error:
            return _response(Answer.refusing(error))
        method = request.path_params.get("method") or parameters.text("method")
        fault = self.faults.take(method, parameters.integer("chat_id"), self.telegram.clock.now())
        await asyncio.sleep(self.faults.latency / 2)
        if fault:
            response = await self._troubled(
                request, Ask(self.telegram, bot, method, parameters), fault
            )
        else:
            response = _response(await self._answer(bot, method, parameters))
        await asyncio.sleep(self.faults.latency / 2)
        return response

    def _bot(self, token: str) -> Bot:
        if token in self.telegram.bots:
            return self.telegram.bots[token]
        if _TOKEN.match(token):
            raise errors.ApiError(401)
        raise errors.ApiError(401, "invalid token specified")

    async def _answer(self, bot: Bot, method: str, parameters: Parameters) -> Answer:
        if method.lower() != "getupdates":
            return call(self.telegram, bot, method, parameters)
        polls = self._polls.setdefault(bot.token, Polls(self.telegram))
        return await polls.get_updates(Ask(self.telegram, bot, "getUpdates", parameters))

    async def _troubled(self, request: Request, ask: Ask, fault: Fault) -> Response:
        match fault.trouble:
            case Trouble.ANSWER:
                return self._wrong_answer(ask, fault)
            case Trouble.HOLD:
                await asyncio.sleep(fault.seconds)
                return _response(await self._answer(ask.bot, ask.method, ask.parameters))
            case Trouble.DROP_AFTER:
                await self._answer(ask.bot, ask.method, ask.parameters)
            case Trouble.DROP_BEFORE:
                note(self.telegram, ask.bot, ask.method, ask.parameters, Answer(0, {}))
        request.scope["state"]["transport"].abort()
        return Response()

    def _wrong_answer(self, ask: Ask, fault: Fault) -> Response:
        if fault.status == 429:
            answer = Answer.refusing(errors.too_many_requests(fault.retry_after))
            chat = ask.parameters.integer("chat_id") if fault.chat else 0
            ask.bot.limits.pause(fault.retry_after, self.telegram.clock.now(), chat)
        else:
            words = "restart" if fault.status == 500 else ""
            answer = Answer.refusing(errors.ApiError(fault.status, words))
        note(self.telegram, ask.bot, ask.method, ask.parameters, answer)
        return HTMLResponse(_BAD_GATEWAY, 502) if fault.status == 502 else _response(answer)


async def _nowhere(_request: Request) -> Response:
    return _response(Answer.refusing(errors.ApiError(404)))


def _response(answer: Answer) -> Response:
    retry_after = answer.body.get("parameters", {}).get("retry_after")
    headers = {"Retry-After": str(retry_after)} if retry_after else None
    return JSONResponse(answer.body, answer.status, headers)
