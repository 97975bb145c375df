"""How long a tick and an unasked message take with 1,861 projects: `python -m bench.composing`.

The month's busiest mornings on the sample office, in its November: everything the clock asks for
is done first, then one tick is timed, messages are composed, and what waits for review is listed.
"""

import datetime as dtm
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Final

from sqlmodel import Session, col, select

from db.session import Database
from db.tables.people import Assignment, Contact
from db.tables.speech import MessageState, Urgency
from domain.vocabulary import Role
from sandbox.demo import load_sample
from scheduler.planner import DUTIES
from usecases.asker import Caller, identify
from usecases.composing import compose_next
from usecases.reporting.queue import waiting_for

MESSAGES: Final = 200
LIAISONS: Final = 20
# 09:00 in the office, and half a minute for the planner to get round to it.
_MORNINGS: Final = {
    "three working days before": dtm.datetime(2026, 11, 20, 1, 0, 30, tzinfo=dtm.UTC),
    "the working day after": dtm.datetime(2026, 11, 26, 1, 0, 30, tzinfo=dtm.UTC),
}


def main() -> None:
    """Print three lines a morning, in milliseconds of this process's own time."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "bench.db"
        load_sample(file, "both")
        database = Database(f"sqlite:///{file}")
        for name, now in _MORNINGS.items():
            print(name)
            _measure(database, now)
        database.dispose()


def _measure(database: Database, now: dtm.datetime) -> None:
    for _ in range(8):
        _tick(database, now)
    print(f"  a tick with nothing left to do: {_tick(database, now):.0f} ms")
    costs = list(islice(_composed(database, now), MESSAGES))
    print(f"  {len(costs)} messages composed: {sum(costs) / len(costs):.1f} ms each")
    with database.transaction() as session:
        print(f"  what waits for a liaison's review: {_listed(session, now):.0f} ms")


def _tick(database: Database, now: dtm.datetime) -> float:
    began = process_time()
    for duty in DUTIES:
        with database.transaction() as session:
            duty.work(session, now)
    return _since(began)


def _composed(database: Database, now: dtm.datetime) -> Iterator[float]:
    """Compose what is due, the urgent first, each as if it had left at once."""
    for urgency in (Urgency.URGENT, Urgency.ROUTINE):
        while True:
            began = process_time()
            with database.transaction() as session:
                message = compose_next(session, urgency, now, frozenset())
                if message is None:
                    break
                message.state, message.sent_at = MessageState.SENT, now
            yield _since(began)


def _listed(session: Session, now: dtm.datetime) -> float:
    liaisons = (
        select(Contact)
        .join(Assignment, col(Assignment.contact_id) == col(Contact.id))
        .where(Assignment.role == Role.LIAISON, col(Contact.telegram_user_id).is_not(None))
        .limit(LIAISONS)
    )
    askers = [
        identify(session, Caller(one.telegram_user_id, one.telegram_user_id, True), now)
        for one in session.exec(liaisons)
        if one.telegram_user_id
    ]
    began = process_time()
    for asker in askers:
        waiting_for(session, asker, now)
    return _since(began) / len(askers)


def _since(began: float) -> float:
    return (process_time() - began) * 1000


if __name__ == "__main__":
    main()
