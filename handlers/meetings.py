"""/meetings (会议): what is ahead, answering an invitation, calling and changing a meeting."""

from telegram import Update

from handlers.door import Context
from handlers.parsing import ids_of
from handlers.words import Callback, Handler, on_button, on_command
from usecases.answers import UseCase
from usecases.meetings import ahead, answering, calling, changing, drafting, organising
from usecases.meetings.answering import Plain
from usecases.meetings.drafting import Choice, Page, Scope


async def _ahead(update: Update, context: Context) -> None:
    await context.run(update, ahead.meetings, None)


async def _answered(update: Update, context: Context) -> None:
    await context.run(update, answering.answer, Plain(*ids_of(update)))


async def _called(update: Update, context: Context) -> None:
    await context.run(update, calling.call, None)


async def _sure(update: Update, context: Context) -> None:
    await context.run(update, calling.be_sure, None)


async def _kind(update: Update, context: Context) -> None:
    await context.run(update, drafting.choose_kind, Choice(*ids_of(update)))


async def _scope(update: Update, context: Context) -> None:
    await context.run(update, drafting.choose_scope, Scope(*ids_of(update)))


async def _units(update: Update, context: Context) -> None:
    await context.run(update, drafting.show_units, Page(*ids_of(update)))


async def _unit(update: Update, context: Context) -> None:
    await context.run(update, drafting.toggle_unit, Choice(*ids_of(update)))


async def _agenda(update: Update, context: Context) -> None:
    await context.run(update, drafting.show_agenda, Page(*ids_of(update)))


async def _topic(update: Update, context: Context) -> None:
    await context.run(update, drafting.toggle_project, Choice(*ids_of(update)))


def _with_id(use_case: UseCase[int]) -> Callback:
    """The handler of a button that carries the one id its use-case asks for."""

    async def pressed(update: Update, context: Context) -> None:
        await context.run(update, use_case, *ids_of(update))

    return pressed


_ONE_ID: dict[str, UseCase[int]] = {
    "meeting.show": ahead.show_meeting,
    "meeting.file": ahead.hand_over_file,
    "meeting.invitation": answering.show_invitation,
    "meeting.delegate": answering.ask_delegate,
    "meeting.leave": answering.ask_leave,
    "meeting.pass_on": answering.ask_replier,
    "meeting.same_place": calling.same_place,
    "meeting.time": calling.ask_time,
    "meeting.place": calling.ask_place,
    "meeting.add": calling.ask_more_units,
    "meeting.only": calling.ask_only_units,
    "meeting.kinds": drafting.show_kinds,
    "meeting.scopes": drafting.show_scopes,
    "meeting.publish": drafting.publish,
    "meeting.at_once": drafting.publish_at_once,
    "meeting.drop": drafting.drop,
    "meeting.change_yes": changing.change,
    "meeting.cancel": changing.ask_cancel,
    "meeting.cancel_yes": changing.cancel,
    "meeting.nudge": organising.nudge,
    "meeting.grant": organising.grant_leave,
    "meeting.refuse": organising.refuse_leave,
}

HANDLERS: list[Handler] = [
    *on_command("meetings", _ahead),
    on_button("meeting.answer", _answered),
    on_button("meeting.call", _called),
    on_button("meeting.sure", _sure),
    on_button("meeting.kind", _kind),
    on_button("meeting.scope", _scope),
    on_button("meeting.units", _units),
    on_button("meeting.unit", _unit),
    on_button("meeting.agenda", _agenda),
    on_button("meeting.topic", _topic),
    *(on_button(action, _with_id(use_case)) for action, use_case in _ONE_ID.items()),
]
