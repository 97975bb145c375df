"""A loopback address on which an app is served, and can stop being served."""

import asyncio
import contextlib
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

# Longer than a bot is ever silent: an idle connection closed at the wrong moment loses a send.
_KEPT_OPEN = 75
_LOOPBACK = ("127.0.0.1", "::1")


class _Protocol(H11Protocol):
    """Lets a request reach its own connection, to be able to cut it."""

    # asyncio calls it with any transport; a TCP server has only this kind.
    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.app_state = {"transport": transport}
        super().connection_made(transport)


def _ending_quietly(app: Any) -> Any:
    """The app, whose requests that are cancelled at the end are no error to be logged."""

    async def quiet(scope: Any, receive: Any, send: Any) -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await app(scope, receive, send)

    return quiet


class Listener:
    """Serves `app` in the running event loop.

    After `close` new connections are refused and open ones are gone; `open` brings it back on
    the same port.
    """

    def __init__(self, app: Any, host: str = "127.0.0.1", port: int = 0) -> None:
        if host not in _LOOPBACK:
            raise ValueError(f"the sandbox listens on this machine only, not on {host}")
        self.host = host
        self.port = port
        self._config = uvicorn.Config(
            _ending_quietly(app),
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_keep_alive=_KEPT_OPEN,
        )
        self._config.load()
        self._state = ServerState()
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        """Where it is reached."""
        return f"http://{self.host}:{self.port}"

    async def open(self) -> None:
        """Begin to accept connections."""
        if self._server:
            return
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(self._protocol, self.host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Refuse connections and drop the open ones."""
        if self._server:
            self._server.close()
            self._server = None
        for connection in list(self._state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)  # a cut connection is closed in the next round of the loop

    async def finish(self) -> None:
        """Close, and wait until what was being answered has ended."""
        await self.close()
        for task in list(self._state.tasks):
            task.cancel()
        await asyncio.gather(*self._state.tasks, return_exceptions=True)

    def _protocol(self) -> _Protocol:
        return _Protocol(self._config, self._state, {})
