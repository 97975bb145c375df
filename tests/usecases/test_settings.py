import pytest
from sqlmodel import Session, select

from db.tables.audit import AuditEntry
from domain.vocabulary import Language
from templates.linking import HowToLink
from templates.message import Message
from templates.settings import Settings
from tests import builders
from tests.builders import NOW, asker
from usecases.answers import Answers
from usecases.leave import leaves_ahead
from usecases.leave_dialog import choose_deputy, leave
from usecases.leave_notices import days_of
from usecases.settings import show_settings, speak


def only(answers: Answers) -> Message:
    (answer,) = answers
    return answer.message


def test_settings_show_who_one_is_and_what_leave_lies_ahead(session: Session) -> None:
    cast = builders.the_cast(session)
    huang = asker(session, cast.huang)
    leave(session, huang, "11月25日至27日", NOW)
    choose_deputy(session, huang, None, NOW)

    message = only(show_settings(session, huang, None, NOW))

    (row,) = leaves_ahead(session, cast.huang.id, NOW)
    days = (days_of(session, row),)
    assert message == Settings("黄联络员", "柳州市住建局", Language.ZH, days)


@pytest.mark.parametrize("language", list(Language))
def test_a_language_chosen_is_kept(session: Session, language: Language) -> None:
    cast = builders.the_cast(session)

    message = only(speak(session, asker(session, cast.huang), language, NOW))

    assert isinstance(message, Settings)
    assert message.language is language
    assert cast.huang.language is language
    assert asker(session, cast.huang).voice.language is language
    entries = session.exec(select(AuditEntry.action)).all()
    assert entries == ([] if language is Language.ZH else ["settings.en"])


def test_a_stranger_has_no_settings(session: Session) -> None:
    builders.the_cast(session)
    stranger = asker(session, None)

    assert only(show_settings(session, stranger, None, NOW)) == HowToLink()
    assert only(speak(session, stranger, Language.EN, NOW)) == HowToLink()
