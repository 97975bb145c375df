"""What waits for somebody, whatever their role."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 2


class TodoKind(StrEnum):
    """What can wait for somebody, most pressing first."""

    ALERT = "alert"
    RELEASE = "release"
    ITEM_RELEASE = "item_release"
    DECISION = "decision"
    ITEM = "item"
    ITEM_REFUSED = "item_refused"
    EXTENSION = "extension"
    ITEM_DONE = "item_done"
    RETURNED = "returned"
    DRAFT = "draft"
    REPORT = "report"
    REVIEW = "review"
    ADJUSTMENT = "adjustment"
    HANDOVER = "handover"
    NOTE = "note"
    HOLE = "hole"


@dataclass(frozen=True)
class TodoLine:
    """So many things of a kind, and the button that leads there.

    `name` is the only one's or the soonest one's, `due_at` when that is due, where it is.
    """

    kind: TodoKind
    count: int
    action: str
    args: tuple[int, ...] = ()
    name: str = ""
    due_at: dtm.datetime | None = None


@dataclass(frozen=True)
class Todo(Message):
    """What waits for the asker, most pressing first."""

    lines: tuple[TodoLine, ...]
    as_at: dtm.datetime

    def rows(self) -> Rows:
        """To each of the places."""
        buttons = tuple(
            Button("todo_open", line.action, line.args, {"kind": line.kind, "count": line.count})
            for line in self.lines
        )
        return in_rows(buttons, BUTTONS_A_ROW)


@dataclass(frozen=True)
class NothingTodo(Message):
    """Nothing waits for the asker."""
