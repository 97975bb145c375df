"""Numbers for the operator, at METRICS_LISTEN: /metrics for Prometheus and /healthz."""

import asyncio

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.serving import serve
from db.session import Database
from usecases.figures import operating_figures


class Metrics:
    """Reads the figures from the database when asked; nothing is counted in memory."""

    def __init__(self, database: Database, listen: str) -> None:
        self._database = database
        self._listen = listen

    async def serve(self) -> None:
        """Serve until cancelled."""
        await serve(self.app(), self._listen)

    def app(self) -> Starlette:
        """The two pages."""
        return Starlette(routes=[Route("/metrics", self.metrics), Route("/healthz", self.health)])

    async def metrics(self, _request: Request) -> Response:
        """Every operating figure as a gauge."""
        registry = CollectorRegistry()
        for name, value in (await asyncio.to_thread(self._figures)).items():
            Gauge(f"liaison_{name}", name.replace("_", " "), registry=registry).set(value)
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)

    async def health(self, _request: Request) -> Response:
        """200 when the database answers."""
        await asyncio.to_thread(self._figures)
        return PlainTextResponse("ok\n")

    def _figures(self) -> dict[str, int]:
        with self._database.transaction() as session:
            return operating_figures(session)
