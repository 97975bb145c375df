"""The addresses of the control API; see the package for what they take and give."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from sandbox.botapi.desk import views
from sandbox.botapi.desk.acts import ACTS, NotThereError, Phone
from sandbox.botapi.faults import Fault, Trouble
from sandbox.botapi.people import NotPossibleError, People
from sandbox.botapi.server import Server

_MOST_SECONDS = 50.0
_PERSON = "/sandbox/people/{person:int}"
_CHAT = _PERSON + "/chats/{chat}"
Handler = Callable[[Request], Awaitable[Any]]


def routes(server: Server) -> list[BaseRoute]:
    """The routes for `Server.serve_desk`."""
    desk = _Desk(server)
    return [
        _get("/sandbox/state", desk.state),
        _get("/sandbox/changes", desk.changes),
        _post("/sandbox/people", desk.add_person),
        _get(_PERSON + "/chats", desk.chats),
        _get(_CHAT, desk.chat),
        _post(_CHAT + "/{act}", desk.act),
        _post(_PERSON + "/groups", desk.found_group),
        _post(_PERSON + "/delete_account", desk.delete_account),
        _get("/sandbox/queries/{query}", desk.query),
        Route("/sandbox/files/{file}", desk.file),
        _get("/sandbox/clock", desk.clock),
        _post("/sandbox/clock", desk.move_clock),
        _get("/sandbox/faults", desk.troubles),
        _post("/sandbox/faults", desk.add_fault),
        _post("/sandbox/latency", desk.set_latency),
        _post("/sandbox/away", desk.leave),
        _post("/sandbox/back", desk.come_back),
        _post("/sandbox/well", desk.get_well),
        _get("/sandbox/calls", desk.calls),
        _get("/sandbox/refusals", desk.refusals),
        _get("/sandbox/violations", desk.violations),
    ]


def _get(path: str, handler: Handler) -> Route:
    return Route(path, _answering(handler), methods=["GET"])


def _post(path: str, handler: Handler) -> Route:
    return Route(path, _answering(handler), methods=["POST"])


def _answering(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await handler(request))
        except NotThereError as missing:
            return JSONResponse({"error": str(missing)}, 404)
        except (NotPossibleError, ValueError, KeyError, TypeError) as wrong:
            return JSONResponse({"error": f"{wrong}"}, 400)

    return answer


class _Desk:
    def __init__(self, server: Server) -> None:
        self.server = server
        self.telegram = server.telegram
        self.people = People(server.telegram)

    async def state(self, _request: Request) -> Any:
        return views.state(self.server)

    async def changes(self, request: Request) -> Any:
        after = int(request.query_params.get("after", "0"))
        seconds = min(float(request.query_params.get("seconds", "25")), _MOST_SECONDS)
        if self.telegram.bell.rings <= after:
            await self.telegram.bell.heard(seconds)
        return {"version": self.telegram.bell.rings}

    async def add_person(self, request: Request) -> Any:
        given = await request.json()
        names = ("first_name", "last_name", "phone", "language", "username")
        details = {name: str(given[name]) for name in names if given.get(name)}
        account = self.telegram.add_person(**details)
        self.telegram.bell.ring()
        return views.person(account)

    async def chats(self, request: Request) -> Any:
        return views.chat_list(self.telegram, self._phone(request).account)

    async def chat(self, request: Request) -> Any:
        phone = self._phone(request)
        chat, bot = phone.room(request.path_params["chat"])
        return views.conversation(self.telegram, phone.account, chat, bot)

    async def act(self, request: Request) -> Any:
        act = ACTS.get(request.path_params["act"])
        if act is None:
            raise NotThereError("there is no such act")
        phone = self._phone(request)
        room, _ = phone.room(request.path_params["chat"])
        return await act(phone, room, request)

    async def found_group(self, request: Request) -> Any:
        phone, given = self._phone(request), await request.json()
        bot = phone.bot(given["bot"]) if given.get("bot") else None
        return {"chat": self.people.founds(phone.account, str(given["title"]), bot).id}

    async def delete_account(self, request: Request) -> Any:
        self._phone(request).account.deactivated = True
        self.telegram.bell.ring()
        return {}

    async def query(self, request: Request) -> Any:
        number = request.path_params["query"]
        found = [
            bot.queries[number] for bot in self.telegram.bots.values() if number in bot.queries
        ]
        if not found:
            raise NotThereError("there is no such query")
        nothing = {"text": "", "show_alert": False}
        return {"answered": found[0].answer is not None} | (found[0].answer or nothing)

    async def file(self, request: Request) -> Response:
        file = self.telegram.files.by_id(request.path_params["file"])
        return Response(file.content, media_type=file.content_type) if file else Response(None, 404)

    async def clock(self, _request: Request) -> Any:
        return views.clock(self.telegram)

    async def move_clock(self, request: Request) -> Any:
        given = await request.json()
        if "set" in given:
            self.telegram.clock.set(datetime.fromisoformat(given["set"]))
        else:
            self.telegram.clock.move(timedelta(seconds=float(given["move_seconds"])))
        return views.clock(self.telegram)

    async def troubles(self, _request: Request) -> Any:
        return views.troubles(self.server)

    async def add_fault(self, request: Request) -> Any:
        given = await request.json()
        lasts = given.pop("for_seconds", None)
        if lasts is not None:
            until = self.telegram.clock.now() + timedelta(seconds=float(lasts))
            given = {"times": None} | given | {"until": until}
        given["methods"] = frozenset(given.get("methods", ()))
        self.server.faults.add(Fault(**given | {"trouble": Trouble(given["trouble"])}))
        return views.troubles(self.server)

    async def set_latency(self, request: Request) -> Any:
        self.server.faults.latency = float((await request.json())["seconds"])
        return views.troubles(self.server)

    async def leave(self, _request: Request) -> Any:
        await self.server.leave()
        return views.troubles(self.server)

    async def come_back(self, _request: Request) -> Any:
        await self.server.come_back()
        return views.troubles(self.server)

    async def get_well(self, _request: Request) -> Any:
        self.server.faults.clear()
        return views.troubles(self.server)

    async def calls(self, request: Request) -> Any:
        after = int(request.query_params.get("after", "0"))
        return views.journal(self.telegram.journal.calls[after:])

    async def refusals(self, _request: Request) -> Any:
        return views.journal(self.telegram.journal.refusals)

    async def violations(self, _request: Request) -> Any:
        return views.journal(self.telegram.journal.violations)

    def _phone(self, request: Request) -> Phone:
        account = self.telegram.accounts.get(request.path_params["person"])
        if account is None or account.is_bot:
            raise NotThereError("there is no such person")
        return Phone(self.people, account)
