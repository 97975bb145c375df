"""Who may do what only one process may do: a lock on the SQLite file, or an advisory lock."""

import asyncio
import fcntl
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import IO
from zlib import crc32

import sqlalchemy as sa

from bot.log import log
from db.session import Database

TRY_AGAIN_AFTER = 2.0
TEST_EVERY = 1.0


class AlreadyRunningError(Exception):
    """Another process runs on this SQLite file."""


def lock_file(database: Database) -> IO[str] | None:
    """Hold the SQLite file for this process, however it ends; raises AlreadyRunningError.

    PostgreSQL needs no such lock.
    """
    path = database.url.database
    if not database.is_sqlite or path in (None, "", ":memory:"):
        return None
    held = Path(f"{path}.lock").open("w")  # noqa: SIM115  - held as long as the process lives
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        held.close()
        raise AlreadyRunningError(f"another liaison-bot is running on {path}") from error
    return held


class Seat:
    """One seat that at most one replica holds: polling, planning or delivery."""

    def __init__(self, database: Database, seat: str) -> None:
        self._database = database
        self._seat = seat
        self._key = crc32(f"liaison-bot:{seat}".encode())
        # Never pooled: closing the connection is what gives the lock back.
        self._seats = sa.create_engine(
            database.url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT"
        )

    async def while_held(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work whenever, and only while, this process holds the seat.

        On PostgreSQL the seat is an advisory lock; its connection is tested every second and the
        work is stopped as soon as the connection is gone, for then the lock is gone too.
        """
        if self._database.is_sqlite:
            await work()
            return
        while True:
            connection = await self._take()
            if connection is not None:
                log.info("seat_taken", seat=self._seat)
                await self._hold(connection, work)
            await asyncio.sleep(TRY_AGAIN_AFTER)

    async def _take(self) -> sa.Connection | None:
        """The seat's connection, if it is free; a stop meanwhile gives it back."""
        trying = asyncio.ensure_future(asyncio.to_thread(self._try))
        try:
            return await asyncio.shield(trying)
        except asyncio.CancelledError:
            if connection := await trying:
                connection.close()
            raise

    async def _hold(self, connection: sa.Connection, work: Callable[[], Awaitable[None]]) -> None:
        job = asyncio.ensure_future(work())
        try:
            while not job.done():
                await asyncio.wait({job}, timeout=TEST_EVERY)
                if not await asyncio.to_thread(_alive, connection):
                    log.warning("seat_lost", seat=self._seat)
                    break
            if job.done():
                job.result()
        finally:
            await _stop(job)
            await asyncio.to_thread(connection.close)

    def _try(self) -> sa.Connection | None:
        try:
            connection = self._seats.connect()
            if connection.scalar(sa.select(sa.func.pg_try_advisory_lock(self._key))):
                return connection
            connection.close()
        except sa.exc.OperationalError as error:
            log.warning("database_not_reached", reason=str(error))
        return None


def _alive(connection: sa.Connection) -> bool:
    try:
        connection.execute(sa.select(1))
    except sa.exc.DBAPIError:
        return False
    return True


async def _stop(job: asyncio.Future[None]) -> None:
    job.cancel()
    await asyncio.wait({job})
