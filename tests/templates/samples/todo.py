import datetime as dtm

from templates.message import Message
from templates.todo import NothingTodo, Todo, TodoKind, TodoLine

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
NOW = dtm.datetime(2026, 11, 25, 8, 0, tzinfo=dtm.UTC)

SAMPLES: list[Message] = [
    Todo(
        (
            TodoLine(TodoKind.RETURNED, 1, "report.fill", (1,), "白露大道（一期）", NOW),
            TodoLine(TodoKind.REPORT, 3, "report.owed", (0,), "柳江新高中", NOW + dtm.timedelta(1)),
            TodoLine(TodoKind.REVIEW, 5, "review.page", (0,)),
        ),
        NOW,
    ),
    Todo(
        tuple(TodoLine(kind, 10**6, "report.fill", (2**40,), HOSTILE, NOW) for kind in TodoKind),
        NOW,
    ),
    NothingTodo(),
]
