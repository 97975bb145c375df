"""不归我管: somebody else reports from now on, once the liaison has confirmed it."""

import datetime as dtm
from typing import TypeVar

import pytest
from sqlmodel import Session, select

from db.tables.chasing import Handover, HandoverState, Promise
from db.tables.people import Assignment, Contact
from db.tables.reporting import Obligation, ReportDraft
from domain.access import ScopeKind
from domain.chain import Rung
from domain.vocabulary import Role
from templates.handing_over import (
    AskSuccessor,
    HandOverAsked,
    HandOverConfirmed,
    HandOverRefused,
    HandOversToConfirm,
    HandOverWhich,
    NothingToHandOver,
    SuccessorProblem,
)
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.reporting import DraftHeld, ReportQuestion
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.rounds import at, heard, names_heard
from tests.usecases.reporting.conversing import Talk
from usecases import dialogs
from usecases.answers import Answers
from usecases.chain import current_chains
from usecases.handing_over import asking, deciding
from usecases.lookup import look_up
from usecases.periods import keep_periods

T3, T1, DUE_DAY = at(20, 9), at(24, 9), at(25, 9)
Kind = TypeVar("Kind", bound=Message)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, NOW)
    return cast


@pytest.fixture
def mo(session: Session) -> Contact:
    """Somebody at the owner who reports nothing so far."""
    unit = builders.a_unit(session, "样例城投公司")
    return builders.a_contact(session, "莫某", unit=unit, account=1010, phone="19900001010")


def only(answers: Answers, kind: type[Kind]) -> Kind:
    (answer,) = answers
    assert isinstance(answer.message, kind), answer.message
    return answer.message


def types(session: Session, who: Contact, text: str, now: dtm.datetime = T3) -> Answers:
    return dialogs.hear(look_up)(session, asker(session, who, now), text, now)


def asks(session: Session, cast: Cast, name: str, project_id: int | None = None) -> Handover:
    """Wei asks to hand over, one project or all, to whoever is called so."""
    wei = asker(session, cast.wei, T3)
    only(asking.begin(session, wei, None, T3), HandOverWhich)
    if project_id is None:
        only(asking.all_projects(session, wei, None, T3), AskSuccessor)
    else:
        only(asking.one_project(session, wei, project_id, T3), AskSuccessor)
    only(types(session, cast.wei, name), HandOverAsked)
    return session.exec(select(Handover).order_by(Handover.id.desc())).first()  # type: ignore[return-value,attr-defined]


def confirms(session: Session, cast: Cast, row: Handover) -> HandOverConfirmed:
    liaison = asker(session, cast.huang, T3)
    return only(deciding.confirm(session, liaison, row.id, T3), HandOverConfirmed)


def reporters(session: Session, now: dtm.datetime) -> dict[str, int | None]:
    """Who is the main reporter of each project."""
    return {
        one.project.name: seat.holder_id
        for one in current_chains(session, now)
        if (seat := one.chain.seat(Rung.MAIN_REPORTER))
    }


def test_all_of_them_go_to_the_successor_once_the_liaison_agrees(
    session: Session, cast: Cast, mo: Contact
) -> None:
    row = asks(session, cast, "莫某")
    ((name, lines), *_) = [one for one in heard(session, T3) if one[0] == cast.huang.name]
    assert name == cast.huang.name
    assert lines[0] == "<b>韦信息员</b>（样例城投公司）说以下2项不归其报"
    assert lines[-1] == "改由 莫某（样例城投公司）"
    confirms(session, cast, row)
    assert set(reporters(session, T3).values()) == {mo.id}
    said = dict(heard(session, T3))
    assert said[mo.name][0] == "<b>以下2个项目的月报由您报</b>（原由韦信息员报）"
    assert said[cast.wei.name] == ["✅ 白露大道（一期）等2项已改由莫某报，不再提醒您"]
    assert [one for one in names_heard(session, T1) if one != mo.name] == []


def test_until_it_is_confirmed_they_are_still_reminded(
    session: Session, cast: Cast, mo: Contact
) -> None:
    asks(session, cast, "莫某")
    heard(session, T3)
    assert names_heard(session, T1) == [cast.wei.name]
    assert mo.name not in names_heard(session, DUE_DAY)


