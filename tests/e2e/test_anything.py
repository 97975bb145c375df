"""Whatever a person sends gets a clear answer or is kindly ignored, and the next word is heard."""

from collections.abc import Awaitable, Callable

import pytest

from sandbox.phones import Person
from tests.office import Office

Act = Callable[[Person], Awaitable[object]]

ANSWERED: dict[str, Act] = {
    "emoji": lambda wei: wei.types("😀👷‍♀️🏗️" * 20),
    "as long as a message gets": lambda wei: wei.types("路" * 4096),
    "4,096 emoji": lambda wei: wei.types("😀" * 4096),
    "markup": lambda wei: wei.types("<b>白露</i> & <script>alert(1)</script>"),
    "an unknown tag": lambda wei: wei.types("<project>"),
    "control characters": lambda wei: wei.types("白\x07露\x1b[31m大\x0b道"),
    "zero-width characters": lambda wei: wei.types("\u200b\u200d\u2060"),
    "right to left": lambda wei: wei.types("\u202eدرب"),
    "only punctuation": lambda wei: wei.types("，。；！？（）"),
    "a regular expression": lambda wei: wei.types("(((((.*)*)*)+)+)$[^"),
    "a template": lambda wei: wei.types("{{ 7 * 7 }}{% for x in y %}"),
    "SQL": lambda wei: wei.types("'; DROP TABLE project; --"),
    "many lines": lambda wei: wei.types("\n".join(["第一行"] * 200)),
    "an unknown command": lambda wei: wei.types("/nonsense 1 2 3"),
    "a command of another bot": lambda wei: wei.types("/start@other_bot"),
    "a sticker": lambda wei: wei.sends_sticker(),
    "a voice message": lambda wei: wei.sends_voice(),
    "a place": lambda wei: wei.sends_location(),
    "a picture": lambda wei: wei.sends_photo(),
    "a picture with words": lambda wei: wei.sends_photo(caption="白露大道"),
    "a file that is no table": lambda wei: wei.sends_document("公文.pdf", b"%PDF-1.7"),
    "an empty file": lambda wei: wei.sends_document("空.xlsx", b""),
    "a poll-like thing": lambda wei: wei.sends(dice={"emoji": "🎲", "value": 3}),
    "somebody's card": lambda wei: wei.shares_card("13900000000", "王五", 77),
}


@pytest.mark.parametrize("act", ANSWERED.values(), ids=ANSWERED)
async def test_whatever_is_sent_is_answered(office: Office, act: Act) -> None:
    await act(office.wei)
    await office.wei.hears(within=15)
    assert "没能处理" not in office.wei.chat
    await hears_the_card(office.wei)


async def test_a_forwarded_question_is_a_question(office: Office) -> None:
    asked = await office.huang.types("白露大道（一期）")
    await office.wei.forwards(asked)
    await office.wei.hears("市住建局")


async def test_an_edited_message_is_kindly_ignored(office: Office) -> None:
    asked = await office.wei.types("白露大道")
    await office.wei.hears("白露大道")
    await office.wei.edits(asked, "罗文大桥")
    await office.wei.hears_nothing()
    await hears_the_card(office.wei)


async def test_a_stranger_learns_only_how_to_be_linked(office: Office) -> None:
    stranger = office.telegram.person("路人")
    for words in ("/start", "白露大道", "/status 白露大道", "/overview", "/holes"):
        await stranger.types(words)
        await stranger.hears(within=15)
    assert "住建局" not in stranger.chat
    assert "韦信息员" not in stranger.chat


async def test_in_a_group_one_line_is_said_and_nothing_else(office: Office) -> None:
    group = await office.wei.founds("项目群")
    await group.hears("办事请私聊我")
    await group.types("/status 白露大道")
    await group.types("白露大道")
    await group.hears_nothing(within=1)
    await hears_the_card(office.wei)


async def hears_the_card(person: Person) -> None:
    """Ask for the project by its name and get its card."""
    person.reads_everything()
    await person.types("白露大道（一期）")
    await person.hears("市住建局", within=15)
