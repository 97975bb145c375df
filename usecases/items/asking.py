"""The conversation in which a decision is recorded: what is missing is asked, nothing is lost."""

import datetime as dtm
from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlmodel import Session, col, select

from db.tables.items import Decision
from db.tables.people import Organisation
from db.tables.programme import Project
from db.tables.speech import Dialog
from domain.access import Action
from domain.dialogs import Position
from domain.items.due_day import read_due_day
from domain.items.wording import names_in, read_wording, with_rest
from domain.search import Certainty
from templates.deciding import AskDecidedProject, ItemOver, Offer
from templates.office import StaleButton
from usecases import audit, dialogs
from usecases.answers import Answers, say
from usecases.asker import Asker
from usecases.items.book import Item
from usecases.items.draft_cards import card, over
from usecases.items.questions import DAY, PROJECT, SUPPORT, SURE, TEXT, UNIT, WORDS, odd, question
from usecases.items.sketch import Sketch, project_name, write_down
from usecases.items.unit_names import unit_meant
from usecases.name_index import name_index
from usecases.policies import timetable
from usecases.rights import entitled

LONGEST = 500
PROJECTS_OFFERED = 8

Heard = Callable[[Session, Asker, Sketch, str, dtm.datetime], Answers]


def stand(
    session: Session,
    asker: Asker,
    step: str,
    sketch: Sketch,
    now: dtm.datetime,
    problem: Offer | None = None,
) -> Answers:
    """Ask this next; what is known waits in the conversation."""
    dialogs.stand_at(session, asker, RECORDING, Position(step, sketch.kept()), now)
    return say(question(session, step, sketch, now, problem))


def here(session: Session, asker: Asker, *steps: str) -> Sketch | None:
    """What is known, if the conversation stands at one of these questions."""
    row = dialogs.open_dialog(session, asker)
    at = row is not None and row.kind == RECORDING.kind and row.step in steps
    return Sketch.read(row.draft) if row and at else None


def ask_on(session: Session, asker: Asker, sketch: Sketch, now: dtm.datetime) -> Answers:
    """The next thing that is missing or odd; when nothing is, the draft stands."""
    if not sketch.text:
        return stand(session, asker, WORDS, sketch, now)
    if sketch.unit_id is None:
        return stand(session, asker, UNIT, sketch, now)
    if sketch.support_words:
        return stand(session, asker, SUPPORT, sketch, now)
    if not sketch.is_sure and odd(session, sketch, now):
        return stand(session, asker, SURE, sketch, now)
    return _written(session, asker, sketch, now)


def _written(session: Session, asker: Asker, sketch: Sketch, now: dtm.datetime) -> Answers:
    dialogs.end(session, asker)
    written = write_down(session, asker, sketch, now)
    if isinstance(written, Item):
        name = project_name(session, sketch)
        return say(ItemOver(written.id, name, written.row.state, sketch.text))
    if written is None:
        return say(over(session.get_one(Decision, sketch.decision_id)))
    audit.record(session, asker, "decision.recorded", now, ("decision", written.id))
    return say(card(session, written.row, now))


@entitled(Action.DECIDE_ITEM)
def take_unit(session: Session, asker: Asker, unit_id: int, now: dtm.datetime) -> Answers:
    """It is this unit of those that were offered."""
    duty, help_ = here(session, asker, UNIT), here(session, asker, SUPPORT)
    if not (duty or help_) or session.get(Organisation, unit_id) is None:
        return say(StaleButton())
    if duty:
        return ask_on(session, asker, replace(duty, unit_id=unit_id, unit_words=""), now)
    assert help_
    known = tuple(dict.fromkeys((*help_.supporting, unit_id)))
    rest = help_.support_words[1:]
    return ask_on(session, asker, replace(help_, supporting=known, support_words=rest), now)


