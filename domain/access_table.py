"""The table of who may do what, as docs/access.md shows it: `python -m domain.access_table`."""

from domain.access import TABLE, Action, Reach
from domain.vocabulary import Role

INTRODUCTION = """\
# Who may do what

Written by `python -m domain.access_table > docs/access.md` from the table in `domain/access.py`;
a test fails when the two differ.

- **own**: projects the person's own scope covers
- **involved**: and those where their unit is a supporting unit
- **all**: every project
- a dash: not at all

Somebody who holds several roles may do what any of them allows, each within its own scope.
Unknown people may do nothing but link themselves.
"""

_SHOWN = {Reach.NONE: "—", Reach.OWN: "own", Reach.INVOLVED: "involved", Reach.ALL: "all"}


def access_table() -> str:
    """The whole page, in Markdown."""
    heads = ["action", *(_words(role) for role in Role)]
    rows = [[_words(action), *(_SHOWN[TABLE[action][role]] for role in Role)] for action in Action]
    lines = [_line(heads), _line(["---"] * len(heads)), *map(_line, rows)]
    return INTRODUCTION + "\n" + "\n".join(lines) + "\n"


def _words(name: Role | Action) -> str:
    return name.value.replace("_", " ")


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(access_table(), end="")
