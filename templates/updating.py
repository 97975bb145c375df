"""/update: progress or a problem told at any time, and what its reviewer makes of it."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from domain.vocabulary import ProblemKind
from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 5


class UpdateKind(StrEnum):
    """What was told; buttons carry the place in this list."""

    NOTE = "note"
    PROBLEM = "problem"

    @property
    def number(self) -> int:
        return tuple(UpdateKind).index(self)


@dataclass(frozen=True)
class Choosable:
    """A project that may be meant."""

    project_id: int
    name: str


@dataclass(frozen=True)
class AskUpdateProject(Message):
    """Which project? `said` found none or several within the person's right."""

    projects: tuple[Choosable, ...] = ()
    said: str = ""

    def rows(self) -> Rows:
        """Those that may be meant."""
        buttons = tuple(
            Button("ordinal", "update.project", (one.project_id,), words={"number": number})
            for number, one in enumerate(self.projects, start=1)
        )
        return in_rows(buttons, BUTTONS_A_ROW)


@dataclass(frozen=True)
class AskUpdate(Message):
    """What is there to tell of this project? `is_unfit` where it was too long or nothing."""

    name: str
    is_unfit: bool = False


@dataclass(frozen=True)
class AskUpdateKind(Message):
    """Is what was typed progress, or which kind of problem? `likely` comes first."""

    name: str
    text: str
    may_note: bool
    likely: ProblemKind | None = None

    def rows(self) -> Rows:
        """Progress, where the person may tell of it, and the kinds of problem."""
        kinds = sorted(ProblemKind, key=lambda kind: kind is not self.likely)
        problems = tuple(
            Button("update_problem", "update.problem", (number,), words={"kind": kind})
            for kind in kinds
            for number in (tuple(ProblemKind).index(kind),)
        )
        note = ((Button("update_note", "update.note"),),) if self.may_note else ()
        return (*note, *in_rows(problems, 2))


@dataclass(frozen=True)
class UpdateSaved(Message):
    """It is on record; photos may still be added. `is_adopted` when its author may adopt it."""

    name: str
    text: str
    problem: ProblemKind | None
    photos: int = 0
    is_adopted: bool = False
    raises: int | None = None

    def rows(self) -> Rows:
        """That was all; raise the problem that counts already."""
        return ((Button("update_done", "update.done"), *raising(self.raises)),)


def raising(problem_id: int | None) -> tuple[Button, ...]:
    """The way to raise this problem for coordination, if there is one."""
    return (Button("item_raise", "item.raise", (problem_id,)),) if problem_id is not None else ()


@dataclass(frozen=True)
class UpdatePhotos(Message):
    """Photos that came with what is being told; `is_full` when this one was not kept."""

    name: str
    count: int
    is_full: bool = False


@dataclass(frozen=True)
class UpdateOver(Message):
    """Everything told is on record."""


@dataclass(frozen=True)
class UpdateCard(Message):
    """Something told that waits to be adopted; `left` others wait as well."""

    what: UpdateKind
    id: int
    project_id: int
    name: str
    text: str
    author: str
    unit: str
    at: dtm.datetime
    problem: ProblemKind | None = None
    photos: int = 0
    left: int = 0

    def rows(self) -> Rows:
        """Adopt it or not; its photos; the project."""
        here = (self.what.number, self.id)
        photos = Button("photos_show", "update.photos", here, words={"count": self.photos})
        return (
            (
                Button("update_adopt", "update.adopt", here),
                Button("update_dismiss", "update.dismiss", here),
            ),
            (
                *((photos,) if self.photos else ()),
                Button("report_project", "status.card", (self.project_id,)),
            ),
        )


@dataclass(frozen=True)
class UpdateSettled(Message):
    """It was adopted or not; the next one of `left` may follow. `raises` is the problem that may be
    raised for coordination now."""

    name: str
    text: str
    is_adopted: bool
    left: int = 0
    raises: int | None = None

    def rows(self) -> Rows:
        """Raise it; on with the next."""
        following = Button("update_next", "update.queue", words={"count": self.left})
        return tuple(filter(None, (raising(self.raises), (following,) if self.left else ())))


@dataclass(frozen=True)
class NoUpdates(Message):
    """Nothing told waits to be adopted."""


@dataclass(frozen=True)
class UpdatePhoto(Message):
    """The caption of a photo that came with something told."""

    name: str
    number: int
    count: int


@dataclass(frozen=True)
class ToldLine:
    """Something told, and whether it was adopted."""

    name: str
    text: str
    is_adopted: bool


@dataclass(frozen=True)
class UpdatesSettled(Message):
    """To whoever told something: what became of it."""

    lines: tuple[ToldLine, ...]
