import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.tables.items import DecisionState, ItemEntry
from db.tables.people import Contact
from db.tables.reporting import Problem
from domain.items.machine import ItemAct, ItemState
from domain.vocabulary import ActualState, ProblemKind, Role
from templates.deciding import (
    AskDecidedProject,
    AskDecidedUnit,
    AskDueDay,
    AskSupportingUnits,
    AskWording,
    DecisionOdd,
    DecisionScrapped,
    DraftDecision,
    DraftOver,
    ItemOver,
    MeetingNotBegun,
    Odd,
    Offer,
    RecordWhich,
)
from templates.linking import HowToLink
from templates.message import Button
from templates.office import StaleButton
from templates.organising import MeetingOverview
from templates.refusals import NotYours
from tests import builders
from tests.builders import the_cast
from tests.usecases.items.deciding import (
    DURING,
    WHOLE,
    a_draft,
    a_hall,
    approves,
    decisions,
    items,
    records,
    topic,
)
from tests.usecases.meetings.hall import MEETING, NOW, a_meeting, at, does, only, types
from usecases.dialogs import go_on
from usecases.items.asking import be_sure, no_more_support, other_day, take_unit, usual_day
from usecases.items.book import claimed, note
from usecases.items.raising import raise_item
from usecases.items.recording import (
    Page,
    choose_project,
    record,
    record_item,
    record_other,
    record_topic,
)
from usecases.items.redrafting import (
    change_day,
    change_support,
    change_text,
    change_unit,
    drop_draft,
    record_again,
    show_draft,
)
from usecases.meetings.ahead import show_meeting


def test_what_a_meeting_decided_is_recorded_once_it_has_begun(session: Session) -> None:
    hall = a_hall(session)
    early = MEETING - dtm.timedelta(minutes=1)
    before = does(session, hall.cast.meng, record, Page(hall.meeting_id), early)
    assert isinstance(before, MeetingNotBegun)
    view = does(session, hall.cast.meng, show_meeting, hall.meeting_id, DURING)
    assert isinstance(view, MeetingOverview)
    keys = [key for row in view.rows() for key in row if isinstance(key, Button)]
    assert ("minutes.record", (hall.meeting_id, 0)) in [(key.action, key.args) for key in keys]
    which = does(session, hall.cast.meng, record, Page(hall.meeting_id), DURING)
    assert isinstance(which, RecordWhich)
    (line,) = which.lines
    assert (line.project, line.kind, line.words) == (
        "白露大道（一期）",
        ProblemKind.LAND_ACQUISITION,
        "剩2户未签约",
    )


def test_a_decision_typed_in_one_message_is_a_draft_at_once(session: Session) -> None:
    hall = a_hall(session)
    card = records(session, hall)
    assert isinstance(card, DraftDecision)
    assert card.line.text == "完成剩余2户征收签约"
    assert (card.line.unit, card.line.supporting) == ("柳北区政府", ("柳州市住建局",))
    assert (card.line.due_at, card.line.is_default) == (at(12, 30, 18), False)
    assert decisions(session) == [("完成剩余2户征收签约", "柳北区政府", DecisionState.DRAFT)]


