import datetime as dtm
from concurrent.futures import ThreadPoolExecutor

from sqlmodel import Session, select

from db.session import Database
from db.tables.items import Decision, DecisionState, ItemEntry
from db.tables.meetings import Meeting
from db.tables.people import Assignment, Contact, Leave
from domain.access import ScopeKind
from domain.items.machine import ItemAct, ItemState
from domain.vocabulary import Role
from templates.deciding import DraftDecision, DraftOver
from templates.message import Button, Message
from templates.minutes import (
    ConfirmIssue,
    ConfirmMinutes,
    DecisionsIssued,
    DraftDecisions,
    MinutesApproved,
    NoDecisionRecorded,
)
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.render import render
from tests import builders
from tests.builders import asker
from tests.usecases.items.deciding import (
    DURING,
    Hall,
    a_draft,
    a_hall,
    approves,
    as_it_stands,
    decisions,
    items,
)
from tests.usecases.meetings.hall import at, does, heard, kinds_heard, types
from usecases.items.approving import Approval, approve, confirm, confirm_issue, issue, show_drafts
from usecases.items.book import claimed, note
from usecases.items.recording import record_item
from usecases.items.redrafting import change_day, record_again

# The meeting was on a Wednesday afternoon; the units hear of it in the same window.
SOON = at(12, 2, 16)
NEXT_MORNING = at(12, 3, 9)


def test_a_meetings_drafts_are_listed_in_the_order_of_the_minutes(session: Session) -> None:
    hall = a_hall(session)
    _two_drafts(session, hall)
    shown = does(session, hall.cast.meng, show_drafts, hall.meeting_id, DURING)
    assert isinstance(shown, DraftDecisions)
    assert [(line.article, line.unit) for line in shown.lines] == [
        (1, "柳北区政府"),
        (2, "柳州市住建局"),
    ]


def test_the_list_says_which_units_are_to_be_phoned(session: Session) -> None:
    hall = a_hall(session)
    hall.luo.telegram_user_id = None
    a_draft(session, hall)
    ask = does(session, hall.cast.meng, confirm, hall.meeting_id, DURING)
    assert isinstance(ask, ConfirmMinutes)
    assert (ask.decisions, ask.units) == (1, ("柳北区政府",))
    assert [(line.unit, line.person) for line in ask.to_phone] == [("柳北区政府", "罗联络员")]


def test_approved_minutes_put_every_draft_into_force(session: Session) -> None:
    hall = a_hall(session)
    _two_drafts(session, hall)
    issued = approves(session, hall)
    assert isinstance(issued, DecisionsIssued)
    assert [line.article for line in issued.lines] == [1, 2]
    meeting = session.get_one(Meeting, hall.meeting_id)
    assert meeting.minutes_approved_at == DURING
    assert meeting.minutes_approved_by_id == hall.cast.meng.id
    assert {state for _, _, state in decisions(session)} == {DecisionState.IN_FORCE}
    assert {item.state for item in items(session)} == {ItemState.ASSIGNED}
    decided = select(ItemEntry).where(ItemEntry.act == ItemAct.DECIDED)
    assert [(entry.text, entry.due_at, entry.by_id) for entry in session.exec(decided).all()] == [
        ("完成剩余2户征收签约", at(12, 30, 18), hall.cast.meng.id),
        ("办结施工许可", at(12, 30, 18), hall.cast.meng.id),
    ]


def test_a_deadline_nobody_named_counts_from_the_approval(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall, "完成签约；柳北区政府")
    approves(session, hall, at(12, 4, 10))
    # Twenty working days after 4 December, past New Year's days off.
    assert session.exec(select(Decision)).one().due_at == at(12, 31, 18) + dtm.timedelta(days=4)