def test_posts_are_ended_and_filled_never_overwritten(
    session: Session, cast: Cast, mo: Contact
) -> None:
    confirms(session, cast, asks(session, cast, "莫某"))
    posts = select(Assignment).where(Assignment.role == Role.INFORMATION_OFFICER)
    rows = session.exec(posts.order_by(Assignment.id)).all()  # type: ignore[arg-type]
    held = [(one.contact_id, one.scope_kind, one.since, one.until) for one in rows]
    assert held == [
        (cast.wei.id, ScopeKind.ORGANISATION, builders.LONG_AGO, T3),
        (mo.id, ScopeKind.ORGANISATION, T3, None),
    ]


def test_one_of_several_leaves_the_others_where_they_were(
    session: Session, cast: Cast, mo: Contact
) -> None:
    confirms(session, cast, asks(session, cast, "莫某", cast.project.id))
    assert reporters(session, T3) == {cast.project.name: mo.id, "柳江新高中": cast.wei.id}
    heard(session, T3)
    said = dict(heard(session, T1))
    assert "1 白露大道（一期）" in said[mo.name]
    assert "1 柳江新高中" in said[cast.wei.name]


def test_a_successor_of_the_lead_unit_really_takes_over(session: Session, cast: Cast) -> None:
    nong = builders.a_contact(session, "农某", unit=builders.a_unit(session), account=1011)
    confirms(session, cast, asks(session, cast, "农某", cast.project.id))
    assert reporters(session, T3) == {cast.project.name: nong.id, "柳江新高中": cast.wei.id}


def test_the_draft_goes_along_and_authorship_stays(
    session: Session, cast: Cast, mo: Contact
) -> None:
    earlier = builders.an_accepted_month(session, cast.listing, 10)
    earlier.author_id = cast.wei.id
    owed = session.exec(
        select(Obligation).where(Obligation.project_id == cast.project.id, Obligation.id > 0)
    ).all()
    november = max(owed, key=lambda one: one.due_at)
    talk = Talk(session, cast.wei, november, T3)
    talk.fills()
    talk.types("1200万")
    confirms(session, cast, asks(session, cast, "莫某", cast.project.id))
    assert session.exec(select(ReportDraft.holder_id)).all() == [mo.id]
    assert isinstance(Talk(session, mo, november, T3).fills(), ReportQuestion)
    assert isinstance(talk.fills(), DraftHeld)
    assert earlier.author_id == cast.wei.id


def test_open_promises_go_along(session: Session, cast: Cast, mo: Contact) -> None:
    query = select(Obligation).where(Obligation.project_id == cast.project.id)
    owed = session.exec(query).one()
    session.add(
        Promise(
            obligation_id=owed.id,
            contact_id=cast.wei.id,
            turn="x",
            promised_for=at(27, 18),
            made_at=T3,
        )
    )
    confirms(session, cast, asks(session, cast, "莫某", cast.project.id))
    assert session.exec(select(Promise.contact_id)).all() == [mo.id]


def test_refused_they_go_on_and_hear_whom_to_call(
    session: Session, cast: Cast, mo: Contact
) -> None:
    row = asks(session, cast, "莫某")
    only(deciding.refuse(session, asker(session, cast.huang, T3), row.id, T3), HandOverRefused)
    said = [lines[0] for name, lines in heard(session, T3) if name == cast.wei.name]
    assert any("未同意移交，可致电 19900001002" in line for line in said)
    assert set(reporters(session, T3).values()) == {cast.wei.id}
    only(deciding.confirm(session, asker(session, cast.huang, T3), row.id, T3), StaleButton)
    assert mo.name not in names_heard(session, T1)


def test_nobody_known_is_for_the_liaison_to_name(session: Session, cast: Cast, mo: Contact) -> None:
    wei, huang = asker(session, cast.wei, T3), asker(session, cast.huang, T3)
    asking.all_projects(session, wei, None, T3)
    only(asking.nobody_known(session, wei, None, T3), HandOverAsked)
    row = session.exec(select(Handover)).first()
    assert row is not None
    only(deciding.confirm(session, huang, row.id, T3), StaleButton)
    only(asking.name_another(session, huang, row.id, T3), AskSuccessor)
    only(types(session, cast.huang, "莫某"), HandOverConfirmed)
    assert set(reporters(session, T3).values()) == {mo.id}