def test_a_problem_becomes_an_item_when_its_decision_is_recorded(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    (item,) = items(session)
    assert (item.text, item.kind) == ("剩2户未签约", ProblemKind.LAND_ACQUISITION)
    assert item.state is ItemState.RAISED
    assert [entry.act for entry in session.exec(select(ItemEntry))] == [ItemAct.RAISED]


def test_an_overdue_start_becomes_an_item_named_for_it(session: Session) -> None:
    cast = the_cast(session)
    cast.project.actual_state = ActualState.OVERDUE_START
    a_meeting(session, cast)
    does(session, cast.meng, record_topic, topic(session), DURING)
    types(session, cast.meng, "年底前开工；柳州市住建局", DURING)
    (item,) = items(session)
    assert (item.text, item.kind) == ("逾期开工", ProblemKind.OTHER)


def test_what_is_missing_is_asked_for_and_the_default_deadline_said(session: Session) -> None:
    hall = a_hall(session)
    ask = records(session, hall, "完成剩余2户征收签约")
    assert isinstance(ask, AskDecidedUnit)
    assert [unit.unit for unit in ask.units] == ["柳州市住建局"]
    card = types(session, hall.cast.meng, "柳北区", DURING)
    assert isinstance(card, DraftDecision)
    assert card.line.unit == "柳北区政府"
    assert (card.line.is_default, card.working_days) == (True, 20)
    assert card.line.due_at == at(12, 30, 18)


def test_a_message_without_words_is_asked_again(session: Session) -> None:
    hall = a_hall(session)
    ask = records(session, hall, "；")
    assert isinstance(ask, AskWording)
    assert ask.problem is Offer.NO_TEXT
    too_long = types(session, hall.cast.meng, "长" * 501, DURING)
    assert isinstance(too_long, AskWording)
    assert too_long.problem is Offer.TOO_LONG


def test_a_name_several_units_bear_is_picked_from_them(session: Session) -> None:
    hall = a_hall(session)
    builders.a_unit(session, "柳北区住建局")
    ask = records(session, hall, "完成签约；住建局")
    assert isinstance(ask, AskDecidedUnit)
    assert ask.problem is Offer.SEVERAL
    # The project's own unit stands first.
    assert [unit.unit for unit in ask.units] == ["柳州市住建局", "柳北区住建局"]
    card = does(session, hall.cast.meng, take_unit, ask.units[1].unit_id, DURING)
    assert isinstance(card, DraftDecision)
    assert card.line.unit == "柳北区住建局"


def test_a_name_that_is_only_alike_is_offered_and_never_taken(session: Session) -> None:
    hall = a_hall(session)
    ask = records(session, hall, "完成签约；柳北区人民政府")
    assert isinstance(ask, AskDecidedUnit)
    assert "柳北区政府" in [unit.unit for unit in ask.units]


def test_a_part_that_names_no_unit_stays_in_the_words(session: Session) -> None:
    hall = a_hall(session)
    ask = records(session, hall, "完成签约；XYZ")
    assert isinstance(ask, AskDecidedUnit)
    assert ask.text == "完成签约；XYZ"


def test_a_supporting_unit_that_is_not_clear_is_asked_for(session: Session) -> None:
    hall = a_hall(session)
    builders.a_unit(session, "柳北区住建局")
    ask = records(session, hall, "完成签约；柳北区政府；配合住建局、市教育局")
    assert isinstance(ask, AskSupportingUnits)
    assert (ask.said, ask.kept) == ("住建局", ("市教育局",))
    card = does(session, hall.cast.meng, take_unit, ask.units[0].unit_id, DURING)
    assert isinstance(card, DraftDecision)
    assert card.line.supporting == ("市教育局", "柳州市住建局")


def test_who_helps_may_be_left_open(session: Session) -> None:
    hall = a_hall(session)
    records(session, hall, "完成签约；柳北区政府；配合XYZ")
    card = does(session, hall.cast.meng, no_more_support, None, DURING)
    assert isinstance(card, DraftDecision)
    assert card.line.supporting == ()


@pytest.mark.parametrize(("day", "odd"), [("12月1日", Odd.DAY_PAST), ("12月27日", Odd.DAY_OFF)])
def test_an_odd_deadline_is_asked_about_and_not_refused(
    session: Session, day: str, odd: Odd
) -> None:
    hall = a_hall(session)
    ask = records(session, hall, f"完成签约；柳北区政府；{day}前")
    assert isinstance(ask, DecisionOdd)
    assert ask.odd == (odd,)
    card = does(session, hall.cast.meng, be_sure, None, DURING)
    assert isinstance(card, DraftDecision)


def test_another_day_may_be_typed_at_once_or_after_a_button(session: Session) -> None:
    hall = a_hall(session)
    records(session, hall, "完成签约；柳北区政府；12月1日前")
    ask = does(session, hall.cast.meng, other_day, None, DURING)
    assert isinstance(ask, AskDueDay)
    unread = types(session, hall.cast.meng, "尽快", DURING)
    assert isinstance(unread, AskDueDay)
    assert unread.problem is Offer.NOT_A_DAY
    card = types(session, hall.cast.meng, "12月31日前", DURING)
    assert isinstance(card, DraftDecision)
    assert card.line.due_at == at(12, 31, 18)


def test_a_withdrawn_project_is_told_of_and_the_words_are_not_lost(session: Session) -> None:
    hall = a_hall(session)
    hall.cast.listing.withdrawn_at = DURING
    ask = records(session, hall)
    assert isinstance(ask, DecisionOdd)
    assert ask.odd == (Odd.WITHDRAWN,)
    assert ask.text == "完成剩余2户征收签约"
    card = does(session, hall.cast.meng, be_sure, None, DURING)
    assert isinstance(card, DraftDecision)
    assert card.line.is_withdrawn


def test_another_project_is_named_by_its_name(session: Session) -> None:
    hall = a_hall(session)
    school = builders.a_project(session, "柳江新高中")
    builders.a_listing(session, school, units=(hall.district,))
    ask = does(session, hall.cast.meng, record_other, hall.meeting_id, DURING)
    assert isinstance(ask, AskDecidedProject)
    nothing = types(session, hall.cast.meng, "XYZXYZ", DURING)
    assert isinstance(nothing, AskDecidedProject)
    words = types(session, hall.cast.meng, "柳江新高中", DURING)
    assert isinstance(words, AskWording)
    types(session, hall.cast.meng, "办结施工许可；柳北区政府", DURING)
    (item,) = items(session)
    assert (item.project_id, item.text) == (school.id, "办结施工许可")


def test_a_project_is_picked_from_several(session: Session) -> None:
    hall = a_hall(session)
    parks = [builders.a_project(session, f"柳江公园（{one}期）") for one in "一二"]
    does(session, hall.cast.meng, record_other, hall.meeting_id, DURING)
    ask = types(session, hall.cast.meng, "柳江公园", DURING)
    assert isinstance(ask, AskDecidedProject)
    assert {one for one, _ in ask.found} == {park.id for park in parks}
    words = does(session, hall.cast.meng, choose_project, parks[1].id, DURING)
    assert isinstance(words, AskWording)
    assert words.project == "柳江公园（二期）"


def test_a_decision_without_a_meeting_is_recorded_from_its_item(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    approves(session, hall)
    (item,) = items(session)
    ask = does(session, hall.cast.meng, record_item, item.id, DURING)
    assert isinstance(ask, AskWording)
    assert ask.item_id == item.id
    card = types(session, hall.cast.meng, "改由住建局牵头签约；柳州市住建局", DURING)
    assert isinstance(card, DraftDecision)
    assert (card.head, card.replaces) == (None, "柳北区政府")


def test_nothing_is_decided_on_an_item_that_came_to_its_end(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    approves(session, hall)
    (row,) = items(session)
    does(session, hall.cast.meng, record_item, row.id, DURING)
    item = claimed(session, row.id, DURING)
    assert item
    note(session, item, ItemAct.DROPPED, DURING)
    late = types(session, hall.cast.meng, WHOLE, DURING)
    assert isinstance(late, ItemOver)
    assert late.said == "完成剩余2户征收签约"
    assert isinstance(does(session, hall.cast.meng, record_item, row.id, DURING), ItemOver)


def test_the_agenda_leads_to_what_is_recorded_already(session: Session) -> None:
    hall = a_hall(session)
    decision_id = a_draft(session, hall)
    which = does(session, hall.cast.meng, record, Page(hall.meeting_id), DURING)
    assert isinstance(which, RecordWhich)
    assert ([line.drafts for line in which.lines], which.drafts) == ([1], 1)
    card = does(session, hall.cast.meng, record_topic, topic(session), DURING)
    assert isinstance(card, DraftDecision)
    assert card.line.decision_id == decision_id


def test_a_second_decision_on_one_matter_is_an_item_of_its_own(session: Session) -> None:
    hall = a_hall(session)
    decision_id = a_draft(session, hall)
    does(session, hall.cast.meng, record_again, decision_id, DURING)
    types(session, hall.cast.meng, "办结施工许可；柳州市住建局", DURING)
    first, second = items(session)
    assert first.id != second.id
    assert (second.text, second.kind) == (first.text, first.kind)
    assert len(decisions(session)) == 2


def test_two_coordinators_recording_on_one_matter_do_not_replace_each_other(
    session: Session,
) -> None:
    hall = a_hall(session)
    other = _second_coordinator(session)
    does(session, other, record_topic, topic(session), DURING)
    a_draft(session, hall)
    card = types(session, other, "办结施工许可；柳州市住建局", DURING)
    assert isinstance(card, DraftDecision)
    assert len({row.id for row in items(session)}) == 2


def test_each_part_of_a_draft_can_be_changed(session: Session) -> None:
    hall = a_hall(session)
    decision_id, meng = a_draft(session, hall), hall.cast.meng
    does(session, meng, change_text, decision_id, DURING)
    types(session, meng, "完成全部签约", DURING)
    does(session, meng, change_unit, decision_id, DURING)
    types(session, meng, "市教育局", DURING)
    does(session, meng, change_support, decision_id, DURING)
    types(session, meng, "柳北区政府、柳州市住建局", DURING)
    does(session, meng, change_day, decision_id, DURING)
    types(session, meng, "月底前", DURING)
    card = does(session, meng, show_draft, decision_id, DURING)
    assert isinstance(card, DraftDecision)
    line = card.line
    assert (line.text, line.unit) == ("完成全部签约", "市教育局")
    assert line.supporting == ("柳北区政府", "柳州市住建局")
    assert line.due_at == at(12, 31, 18)


def test_the_usual_deadline_can_be_chosen_again(session: Session) -> None:
    hall = a_hall(session)
    decision_id = a_draft(session, hall)
    does(session, hall.cast.meng, change_day, decision_id, DURING)
    card = does(session, hall.cast.meng, usual_day, None, DURING)
    assert isinstance(card, DraftDecision)
    assert card.line.is_default


def test_a_dropped_draft_takes_the_item_raised_for_it_along(session: Session) -> None:
    hall = a_hall(session)
    decision_id = a_draft(session, hall)
    gone = does(session, hall.cast.meng, drop_draft, decision_id, DURING)
    assert isinstance(gone, DecisionScrapped)
    (item,) = items(session)
    assert item.state is ItemState.DROPPED
    again = does(session, hall.cast.meng, drop_draft, decision_id, DURING)
    assert again == DraftOver(item.id, is_issued=False)
    # The problem stands, so that it can be decided on anew.
    assert isinstance(records(session, hall), DraftDecision)


def test_an_item_that_was_raised_before_stays_when_its_draft_is_dropped(
    session: Session,
) -> None:
    hall = a_hall(session)
    problem = session.exec(select(Problem)).one()
    does(session, hall.cast.huang, raise_item, problem.id, NOW)
    decision_id = a_draft(session, hall)
    does(session, hall.cast.meng, drop_draft, decision_id, DURING)
    assert [item.state for item in items(session)] == [ItemState.RAISED]


def test_a_draft_that_was_given_out_meanwhile_is_no_draft(session: Session) -> None:
    hall = a_hall(session)
    decision_id = a_draft(session, hall)
    does(session, hall.cast.meng, change_text, decision_id, DURING)
    approves(session, hall)
    for over in (
        types(session, hall.cast.meng, "别的", DURING),
        does(session, hall.cast.meng, show_draft, decision_id, DURING),
        does(session, hall.cast.meng, drop_draft, decision_id, DURING),
    ):
        assert isinstance(over, DraftOver)
        assert over.is_issued
    assert decisions(session)[0][0] == "完成剩余2户征收签约"


def test_a_conversation_that_slept_is_taken_up_where_it_stood(session: Session) -> None:
    hall = a_hall(session)
    records(session, hall, "完成签约")
    later = DURING + dtm.timedelta(hours=3)
    types(session, hall.cast.meng, "柳北区政府", later)
    ask = does(session, hall.cast.meng, go_on, None, later)
    assert isinstance(ask, AskDecidedUnit)
    assert ask.text == "完成签约"


def test_only_the_office_records_decisions(session: Session) -> None:
    hall = a_hall(session)
    decision_id = a_draft(session, hall)
    for who in (hall.cast.huang, hall.cast.qin, hall.cast.lu, hall.cast.wei, hall.cast.tan):
        for use_case, given in ((record_topic, topic(session)), (drop_draft, decision_id)):
            assert isinstance(does(session, who, use_case, given, DURING), NotYours)
    stranger = builders.asker(session, None)
    assert isinstance(only(drop_draft(session, stranger, decision_id, DURING)), HowToLink)


@pytest.mark.parametrize("use_case", [be_sure, other_day, usual_day, no_more_support])
def test_a_button_of_a_question_that_is_not_asked_is_stale(session: Session, use_case) -> None:  # type: ignore[no-untyped-def]
    hall = a_hall(session)
    assert does(session, hall.cast.meng, use_case, None, DURING) == StaleButton()


@pytest.mark.parametrize("use_case", [take_unit, choose_project, record_topic, show_draft])
def test_a_button_that_leads_nowhere_is_stale(session: Session, use_case) -> None:  # type: ignore[no-untyped-def]
    hall = a_hall(session)
    assert does(session, hall.cast.meng, use_case, 10**6, DURING) == StaleButton()


def _second_coordinator(session: Session) -> Contact:
    contact = builders.a_contact(session, "农协调员", account=1020)
    builders.an_assignment(session, contact, Role.COORDINATOR)
    return contact
