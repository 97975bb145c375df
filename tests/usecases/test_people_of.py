import datetime as dtm

import pytest
from sqlmodel import Session

from db.tables.people import Contact, Leave
from domain.chain import Gap, Rung
from domain.vocabulary import Level
from templates.linking import HowToLink
from templates.message import Message
from templates.refusals import NotYours
from templates.status import PersonLine, ProjectPeople
from tests import builders
from tests.builders import NOW, Cast, asker
from usecases.asked import Wanted
from usecases.people_of import show_people


def answered(session: Session, cast: Cast, contact: Contact | None) -> Message:
    (answer,) = show_people(session, asker(session, contact), Wanted(cast.project.id), NOW)
    return answer.message


def people(session: Session, cast: Cast, name: str = "meng") -> tuple[PersonLine, ...]:
    message = answered(session, cast, getattr(cast, name))
    assert isinstance(message, ProjectPeople)
    return message.people


def test_the_chain_is_listed_from_the_reporter_up(session: Session) -> None:
    cast = builders.the_cast(session)
    assert [(line.rung, line.name) for line in people(session, cast)] == [
        (Rung.MAIN_REPORTER, "韦信息员"),
        (Rung.SECOND_REPORTER, ""),
        (Rung.REVIEWER, "黄联络员"),
        (Rung.COMMISSIONER, "覃专员"),
        (Rung.FIRST_RESPONSIBLE, "陆局长"),
    ]


@pytest.mark.parametrize(
    ("name", "phones"),
    [
        ("wei", True),
        ("huang", True),
        ("qin", True),
        ("lu", True),
        ("meng", True),
        ("tan", False),
    ],
)
def test_phones_are_for_the_chain_and_the_office(session: Session, name: str, phones: bool) -> None:
    cast = builders.the_cast(session)
    lines = [line for line in people(session, cast, name) if line.name]
    assert {bool(line.phone) for line in lines} == {phones}


def test_a_stranger_to_the_project_is_refused(session: Session) -> None:
    cast = builders.the_cast(session)
    assert answered(session, cast, cast.ou) == NotYours()
    assert answered(session, cast, None) == HowToLink()


def test_somebody_of_a_supporting_unit_sees_the_people_without_phones(session: Session) -> None:
    cast = builders.the_cast(session)
    education = builders.a_unit(session, "市教育局")
    builders.a_listing(
        session,
        cast.project,
        programme=builders.a_programme(session, level=Level.COUNTY),
        units=(builders.a_unit(session), education),
    )
    lines = people(session, cast, "ou")
    assert "黄联络员" in {line.name for line in lines}
    assert {line.phone for line in lines} == {""}


def test_who_stands_in_is_named_beside_whoever_is_away(session: Session) -> None:
    cast = builders.the_cast(session)
    deputy = builders.a_contact(session, "代联络员", phone="19900009999", account=1050)
    leave = Leave(
        contact_id=cast.huang.id,
        first_day=dtm.date(2026, 11, 16),
        last_day=dtm.date(2026, 11, 20),
        deputy_id=deputy.id,
        entered_at=NOW,
    )
    session.add(leave)
    session.flush()

    reviewers = [line for line in people(session, cast) if line.rung is Rung.REVIEWER]

    assert [(line.name, line.is_away, line.stands_in) for line in reviewers] == [
        ("黄联络员", True, False),
        ("代联络员", False, True),
    ]


def test_only_those_who_look_after_holes_hear_why_nobody_can_be_told(session: Session) -> None:
    cast = builders.the_cast(session)
    cast.qin.telegram_user_id = None
    session.flush()

    def gap(name: str) -> Gap | None:
        lines = people(session, cast, name)
        return next(line.gap for line in lines if line.rung is Rung.COMMISSIONER)

    assert gap("meng") is Gap.UNLINKED
    assert gap("wei") is None


def test_whoever_has_left_is_nobody_to_turn_to(session: Session) -> None:
    cast = builders.the_cast(session)
    cast.qin.left_at = NOW
    session.flush()
    assert PersonLine(Rung.COMMISSIONER) in people(session, cast)


def test_two_levels_that_share_their_people_name_them_once(session: Session) -> None:
    cast = builders.the_cast(session)
    regional = builders.a_programme(session, level=Level.REGION)
    builders.a_listing(session, cast.project, programme=regional)
    assert len(people(session, cast)) == 5
