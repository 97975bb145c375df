"""/update: progress and problems told between two reports, unreviewed until adopted."""

import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.tables.people import Contact
from db.tables.reporting import Follow, Problem, ProgressNote
from domain.vocabulary import ProblemKind
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.reviewing import NothingToReview
from templates.status import StatusCard
from templates.updating import (
    AskUpdate,
    AskUpdateKind,
    AskUpdateProject,
    NoUpdates,
    UpdateCard,
    UpdateKind,
    UpdatePhotos,
    UpdateSaved,
    UpdateSettled,
)
from tests import builders
from tests.builders import LONG_AGO, NOW, Cast, asker
from tests.rounds import heard
from tests.usecases.reporting.conversing import only, words
from usecases import dialogs
from usecases.answers import Picture
from usecases.asked import Wanted, WantedPage
from usecases.lookup import look_up
from usecases.problems_of import show_problems
from usecases.reporting import reviewing
from usecases.reporting.picturing import Sent
from usecases.status import show_card
from usecases.updating import adopting, dialog
from usecases.updating.adopting import Pointed

SAID = "K3段路基已贯通"
_HEAR = dialogs.hear(look_up)


@pytest.fixture
def cast(session: Session) -> Cast:
    return builders.the_cast(session)


def begins(session: Session, who: Contact, name: str = "") -> Message:
    return only(dialog.begin(session, asker(session, who), name, NOW))


def types(session: Session, who: Contact, text: str) -> Message:
    return only(_HEAR(session, asker(session, who), text, NOW))


def tells(
    session: Session, cast: Cast, who: Contact, problem: ProblemKind | None = None
) -> Message:
    begins(session, who, cast.project.name)
    types(session, who, SAID)
    author = asker(session, who)
    if problem is None:
        return only(dialog.is_progress(session, author, None, NOW))
    return only(dialog.is_problem(session, author, tuple(ProblemKind).index(problem), NOW))


def queued(session: Session, who: Contact) -> Message:
    return only(adopting.show_waiting(session, asker(session, who), None, NOW))


def card_for(session: Session, cast: Cast, who: Contact) -> str:
    shown = only(show_card(session, asker(session, who), Wanted(cast.project.id), NOW))
    assert isinstance(shown, StatusCard)
    return words(shown)


def test_progress_is_unreviewed_until_the_liaison_adopts_it(session: Session, cast: Cast) -> None:
    saved = tells(session, cast, cast.wei)
    assert "待联络员采纳" in words(saved)
    assert "【未审】K3段路基已贯通" in card_for(session, cast, cast.huang)
    assert SAID not in card_for(session, cast, cast.lu)
    assert SAID not in card_for(session, cast, cast.ou)

    waiting = only(reviewing.review(session, asker(session, cast.huang), None, NOW))
    assert isinstance(waiting, NothingToReview)
    assert waiting.updates == 1
    shown = queued(session, cast.huang)
    assert isinstance(shown, UpdateCard)
    assert (shown.text, shown.author) == (SAID, "韦信息员")

    pointed = Pointed(shown.what.number, shown.id)
    settled = only(adopting.adopt(session, asker(session, cast.huang), pointed, NOW))
    assert isinstance(settled, UpdateSettled)
    assert settled.is_adopted
    assert SAID in card_for(session, cast, cast.lu)
    assert "未审" not in card_for(session, cast, cast.huang)
    assert isinstance(queued(session, cast.huang), NoUpdates)
    again = only(adopting.adopt(session, asker(session, cast.huang), pointed, NOW))
    assert isinstance(again, StaleButton)


def test_followers_hear_of_what_was_adopted_and_its_author_too(
    session: Session, cast: Cast
) -> None:
    session.add(Follow(contact_id=cast.ou.id, project_id=cast.project.id, since=LONG_AGO))
    tells(session, cast, cast.wei)
    assert heard(session, NOW) == []
    note = session.exec(select(ProgressNote)).one()
    adopting.adopt(session, asker(session, cast.huang), Pointed(0, note.id), NOW)
    said = dict(heard(session, NOW + dtm.timedelta(minutes=40)))
    assert set(said) == {"欧联络员", "韦信息员"}
    assert any("✅ 已采纳 白露大道（一期）" in line for line in said["韦信息员"])


