"""The office records that somebody left, and nothing of theirs stays behind."""

import pytest
from sqlmodel import Session, col, select

from db.tables.audit import AuditEntry
from db.tables.people import Assignment, Invitation
from db.tables.speech import Dialog, Notice, NoticeState
from db.tables.speech import Message as Row
from domain.chain import Gap
from domain.vocabulary import Role
from templates.leaving import (
    ConfirmLeft,
    LastCoordinator,
    LeftAlready,
    LeftRecorded,
    StillInOffice,
)
from templates.linking import HowToLink, UnlinkedByOffice
from templates.message import Message
from templates.people import NobodyFound, PeopleFound, Purpose, WhomMissing
from templates.refusals import NotYours
from tests import builders
from tests.builders import NOW, Cast, asker
from usecases.answers import Answers
from usecases.asker import identify
from usecases.holes import all_holes
from usecases.invitations import issue
from usecases.leaving import ask_left, keep_in_office, left, record_left
from usecases.notices import Subject, notify
from usecases.office_notices import UPDATE_FAILED


def only(answers: Answers) -> Message:
    (answer,) = answers
    return answer.message


@pytest.fixture
def cast(session: Session) -> Cast:
    return builders.the_cast(session)


def test_whoever_left_is_asked_about_with_what_they_answer_for(
    session: Session, cast: Cast
) -> None:
    question = only(left(session, asker(session, cast.meng), "覃专员", NOW))

    assert isinstance(question, ConfirmLeft)
    assert (question.name, question.unit, question.is_linked) == ("覃专员", "柳州市住建局", True)
    assert [line.role for line in question.roles] == ["commissioner"]
    assert cast.qin.left_at is None


def test_duties_account_invitations_and_what_waits_end_at_once(
    session: Session, cast: Cast
) -> None:
    account = cast.qin.telegram_user_id
    issue(session, [cast.qin], cast.meng.id, lambda: "t" * 24, NOW)
    notify(session, UPDATE_FAILED, Subject("inbox_update", 1), cast.qin.id, NOW)
    session.add(
        Dialog(contact_id=cast.qin.id, kind="leave", step="x", started_at=NOW, touched_at=NOW)
    )
    session.flush()

    done = only(record_left(session, asker(session, cast.meng), cast.qin.id, NOW))

    assert done == LeftRecorded("覃专员", "柳州市住建局")
    assert (cast.qin.left_at, cast.qin.telegram_user_id) == (NOW, None)
    posts = session.exec(select(Assignment).where(Assignment.contact_id == cast.qin.id)).all()
    assert [post.until for post in posts] == [NOW]
    assert session.exec(select(Invitation.revoked_at)).all() == [NOW]
    assert session.exec(select(Notice.state)).all() == [NoticeState.WITHDRAWN]
    assert session.exec(select(Dialog)).all() == []
    told = session.exec(select(Row)).one()
    assert (told.kind, told.chat_id) == (UnlinkedByOffice.kind(), account)
    entry = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert entry is not None
    assert (entry.action, entry.subject_id) == ("contact.left", cast.qin.id)


def test_what_they_leave_open_is_a_hole_at_once(session: Session, cast: Cast) -> None:
    def empty() -> int:
        seats = [seat for one in all_holes(session, NOW).listings for seat in one.chain.seats]
        return sum(seat.gap is Gap.EMPTY for seat in seats)

    before = empty()
    record_left(session, asker(session, cast.meng), cast.qin.id, NOW)
    assert empty() == before + 1


def test_the_account_is_a_strangers_from_then_on(session: Session, cast: Cast) -> None:
    qin = asker(session, cast.qin)
    record_left(session, asker(session, cast.meng), cast.qin.id, NOW)
    assert identify(session, qin.caller, NOW).contact is None


def test_pressing_again_changes_nothing(session: Session, cast: Cast) -> None:
    meng = asker(session, cast.meng)
    record_left(session, meng, cast.qin.id, NOW)
    assert only(record_left(session, meng, cast.qin.id, NOW)) == LeftAlready("覃专员")
    assert only(ask_left(session, meng, cast.qin.id, NOW)) == LeftAlready("覃专员")
    assert only(left(session, meng, "覃专员", NOW)) == NobodyFound("覃专员")


def test_the_office_may_think_better_of_it(session: Session, cast: Cast) -> None:
    meng = asker(session, cast.meng)
    assert only(keep_in_office(session, meng, cast.qin.id, NOW)) == StillInOffice("覃专员")
    assert cast.qin.left_at is None


def test_the_last_coordinator_stays_until_there_is_another(session: Session, cast: Cast) -> None:
    meng = asker(session, cast.meng)
    assert only(left(session, meng, "蒙协调员", NOW)) == LastCoordinator("蒙协调员")
    assert only(record_left(session, meng, cast.meng.id, NOW)) == LastCoordinator("蒙协调员")

    builders.an_assignment(session, cast.tan, Role.COORDINATOR)
    assert only(record_left(session, meng, cast.meng.id, NOW)) == LeftRecorded(
        "蒙协调员", "市重大办"
    )


def test_leaving_needs_a_person_and_lists_several(session: Session, cast: Cast) -> None:
    meng = asker(session, cast.meng)
    assert only(left(session, meng, "", NOW)) == WhomMissing("left")
    found = only(left(session, meng, "联络员", NOW))
    assert isinstance(found, PeopleFound)
    assert found.purpose is Purpose.LEFT


@pytest.mark.parametrize("who", ["wei", "huang", "qin", "lu", "tan", "ou", "stranger"])
def test_nobody_but_the_office_says_who_left(session: Session, cast: Cast, who: str) -> None:
    other = asker(session, None if who == "stranger" else getattr(cast, who))
    refused = [
        left(session, other, "蒙协调员", NOW),
        ask_left(session, other, cast.meng.id, NOW),
        record_left(session, other, cast.meng.id, NOW),
        keep_in_office(session, other, cast.meng.id, NOW),
    ]
    assert {only(answers) for answers in refused} <= {NotYours(), HowToLink()}
    assert cast.meng.left_at is None
