"""A unit signs for what was decided, or says that it is no duty of its."""

import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.tables.people import Assignment, Contact
from db.tables.speech import Dialog, Message
from domain.access import ScopeKind
from domain.chain import Rung
from domain.items.machine import ItemAct, ItemState
from domain.items.ways import Way
from domain.vocabulary import Level, Role
from templates.item_answers import AskDecisionWords, DecisionsSigned, DecisionStanding
from templates.linking import HowToLink
from templates.office import StaleButton
from templates.refusals import NotYours
from tests import builders
from tests.builders import Cast, asker, the_cast
from tests.usecases.items.desk import NOW, a_decided, again, an_item, heard, kinds_heard
from tests.usecases.meetings.hall import a_meeting, at, does, only, types
from usecases import dialogs
from usecases.answers import InPlace
from usecases.items import answer_notices, assigning, closing_out, signing
from usecases.items.book import Item, thread
from usecases.notices import Subject, notify

LATER = at(12, 3, 9)


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


def ways(standing: object) -> tuple[Way, ...]:
    assert isinstance(standing, DecisionStanding)
    return standing.line.ways.ways


def acts(session: Session, item: Item) -> list[ItemAct]:
    return [entry.act for entry in thread(session, item.id)]


def refused(session: Session, cast: Cast, words: str = "属市自然资源局职责") -> Item:
    """Huang has said that it is no duty of theirs."""
    item = a_decided(session, cast)
    does(session, cast.huang, signing.ask_refuse, item.id, LATER)
    types(session, cast.huang, words, LATER)
    return item


def of_the_region(session: Session, cast: Cast, name: str, account: int, role: Role) -> Contact:
    """Somebody who holds a role over the region the cast's project is in."""
    contact = builders.a_contact(session, name, account=account)
    region_id = cast.project.region_id
    builders.an_assignment(session, contact, role, ScopeKind.REGION, region_id)
    return contact


def test_the_message_becomes_where_the_item_stands_when_the_liaison_signs(
    session: Session, cast: Cast
) -> None:
    item = a_decided(session, cast)
    (answer,) = signing.sign(session, asker(session, cast.huang, LATER), item.id, LATER)
    assert isinstance(answer, InPlace)
    standing = answer.message
    assert isinstance(standing, DecisionStanding)
    assert standing.line.state is ItemState.IN_HAND
    assert standing.line.happened
    assert (standing.line.happened.by, standing.line.happened.at) == ("黄联络员", LATER)
    assert ways(standing) == (Way.PROGRESS, Way.DONE, Way.EXTEND)
    assert again(session, item.id).row.state is ItemState.IN_HAND


