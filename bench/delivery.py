"""How fast 1,000 unasked messages leave, and how soon a person's own question is answered then.

`python -m bench.delivery` starts the real bot over the local Telegram with its strict limits,
on a fresh SQLite file, tells 1,000 people something, and asks questions in the middle of it.
"""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from db.migrate import migrate
from db.session import Database
from sandbox.botapi.chats import Standing
from sandbox.local import LocalTelegram
from sandbox.phones import Person
from tests.builders import a_contact
from tests.office import Office
from usecases.notices import Subject, notify
from usecases.office_notices import UPDATE_FAILED

PEOPLE = 1_000
QUESTIONS = 20


async def main() -> None:
    """Measure once and print three lines."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        migrate(Database(url))
        async with LocalTelegram() as telegram, Office(telegram, url) as office:
            await measure(telegram, office)


async def measure(telegram: LocalTelegram, office: Office) -> None:
    """Broadcast, ask in the middle, and say how it went."""
    people = [telegram.person(f"样例{number}") for number in range(PEOPLE)]
    await asyncio.to_thread(tell_all, office, people)
    asking = asyncio.create_task(ask(office.wei))
    await until_all_told(people)
    times = sorted(call.at for call in telegram.calls if call.method == "sendMessage")
    waits = await asking
    span = (times[-1] - times[0]).total_seconds()
    print(f"messages {len(times)} in {span:.1f} s: {(len(times) - 1) / span:.1f} a second")
    print(f"over a limit: {len(telegram.violations)}, refused: {len(telegram.refusals)}")
    print(f"own questions: median {statistics.median(waits):.2f} s, longest {max(waits):.2f} s")


def tell_all(office: Office, people: list[Person]) -> None:
    """Everybody must hear something, unasked."""
    with office.database.transaction() as session:
        now = office.telegram.clock.now()
        for number, person in enumerate(people):
            person.room.members[person.id] = Standing.MEMBER
            contact = a_contact(session, person.name, account=person.id)
            notify(session, UPDATE_FAILED, Subject("inbox_update", number), contact.id, now)


async def ask(person: Person) -> list[float]:
    """Ask one question a second; how long each answer took."""
    waits = []
    for _ in range(QUESTIONS):
        began = time.perf_counter()
        await person.types("白露大道")
        await person.hears(within=30)
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(1.2)
    return waits


async def until_all_told(people: list[Person]) -> None:
    """Wait until every phone has its message."""
    left = list(people)
    while left:
        await asyncio.sleep(0.2)
        left = [person for person in left if not any(m.sender.is_bot for m in person.room.shown())]


if __name__ == "__main__":
    asyncio.run(main())
