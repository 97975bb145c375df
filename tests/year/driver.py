"""Steps through the year: whatever is due happens at its instant, people act at theirs."""

import datetime as dtm
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, func, select

from db.session import Database
from db.tables.people import Contact
from db.tables.reporting import Obligation, ObligationState
from db.tables.speech import Notice, NoticeState, Urgency
from domain.calendar import Calendar
from domain.vocabulary import Language
from tests import builders, invariants
from tests.offline import Heard, Offline
from tests.year import hands
from tests.year.office import Office, Person
from usecases.chain import away_on
from usecases.policies import timetable

ZONE = ZoneInfo("Asia/Shanghai")
TICKS = ("08:45", "09:00", "15:30", "16:00")
FRIDAY = 4
QUIET_TICKS = ("09:00", "15:30")
"""When the clock is looked at; beside these, whenever something is due."""

Act = Callable[[dtm.datetime], object]


@dataclass(frozen=True)
class Files:
    """A reporter's habit: from so many working days after the due day (negative: before it).

    `but_not` are months of which they say nothing.
    """

    person: Person
    day: int
    time: str
    answers_each_question: bool = False
    but_not: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reviews:
    """A liaison's habit: every so many working days, at this time."""

    person: Person
    time: str
    every: int = 1


@dataclass(frozen=True)
class Scene:
    """Something out of the ordinary: who says or presses what; @ begins what a button carries."""

    at: str
    person: Person
    does: tuple[str, ...]


@dataclass(frozen=True)
class Turn:
    """Something that happens to the office rather than in it."""

    at: str
    what: str
    happens: Callable[["Year", Session, dtm.datetime], object]


@dataclass(frozen=True)
class Script:
    """The year as data."""

    first: dtm.date
    last: dtm.date
    habits: tuple[Files | Reviews, ...]
    scenes: tuple[Scene | Turn, ...]
    outages: tuple[tuple[str, str], ...] = ()


