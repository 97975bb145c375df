"""What the minutes of a meeting (会议纪要) say, sentence by sentence."""

import datetime as dtm
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from domain.meetings.kinds import ReplyStanding
from templates.deciding import DraftedLine
from templates.formats import Formats
from templates.meetings import MeetingHead
from templates.render import Voice, name_of, wordbook

COMING = frozenset(one for one in ReplyStanding if one.is_coming)
ABSENT = {
    "on_leave": frozenset({ReplyStanding.LEAVE_GRANTED}),
    "leave_open": frozenset({ReplyStanding.LEAVE_ASKED}),
    "unanswered": frozenset(one for one in ReplyStanding if one.is_open),
}


@dataclass(frozen=True)
class UnitThere:
    """An invited unit, how it stands, and its delegate's name or reason for leave.

    The reason is between the unit and the organiser: every unit reads the document.
    """

    unit: str
    standing: ReplyStanding
    said: str = ""


@dataclass(frozen=True)
class Discussed:
    """A project that was spoken about, who reported, and why, in words."""

    unit: str
    project: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Minutes:
    """What the document says; `office` signs it, `dated` stands below.

    `working_days` is the usual time of a decision for which no day was named.
    """

    head: MeetingHead
    units: tuple[UnitThere, ...]
    discussed: tuple[Discussed, ...]
    decisions: tuple[DraftedLine, ...]
    office: str
    dated: dtm.datetime
    working_days: int
    is_approved: bool


class Wording:
    """The sentences of the document."""

    def __init__(self, minutes: Minutes, words: dict[str, Any], voice: Voice) -> None:
        self._minutes, self._words, self._voice = minutes, words, voice
        self._formats = Formats(wordbook(voice.language, "names"), ZoneInfo(voice.zone))

    @property
    def title(self) -> str:
        """On what: the project, the first of several, or the meeting itself."""
        projects = list(dict.fromkeys(one.project for one in self._minutes.decisions))
        projects = projects or list(dict.fromkeys(one.project for one in self._minutes.discussed))
        if not projects:
            head, language = self._minutes.head, self._voice.language
            whose = head.region or name_of(head.level, language)
            return self._say("title", whose=whose, kind=name_of(head.kind, language))
        form = "about_one" if len(projects) == 1 else "about_many"
        return self._say(form, project=projects[0], count=len(projects))

    def date(self, when: dtm.datetime) -> str:
        """A day with its year."""
        return self._formats.date(when)

    def facts(self) -> Iterator[tuple[str, str]]:
        """When, where, who led it, who was there and who was not."""
        head, blank = self._minutes.head, str(self._words["fill_in"])
        year = head.starts_at.astimezone(ZoneInfo(self._voice.zone)).year
        moment = self._formats.moment(head.starts_at)
        yield self._label("when"), self._say("moment", year=year, moment=moment)
        yield self._label("where"), head.place or blank
        yield self._label("chair"), blank
        yield self._label("present"), self._there(COMING) or blank
        for name, standings in ABSENT.items():
            if said := self._there(standings):
                yield self._label(name), said

    def topics(self) -> Iterator[str]:
        """Each project that was spoken about."""
        for number, one in enumerate(self._minutes.discussed, start=1):
            why = self._between(one.why)
            yield self._say("topic", number=number, unit=one.unit, project=one.project, why=why)
        if not self._minutes.discussed:
            yield str(self._words["no_topic"])

    def articles(self) -> Iterator[str]:
        """Each decision with whose duty it is, with whose help, by when."""
        for line in self._minutes.decisions:
            what = {"number": line.article, "project": line.project, "text": line.text}
            yield self._stopped(self._say("article", **what)) + self._duty(line)
        if not self._minutes.decisions:
            yield str(self._words["no_topic"])

    def _duty(self, line: DraftedLine) -> str:
        helping = self._between(line.supporting)
        form = "due_default" if line.is_default else "due"
        due = self._say(form, day=self.date(line.due_at), days=self._minutes.working_days)
        help_ = self._say("help", units=helping) if helping else ""
        return self._say("duty", unit=line.unit) + help_ + due

    def _there(self, standings: frozenset[ReplyStanding]) -> str:
        return self._between(
            self._unit(one) for one in self._minutes.units if one.standing in standings
        )

    def _unit(self, one: UnitThere) -> str:
        if one.standing not in COMING:
            return one.unit
        return self._aside(one.unit, one.said or name_of(one.standing, self._voice.language))

    def _between(self, words: Iterable[str]) -> str:
        return str(self._words["between"]).join(words)

    def _aside(self, said: str, aside: str) -> str:
        return self._say("aside", said=said, aside=aside)

    def _label(self, name: str) -> str:
        return self._say("label", name=self._words[name])

    def _stopped(self, text: str) -> str:
        stop = str(self._words["stop"])
        return text if text.endswith(stop) else text + stop

    def _say(self, form: str, **words: object) -> str:
        return str(self._words[form]).format(**words)
