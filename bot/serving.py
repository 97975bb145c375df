"""A small HTTP server inside the process's own event loop."""

import asyncio
import contextlib
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp


async def serve(app: ASGIApp, listen: str) -> None:
    """Serve an app on HOST:PORT until cancelled."""
    host, _, port = listen.rpartition(":")
    config = uvicorn.Config(
        app, host=host, port=int(port), log_level="warning", access_log=False, lifespan="off"
    )
    server = _QuietServer(config)
    task = asyncio.ensure_future(server.serve())
    try:
        await asyncio.shield(task)
    finally:
        server.should_exit = True
        await asyncio.wait({task}, timeout=2)


class _QuietServer(uvicorn.Server):
    """Leaves the process's signals to the process."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none: the composition root owns SIGTERM."""
        yield