class Year:
    """An office, its phones and a script; `live` plays it and `notes` tells of it."""

    def __init__(self, database: Database, language: Language, script: Script) -> None:
        self.phones = Offline(database)
        self.language = language
        self.script = script
        self.notes: list[str] = []
        with database.transaction() as session:
            self.office = Office(session, language)
        self._accounts: dict[int, str] = {}
        self._read: dict[tuple[int, str], list[str]] = {}
        self._outages = [(moment(a), moment(b)) for a, b in script.outages]
        self.now = moment(f"{script.first} 00:00")
        self._learn_accounts()

    def live(self) -> None:
        """From the first day to the last."""
        day = self.script.first
        while day <= self.script.last:
            self._day(day)
            day += dtm.timedelta(days=1)

    def note(self, text: str) -> None:
        """Something worth knowing for whoever reads the transcript."""
        self.notes.append(text)

    def _day(self, day: dtm.date) -> None:
        self.notes.append(f"━━ {day} {day:%a}")
        before = len(self.notes)
        for at, act in sorted(self._agenda(day), key=lambda one: one[0]):
            if not self._is_out(at):
                self._pass_time(at)
                act(at)
        self._pass_time(moment(f"{day} 23:59"))
        if day.weekday() == FRIDAY:
            self._is_sound()
        if len(self.notes) == before:
            self.notes.pop()

    def _agenda(self, day: dtm.date) -> Iterator[tuple[dtm.datetime, Act]]:
        with self.phones.database.transaction() as session:
            calendar = timetable(session).calendar
            noon = moment(f"{day} 12:00")
            due = hands.still_to_come(session, noon) if calendar.is_working_day(day) else []
            waits = _anything_waits(session)
        for time in _ticks(day, calendar, due):
            yield moment(f"{day} {time}"), self._tick
        for scene in self.script.scenes:
            if scene.at.startswith(str(day)):
                yield moment(scene.at), partial(self._plays, scene)
        for habit in self.script.habits if calendar.is_working_day(day) else ():
            at = moment(f"{day} {habit.time}")
            if isinstance(habit, Files):
                soon = [one for one in due if _is_time(habit, one, calendar, day)]
                yield at, partial(self._files, habit, soon)
            elif (waits or due) and day.toordinal() % habit.every == 0:
                yield at, partial(self._reviews, habit)

    def _pass_time(self, until: dtm.datetime) -> None:
        """Whatever is due before then happens at its instant."""
        while (due := self._next_due(until)) is not None:
            if not self._is_out(due):
                self._tick(due)
            self.now = due
        self.now = until

    def _next_due(self, until: dtm.datetime) -> dtm.datetime | None:
        with self.phones.database.transaction() as session:
            notices = select(func.min(Notice.due_at)).where(
                Notice.state == NoticeState.DUE, Notice.due_at > self.now, Notice.due_at < until
            )
            acts = select(func.min(Obligation.next_act_at)).where(
                col(Obligation.next_act_at) > self.now, col(Obligation.next_act_at) < until
            )
            found = [session.exec(notices).one(), session.exec(acts).one()]
        return min((at for at in found if at is not None), default=None)

    def _tick(self, now: dtm.datetime) -> None:
        heard = self.phones.tick(now)
        told = [one.row_id for one in heard if one.urgency is not Urgency.ANSWER]
        self._hear(heard)
        with self.phones.database.transaction() as session:
            assert not (wrong := invariants.of_what_was_told(session, told, now)), (now, wrong)

    def _is_sound(self) -> None:
        with self.phones.database.transaction() as session:
            wrong = invariants.of_the_office(session, self.now)
        assert not wrong, (self.now, wrong)

    def _reviews(self, habit: Reviews, now: dtm.datetime) -> None:
        with self.phones.database.transaction() as session:
            if not _anything_waits(session) or self._contact(session, habit.person, now) is None:
                return
        hands.reviews(self.phones, habit.person.account, now)
        self._hear(self.phones.deliver(now))

    def _files(self, habit: Files, soon: Sequence[hands.Due], now: dtm.datetime) -> None:
        with self.phones.database.transaction() as session:
            contact = self._contact(session, habit.person, now)
            ids = [one.id for one in soon if contact and one.is_for(contact.id)]
            if not ids or contact is None:
                return
            if not habit.answers_each_question:
                asker = builders.asker(session, contact, now)
                ids = ids[: hands.sends(session, asker, ids, now)]
        self.note(f"{clock(now)} · {habit.person.name} reports on {len(ids)}")
        if habit.answers_each_question:
            hands.files(self.phones, habit.person.account, ids, now)
        self._hear(self.phones.deliver(now))

    def _contact(self, session: Session, person: Person, now: dtm.datetime) -> Contact | None:
        """The person's row, while they are linked, there, and not on leave."""
        known = self.office.contacts.get(person.name)
        contact = session.get_one(Contact, known.id) if known else None
        if contact is None or contact.telegram_user_id is None or contact.left_at is not None:
            return None
        is_away = contact.id in away_on(session, now.astimezone(ZONE).date())
        return None if is_away or person.account in self.phones.blocked else contact

    def _plays(self, scene: Scene | Turn, now: dtm.datetime) -> None:
        if isinstance(scene, Turn):
            self.note(f"{clock(now)} · {scene.what}")
            with self.phones.database.transaction() as session:
                scene.happens(self, session, now)
            self._learn_accounts()
            self._tick(now)
            return
        for does in scene.does:
            self.note(f"{clock(now)} {scene.person.name} › {does}")
            self._hear(self._does(scene.person.account, does, now), everything=does != "…")
        self._hear(self.phones.deliver(now))

    def _does(self, account: int, does: str, now: dtm.datetime) -> list[Heard]:
        if does.startswith("@"):
            return self.phones.presses(account, does[1:], now)
        if does == "…":
            hands.goes_on(self.phones, account, now)
            return []
        if does == "☎":
            return self.phones.shares_phone(account, f"199000000{account:02d}", now)
        return self.phones.types(account, does, now)

    def _hear(self, heard: list[Heard], *, everything: bool = False) -> None:
        for one in heard:
            if one.account not in self._accounts:
                self._learn_accounts()
            if everything or one.urgency is not Urgency.ANSWER or one.is_edit:
                mark = "✎ " if one.is_edit else ""
                self.note(f"{clock(one.at)} {mark}{self._accounts[one.account]}")
                self.notes.extend(f"    {line}".rstrip() for line in self._as_read(one))

    def _as_read(self, one: Heard) -> list[str]:
        """The lines of a message; what somebody has read word for word before is not told again."""
        before = self._read.get((one.account, one.kind))
        self._read[one.account, one.kind] = one.lines
        return ["(the same again)"] if before == one.lines else one.lines

    def _learn_accounts(self) -> None:
        with self.phones.database.transaction() as session:
            people = session.exec(select(Contact).where(col(Contact.telegram_user_id).is_not(None)))
            for one in people:
                self._accounts[one.telegram_user_id or 0] = one.name

    def _is_out(self, at: dtm.datetime) -> bool:
        return any(first <= at < last for first, last in self._outages)


def _ticks(day: dtm.date, calendar: Calendar, due: Sequence[hands.Due]) -> tuple[str, ...]:
    """Around a due day the whole day is worth a look, otherwise morning and afternoon are."""
    if any(-4 <= _late_by(one, calendar, day) <= 4 for one in due):
        return TICKS
    return QUIET_TICKS if calendar.is_working_day(day) else QUIET_TICKS[:1]


def _is_time(habit: Files, one: hands.Due, calendar: Calendar, day: dtm.date) -> bool:
    month = str(one.chased.month)
    return month not in habit.but_not and _late_by(one, calendar, day) >= habit.day


def _late_by(one: hands.Due, calendar: Calendar, day: dtm.date) -> int:
    return calendar.working_days_between(one.chased.due_day, day)


def _anything_waits(session: Session) -> bool:
    waiting = select(Obligation.id).where(Obligation.state == ObligationState.SUBMITTED)
    return session.exec(waiting.limit(1)).first() is not None


def moment(text: str) -> dtm.datetime:
    """An instant by the office's clock: 2026-03-25 09:00."""
    return dtm.datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(dtm.UTC)


def clock(at: dtm.datetime) -> str:
    """What o'clock it is in the office."""
    return f"{at.astimezone(ZONE):%H:%M}"
