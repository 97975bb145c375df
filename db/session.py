"""Engines and transactions: the one place where anything is committed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from zlib import crc32

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

LONGEST_GOODBYE = 3.0
STARTING = crc32(b"liaison-bot:starting")


class Database:
    """A database by its address, SQLite or PostgreSQL, and the transactions on it."""

    def __init__(self, url: str) -> None:
        self.url = _with_driver(make_url(url))
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(self.url) if self.is_sqlite else _postgres_engine(self.url)
        # SQLite lets one writer in at a time; waiting here is fair, waiting there is not.
        self._turn = threading.Lock() if self.is_sqlite else nullcontext()
        self._memory: dict[str, Any] = {}
        self._open, self._idle = 0, threading.Condition()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session whose work is committed at the end, or rolled back when anything raises."""
        with self._counted(), self._turn, self._session() as session, session.begin():
            yield session

    @contextmanager
    def one_process_at_a_time(self) -> Iterator[None]:
        """For what every replica does as it starts; on SQLite there is only one anyway."""
        if self.is_sqlite:
            yield
            return
        with self.engine.connect() as connection:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(STARTING)))
            yield

    def _session(self) -> Session:
        # Objects outlive their transaction here, so they keep what they hold at commit.
        return Session(self.engine, expire_on_commit=False, info={"memory": self._memory})

    def dispose(self) -> None:
        """Wait for the transactions still at work, a few seconds at most, and close."""
        with self._idle:
            self._idle.wait_for(lambda: self._open == 0, timeout=LONGEST_GOODBYE)
        self.engine.dispose()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._idle:
            self._open += 1
        try:
            yield
        finally:
            with self._idle:
                self._open -= 1
                self._idle.notify_all()


def is_alone_with(session: Session, table: str) -> bool:
    """Keep everybody else from writing to a table until this transaction ends, if nobody is now.

    SQLite lets one writer in at a time anyway.
    """
    if session.get_bind().dialect.name == "sqlite":
        return True
    try:
        with session.begin_nested():
            session.connection().exec_driver_sql(
                f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE NOWAIT"
            )
    except OperationalError:
        return False
    return True


def _with_driver(url: URL) -> URL:
    """`postgresql://` and the older `postgres://` mean psycopg 3 here."""
    if url.drivername in ("postgres", "postgresql"):
        return url.set(drivername="postgresql+psycopg")
    return url


def _postgres_engine(url: URL) -> sa.Engine:
    # Parameters are people's words and numbers: they have no business in a log.
    return sa.create_engine(
        url, pool_pre_ping=True, pool_size=8, max_overflow=8, hide_parameters=True
    )


def _sqlite_engine(url: URL) -> sa.Engine:
    engine = sa.create_engine(
        url, connect_args={"check_same_thread": False, "timeout": 30}, hide_parameters=True
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver must not open transactions of its own, or BEGIN IMMEDIATE comes too late.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: sa.Connection) -> None:
    # A deferred transaction that reads before it writes loses updates or fails at once when busy.
    connection.exec_driver_sql("BEGIN IMMEDIATE")
