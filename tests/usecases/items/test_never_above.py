"""Whatever happens to a decision, and whatever reaches whom: nobody above the liaison is told
unless a request was delivered below, a working day before."""

import datetime as dtm
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from db.session import Database
from db.tables.speech import Message, MessageState, Notice
from domain.items.machine import ItemAct, may
from domain.ladder import ABOVE_THE_LIAISON
from tests import builders
from tests.builders import Cast
from tests.usecases.items.deadlines import AUTO, FRIDAY, extends, happens, heard
from tests.usecases.items.desk import NOW, a_decided, again
from tests.usecases.meetings.hall import at
from usecases.items.alerts import DECISION_OVERDUE, ROLES
from usecases.policies import apply_policy, timetable

EXAMPLES = 100 if os.environ.get("PROOF") == "full" else 8
ABOVE = [name for name, role in ROLES.items() if role in ABOVE_THE_LIAISON]
ACTS = (ItemAct.SIGNED, ItemAct.PROGRESS, ItemAct.DONE, ItemAct.SENT_BACK)
DAYS = (10, 11, 14, 15, 16, 17, 18, 21, 22, 23)
MOMENTS = tuple(at(12, day, hour) for day in DAYS for hour in (9, 16))


@dataclass(frozen=True)
class Moment:
    """What a moment brings: the bot may be away, nothing may arrive, the liaison may unlink."""

    is_away: bool
    arrives: bool
    relinks: bool
    act: ItemAct | None
    extends_by: int


moments = st.builds(
    Moment,
    is_away=st.sampled_from((False, False, True)),
    arrives=st.sampled_from((True, True, False)),
    relinks=st.sampled_from((False, False, False, True)),
    act=st.sampled_from((None, None, None, *ACTS)),
    extends_by=st.sampled_from((0, 0, 0, 0, 0, 1, 3)),
)


@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(life=st.lists(moments, min_size=len(MOMENTS), max_size=len(MOMENTS)))
def test_no_leader_hears_of_what_nobody_below_was_asked(
    sqlite_template: Path, life: Sequence[Moment]
) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "office.db"
        shutil.copy(sqlite_template, path)
        database = Database(f"sqlite:///{path}")
        try:
            with database.transaction() as session:
                _lives(session, life)
        finally:
            database.dispose()


def _lives(session: Session, life: Sequence[Moment]) -> None:
    cast = builders.the_cast(session)
    apply_policy(session, None, AUTO, NOW)
    number = a_decided(session, cast, due_at=FRIDAY).id
    for now, moment in zip(MOMENTS, life, strict=True):
        _passes(session, cast, number, moment, now)
        if not moment.is_away:
            heard(session, now, arrives=moment.arrives)
        _nobody_was_passed_over(session)


def _passes(session: Session, cast: Cast, number: int, moment: Moment, now: dtm.datetime) -> None:
    if moment.relinks:
        cast.huang.telegram_user_id = None if cast.huang.telegram_user_id else 1002
        session.flush()
    state = again(session, number).row.state
    if moment.act and may(moment.act, state):
        happens(session, number, moment.act, now)
    elif moment.extends_by and may(ItemAct.EXTENDED, state):
        rules = timetable(session)
        day = rules.calendar.add_working_days(rules.local_day(now), moment.extends_by)
        extends(session, number, rules.instant(day, dtm.time(18)), now)


def _nobody_was_passed_over(session: Session) -> None:
    rules = timetable(session)
    told = select(Notice).where(col(Notice.occasion).in_(ABOVE))
    for notice in session.exec(told):
        ladder = notice.turn.partition("+")[0]
        asked = select(Message.sent_at).join(Notice, col(Notice.message_id) == col(Message.id))
        asked = asked.where(
            Notice.occasion == DECISION_OVERDUE.name,
            Notice.subject_id == notice.subject_id,
            col(Notice.turn).startswith(ladder),
            Message.state == MessageState.SENT,
        )
        reached = [sent_at for sent_at in session.exec(asked) if sent_at]
        assert reached
        assert rules.allowed_after_delivery(min(reached)) <= notice.created_at
