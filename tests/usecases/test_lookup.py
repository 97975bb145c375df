import datetime as dtm
from collections.abc import Sequence

import pytest
from sqlmodel import Session, select

from db.session import Database
from db.tables.asking import Lookup
from db.tables.office import Office
from db.tables.programme import Project, ProjectAlias
from domain.periods import Period
from domain.vocabulary import Language, PlanCategory
from templates.linking import HowToLink
from templates.lookup import (
    AskForName,
    HitCategories,
    HitList,
    HitRegions,
    Narrowing,
    NearestHits,
    NothingFound,
)
from templates.message import Button, Message
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.render import Voice, render
from templates.status import StatusCard
from tests import builders
from tests.builders import NOW, Cast, asker
from usecases.answers import Say
from usecases.lookup import (
    HITS_A_PAGE,
    ListPage,
    look_up,
    show_categories,
    show_hits,
    show_regions,
)

HOSTILE = [
    "😀" * 4096,
    "<b>白露</b>&amp;<script>",
    "\x00\x01\x02\x1f",
    "白露\x00大道",
    "。。。！？——……",
    "'; DROP TABLE project; --",
    "%_%",
    "\u202e\u200d\u200b",
    "柳" * 5000,
    "{{ names }}{% raw %}",
    "\ud83d",
    "\n\n\n",
    "截至9月底",
]


def answered(session: Session, cast: Cast, text: str, name: str = "huang") -> Message:
    (answer,) = look_up(session, asker(session, getattr(cast, name)), text, NOW)
    assert isinstance(answer, Say)
    return answer.message


def a_programme_of(session: Session, names: Sequence[str]) -> Cast:
    """The cast and these further projects, of every category in turn, in two cities."""
    cast = builders.the_cast(session)
    cities = [builders.a_region(session, name) for name in ("柳州市", "桂林市")]
    categories = tuple(PlanCategory)
    for number, name in enumerate(names):
        project = builders.a_project(session, name, region=cities[number % 3 == 2])
        builders.a_listing(session, project, plan_category=categories[number % 4])
    return cast


def several(session: Session, count: int = 11) -> tuple[Cast, HitList]:
    cast = a_programme_of(
        session, [f"柳江{sign}路工程" for sign in "甲乙丙丁戊己庚辛壬癸子"[:count]]
    )
    message = answered(session, cast, "柳江")
    assert isinstance(message, HitList)
    return cast, message


def page(session: Session, cast: Cast, wanted: ListPage) -> Message:
    (answer,) = show_hits(session, asker(session, cast.huang), wanted, NOW)
    return answer.message


@pytest.mark.parametrize(
    "text",
    [
        "白露大道（一期）",
        "白露大道",
        "白露",
        "bailu",
        "bldd",
        "bai lu da dao",
        "百路大道",
        "白露大到",
        "白大道一期",
        "2026-450200-48-01-000001",
        "白露道景观路",
        "查一下白露大道怎么样了",
        ["/status@bot", "白露大道"][1],
    ],
)
def test_one_hit_gives_the_card(session: Session, text: str) -> None:
    cast = a_programme_of(session, ["五象大道", "柳江新高中", "罗文大桥"])
    cast.project.code = "2026-450200-48-01-000001"
    session.add(ProjectAlias(project_id=cast.project.id, name="白露道景观路"))
    session.flush()

    message = answered(session, cast, text)

    assert isinstance(message, StatusCard)
    assert message.name == "白露大道（一期）"


def test_exact_beats_contained(session: Session) -> None:
    cast = a_programme_of(session, ["罗文大桥", "友谊路延长线（含罗文大桥、良庆大桥）"])
    message = answered(session, cast, "罗文大桥")
    assert isinstance(message, StatusCard)
    assert message.name == "罗文大桥"


def test_several_hits_give_a_page_to_tap(session: Session) -> None:
    cast, message = several(session)

    assert (message.total, len(message.hits), message.pages) == (11, HITS_A_PAGE, 2)
    text = render(message, asker(session, cast.huang).voice).text.splitlines()
    assert text[0] == "“柳江”有11项，点序号查看"
    assert text[1].startswith("1 柳江")
    numbers, ways, turning = message.rows()
    assert [key.data for key in numbers if isinstance(key, Button)] == [
        f"status.card:{hit.project_id}" for hit in message.hits
    ]
    assert [key.label for key in ways] == ["by_category", "by_region"]
    assert [key.label for key in turning] == ["next_page"]


