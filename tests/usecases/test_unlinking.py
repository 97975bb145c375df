import pytest
from sqlmodel import Session, select

from db.tables.audit import AuditEntry
from db.tables.speech import Dialog
from db.tables.speech import Message as Row
from templates.linking import (
    ConfirmUnlink,
    ConfirmUnlinkSelf,
    HowToLink,
    NotLinked,
    UnlinkDone,
    UnlinkedByOffice,
    UnlinkedSelf,
    UnlinkLeft,
)
from templates.message import Message
from templates.people import NobodyFound, PeopleFound, WhomMissing
from templates.refusals import NotYours
from tests import builders
from tests.builders import NOW, asker
from usecases.answers import Answers
from usecases.unlinking import (
    ask_unlink,
    ask_unlink_self,
    leave_linked,
    unlink,
    unlink_person,
    unlink_self,
)


def only(answers: Answers) -> Message:
    (answer,) = answers
    return answer.message


def test_one_unlinks_oneself_after_being_asked(session: Session) -> None:
    cast = builders.the_cast(session)
    wei = asker(session, cast.wei)
    session.add(
        Dialog(contact_id=cast.wei.id, kind="leave", step="x", started_at=NOW, touched_at=NOW)
    )
    session.flush()

    assert only(ask_unlink_self(session, wei, None, NOW)) == ConfirmUnlinkSelf()
    assert cast.wei.telegram_user_id == 1001
    assert only(unlink_self(session, wei, None, NOW)) == UnlinkedSelf()

    assert cast.wei.telegram_user_id is None
    assert session.exec(select(Dialog)).all() == []
    assert session.exec(select(AuditEntry.action)).all() == ["linking.unlinked_self"]


def test_a_stranger_has_nothing_to_unlink(session: Session) -> None:
    builders.the_cast(session)
    stranger = asker(session, None)

    assert only(ask_unlink_self(session, stranger, None, NOW)) == HowToLink()
    assert only(unlink_self(session, stranger, None, NOW)) == HowToLink()


def test_the_office_unlinks_somebody_who_is_told(session: Session) -> None:
    cast = builders.the_cast(session)
    meng = asker(session, cast.meng)

    question = only(unlink(session, meng, "黄联络员", NOW))
    assert question == ConfirmUnlink(cast.huang.id, "黄联络员", "柳州市住建局")
    assert only(unlink_person(session, meng, cast.huang.id, NOW)) == UnlinkDone("黄联络员")

    assert cast.huang.telegram_user_id is None
    told = session.exec(select(Row)).one()
    assert (told.kind, told.chat_id, told.contact_id) == (UnlinkedByOffice.kind(), 1002, None)
    entry = session.exec(select(AuditEntry)).one()
    assert (entry.action, entry.subject_id) == ("linking.unlinked", cast.huang.id)


def test_pressing_twice_unlinks_and_tells_once(session: Session) -> None:
    cast = builders.the_cast(session)
    meng = asker(session, cast.meng)

    unlink_person(session, meng, cast.huang.id, NOW)

    assert only(unlink_person(session, meng, cast.huang.id, NOW)) == NotLinked("黄联络员")
    assert only(ask_unlink(session, meng, cast.huang.id, NOW)) == NotLinked("黄联络员")
    assert len(session.exec(select(Row)).all()) == 1


def test_the_office_may_think_better_of_it(session: Session) -> None:
    cast = builders.the_cast(session)

    message = only(leave_linked(session, asker(session, cast.meng), cast.huang.id, NOW))

    assert message == UnlinkLeft("黄联络员")
    assert cast.huang.telegram_user_id == 1002


def test_unlink_needs_a_person_and_lists_several(session: Session) -> None:
    cast = builders.the_cast(session)
    meng = asker(session, cast.meng)

    assert only(unlink(session, meng, "", NOW)) == WhomMissing("unlink")
    assert only(unlink(session, meng, "查无此人", NOW)) == NobodyFound("查无此人")
    found = only(unlink(session, meng, "联络员", NOW))
    assert isinstance(found, PeopleFound)
    assert {line.name for line in found.people} == {"黄联络员", "欧联络员"}


NOBODYS = {
    "wei": NotYours(),
    "huang": NotYours(),
    "qin": NotYours(),
    "lu": NotYours(),
    "tan": NotYours(),
    "ou": NotYours(),
    "stranger": HowToLink(),
}


@pytest.mark.parametrize(("who", "answer"), NOBODYS.items())
def test_nobody_but_the_office_unlinks_others(
    session: Session, who: str, answer: NotYours | HowToLink
) -> None:
    cast = builders.the_cast(session)
    other = asker(session, None if who == "stranger" else getattr(cast, who))

    refused = [
        unlink(session, other, "蒙协调员", NOW),
        ask_unlink(session, other, cast.meng.id, NOW),
        unlink_person(session, other, cast.meng.id, NOW),
        leave_linked(session, other, cast.meng.id, NOW),
    ]

    assert {only(answers) for answers in refused} == {answer}
    assert cast.meng.telegram_user_id == 1005
