"""`python -m db.make_migration "what it is for"`: a new migration from the tables as they are."""

import sys
import tempfile
from pathlib import Path

from alembic import command
from alembic.script import ScriptDirectory

from db.migrate import alembic_config, migrate
from db.session import Database


def main(message: str) -> None:
    """Compare a freshly migrated database with the tables and write what differs."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'scratch.db'}")
        migrate(database)
        config = alembic_config(database)
        command.revision(config, message, autogenerate=True, rev_id=_next_number(database))
        database.dispose()


def _next_number(database: Database) -> str:
    head = ScriptDirectory.from_config(alembic_config(database)).get_current_head()
    return f"{int(head or 0) + 1:04}"


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