def test_a_named_deadline_stays_whenever_the_minutes_are_approved(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    approves(session, hall, at(12, 4, 10))
    assert session.exec(select(Decision)).one().due_at == at(12, 30, 18)


def test_a_day_that_passed_before_the_approval_is_said_before_it_is_given_out(
    session: Session,
) -> None:
    hall = a_hall(session)
    number = a_draft(session, hall, "完成签约；柳北区政府；12月4日前")
    past = at(12, 4, 19)
    for now, is_past in ((at(12, 4, 17), False), (past, True)):
        shown = does(session, hall.cast.meng, show_drafts, hall.meeting_id, now)
        assert isinstance(shown, DraftDecisions)
        assert [line.is_past for line in shown.lines] == [is_past]
        ask = does(session, hall.cast.meng, confirm, hall.meeting_id, now)
        assert isinstance(ask, ConfirmMinutes)
        assert ask.past == int(is_past)
        assert ("时限已过" in render(ask, asker(session, hall.cast.meng).voice).text) is is_past
    does(session, hall.cast.meng, change_day, number, past)
    card = types(session, hall.cast.meng, "12月30日", past)
    assert isinstance(card, DraftDecision)
    assert not card.line.is_past


def test_minutes_are_approved_once(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    approves(session, hall)
    again = approves(session, hall, SOON)
    assert isinstance(again, MinutesApproved)
    assert (again.by, again.at) == ("蒙协调员", DURING)
    ask = does(session, hall.cast.meng, confirm, hall.meeting_id, SOON)
    assert isinstance(ask, MinutesApproved)


def test_of_two_coordinators_who_approve_at_once_one_is_first(database: Database) -> None:
    with database.transaction() as session:
        hall = a_hall(session)
        a_draft(session, hall)
        other = builders.a_contact(session, "农协调员", account=1020)
        builders.an_assignment(session, other, Role.COORDINATOR)
        pressing = [hall.cast.meng.id, other.id]
        given = as_it_stands(session, hall.meeting_id)

    def press(contact_id: int) -> Message:
        with database.transaction() as session:
            who = session.get_one(Contact, contact_id)
            return does(session, who, approve, given, DURING)

    with ThreadPoolExecutor(2) as two:
        answers = list(two.map(press, pressing))
    assert {type(answer) for answer in answers} == {DecisionsIssued, MinutesApproved}
    with database.transaction() as session:
        entries = session.exec(select(ItemEntry).where(ItemEntry.act == ItemAct.DECIDED)).all()
        assert len(entries) == 1


def test_what_was_recorded_after_the_question_is_given_out_by_no_old_button(
    session: Session,
) -> None:
    hall = a_hall(session)
    first = a_draft(session, hall)
    old = as_it_stands(session, hall.meeting_id)
    does(session, hall.cast.meng, record_again, first, DURING)
    types(session, hall.cast.meng, "办结施工许可；柳州市住建局", DURING)
    asked = does(session, hall.cast.meng, approve, old, DURING)
    assert isinstance(asked, ConfirmMinutes)
    assert (asked.decisions, asked.has_grown) == (2, True)
    assert {state for _, _, state in decisions(session)} == {DecisionState.DRAFT}
    ((yes, _),) = asked.rows()
    assert isinstance(yes, Button)
    given = Approval(*(int(one) for one in yes.args))
    issued = does(session, hall.cast.meng, approve, given, DURING)
    assert isinstance(issued, DecisionsIssued)
    assert len(issued.lines) == 2


def test_a_meeting_without_decisions_has_nothing_to_approve(session: Session) -> None:
    hall = a_hall(session)
    for use_case in (show_drafts, confirm):
        nothing = does(session, hall.cast.meng, use_case, hall.meeting_id, DURING)
        assert isinstance(nothing, NoDecisionRecorded)
    assert isinstance(approves(session, hall), NoDecisionRecorded)


def test_what_is_recorded_after_the_approval_goes_on_counting(session: Session) -> None:
    hall = a_hall(session)
    first = a_draft(session, hall)
    approves(session, hall)
    _draft_again(session, hall, first)
    later = approves(session, hall, SOON)
    assert isinstance(later, DecisionsIssued)
    assert [line.article for line in later.lines] == [2]


def test_a_draft_whose_item_came_to_its_end_is_kept_and_told(session: Session) -> None:
    hall = a_hall(session)
    _two_drafts(session, hall)
    item = claimed(session, items(session)[0].id, DURING)
    assert item
    note(session, item, ItemAct.DROPPED, DURING)
    issued = approves(session, hall)
    assert isinstance(issued, DecisionsIssued)
    assert [(line.article, line.unit) for line in issued.lines] == [(1, "柳州市住建局")]
    assert [line.unit for line in issued.left] == ["柳北区政府"]


def test_a_new_decision_replaces_the_one_in_force(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    approves(session, hall)
    card_id = _draft_of_item(session, hall, "改由住建局牵头签约；柳州市住建局；12月31日")
    ask = does(session, hall.cast.meng, confirm_issue, card_id, SOON)
    assert isinstance(ask, ConfirmIssue)
    issued = does(session, hall.cast.meng, issue, card_id, SOON)
    assert isinstance(issued, DecisionsIssued)
    assert (issued.head, issued.lines[0].article) == (None, 0)
    assert [state for _, _, state in decisions(session)] == [
        DecisionState.REPLACED,
        DecisionState.IN_FORCE,
    ]
    assert session.exec(select(Decision)).first().next_act_at is None  # type: ignore[union-attr]
    again = does(session, hall.cast.meng, issue, card_id, SOON)
    assert again == DraftOver(items(session)[0].id, is_issued=True)


def test_a_meetings_draft_waits_for_its_minutes(session: Session) -> None:
    hall = a_hall(session)
    decision_id = a_draft(session, hall)
    assert does(session, hall.cast.meng, issue, decision_id, DURING) == StaleButton()
    assert does(session, hall.cast.meng, approve, Approval(10**6), DURING) == StaleButton()


def test_only_the_office_approves(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    for who in (hall.cast.huang, hall.cast.qin, hall.cast.lu, hall.cast.wei, hall.cast.tan):
        for use_case in (show_drafts, confirm):
            assert isinstance(does(session, who, use_case, hall.meeting_id, DURING), NotYours)
        given = as_it_stands(session, hall.meeting_id)
        assert isinstance(does(session, who, approve, given, DURING), NotYours)


def test_the_unit_its_commissioner_and_who_helps_hear_of_a_decision(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    assert "decisions_assigned" not in [kind for _, kind in kinds_heard(session, DURING)]
    approves(session, hall)
    told = {name: (kind, text) for name, kind, text in heard(session, SOON)}
    assert {name: kind for name, (kind, _) in told.items()} == {
        "罗联络员": "decisions_assigned",
        "何专员": "decisions_copied",
        "黄联络员": "decisions_to_support",
    }
    assert told["罗联络员"][1].splitlines()[1:] == [
        f"<b>议定事项{items(session)[0].id}</b> 白露大道（一期）：完成剩余2户征收签约",
        "责任 柳北区政府　配合 柳州市住建局",
        "时限 12月30日(周三)",
        "依据 12月2日(周三)协调会纪要第1条",
    ]


def test_several_decisions_of_a_meeting_are_one_message(session: Session) -> None:
    hall = a_hall(session)
    first = a_draft(session, hall, "完成签约；柳北区政府")
    _draft_again(session, hall, first, "交出施工用地；柳北区政府")
    approves(session, hall)
    assert kinds_heard(session, SOON) == [
        ("罗联络员", "decisions_assigned"),
        ("何专员", "decisions_copied"),
    ]


def test_what_was_signed_before_the_message_left_is_not_asked_again(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall, "完成签约；柳北区政府")
    approves(session, hall)
    item = claimed(session, items(session)[0].id, DURING)
    assert item
    note(session, item, ItemAct.SIGNED, DURING, by_id=hall.he.id)
    assert kinds_heard(session, SOON) == [("何专员", "decisions_copied")]


def test_the_relieved_unit_hears_whose_duty_it_is_now(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall, "完成签约；柳北区政府")
    approves(session, hall)
    heard(session, SOON)
    does(session, hall.cast.meng, issue, _draft_of_item(session, hall), SOON)
    told = {name: (kind, text) for name, kind, text in heard(session, NEXT_MORNING)}
    assert told["罗联络员"][0] == "decisions_relieved"
    assert "现由柳州市住建局负责" in told["罗联络员"][1]
    assert told["黄联络员"][0] == "decisions_assigned"


def test_who_had_not_heard_of_a_decision_yet_hears_of_no_change_of_unit(
    session: Session,
) -> None:
    hall = a_hall(session)
    a_draft(session, hall, "完成签约；柳北区政府")
    approves(session, hall)
    does(session, hall.cast.meng, issue, _draft_of_item(session, hall), DURING)
    assert "罗联络员" not in [name for name, _ in kinds_heard(session, SOON)]


def test_the_office_hears_of_a_unit_that_cannot_be_told(session: Session) -> None:
    hall = a_hall(session)
    hall.luo.telegram_user_id = None
    other = builders.a_contact(session, "农协调员", account=1020)
    builders.an_assignment(session, other, Role.COORDINATOR)
    a_draft(session, hall, "完成签约；柳北区政府")
    issued = approves(session, hall)
    assert isinstance(issued, DecisionsIssued)
    assert issued.lines[0].phone == hall.luo.phone
    told = {name: (kind, text) for name, kind, text in heard(session, SOON)}
    # Whoever approved saw it at once.
    assert set(told) == {"农协调员", "何专员"}
    assert str(hall.luo.phone) in told["农协调员"][1]


def test_whoever_answers_for_the_unit_by_then_is_told(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall, "完成签约；柳北区政府")
    approves(session, hall)
    deputy = builders.a_contact(session, "莫副科长", unit=hall.district, account=1021)
    _on_leave(session, hall.luo, deputy)
    told = kinds_heard(session, SOON)
    assert ("莫副科长", "decisions_assigned") in told
    assert "罗联络员" not in [name for name, _ in told]


def test_a_liaison_who_went_on_leave_without_a_deputy_is_told_all_the_same(
    session: Session,
) -> None:
    hall = a_hall(session)
    a_draft(session, hall, "完成签约；柳北区政府")
    approves(session, hall)
    _on_leave(session, hall.luo, None)
    assert ("罗联络员", "decisions_assigned") in kinds_heard(session, SOON)


def test_the_copy_goes_to_whoever_is_commissioner_when_it_leaves(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    approves(session, hall)
    held = select(Assignment).where(Assignment.contact_id == hall.he.id)
    session.exec(held).one().until = DURING
    new = builders.a_contact(session, "覃新专员", unit=hall.district, account=1031)
    scope = (ScopeKind.ORGANISATION, hall.district.id)
    builders.an_assignment(session, new, Role.COMMISSIONER, *scope)
    copied = [name for name, kind in kinds_heard(session, SOON) if kind == "decisions_copied"]
    assert copied == ["覃新专员"]


def _on_leave(session: Session, who: Contact, deputy: Contact | None) -> None:
    session.add(
        Leave(
            contact_id=who.id,
            first_day=SOON.date(),
            last_day=SOON.date(),
            deputy_id=deputy.id if deputy else None,
            entered_by_id=who.id,
            entered_at=DURING,
        )
    )
    session.flush()


def _two_drafts(session: Session, hall: Hall) -> None:
    _draft_again(session, hall, a_draft(session, hall))


def _draft_again(
    session: Session,
    hall: Hall,
    decision_id: int,
    text: str = "办结施工许可；柳州市住建局；12月30日",
) -> None:
    does(session, hall.cast.meng, record_again, decision_id, DURING)
    types(session, hall.cast.meng, text, DURING)


def _draft_of_item(
    session: Session, hall: Hall, text: str = "改由住建局牵头签约；柳州市住建局"
) -> int:
    """A draft without a meeting on the first item."""
    does(session, hall.cast.meng, record_item, items(session)[0].id, DURING)
    types(session, hall.cast.meng, text, DURING)
    return max(row.id for row in session.exec(select(Decision)))
