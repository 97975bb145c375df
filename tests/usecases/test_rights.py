"""Who gets past the door of a use-case."""

import datetime as dtm

import pytest
from sqlmodel import Session

from db.tables.people import Leave
from domain.access import Action
from tests import builders
from tests.builders import NOW, asker
from usecases.answers import Answers
from usecases.asker import Asker
from usecases.rights import entitled


def is_let_in(session: Session, who: Asker) -> bool:
    def body(_session: Session, _asker: Asker, _given: None, _now: object) -> Answers:
        return ()

    return entitled(Action.REVIEW)(body)(session, who, None, NOW) == ()


@pytest.mark.parametrize(("days", "let_in"), [((0, 2), True), ((1, 2), False), ((-2, -1), False)])
def test_a_deputy_may_do_what_the_absent_may_and_only_while_they_are_away(
    session: Session, days: tuple[int, int], let_in: bool
) -> None:
    cast = builders.the_cast(session)
    today = NOW.date()
    first, last = (today + dtm.timedelta(days=one) for one in days)
    session.add(
        Leave(
            contact_id=cast.huang.id,
            deputy_id=cast.wei.id,
            first_day=first,
            last_day=last,
            entered_at=NOW,
        )
    )
    session.flush()

    assert is_let_in(session, asker(session, cast.wei)) is let_in
    assert not is_let_in(session, asker(session, cast.qin))