def test_pages_go_on_with_the_numbers_and_repeat_nothing(session: Session) -> None:
    cast, first = several(session)
    second = page(session, cast, ListPage(first.lookup_id, Narrowing(), 1))

    assert isinstance(second, HitList)
    assert second.first == HITS_A_PAGE + 1
    ids = [hit.project_id for hit in (*first.hits, *second.hits)]
    assert len(set(ids)) == 11
    assert page(session, cast, ListPage(first.lookup_id, Narrowing(), 99)) == second


def test_hits_are_narrowed_by_category_then_by_region(session: Session) -> None:
    cast, message = several(session)
    huang = asker(session, cast.huang)
    here = ListPage(message.lookup_id, Narrowing())

    (answer,) = show_categories(session, huang, here, NOW)
    assert isinstance(answer.message, HitCategories)
    counts = {one.category: one.count for one in answer.message.categories}
    assert counts == {
        PlanCategory.NEW_START: 3,
        PlanCategory.CONTINUING: 3,
        PlanCategory.COMPLETION: 3,
        PlanCategory.PREPARATORY: 2,
    }

    of_one = ListPage(message.lookup_id, Narrowing(PlanCategory.COMPLETION))
    (answer,) = show_regions(session, huang, of_one, NOW)
    assert isinstance(answer.message, HitRegions)
    assert {one.name: one.count for one in answer.message.regions} == {"柳州市": 2, "桂林市": 1}

    guilin = builders.a_region(session, "桂林市")
    narrowed = page(
        session,
        cast,
        ListPage(message.lookup_id, Narrowing(PlanCategory.COMPLETION, guilin.id)),
    )
    assert isinstance(narrowed, HitList)
    assert (narrowed.total, narrowed.region) == (1, "桂林市")
    assert [key.label for row in narrowed.rows() for key in row] == ["ordinal", "all_hits"]


def test_a_narrowing_survives_its_way_through_a_button() -> None:
    for category in (None, *PlanCategory):
        for region_id in (None, 1, 2**40):
            narrowing = Narrowing(category, region_id)
            assert Narrowing.of(*narrowing.args) == narrowing
    with pytest.raises(ValueError, match="no category"):
        Narrowing.of(5, 0)


def test_nothing_so_called_gives_the_nearest(session: Session) -> None:
    cast = a_programme_of(session, ["柳江新高中", "柳江区体育公园（二期）", "官塘大桥"])
    message = answered(session, cast, "体育馆大剧院")
    assert isinstance(message, NearestHits)
    assert "柳江区体育公园（二期）" in {hit.name for hit in message.hits}


def test_nothing_near_says_how_to_ask(session: Session) -> None:
    cast = builders.the_cast(session)
    assert answered(session, cast, "zzzz") == NothingFound("zzzz")


@pytest.mark.parametrize("text", ["", "  ", "\n", "截至9月底", "\x00"])
def test_without_a_name_the_bot_asks_for_one(session: Session, text: str) -> None:
    cast = builders.the_cast(session)
    assert answered(session, cast, text) == AskForName()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("language", Language)
def test_whatever_is_typed_gets_an_answer_that_can_be_sent(
    session: Session, text: str, language: Language
) -> None:
    cast = a_programme_of(session, ["柳江新高中", "柳江区体育公园（二期）", "柳州大桥"])
    message = answered(session, cast, text)
    session.flush()
    rendered = render(message, Voice(language, "Asia/Shanghai"))
    assert 0 < len(rendered.text) < 1000
    rendered.text.encode()


@pytest.mark.parametrize(
    ("text", "as_at"),
    [
        ("白露大道 截至9月底", Period(2026, 9)),
        ("截至9月底 白露大道", Period(2026, 9)),
        ("白露大道截至9月底", Period(2026, 9)),
        ("白露大道 9月", Period(2026, 9)),
        ("白露大道 去年", Period(2025, 12)),
        ("bailu as at Sep", Period(2026, 9)),
        ("白露大道 上月", Period(2026, 10)),
        ("白露大道", None),
        ("白露大道 明年", None),
    ],
)
def test_a_question_names_its_month(session: Session, text: str, as_at: Period | None) -> None:
    cast = a_programme_of(session, ["五象大道"])
    message = answered(session, cast, text)
    assert isinstance(message, StatusCard)
    assert message.as_at == as_at


def test_a_project_called_like_a_month_is_found_by_its_name(session: Session) -> None:
    cast = a_programme_of(session, ["文化广场 三月", "文化广场"])
    message = answered(session, cast, "文化广场 三月")
    assert isinstance(message, StatusCard)
    assert (message.name, message.as_at) == ("文化广场 三月", None)