def test_what_is_not_adopted_counts_for_nothing(session: Session, cast: Cast) -> None:
    tells(session, cast, cast.wei, ProblemKind.FUNDING)
    problem = session.exec(select(Problem)).one()
    pointed = Pointed(UpdateKind.PROBLEM.number, problem.id)
    adopting.dismiss(session, asker(session, cast.huang), pointed, NOW)
    page = WantedPage(cast.project.id, 0)
    shown = only(show_problems(session, asker(session, cast.huang), page, NOW))
    assert SAID not in words(shown)
    assert isinstance(queued(session, cast.huang), NoUpdates)


def test_a_supporting_unit_may_add_problems_but_no_progress(session: Session) -> None:
    cast = builders.the_cast(session)
    unit = builders.a_unit(session, "市教育局")
    listing = builders.a_listing(
        session,
        builders.a_project(session, "柳江新高中"),
        units=(builders.a_unit(session), unit),
    )
    name = "柳江新高中"
    assert isinstance(begins(session, cast.ou, name), AskUpdate)
    asked = types(session, cast.ou, "用地未批")
    assert isinstance(asked, AskUpdateKind)
    assert not asked.may_note
    assert asked.likely is ProblemKind.LAND
    refused = only(dialog.is_progress(session, asker(session, cast.ou), None, NOW))
    assert isinstance(refused, NotYours)
    only(dialog.is_problem(session, asker(session, cast.ou), 0, NOW))
    assert session.exec(select(Problem)).one().project_id == listing.project_id


def test_only_projects_within_ones_right_are_found(session: Session, cast: Cast) -> None:
    found = begins(session, cast.ou, cast.project.name)
    assert isinstance(found, AskUpdateProject)
    assert found.projects == ()
    refused = only(dialog.choose(session, asker(session, cast.ou), cast.project.id, NOW))
    assert isinstance(refused, NotYours)
    assert isinstance(begins(session, cast.tan), NotYours)
    unknown = dialog.begin(session, asker(session, None), "", NOW)
    assert isinstance(only(unknown), HowToLink)


def test_ones_own_projects_are_offered_to_press(session: Session, cast: Cast) -> None:
    asked = begins(session, cast.wei)
    assert isinstance(asked, AskUpdateProject)
    assert [one.name for one in asked.projects] == [cast.project.name]
    chosen = only(dialog.choose(session, asker(session, cast.wei), cast.project.id, NOW))
    assert isinstance(chosen, AskUpdate)


def test_what_a_liaison_tells_needs_nobody_else(session: Session, cast: Cast) -> None:
    saved = tells(session, cast, cast.huang)
    assert isinstance(saved, UpdateSaved)
    assert saved.is_adopted
    assert isinstance(queued(session, cast.huang), NoUpdates)


def test_photos_before_and_after_go_with_what_is_told(session: Session, cast: Cast) -> None:
    wei = asker(session, cast.wei)
    begins(session, cast.wei, cast.project.name)
    kept = only(dialog.take_photo(session, wei, Sent("one"), NOW))
    assert isinstance(kept, UpdatePhotos)
    captioned = dialog.take_photo(session, wei, Sent("two", SAID), NOW)
    assert isinstance(captioned[-1].message, AskUpdateKind)
    saved = only(dialog.is_progress(session, wei, None, NOW))
    assert "照片 2张" in words(saved)
    dialog.take_photo(session, wei, Sent("three"), NOW)
    note = session.exec(select(ProgressNote)).one()
    huang = asker(session, cast.huang)
    pictures = adopting.show_photos(session, huang, Pointed(0, note.id), NOW)
    files = [one.file_id for one in pictures if isinstance(one, Picture)]
    assert files == ["one", "two", "three"]
    refused = only(adopting.show_photos(session, asker(session, cast.ou), Pointed(0, note.id), NOW))
    assert isinstance(refused, NotYours)


def test_only_the_lead_units_liaison_and_the_office_may_adopt(session: Session, cast: Cast) -> None:
    tells(session, cast, cast.wei)
    note = session.exec(select(ProgressNote)).one()
    for name in ("wei", "qin", "lu", "tan", "ou"):
        refused = adopting.adopt(
            session, asker(session, getattr(cast, name)), Pointed(0, note.id), NOW
        )
        assert isinstance(only(refused), NotYours)
    assert note.adopted_at is None
    adopting.adopt(session, asker(session, cast.meng), Pointed(0, note.id), NOW)
    assert note.adopted_at == NOW
