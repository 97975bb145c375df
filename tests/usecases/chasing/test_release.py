"""Nobody at the top hears what the office did not let out."""

import pytest
from sqlmodel import Session, select

from db.tables.chasing import Release, ReleaseVerdict
from db.tables.people import Contact
from domain.vocabulary import Role
from tests import builders
from tests.builders import NOW, Cast
from tests.rounds import at, heard, names_heard
from tests.usecases.chasing.answering import (
    newest,
    obligation_of,
    presses,
    reads,
    reports,
)
from usecases import outbox
from usecases.chasing import answers, releasing, reopening
from usecases.periods import keep_periods
from usecases.policies import apply_policy

# The report on November is due on Wednesday the 25th, 18:00.
T1, T2, T3 = at(26, 9), at(27, 9), at(30, 9)
T4 = T3.replace(month=12, day=1)
LADDER = 'extends = "city"\n[ladder]\ntrial_periods = {trial}\nrelease = "{release}"\n'
LIST = "release_asked"


def an_office(session: Session, release: str, trial: int = 0) -> Cast:
    """Two projects late, and everybody below has heard of it."""
    cast = builders.the_cast(session)
    apply_policy(session, None, LADDER.format(release=release, trial=trial), NOW)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, NOW)
    for day in (T1, T2):
        heard(session, day)
    return cast


@pytest.fixture
def cast(session: Session) -> Cast:
    """An office that is asked."""
    return an_office(session, "ask")


def second_coordinator(session: Session) -> Contact:
    contact = builders.a_contact(session, "莫协调员", account=1008)
    builders.an_assignment(session, contact, Role.COORDINATOR)
    return contact


def verdicts(session: Session) -> list[ReleaseVerdict]:
    return [row.verdict for row in session.exec(select(Release).order_by(Release.id))]  # type: ignore[arg-type]


def test_the_coordinator_sees_in_the_morning_what_would_go_to_whom(
    session: Session, cast: Cast
) -> None:
    ((name, lines),) = heard(session, T3)
    assert name == cast.meng.name
    assert lines == [
        "<b>以下月报拟提请第一责任人关注，请您定</b>",
        "截至 11月30日(周一)09:00。不发送，就不会告知。",
        "",
        "1 白露大道（一期）11月：迟3个工作日",
        "　→ 陆局长（柳州市住建局）",
        "2 柳江新高中11月：迟3个工作日",
        "　→ 陆局长（柳州市住建局）",
    ]


def test_every_coordinator_sees_it(session: Session, cast: Cast) -> None:
    other = second_coordinator(session)
    assert sorted(names_heard(session, T3)) == sorted([cast.meng.name, other.name])


@pytest.mark.usefixtures("cast")
def test_what_nobody_lets_out_is_never_told(session: Session) -> None:
    for hour in (9, 10, 16):
        assert "陆局长" not in names_heard(session, at(30, hour))


def test_the_list_comes_again_the_next_working_morning(session: Session, cast: Cast) -> None:
    heard(session, T3)
    assert names_heard(session, at(30, 16)) == []
    assert names_heard(session, T4) == [cast.meng.name]


def test_sent_is_told_at_once_and_asked_no_more(session: Session, cast: Cast) -> None:
    heard(session, T3)
    presses(session, cast.meng, releasing.send_all, None, at(30, 9, 5))
    ((name, lines),) = heard(session, at(30, 9, 5))
    assert name == cast.lu.name
    assert lines[1] == "贵单位牵头项目11月月报应报2、已报0，以下2项未报："
    assert names_heard(session, T4) == []
    assert verdicts(session) == [ReleaseVerdict.SENT] * 2


def test_the_list_shows_what_was_decided_and_offers_it_no_more(
    session: Session, cast: Cast
) -> None:
    heard(session, T3)
    presses(session, cast.meng, releasing.send_all, None, T3)
    shown = reads(session, cast.meng)
    assert shown[0] == "拟提请第一责任人关注的月报：目前没有要您定的"
    assert shown.count("　已发送给陆局长") == 2
    assert not [line for line in shown if line.startswith("release.")]


def test_what_is_put_off_is_not_told_and_asked_again(session: Session, cast: Cast) -> None:
    heard(session, T3)
    presses(session, cast.meng, releasing.put_off_all, None, T3)
    assert verdicts(session) == [ReleaseVerdict.HELD_BACK] * 2
    assert names_heard(session, at(30, 10)) == []
    assert names_heard(session, T4) == [cast.meng.name]
    presses(session, cast.meng, releasing.send_all, None, T4)
    assert names_heard(session, T4) == [cast.lu.name]


def test_one_by_one_some_are_sent_and_some_are_not(session: Session, cast: Cast) -> None:
    heard(session, T3)
    first = presses(session, cast.meng, releasing.show_each, None, T3)
    assert first == [
        "1/2 · 白露大道（一期）11月",
        "拟提请 陆局长（柳州市住建局）关注",
        "迟3个工作日；责任专员11月27日(周五)已收到提醒，未答复",
        "截至 11月30日(周一)09:00",
    ]
    ours = obligation_of(session, cast.project)
    second = presses(session, cast.meng, releasing.send, ours.id, T3)
    assert second[0] == "2/2 · 柳江新高中11月"
    last = presses(session, cast.meng, releasing.put_off, ours.id + 1, T3)
    assert last[3:] == [
        "1 白露大道（一期）11月：迟3个工作日",
        "　已发送给陆局长",
        "2 柳江新高中11月：迟3个工作日",
        "　已暂缓；还未报的话，下个工作日再请您定",
    ]
    ((name, lines),) = heard(session, T3)
    assert name == cast.lu.name
    assert not any("柳江新高中" in line for line in lines)


