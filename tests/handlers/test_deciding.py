"""A meeting's decisions over the real handlers: recorded, approved, told, read."""

import pytest

from db.session import Database
from tests.offline import Heard, Offline
from tests.usecases.items.deciding import DURING, WHOLE, a_hall
from tests.usecases.meetings.hall import at

MENG, LUO = 1005, 1011
SOON = at(12, 2, 16)


def test_a_decision_goes_from_the_agenda_to_the_unit_that_signs(database: Database) -> None:
    office = _held(database)
    said = [
        *office.types(MENG, "会议", DURING),
        *office.presses(MENG, "meeting.show", DURING),
        *office.presses(MENG, "minutes.record", DURING),
        *office.presses(MENG, "minutes.topic", DURING),
        *office.types(MENG, WHOLE, DURING),
        *office.presses(MENG, "minutes.drafts", DURING),
        *office.presses(MENG, "minutes.approve", DURING),
        *office.presses(MENG, "minutes.approve_yes", DURING),
    ]
    assert [one.kind for one in said] == [
        "meetings_ahead",
        "meeting_overview",
        "record_which",
        "ask_wording",
        "draft_decision",
        "draft_decisions",
        "confirm_minutes",
        "decisions_issued",
    ]
    told = {one.account: one.kind for one in office.deliver(SOON)}
    assert told[LUO] == "decisions_assigned"
    assert _kinds(office.presses(LUO, "minutes.file", SOON)) == ["minutes_file"]
    assert _kinds(office.presses(LUO, "decision.sign", SOON)) != ["stale_button"]
    assert _kinds(office.presses(LUO, "item.show", SOON)) == ["item_card"]


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        ("minutes.text", "ask_wording"),
        ("minutes.unit", "ask_decided_unit"),
        ("minutes.support", "ask_supporting_units"),
        ("minutes.day", "ask_due_day"),
        ("minutes.again", "ask_wording"),
        ("minutes.drop", "decision_scrapped"),
        ("minutes.record", "record_which"),
    ],
)
def test_every_button_of_a_draft_leads_on(database: Database, action: str, kind: str) -> None:
    office = _held(database)
    office.types(MENG, "会议", DURING)
    for pressed in ("meeting.show", "minutes.record", "minutes.topic"):
        office.presses(MENG, pressed, DURING)
    office.types(MENG, WHOLE, DURING)
    assert _kinds(office.presses(MENG, action, DURING)) == [kind]


def test_every_button_of_a_question_leads_on(database: Database) -> None:
    office = _held(database)
    office.types(MENG, "会议", DURING)
    for pressed in ("meeting.show", "minutes.record", "minutes.other"):
        office.presses(MENG, pressed, DURING)
    assert _kinds(office.types(MENG, "白露大道", DURING)) == ["ask_wording"]
    assert _kinds(office.types(MENG, "完成签约", DURING)) == ["ask_decided_unit"]
    assert _kinds(office.presses(MENG, "minutes.take", DURING)) == ["draft_decision"]
    office.presses(MENG, "minutes.support", DURING)
    assert _kinds(office.presses(MENG, "minutes.no_support", DURING)) == ["draft_decision"]
    office.presses(MENG, "minutes.day", DURING)
    assert _kinds(office.types(MENG, "12月1日", DURING)) == ["decision_odd"]
    assert _kinds(office.presses(MENG, "minutes.other_day", DURING)) == ["ask_due_day"]
    office.types(MENG, "12月1日", DURING)
    assert _kinds(office.presses(MENG, "minutes.sure", DURING)) == ["draft_decision"]
    office.presses(MENG, "minutes.day", DURING)
    assert _kinds(office.presses(MENG, "minutes.usual_day", DURING)) == ["draft_decision"]


def test_what_a_unit_refused_is_given_to_another_without_a_meeting(database: Database) -> None:
    office = _held(database)
    office.types(MENG, "会议", DURING)
    for pressed in ("meeting.show", "minutes.record", "minutes.topic"):
        office.presses(MENG, pressed, DURING)
    office.types(MENG, WHOLE, DURING)
    for pressed in ("minutes.drafts", "minutes.approve", "minutes.approve_yes"):
        office.presses(MENG, pressed, DURING)
    office.deliver(SOON)
    office.presses(LUO, "decision.refuse", SOON)
    office.types(LUO, "征收由住建局组织", SOON)
    office.deliver(SOON)
    assert _kinds(office.presses(MENG, "item.show", SOON)) == ["item_card"]
    assert _kinds(office.presses(MENG, "decision.record", SOON)) == ["ask_wording"]
    office.types(MENG, "改由住建局签约；柳州市住建局", SOON)
    assert _kinds(office.presses(MENG, "minutes.issue", SOON)) == ["confirm_issue"]
    assert _kinds(office.presses(MENG, "minutes.issue_yes", SOON)) == ["decisions_issued"]
    # The meeting's article was another unit's duty: it hears that this is over.
    told = {one.account: one.kind for one in office.deliver(SOON)}
    assert told[LUO] == "decisions_relieved"


def _held(database: Database) -> Offline:
    with database.transaction() as session:
        a_hall(session)
    return Offline(database)


def _kinds(heard: list[Heard]) -> list[str]:
    return [one.kind for one in heard]