def test_the_commissioner_signs_where_the_liaison_does_not(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    does(session, cast.qin, signing.sign, item.id, LATER)
    assert again(session, item.id).row.state is ItemState.IN_HAND


def test_who_presses_second_sees_who_signed_and_when(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    does(session, cast.huang, signing.sign, item.id, LATER)
    standing = does(session, cast.qin, signing.sign, item.id, LATER + dtm.timedelta(minutes=1))
    assert isinstance(standing, DecisionStanding)
    assert standing.line.happened
    assert (standing.line.happened.by, standing.line.happened.at) == ("黄联络员", LATER)
    assert acts(session, item).count(ItemAct.SIGNED) == 1


@pytest.mark.parametrize("who", ["ou", "wei", "lu", "tan"])
def test_nobody_else_signs_for_the_unit(session: Session, cast: Cast, who: str) -> None:
    item = a_decided(session, cast)
    answer = does(session, getattr(cast, who), signing.sign, item.id, LATER)
    assert isinstance(answer, NotYours)
    assert again(session, item.id).row.state is ItemState.ASSIGNED


def test_whoever_is_told_for_a_unit_without_people_of_its_own_signs_for_it(
    session: Session, cast: Cast
) -> None:
    village = builders.a_unit(session, "柳江区里雍镇政府")
    item = a_decided(session, cast, unit=village)
    item.row.level = Level.COUNTY
    jiang = of_the_region(session, cast, "蒋联络员", 1031, Role.LIAISON)
    assert answer_notices.tell_unit(
        session, answer_notices.INSISTED, item, thread(session, item.id)[-1], LATER
    )
    assert kinds_heard(session, LATER) == [("蒋联络员", "decisions_insisted")]
    does(session, jiang, signing.sign, item.id, LATER)
    assert again(session, item.id).row.state is ItemState.IN_HAND


@pytest.mark.parametrize(("leads", "is_told"), [(True, True), (False, False)])
def test_a_regions_leader_hears_of_the_unit_that_leads_its_project_and_of_no_other_bureau(
    session: Session, cast: Cast, *, leads: bool, is_told: bool
) -> None:
    bureau = builders.a_unit(session) if leads else builders.a_unit(session, "市自然资源局")
    item = a_decided(session, cast, unit=bureau)
    session.exec(select(Assignment).where(Assignment.contact_id == cast.qin.id)).one().until = NOW
    of_the_region(session, cast, "蒋专员", 1031, Role.COMMISSIONER)
    entry = thread(session, item.id)[-1]
    rung = Rung.COMMISSIONER
    told = answer_notices.tell_unit(session, answer_notices.INSISTED, item, entry, LATER, rung)
    assert told is is_told


def test_a_stranger_hears_how_to_link_and_a_made_up_item_is_no_item(
    session: Session, cast: Cast
) -> None:
    item = a_decided(session, cast)
    stranger = only(signing.sign(session, asker(session, None, LATER), item.id, LATER))
    assert isinstance(stranger, HowToLink)
    assert isinstance(does(session, cast.huang, signing.sign, 4711, LATER), StaleButton)


def test_all_that_is_signed_for_at_once_is_what_the_pressed_message_told(
    session: Session, cast: Cast
) -> None:
    meeting_id = a_meeting(session, cast).id
    told = [a_decided(session, cast, meeting_id=meeting_id) for _ in range(2)]
    for item in told:
        assert item.decided
        subject = Subject("decision", item.decided.id)
        notify(session, assigning.ASSIGNED, subject, cast.huang.id, NOW)
    heard(session, LATER)
    message = session.exec(select(Message).where(Message.kind == "decisions_assigned")).one()
    unread = a_decided(session, cast, meeting_id=meeting_id)
    pressing = asker(session, cast.huang, LATER).on(message)
    signed = only(signing.sign_all(session, pressing, meeting_id, LATER))
    assert isinstance(signed, DecisionsSigned)
    assert [line.head.item_id for line in signed.lines] == [item.id for item in told]
    assert again(session, unread.id).row.state is ItemState.ASSIGNED


def test_what_nobody_decided_on_is_signed_for_by_nobody(session: Session, cast: Cast) -> None:
    item = an_item(session, cast)
    assert isinstance(does(session, cast.huang, signing.sign, item.id, LATER), NotYours)


def test_all_of_a_meeting_that_binds_the_unit_is_signed_for_at_once(
    session: Session, cast: Cast
) -> None:
    meeting_id = a_meeting(session, cast).id
    ours = [a_decided(session, cast, meeting_id=meeting_id) for _ in range(2)]
    other = builders.a_unit(session, "市教育局")
    theirs = a_decided(session, cast, unit=other, meeting_id=meeting_id)
    elsewhere = a_decided(session, cast)
    signed = does(session, cast.huang, signing.sign_all, meeting_id, LATER)
    assert isinstance(signed, DecisionsSigned)
    assert signed.count == 2
    assert [line.head.item_id for line in signed.lines] == [item.id for item in ours]
    assert {again(session, item.id).row.state for item in ours} == {ItemState.IN_HAND}
    assert again(session, theirs.id).row.state is ItemState.ASSIGNED
    assert again(session, elsewhere.id).row.state is ItemState.ASSIGNED


def test_a_coordinator_who_is_a_liaison_too_signs_for_their_own_unit_only(
    session: Session, cast: Cast
) -> None:
    meeting_id = a_meeting(session, cast).id
    office = builders.a_unit(session, "市重大办")
    builders.an_assignment(session, cast.meng, Role.LIAISON, ScopeKind.ORGANISATION, office.id)
    theirs = a_decided(session, cast, meeting_id=meeting_id)
    own = a_decided(session, cast, unit=office, meeting_id=meeting_id)
    does(session, cast.meng, signing.sign_all, meeting_id, LATER)
    assert again(session, own.id).row.state is ItemState.IN_HAND
    assert again(session, theirs.id).row.state is ItemState.ASSIGNED
    standing = does(session, cast.meng, signing.show, own.id, LATER)
    assert ways(standing) == (Way.PROGRESS, Way.DONE, Way.EXTEND, Way.RECORD, Way.DROP)


def test_signing_for_all_once_more_changes_nothing(session: Session, cast: Cast) -> None:
    meeting_id = a_meeting(session, cast).id
    item = a_decided(session, cast, meeting_id=meeting_id)
    does(session, cast.huang, signing.sign_all, meeting_id, LATER)
    signed = does(session, cast.huang, signing.sign_all, meeting_id, LATER)
    assert isinstance(signed, DecisionsSigned)
    assert (signed.count, len(signed.lines)) == (0, 1)
    assert acts(session, item).count(ItemAct.SIGNED) == 1


def test_a_unit_that_nothing_was_decided_for_signs_for_nothing(
    session: Session, cast: Cast
) -> None:
    meeting_id = a_meeting(session, cast).id
    a_decided(session, cast, meeting_id=meeting_id)
    assert isinstance(does(session, cast.ou, signing.sign_all, meeting_id, LATER), StaleButton)


def test_the_office_hears_at_once_with_the_words_that_it_is_no_duty_of_the_unit(
    session: Session, cast: Cast
) -> None:
    item = refused(session, cast)
    assert again(session, item.id).row.state is ItemState.REFUSED
    ((name, kind, text),) = heard(session, LATER)
    assert (name, kind) == ("蒙协调员", "decisions_refused")
    assert "属市自然资源局职责" in text
    standing = does(session, cast.meng, signing.show, item.id, LATER)
    assert ways(standing) == (Way.RECORD, Way.INSIST, Way.DROP)


def test_a_refusal_needs_words_and_not_too_many(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    question = does(session, cast.huang, signing.ask_refuse, item.id, LATER)
    assert isinstance(question, AskDecisionWords)
    again_asked = types(session, cast.huang, "字" * 201, LATER)
    assert isinstance(again_asked, AskDecisionWords)
    assert again_asked.is_too_long
    assert again(session, item.id).row.state is ItemState.ASSIGNED
    types(session, cast.huang, "字" * 200, LATER)
    assert again(session, item.id).row.state is ItemState.REFUSED


def test_what_was_signed_for_cannot_be_refused_and_the_words_are_not_lost(
    session: Session, cast: Cast
) -> None:
    item = a_decided(session, cast)
    does(session, cast.huang, signing.ask_refuse, item.id, LATER)
    does(session, cast.qin, signing.sign, item.id, LATER)
    standing = types(session, cast.huang, "不是我们的事", LATER)
    assert isinstance(standing, DecisionStanding)
    assert standing.unsaid == "不是我们的事"
    assert again(session, item.id).row.state is ItemState.IN_HAND


def test_the_office_is_not_told_of_a_refusal_that_was_settled_before_it_left(
    session: Session, cast: Cast
) -> None:
    item = refused(session, cast)
    does(session, cast.meng, closing_out.ask_insist, item.id, LATER)
    types(session, cast.meng, "按三定方案第5条", LATER)
    assert kinds_heard(session, LATER) == [("黄联络员", "decisions_insisted")]


def test_the_unit_hears_the_words_with_which_the_office_insists_and_signs(
    session: Session, cast: Cast
) -> None:
    item = refused(session, cast)
    heard(session, LATER)
    does(session, cast.meng, closing_out.ask_insist, item.id, LATER)
    types(session, cast.meng, "按三定方案第5条", LATER)
    ((name, kind, text),) = heard(session, LATER)
    assert (name, kind) == ("黄联络员", "decisions_insisted")
    assert "按三定方案第5条" in text
    does(session, cast.huang, signing.sign, item.id, LATER)
    assert acts(session, item)[1:] == [
        ItemAct.DECIDED,
        ItemAct.REFUSED,
        ItemAct.DECIDED,
        ItemAct.SIGNED,
    ]


def test_who_is_insisted_on_has_no_less_time_than_after_a_return(
    session: Session, cast: Cast
) -> None:
    item = refused(session, cast)
    late = at(12, 30, 19)
    does(session, cast.meng, closing_out.ask_insist, item.id, late)
    types(session, cast.meng, "按三定方案第5条", late)
    decided = again(session, item.id).decided
    assert decided
    assert decided.row.due_at == at(12, 31, 18)
    assert thread(session, item.id)[-1].due_at == at(12, 31, 18)


def test_only_the_office_insists_and_only_on_what_was_refused(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    assert isinstance(does(session, cast.qin, closing_out.ask_insist, item.id, LATER), NotYours)
    standing = does(session, cast.meng, closing_out.ask_insist, item.id, LATER)
    assert isinstance(standing, DecisionStanding)


def test_leaving_the_question_leaves_the_item_as_it_is(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    does(session, cast.huang, signing.ask_refuse, item.id, LATER)
    does(session, cast.huang, dialogs.cancel, None, LATER)
    assert session.get(Dialog, 1) is None
    assert again(session, item.id).row.state is ItemState.ASSIGNED


def test_the_question_is_asked_again_after_a_pause(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    asked = does(session, cast.huang, signing.ask_refuse, item.id, NOW)
    types(session, cast.huang, "不是我们的事", LATER)
    assert does(session, cast.huang, dialogs.go_on, None, LATER) == asked
    types(session, cast.huang, "不是我们的事", LATER)
    assert again(session, item.id).row.state is ItemState.REFUSED