def test_somebody_not_in_the_contact_book_is_passed_on_by_name(
    session: Session, cast: Cast
) -> None:
    wei = asker(session, cast.wei, T3)
    asking.all_projects(session, wei, None, T3)
    again = only(types(session, cast.wei, "小莫"), AskSuccessor)
    assert (again.problem, again.said) == (SuccessorProblem.NOBODY_CALLED_SO, "小莫")
    asked = only(asking.say_as_typed(session, wei, None, T3), HandOverAsked)
    assert (asked.successor, asked.decides) == ("小莫", (cast.huang.name,))
    said = dict(heard(session, T3))
    assert said[cast.huang.name][-1] == "称由“小莫”报，通讯录里没有此人"


def test_of_namesakes_it_is_asked_which(session: Session, cast: Cast, mo: Contact) -> None:
    builders.a_contact(session, "莫某", unit=builders.a_unit(session), account=1012)
    wei = asker(session, cast.wei, T3)
    asking.all_projects(session, wei, None, T3)
    again = only(types(session, cast.wei, "莫某"), AskSuccessor)
    assert again.problem is SuccessorProblem.SEVERAL_PEOPLE
    assert len(again.people) == 2
    only(asking.choose(session, wei, mo.id, T3), HandOverAsked)
    assert {row.to_contact_id for row in session.exec(select(Handover))} == {mo.id}


def test_nobody_hands_over_to_themselves(session: Session, cast: Cast) -> None:
    asking.all_projects(session, asker(session, cast.wei, T3), None, T3)
    again = only(types(session, cast.wei, cast.wei.name), AskSuccessor)
    assert again.problem is SuccessorProblem.ONESELF


def test_without_a_liaison_the_office_decides(session: Session, cast: Cast, mo: Contact) -> None:
    cast.huang.telegram_user_id = None
    row = asks(session, cast, "莫某")
    said = dict(heard(session, T3))
    assert "说以下2项不归其报" in said[cast.meng.name][0]
    meng = asker(session, cast.meng, T3)
    only(deciding.confirm(session, meng, row.id, T3), HandOverConfirmed)
    assert set(reporters(session, T3).values()) == {mo.id}


@pytest.mark.usefixtures("mo")
def test_asked_again_it_is_asked_once(session: Session, cast: Cast) -> None:
    asks(session, cast, "莫某")
    asks(session, cast, "莫某")
    rows = session.exec(select(Handover).where(Handover.state == HandoverState.ASKED)).all()
    assert len(rows) == 2  # one a project
    ((_, lines),) = [one for one in heard(session, T3) if one[0] == cast.huang.name]
    assert sum("说以下" in line for line in lines) == 1


@pytest.mark.parametrize("who", ["wei", "qin", "lu", "tan", "ou"])
def test_nobody_else_decides(session: Session, cast: Cast, mo: Contact, who: str) -> None:
    row = asks(session, cast, "莫某")
    person = asker(session, getattr(cast, who), T3)
    only(deciding.confirm(session, person, row.id, T3), NotYours)
    only(deciding.refuse(session, person, row.id, T3), NotYours)
    only(deciding.show(session, person, row.id, T3), NotYours)
    only(asking.name_another(session, person, row.id, T3), NotYours)
    assert mo.id not in reporters(session, T3).values()


def test_the_liaison_may_open_it_again(session: Session, cast: Cast, mo: Contact) -> None:
    row = asks(session, cast, "莫某")
    shown = deciding.show(session, asker(session, cast.huang, T3), row.id, T3)
    assert only(shown, HandOversToConfirm).cases[0].successor == mo.name


def test_who_reports_nothing_hands_nothing_over(session: Session, cast: Cast) -> None:
    only(asking.begin(session, asker(session, cast.huang, T3), None, T3), NothingToHandOver)
