"""Buttons of lists too long for one message."""

from templates.message import Button, Rows


def pager(
    action: str, page: int, pages: int, before: tuple[int, ...], after: tuple[int, ...] = ()
) -> tuple[Button, ...]:
    """Buttons to the page before and the next one, where there is one; pages count from 0.

    The page stands between the other arguments of the action.
    """
    previous = Button("previous_page", action, (*before, page - 1, *after))
    following = Button("next_page", action, (*before, page + 1, *after))
    return (previous,) * (page > 0) + (following,) * (page + 1 < pages)


def in_rows(buttons: tuple[Button, ...], width: int) -> Rows:
    """Buttons set out in rows of at most `width`."""
    return tuple(buttons[at : at + width] for at in range(0, len(buttons), width))
