"""Recording what was decided, approving minutes, the document of the minutes."""

from telegram import Update

from handlers.door import Context
from handlers.parsing import ids_of
from handlers.words import Callback, Handler, on_button
from usecases.answers import UseCase
from usecases.items import approving, asking, recording, redrafting
from usecases.items.approving import Approval
from usecases.items.recording import Page
from usecases.meetings import minutes


async def _record(update: Update, context: Context) -> None:
    await context.run(update, recording.record, Page(*ids_of(update)))


async def _approved(update: Update, context: Context) -> None:
    await context.run(update, approving.approve, Approval(*ids_of(update)))


def _with_id(use_case: UseCase[int]) -> Callback:
    """The handler of a button that carries the one id its use-case asks for."""

    async def pressed(update: Update, context: Context) -> None:
        await context.run(update, use_case, *ids_of(update))

    return pressed


def _alone(use_case: UseCase[None]) -> Callback:
    """The handler of a button that carries nothing."""

    async def pressed(update: Update, context: Context) -> None:
        await context.run(update, use_case, None)

    return pressed


_ONE_ID: dict[str, UseCase[int]] = {
    "decision.record": recording.record_item,
    "minutes.topic": recording.record_topic,
    "minutes.other": recording.record_other,
    "minutes.project": recording.choose_project,
    "minutes.take": asking.take_unit,
    "minutes.card": redrafting.show_draft,
    "minutes.text": redrafting.change_text,
    "minutes.unit": redrafting.change_unit,
    "minutes.support": redrafting.change_support,
    "minutes.day": redrafting.change_day,
    "minutes.again": redrafting.record_again,
    "minutes.drop": redrafting.drop_draft,
    "minutes.drafts": approving.show_drafts,
    "minutes.approve": approving.confirm,
    "minutes.issue": approving.confirm_issue,
    "minutes.issue_yes": approving.issue,
    "minutes.file": minutes.hand_over,
}

_NOTHING: dict[str, UseCase[None]] = {
    "minutes.no_support": asking.no_more_support,
    "minutes.usual_day": asking.usual_day,
    "minutes.other_day": asking.other_day,
    "minutes.sure": asking.be_sure,
}

HANDLERS: list[Handler] = [
    on_button("minutes.record", _record),
    on_button("minutes.approve_yes", _approved),
    *(on_button(action, _with_id(use_case)) for action, use_case in _ONE_ID.items()),
    *(on_button(action, _alone(use_case)) for action, use_case in _NOTHING.items()),
]
