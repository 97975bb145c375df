"""From what Telegram sends to the use-case and what it is given, without a database."""

from collections.abc import Callable
from typing import Any

import pytest
from telegram import Update, User
from telegram.ext import ExtBot

from domain.overview import NONE, Dimension
from domain.periods import Period
from domain.reporting.turns import Choice
from domain.vocabulary import Level, PlanCategory
from handlers import conversation, overview, reporting, reviewing, status
from templates.lookup import Narrowing
from templates.overview import Slice
from usecases.asked import Wanted, WantedPage
from usecases.conversation import not_understood, outdated
from usecases.dialogs import cancel, go_on
from usecases.following import follow, unfollow
from usecases.lookup import ListPage, look_up, show_categories, show_hits, show_regions
from usecases.overview import Division, SlicePage, hand_table, show_division, show_projects
from usecases.overview import overview as total_up
from usecases.people_of import show_people
from usecases.problems_of import show_problems
from usecases.reporting import accepting_many, by_phone, changing, filling
from usecases.reporting import reviewing as reviewed
from usecases.reporting.filling import AtStep, Pressed, Shown
from usecases.reporting.owed import owed, turn_owed
from usecases.reporting.reviewing import Reason, review
from usecases.reporting.submitting import submit, withdraw
from usecases.status import show_card, show_history, turn_card

HANDLERS = [
    *status.HANDLERS,
    *reporting.HANDLERS,
    *reviewing.HANDLERS,
    *overview.HANDLERS,
    *conversation.HANDLERS,
]
PERSON = {"id": 7, "is_bot": False, "first_name": "韦"}
CHAT = {"id": 7, "type": "private", "first_name": "韦"}
GROUP = {"id": -100, "type": "supergroup", "title": "调度群"}

EVENT = {
    "message": {"message_id": 1, "date": 1, "chat": CHAT, "from": PERSON, "new_chat_title": "甲"}
}


