"""What the conversations about the office's brakes share: finding what is meant, and pressing."""

import datetime as dtm
from collections.abc import Callable
from typing import Any

from sqlmodel import Session

from db.tables.speech import Dialog
from domain.brakes import Brake, HoldScope
from templates.brakes import BrakeNowhere, BrakeTargets, HowToBrake
from templates.message import Message
from templates.office import StaleButton
from usecases import dialogs
from usecases.answers import Answers, say
from usecases.asker import Asker
from usecases.chasing.targets import Target, brake_on, find_targets
from usecases.dialogs import Flow

Begin = Callable[[Session, Asker, Target, dtm.datetime], Answers]


def begin_with(
    session: Session, asker: Asker, brake: Brake, words: str, now: dtm.datetime, begin: Begin
) -> Answers:
    """Begin with the one unit or project that is meant, or ask which; 免报 is for projects only."""
    if not words:
        return say(HowToBrake(brake))
    found = find_targets(session, words)
    if brake is Brake.EXEMPT:
        found = tuple(one for one in found if one.scope is HoldScope.PROJECT)
    if len(found) == 1:
        return begin(session, asker, found[0], now)
    return say(_which(session, brake, words, found))


def known_of(target: Target) -> dict[str, Any]:
    """A target as a draft holds it."""
    return {"scope": target.scope.value, "target_id": target.id}


def target_in(draft: Any) -> Target:
    """The target that a draft holds."""
    return Target(HoldScope(draft["scope"]), draft["target_id"])


def pressed_at(
    session: Session, asker: Asker, flow: Flow, step: str, now: dtm.datetime
) -> Dialog | None:
    """The conversation, if it stands at this question; a press wakes a sleeping one."""
    row = dialogs.open_dialog(session, asker)
    if row is None or row.kind != flow.kind or row.step != step:
        return None
    row.touched_at = now
    session.add(row)
    return row


def press(
    session: Session, asker: Asker, flow: Flow, step: str, words: str, now: dtm.datetime
) -> Answers:
    """A button of this question says the same as these words."""
    row = pressed_at(session, asker, flow, step, now)
    return flow.heard(session, asker, row, words, now) if row else say(StaleButton())


def _which(session: Session, brake: Brake, words: str, found: tuple[Target, ...]) -> Message:
    if not found:
        return BrakeNowhere(words)
    return BrakeTargets(brake, words, tuple(brake_on(session, one) for one in found))
