"""Who may do what with an item that was decided on, and the words that are asked for on the way."""

import datetime as dtm
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from db.tables.speech import Dialog
from domain.access import Action
from domain.dialogs import Position
from domain.items.ways import OF_UNIT, Way, is_open
from templates.item_answers import AskDecisionWords, DecisionStanding
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from usecases import dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.items import book
from usecases.items.book import Item, claimed
from usecases.items.ways import head_of, standing
from usecases.lookup import look_up
from usecases.standing import standing_in

LONGEST_REASON = 200
LONGEST_ACCOUNT = 500


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody typed about an item, with what was known before."""

    item: Item
    words: str
    draft: Mapping[str, Any]


Question = Callable[[Session, Item, Mapping[str, Any], dtm.datetime], Message]


@dataclass(frozen=True, slots=True)
class Step:
    """Something asked of somebody who goes a way with an item, and what follows their words."""

    name: str
    way: Way
    question: Question
    settle: Callable[[Session, Asker, Said, dtm.datetime], Message]
    longest: int = LONGEST_REASON
    takes_evidence: bool = False


def on_way(
    session: Session, asker: Asker, way: Way, item_id: int, now: dtm.datetime
) -> Item | Message:
    """The item, for this asker to change; else why not, or where it stands by now."""
    if asker.contact is None:
        return HowToLink()
    item = claimed(session, item_id, now)
    if item is None:
        return StaleButton()
    if not _is_entitled(standing_in(session, asker, now), way, item):
        return NotYours()
    return item if is_open(way, item.row.state) else standing(session, asker, item, now)


def shown(message: Message) -> Answers:
    """Where an item stands takes the place of the pressed message; anything else is said."""
    return in_place(message) if isinstance(message, DecisionStanding) else say(message)


def ask(
    session: Session, asker: Asker, step: Step, item_id: int, now: dtm.datetime, **known: Any
) -> Answers:
    """Ask for the words of this step, unless the asker cannot go that way."""
    item = on_way(session, asker, step.way, item_id, now)
    if isinstance(item, Message):
        return shown(item)
    draft = {"item_id": item_id, **known}
    return say(stand(session, asker, step, item, draft, now))


def stand(
    session: Session,
    asker: Asker,
    step: Step,
    item: Item,
    draft: Mapping[str, Any],
    now: dtm.datetime,
) -> Message:
    """The next free text is the answer to this step's question."""
    dialogs.stand_at(session, asker, ITEM_ANSWER, Position(step.name, draft), now)
    return step.question(session, item, draft, now)


def register(step: Step) -> Step:
    """Make a step known, so that its conversations go on after a restart."""
    _STEPS[step.name] = step
    return step


def step_of(row: Dialog | None) -> Step | None:
    """The step a conversation about an item stands at."""
    return _STEPS.get(row.step) if row and row.kind == ITEM_ANSWER.kind else None


def words_wanted(way: Way, longest: int = LONGEST_REASON) -> Question:
    """The plain question of a way."""

    def question(
        _session: Session, item: Item, draft: Mapping[str, Any], _now: dtm.datetime
    ) -> Message:
        return AskDecisionWords(head_of(item), way, longest, len(draft.get("evidence", ())))

    return question


def finish(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """好了: no more photos and files; where the item stands."""
    row = dialogs.open_dialog(session, asker)
    if row is None or row.kind != ITEM_ANSWER.kind or step_of(row):
        return say(StaleButton())
    item = book.item(session, row.draft["item_id"], now)
    dialogs.end(session, asker)
    return in_place(standing(session, asker, item, now) if item else StaleButton())


def _is_entitled(acting: Asker, way: Way, item: Item) -> bool:
    if way not in OF_UNIT:
        return acting.may(Action.DECIDE_ITEM, item.ground)
    return item.decided is not None and acting.may(Action.ANSWER_DECISION, item.unit_ground)


class _Conversation:
    """Free text while something is asked about an item."""

    kind = "item_answer"

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """The words that were asked for; where nothing is asked any more they are looked up."""
        step = step_of(row)
        dialogs.end(session, asker)
        if step is None:
            return look_up(session, asker, text, now)
        item = on_way(session, asker, step.way, row.draft["item_id"], now)
        if isinstance(item, DecisionStanding):
            return say(replace(item, unsaid=text))
        if isinstance(item, Message):
            return say(item)
        said = Said(item, text.strip(), row.draft)
        if len(said.words) > step.longest:
            return say(_too_long(stand(session, asker, step, item, row.draft, now)))
        return say(step.settle(session, asker, said, now))

    def asked_again(
        self, session: Session, asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """The question at which the conversation stands."""
        step = step_of(row)
        if step is None:
            return finish(session, asker, None, now)
        return ask(session, asker, step, **row.draft, now=now)


def _too_long(question: Message) -> Message:
    if isinstance(question, AskDecisionWords):
        return replace(question, is_too_long=True)
    return question


_STEPS: dict[str, Step] = {}
ITEM_ANSWER = dialogs.register_flow(_Conversation())