def test_the_month_survives_the_list(session: Session) -> None:
    cast = a_programme_of(session, ["柳江甲路", "柳江乙路"])
    message = answered(session, cast, "柳江 截至9月底")
    assert isinstance(message, HitList)
    again = page(session, cast, ListPage(message.lookup_id, Narrowing()))
    assert isinstance(again, HitList)
    assert message.as_at == again.as_at == Period(2026, 9)
    assert [key.data for key in again.rows()[0] if isinstance(key, Button)] == [
        f"status.card:{hit.project_id}:2026:9" for hit in again.hits
    ]


def test_a_withdrawn_project_is_found_and_marked(session: Session) -> None:
    cast = a_programme_of(session, ["柳江甲路"])
    project = builders.a_project(session, "柳江乙路")
    builders.a_listing(session, project).withdrawn_at = NOW
    session.flush()
    message = answered(session, cast, "柳江")
    assert isinstance(message, HitList)
    assert {hit.name: hit.is_withdrawn for hit in message.hits} == {
        "柳江甲路": False,
        "柳江乙路": True,
    }


def test_only_who_asked_may_turn_the_pages(session: Session) -> None:
    cast, message = several(session)
    wanted = ListPage(message.lookup_id, Narrowing())
    for other in (asker(session, cast.ou), asker(session, None)):
        for use_case in (show_hits, show_categories, show_regions):
            (answer,) = use_case(session, other, wanted, NOW)
            assert answer.message == StaleButton()


def test_a_page_of_a_question_long_gone_is_stale(session: Session) -> None:
    cast, message = several(session)
    session.delete(session.get_one(Lookup, message.lookup_id))
    session.flush()
    assert page(session, cast, ListPage(message.lookup_id, Narrowing())) == StaleButton()


def test_a_page_after_a_project_was_renamed_lists_what_there_is_now(session: Session) -> None:
    cast, message = several(session)
    renamed = session.get_one(Project, message.hits[0].project_id)
    renamed.name = "改名大道"
    names_changed(session)
    again = page(session, cast, ListPage(message.lookup_id, Narrowing()))
    assert isinstance(again, HitList)
    assert again.total == 10


@pytest.mark.parametrize("name", ["wei", "huang", "qin", "lu", "meng", "tan", "ou"])
def test_every_linked_contact_may_look_up(session: Session, name: str) -> None:
    cast = builders.the_cast(session)
    assert isinstance(answered(session, cast, "白露", name), StatusCard)


def test_an_unknown_person_learns_nothing(session: Session) -> None:
    builders.the_cast(session)
    for text in ("白露", "没有这个", ""):
        (answer,) = look_up(session, asker(session, None), text, NOW)
        assert answer.message == HowToLink()


def test_a_contact_without_any_role_is_refused(session: Session) -> None:
    builders.the_cast(session)
    nobody = asker(session, builders.a_contact(session, "无角色", account=1099))
    (answer,) = look_up(session, nobody, "白露", NOW)
    assert answer.message == NotYours()


def test_the_index_is_kept_until_a_name_changes_anywhere(database: Database) -> None:
    with database.transaction() as session:
        cast = builders.the_cast(session)
    with database.transaction() as session:
        assert isinstance(answered(session, cast, "新桥"), NothingFound | NearestHits)
        built = session.info["memory"]["name_index"]
    with database.transaction() as session:
        answered(session, cast, "白露")
        assert session.info["memory"]["name_index"] is built
        builders.a_listing(session, builders.a_project(session, "新桥"))
        names_changed(session)
    with database.transaction() as session:
        assert isinstance(answered(session, cast, "新桥"), StatusCard)


def test_another_process_sees_the_change_too(database: Database) -> None:
    with database.transaction() as session:
        cast = builders.the_cast(session)
        answered(session, cast, "白露")
    other = Database(database.url.render_as_string(hide_password=False))
    with other.transaction() as session:
        builders.a_listing(session, builders.a_project(session, "新桥"))
        names_changed(session)
    other.dispose()
    with database.transaction() as session:
        assert isinstance(answered(session, cast, "新桥"), StatusCard)


def names_changed(session: Session) -> None:
    row = session.exec(select(Office)).one()
    row.names_version += 1
    session.add(row)
    session.flush()


def test_what_was_asked_is_kept_with_its_time(session: Session) -> None:
    _, message = several(session)
    row = session.get_one(Lookup, message.lookup_id)
    assert (row.query, row.as_at, row.asked_at) == ("柳江", "", NOW)
    assert row.asked_at.tzinfo is dtm.UTC
