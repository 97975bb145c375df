import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.tables.people import Assignment
from db.tables.reporting import Follow, ProjectChange, ProjectChangeKind
from db.tables.speech import MessageState, Notice, NoticeState, Urgency
from templates.linking import HowToLink
from templates.status import StatusCard
from tests import builders
from tests.builders import NOW, Cast, asker
from usecases import composing
from usecases.asked import Wanted
from usecases.following import PROJECTS_TOLD, follow, project_changed, unfollow

ACCEPTED = ProjectChangeKind.REPORT_ACCEPTED
CLOSED = ProjectChangeKind.PROBLEM_CLOSED
LATER = NOW + dtm.timedelta(hours=1)


def told(session: Session) -> str | None:
    row = composing.compose_next(session, Urgency.ROUTINE, LATER, frozenset())
    if row is None:
        return None
    # The next one waits until this one has left.
    row.state = MessageState.SENT
    session.flush()
    return row.text


@pytest.fixture
def cast(session: Session) -> Cast:
    return builders.the_cast(session)


def test_the_card_shows_whether_one_follows(session: Session, cast: Cast) -> None:
    ou, wanted = asker(session, cast.ou), Wanted(cast.project.id)
    for use_case, followed in ((follow, True), (follow, True), (unfollow, False)):
        (answer,) = use_case(session, ou, wanted, NOW)
        assert isinstance(answer.message, StatusCard)
        assert answer.message.is_followed is followed
    assert session.exec(select(Follow)).all() == []


def test_an_unknown_person_cannot_follow(session: Session, cast: Cast) -> None:
    (answer,) = follow(session, asker(session, None), Wanted(cast.project.id), NOW)
    assert answer.message == HowToLink()
    assert session.exec(select(Follow)).all() == []


def test_all_that_changed_becomes_one_message(session: Session, cast: Cast) -> None:
    second = builders.a_project(session, "柳江新高中")
    for project in (cast.project, second):
        follow(session, asker(session, cast.ou), Wanted(project.id), NOW)
    project_changed(session, cast.project.id, ACCEPTED, NOW)
    project_changed(session, cast.project.id, CLOSED, NOW)
    project_changed(session, cast.project.id, CLOSED, NOW)
    project_changed(session, second.id, ProjectChangeKind.WITHDRAWN, NOW)

    assert (told(session) or "").splitlines() == [
        "您关注的2个项目有新情况",
        "1 白露大道（一期）：月报审定、问题销号2次",
        "2 柳江新高中：退出",
    ]
    assert told(session) is None


def test_the_same_kind_of_change_is_told_again_the_next_time(session: Session, cast: Cast) -> None:
    follow(session, asker(session, cast.ou), Wanted(cast.project.id), NOW)
    for _ in range(2):
        project_changed(session, cast.project.id, ACCEPTED, NOW)
        assert told(session)


def test_what_nobody_follows_leaves_no_trace(session: Session, cast: Cast) -> None:
    project_changed(session, cast.project.id, ACCEPTED, NOW)
    assert session.exec(select(ProjectChange)).all() == []


def test_who_stopped_following_is_not_told_any_more(session: Session, cast: Cast) -> None:
    ou, wanted = asker(session, cast.ou), Wanted(cast.project.id)
    follow(session, ou, wanted, NOW)
    project_changed(session, cast.project.id, ACCEPTED, NOW)
    unfollow(session, ou, wanted, NOW)

    assert told(session) is None
    assert session.exec(select(Notice)).one().state is NoticeState.WITHDRAWN


def test_who_lost_every_role_is_not_told_any_more(session: Session, cast: Cast) -> None:
    follow(session, asker(session, cast.ou), Wanted(cast.project.id), NOW)
    project_changed(session, cast.project.id, ACCEPTED, NOW)
    held = session.exec(select(Assignment).where(Assignment.contact_id == cast.ou.id)).one()
    held.until = NOW
    session.flush()

    assert told(session) is None


def test_more_projects_than_a_message_holds_are_counted(session: Session, cast: Cast) -> None:
    ou = asker(session, cast.ou)
    for number in range(PROJECTS_TOLD + 3):
        project = builders.a_project(session, f"样例项目{number}")
        follow(session, ou, Wanted(project.id), NOW)
        project_changed(session, project.id, ACCEPTED, NOW)

    text = told(session) or ""

    assert f"您关注的{PROJECTS_TOLD + 3}个项目" in text
    assert "另有3个" in text
    assert told(session) is None