def test_letting_out_what_came_in_says_so_and_sends_nothing(session: Session, cast: Cast) -> None:
    heard(session, T3)
    reports(session, cast.project, at(30, 9, 3))
    ours = obligation_of(session, cast.project)
    said = presses(session, cast.meng, releasing.send, ours.id, at(30, 9, 5))
    assert said[-1] == "✅ 白露大道（一期）11月月报已报，待审（11月30日(周一)09:03），没有发送。"
    assert cast.lu.name not in names_heard(session, at(30, 9, 5))
    assert verdicts(session) == []


def test_sending_all_leaves_out_what_came_in(session: Session, cast: Cast) -> None:
    heard(session, T3)
    reports(session, cast.project, at(30, 9, 3))
    presses(session, cast.meng, releasing.send_all, None, at(30, 9, 5))
    said = dict(heard(session, at(30, 9, 5)))
    assert not any("白露大道" in line for line in said[cast.lu.name])
    assert "✅ 白露大道（一期）11月：已报，待审（11月30日(周一)09:03）" in reads(
        session, cast.meng, LIST
    )


def test_what_was_promised_meanwhile_is_not_sent(session: Session, cast: Cast) -> None:
    heard(session, T3)
    tonight = int(at(30, 18).timestamp())
    presses(session, cast.qin, answers.promise, tonight, at(30, 9, 2))
    ours = obligation_of(session, cast.project)
    said = presses(session, cast.meng, releasing.send, ours.id, at(30, 9, 5))
    assert said[-1] == "白露大道（一期）已有人答复限期报送，没有发送。"
    assert names_heard(session, at(30, 9, 5)) == []
    assert names_heard(session, T4) == [cast.meng.name]


def test_what_one_coordinator_decided_the_other_sees(session: Session, cast: Cast) -> None:
    other = second_coordinator(session)
    heard(session, T3)
    presses(session, cast.meng, releasing.send_all, None, T3)
    assert reads(session, other).count("　已发送给陆局长") == 2
    ours = obligation_of(session, cast.project)
    said = presses(session, other, releasing.send, ours.id, T3)
    assert said[-1] == "白露大道（一期）此前已发送，没有再发。"
    assert names_heard(session, T3) == [cast.lu.name]


def test_only_the_office_lets_anything_out(session: Session, cast: Cast) -> None:
    heard(session, T3)
    asker = builders.asker(session, cast.huang, T3).on(newest(session, cast.meng))
    releasing.send_all(session, asker, None, T3)
    assert verdicts(session) == []


def test_an_unlinked_first_responsible_person_is_named_as_out_of_reach(
    session: Session, cast: Cast
) -> None:
    cast.lu.telegram_user_id = None
    session.flush()
    ((_, lines),) = heard(session, T3)
    assert lines[4] == "　第一责任人陆局长未开通，送不到"
    assert not [line for line in reads(session, cast.meng) if line.startswith("release.")]


def test_once_a_week_is_enough_and_the_office_is_told_when_the_rest_arrives(
    session: Session, cast: Cast
) -> None:
    heard(session, T3)
    ours = obligation_of(session, cast.project)
    presses(session, cast.meng, releasing.send, ours.id, T3)
    assert names_heard(session, T3) == [cast.lu.name]
    presses(session, cast.meng, releasing.send, ours.id + 1, at(30, 10))
    assert names_heard(session, at(30, 10)) == []
    shown = presses(session, cast.meng, releasing.show_list, None, at(30, 10))
    assert "　已发送给陆局长，本周已提醒过，12月7日(周一)起送达" in shown
    monday = T3.replace(month=12, day=7)
    assert cast.lu.name in names_heard(session, monday)


def test_an_office_may_let_everything_out_by_itself(session: Session) -> None:
    cast = an_office(session, "auto")
    assert names_heard(session, T3) == [cast.lu.name]


def test_an_office_may_never_tell_the_top(session: Session) -> None:
    an_office(session, "off")
    for day in (T3, T4):
        assert names_heard(session, day) == []


@pytest.mark.parametrize(("release", "shown"), [("ask", True), ("auto", True), ("off", False)])
def test_while_on_trial_the_office_sees_whom_it_would_have_told(
    session: Session, release: str, shown: bool
) -> None:
    cast = an_office(session, release, trial=2)
    said = dict(heard(session, T3))
    assert set(said) == ({cast.meng.name} if shown else set())
    if shown:
        assert said[cast.meng.name][1] == "第一责任人 陆局长：2项"


def test_the_list_asked_for_again_decides_like_the_one_that_was_told(
    session: Session, cast: Cast
) -> None:
    heard(session, T3)
    asker = builders.asker(session, cast.meng, at(30, 10))
    shown = reopening.open_releases(session, asker, None, at(30, 10))
    outbox.queue_answers(session, asker, shown, None, at(30, 10))
    presses(session, cast.meng, releasing.send_all, None, at(30, 10))
    assert verdicts(session) == [ReleaseVerdict.SENT] * 2
    assert names_heard(session, at(30, 10)) == [cast.lu.name]