@entitled(Action.DECIDE_ITEM)
def no_more_support(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """There are no further units that help."""
    sketch = here(session, asker, SUPPORT)
    if sketch is None:
        return say(StaleButton())
    return ask_on(session, asker, replace(sketch, support_words=()), now)


@entitled(Action.DECIDE_ITEM)
def usual_day(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The usual time counts."""
    sketch = here(session, asker, DAY)
    if sketch is None:
        return say(StaleButton())
    return ask_on(session, asker, replace(sketch, due=""), now)


@entitled(Action.DECIDE_ITEM)
def other_day(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The odd day was not meant."""
    sketch = here(session, asker, SURE)
    return stand(session, asker, DAY, sketch, now) if sketch else say(StaleButton())


@entitled(Action.DECIDE_ITEM)
def be_sure(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """What is odd about it is meant."""
    sketch = here(session, asker, SURE)
    if sketch is None:
        return say(StaleButton())
    return ask_on(session, asker, replace(sketch, is_sure=True), now)


def _project_said(
    session: Session, asker: Asker, sketch: Sketch, text: str, now: dtm.datetime
) -> Answers:
    answer = name_index(session).find(text, PROJECTS_OFFERED)
    if answer.kind is Certainty.ONE:
        return ask_on(session, asker, replace(sketch, project_id=answer.hits[0].key), now)
    ids = [hit.key for hit in answer.hits]
    rows = session.exec(select(Project).where(col(Project.id).in_(ids))).all()
    names = {row.id: row.name for row in rows}
    return say(AskDecidedProject(text, tuple((one, names[one]) for one in ids if one in names)))


def _words_said(
    session: Session, asker: Asker, sketch: Sketch, text: str, now: dtm.datetime
) -> Answers:
    """All of it in one message; a part that names no unit at all belongs to what is decided."""
    rules = timetable(session)
    said = read_wording(text, rules.local_day(now), rules.calendar)
    unit = unit_meant(session, said.unit) if said.unit else None
    is_text = unit is not None and unit.problem is Offer.UNKNOWN
    whole = with_rest(said.text, said.unit) if is_text else said.text
    if problem := _unfit(whole):
        return stand(session, asker, WORDS, sketch, now, problem)
    known = replace(
        sketch,
        text=whole,
        unit_id=unit.unit.id if unit and unit.unit else None,
        unit_words="" if is_text else said.unit,
        due=said.due.isoformat() if said.due else "",
    )
    return ask_on(session, asker, _with_help(session, known, said.supporting), now)


def _text_said(
    session: Session, asker: Asker, sketch: Sketch, text: str, now: dtm.datetime
) -> Answers:
    if problem := _unfit(text):
        return stand(session, asker, TEXT, sketch, now, problem)
    return ask_on(session, asker, replace(sketch, text=text), now)


def _unit_said(
    session: Session, asker: Asker, sketch: Sketch, text: str, now: dtm.datetime
) -> Answers:
    meant = unit_meant(session, text)
    if meant.unit is None:
        again = replace(sketch, unit_words=text[:LONGEST])
        return stand(session, asker, UNIT, again, now, meant.problem)
    return ask_on(session, asker, replace(sketch, unit_id=meant.unit.id, unit_words=""), now)


def _support_said(
    session: Session, asker: Asker, sketch: Sketch, text: str, now: dtm.datetime
) -> Answers:
    rest = sketch.support_words[1:]
    helped = _with_help(session, replace(sketch, support_words=()), names_in(text[:LONGEST]))
    return ask_on(
        session, asker, replace(helped, support_words=(*helped.support_words, *rest)), now
    )


def _day_said(
    session: Session, asker: Asker, sketch: Sketch, text: str, now: dtm.datetime
) -> Answers:
    rules = timetable(session)
    day = read_due_day(text, rules.local_day(now), rules.calendar)
    if day is None:
        return stand(session, asker, DAY, sketch, now, Offer.NOT_A_DAY)
    return ask_on(session, asker, replace(sketch, due=day.isoformat(), is_sure=False), now)


def _with_help(session: Session, sketch: Sketch, names: tuple[str, ...]) -> Sketch:
    """The units that help: those that are clear, and the names of those that are not."""
    meant = {name: unit_meant(session, name).unit for name in names}
    clear = [unit.id for unit in meant.values() if unit]
    return replace(
        sketch,
        supporting=tuple(dict.fromkeys((*sketch.supporting, *clear))),
        support_words=tuple(name for name, unit in meant.items() if unit is None),
    )


def _unfit(text: str) -> Offer | None:
    if not text:
        return Offer.NO_TEXT
    return Offer.TOO_LONG if len(text) > LONGEST else None


_HEARD: Mapping[str, Heard] = {
    PROJECT: _project_said,
    WORDS: _words_said,
    TEXT: _text_said,
    UNIT: _unit_said,
    SUPPORT: _support_said,
    DAY: _day_said,
    SURE: _day_said,
}


@entitled(Action.DECIDE_ITEM)
def _heard(session: Session, asker: Asker, said: tuple[Dialog, str], now: dtm.datetime) -> Answers:
    row, text = said
    return _HEARD[row.step](session, asker, Sketch.read(row.draft), text, now)


class _Recording:
    """The conversation as a kind of its own: what it asks next depends on what was in an answer."""

    kind = "decision"

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """The answer at the row's step, by somebody who still decides."""
        return _heard(session, asker, (row, text.strip()), now)

    def asked_again(
        self, session: Session, _asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """The question at which the conversation stands."""
        return say(question(session, row.step, Sketch.read(row.draft), now))


RECORDING = dialogs.register_flow(_Recording())