class Recorded:
    """A context whose door notes what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[tuple[Callable[..., Any], object]] = []

    async def run(self, _update: Update, use_case: Callable[..., Any], given: object) -> None:
        self.asked.append((use_case, given))


def bot() -> ExtBot[None]:
    made: ExtBot[None] = ExtBot("1:token")
    made._bot_user = User(1, "bot", is_bot=True, username="liaison_test_bot")
    return made


async def asked_by(body: dict[str, Any]) -> list[tuple[Callable[..., Any], object]]:
    """What the first handler that wants the update asks for."""
    update = Update.de_json({"update_id": 1, **body}, bot())
    context = Recorded()
    for handler in HANDLERS:
        check = handler.check_update(update)
        if check is not None and check is not False:
            await handler.callback(update, context)  # type: ignore[arg-type]
            break
    return context.asked


def said(text: str, chat: dict[str, Any] = CHAT, kind: str = "message") -> dict[str, Any]:
    body: dict[str, Any] = {"message_id": 1, "date": 1, "chat": chat, "from": PERSON, "text": text}
    if text.startswith("/"):
        length = len(text.split()[0])
        body["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
    return {kind: body}


def pressed(data: str) -> dict[str, Any]:
    message = {"message_id": 1, "date": 1, "chat": CHAT, "text": "…"}
    query = {"id": "1", "from": PERSON, "chat_instance": "1", "data": data, "message": message}
    return {"callback_query": query}


@pytest.mark.parametrize(
    ("text", "use_case", "given"),
    [
        ("/status 五象 大道", look_up, "五象 大道"),
        ("/status@liaison_test_bot 五象", look_up, "五象"),
        ("/status", look_up, ""),
        ("查询 五象", look_up, "五象"),
        ("查询", look_up, ""),
        ("/overview", total_up, None),
        ("统计", total_up, None),
        (" 总览 ", total_up, None),
        ("/report", owed, None),
        ("填报", owed, None),
        ("/review", review, None),
        ("审核", review, None),
        ("填报白露大道", conversation._HEAR, "填报白露大道"),
        ("/cancel", cancel, None),
        ("取消", cancel, None),
        ("五象大道", conversation._HEAR, "五象大道"),
        ("统计大厦", conversation._HEAR, "统计大厦"),
        ("查询五象", conversation._HEAR, "查询五象"),
        ("五象\x00大道", conversation._HEAR, "五象大道"),
        ("/nosuchcommand", not_understood, None),
    ],
)
async def test_what_is_typed_reaches_its_use_case(
    text: str, use_case: Callable[..., Any], given: object
) -> None:
    assert await asked_by(said(text)) == [(use_case, given)]


@pytest.mark.parametrize(
    ("data", "use_case", "given"),
    [
        ("status.card:12", show_card, Wanted(12)),
        ("status.card:12:2026:9", show_card, Wanted(12, Period(2026, 9))),
        ("status.turn:12:2026:9", turn_card, Wanted(12, Period(2026, 9))),
        ("status.history:12:3", show_history, WantedPage(12, 3)),
        ("status.people:12", show_people, Wanted(12)),
        ("status.problems:12:0", show_problems, WantedPage(12, 0)),
        ("status.follow:12", follow, Wanted(12)),
        ("status.unfollow:12:2026:9", unfollow, Wanted(12, Period(2026, 9))),
        ("lookup.page:5:0:0:2", show_hits, ListPage(5, Narrowing(), 2)),
        (
            "lookup.page:5:2:31:0",
            show_hits,
            ListPage(5, Narrowing(PlanCategory.CONTINUING, 31)),
        ),
        ("lookup.categories:5:0:31", show_categories, ListPage(5, Narrowing(None, 31))),
        ("lookup.regions:5:0:0:1", show_regions, ListPage(5, Narrowing(), 1)),
        (
            "overview.show:2:1:4:31:-1:8:3",
            show_division,
            Division(Slice(Level.REGION, (4, 31, NONE, 8)), Dimension.REGION, 3),
        ),
        ("overview.projects:2:0:0:0:0:1", show_projects, SlicePage(Slice(Level.CITY), 1)),
        ("overview.table:2:0:0:0:0", hand_table, Slice(Level.CITY)),
        ("report.owed:1", turn_owed, 1),
        ("report.fill:7", by_phone.take_up, 7),
        ("report.take:7", filling.take_over, 7),
        ("report.back:7:2", filling.back, AtStep(7, 2)),
        ("report.later:7:2", filling.later, AtStep(7, 2)),
        ("report.edit:7:2", changing.edit, AtStep(7, 2)),
        ("report.fields:7", changing.fields, 7),
        ("report.more:7", changing.more, 7),
        ("report.card:7", filling.show_card, 7),
        ("report.drop:7:3", changing.drop, Shown(7, 3)),
        ("report.dropped:7:3", changing.dropped, Shown(7, 3)),
        ("report.submit:7:3", submit, Shown(7, 3)),
        ("report.withdraw:7", withdraw, 7),
        ("report.amount:7:2:3500", filling.choose, Pressed(Choice.AMOUNT, 7, 2, 3500)),
        *(
            (f"report.{choice}:7:2", filling.choose, Pressed(choice, 7, 2))
            for choice in Choice
            if choice is not Choice.AMOUNT
        ),
        ("review.page:1", reviewed.turn_queue, 1),
        ("review.show:9", reviewed.show, 9),
        ("review.card:9", reviewed.turn_card, 9),
        ("review.next:9", reviewed.show_next, 9),
        ("review.accept:9", reviewed.accept, 9),
        ("review.undo:9", reviewed.undo, 9),
        ("review.return:9", reviewed.ask_reason, 9),
        ("review.reason:9:2", reviewed.give_reason, Reason(9, 2)),
        ("review.clean", accepting_many.show_clean, None),
        ("review.clean_yes:123", accepting_many.accept_clean, 123),
        ("dialog.go_on", go_on, None),
        ("dialog.look_up", conversation._LOOK_UP_INSTEAD, None),
        ("dialog.cancel", cancel, None),
        ("gone.long_ago:1", outdated, None),
    ],
)
async def test_a_pressed_button_reaches_its_use_case(
    data: str, use_case: Callable[..., Any], given: object
) -> None:
    assert await asked_by(pressed(data)) == [(use_case, given)]


@pytest.mark.parametrize(
    "body",
    [
        said("五象大道", GROUP),
        said("/status 五象", GROUP),
        said("查询 五象", GROUP),
        said("统计", GROUP),
        said("五象大道", kind="edited_message"),
        said("/status 五象", kind="edited_message"),
        {
            "message": {
                "message_id": 1,
                "date": 1,
                "chat": CHAT,
                "from": PERSON,
                "new_chat_title": "x",
            }
        },
    ],
)
async def test_groups_edits_and_events_of_a_chat_are_left_alone(body: dict[str, Any]) -> None:
    assert await asked_by(body) == []


async def test_what_is_no_text_is_answered_with_what_works_instead() -> None:
    sticker = {
        "file_id": "1",
        "file_unique_id": "1",
        "type": "regular",
        "width": 1,
        "height": 1,
        "is_animated": False,
        "is_video": False,
    }
    message = {"message_id": 1, "date": 1, "chat": CHAT, "from": PERSON, "sticker": sticker}
    assert await asked_by({"message": message}) == [(not_understood, None)]
