"""How to provoke each refusal of Telegram's table."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sandbox.botapi.chats import ChatKind, Standing
from sandbox.botapi.dispatch import Answer
from sandbox.botapi.parameters import Upload
from sandbox.botapi.people import media_content, text_content
from tests.sandbox.office import Office

OUT_OF_REACH = {
    "Logged out": "logOut is not spoken",
    "Bad Request: private chat not found": "there are no half-known users",
    "Forbidden: bot was kicked from the channel chat": "there are no channels",
    "Forbidden: bot is not a member of the channel chat": "there are no channels",
    "Bad Request: not enough rights to send text messages to the chat": "nobody is restricted",
    "Bad Request: CHAT_WRITE_FORBIDDEN": "observed only; nobody is restricted",
    "Bad Request: message thread not found": "there are no topics",
    "Bad Request: BUTTON_URL_INVALID": "observed only; the other check of links comes first",
    "Conflict: terminated by other setWebhook": "setWebhook answers at once",
    "Too Many Requests: retry after 60": "nothing is left unsent here",
}


def inline(*buttons: Any) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


def button(**action: Any) -> dict[str, Any]:
    return {"text": "确认"} | action


def html(source: str) -> Callable[[Office], Answer]:
    return lambda office: office.say(source, parse_mode="HTML")


def markdown(source: str, mode: str = "MarkdownV2") -> Callable[[Office], Answer]:
    return lambda office: office.say(source, parse_mode=mode)


def markup(value: Any) -> Callable[[Office], Answer]:
    return lambda office: office.say(reply_markup=value)


def blocked(office: Office) -> Answer:
    office.people.blocks(office.wang, office.bot)
    return office.say()


def deactivated(office: Office) -> Answer:
    office.wang.deactivated = True
    return office.say()


def never_started(office: Office) -> Answer:
    stranger = office.telegram.add_person("Li")
    office.people.joins(stranger, office.group())
    return office.to(stranger.id)


def standing(kind: ChatKind, new: Standing) -> Callable[[Office], Answer]:
    def provoke(office: Office) -> Answer:
        group = office.group(kind)
        group.members[office.bot.account.id] = new
        return office.to(group.id)

    return provoke


def group_deleted(office: Office) -> Answer:
    group = office.group()
    group.deleted = True
    return office.to(group.id)


def upgraded(office: Office) -> Answer:
    group = office.group()
    office.people.upgrades(office.wang, group)
    return office.to(group.id)


def edit_a_document(office: Office) -> Answer:
    sent = office.ask("sendDocument", chat_id=office.wang.id, document=upload(b"x"))
    return office.edit(sent.body["result"]["message_id"])


def delete_anothers(office: Office) -> Answer:
    group = office.group()
    message = office.people.sends(office.wang, group, text_content("不要删"))
    return office.ask("deleteMessage", chat_id=group.id, message_id=message.id)


def delete_late(office: Office) -> Answer:
    number = office.said()
    office.telegram.clock.move(timedelta(hours=49))
    return office.ask("deleteMessage", chat_id=office.wang.id, message_id=number)


def answer_late(office: Office) -> Answer:
    number = office.said(reply_markup=inline(button(callback_data="a")))
    query = office.people.presses(office.wang, office.chat.messages[number], "a")
    office.telegram.clock.move(timedelta(seconds=16))
    return office.ask("answerCallbackQuery", callback_query_id=query.id)


def upload(content: bytes) -> Upload:
    return Upload("a.txt", "text/plain", content)


def too_big_to_fetch(office: Office) -> Answer:
    office.telegram.settings.download_bytes = 3
    stored = office.telegram.files.store("document", "a.txt", "text/plain", b"four")
    office.people.sends(office.wang, office.chat, media_content(stored))
    return office.ask("getFile", file_id=stored.id)


def cloud_webhook(url: str) -> Callable[[Office], Answer]:
    def provoke(office: Office) -> Answer:
        office.telegram.settings.webhook_needs_https = True
        return office.ask("setWebhook", url=url)

    return provoke


def polled_with_webhook(office: Office) -> Answer:
    office.ask("setWebhook", url="https://example.org/hook")
    return office.ask("getUpdates")


def webhook_twice(office: Office) -> Answer:
    office.ask("setWebhook", url="https://example.org/hook")
    return office.ask("setWebhook", url="https://example.org/other")


def too_fast(office: Office) -> Answer:
    for _ in range(3):
        office.say()
    return office.say()


@dataclass(frozen=True)
class Case:
    """A description from the table, as it is worded for one provocation."""

    provoke: Callable[[Office], Answer]
    wording: dict[str, str]


def case(provoke: Callable[[Office], Answer], **wording: str) -> Case:
    return Case(provoke, wording)


ENTITIES = "Bad Request: can't parse entities: "
BUTTON = "Bad Request: can't parse inline keyboard button: "
GROUP, SUPERGROUP = ChatKind.GROUP, ChatKind.SUPERGROUP
CASES = {
    "Not Found: method not found": case(lambda o: o.ask("sendNothing")),
    "Bad Request: message text is empty": case(lambda o: o.say("")),
    "Bad Request: text must be non-empty": case(html(" <b></b>\n")),
    "Bad Request: message is too long": case(lambda o: o.say("字" * 4097)),
    "Bad Request: text is too long": case(lambda o: o.say("a" * 32769)),
    "Bad Request: message caption is too long": case(
        lambda o: o.ask(
            "sendDocument", chat_id=o.wang.id, document=upload(b"x"), caption="字" * 1025
        )
    ),
    "Bad Request: unsupported parse_mode": case(markdown("a", "BBCode")),
    "Bad Request: strings must be encoded in UTF-8": case(lambda o: o.say("a\ud83d")),
    ENTITIES + 'Unsupported start tag "X" at byte offset N': case(html("汉<br>"), X="br", N="3"),
    ENTITIES + "Unclosed start tag at byte offset N": case(html("a<b"), N="1"),
    ENTITIES + 'Unclosed start tag "X" at byte offset N': case(html("<a href"), X="a", N="0"),
    ENTITIES + 'Empty attribute name in the tag "X" at byte offset N': case(
        html("<b =x>y</b>"), X="b", N="0"
    ),
    ENTITIES + "Unexpected end of name token at byte offset N": case(html("<a href=a/>"), N="8"),
    ENTITIES + 'Tag "span" must have class "tg-spoiler" at byte offset N': case(
        html("<span>x</span>"), N="0"
    ),
    ENTITIES + "Unexpected end tag at byte offset N": case(html("a</b>"), N="1"),
    ENTITIES + "Unclosed end tag at byte offset N": case(html("<b>a</b"), N="4"),
    ENTITIES + 'Unmatched end tag at byte offset N, expected "</X>", found "</Y>"': case(
        html("<b>a</i>"), N="4", X="b", Y="i"
    ),
    ENTITIES + 'Can\'t find end tag corresponding to start tag "X"': case(html("<b>a"), X="b"),
    ENTITIES + "Text contains invalid Unicode characters after decoding HTML entities,"
    " check for unmatched surrogate code units": case(html("&#xD83D;")),
    ENTITIES + "Invalid custom emoji identifier specified": case(html("<tg-emoji>a</tg-emoji>")),
    ENTITIES + "Character 'X' is reserved and must be escaped with the preceding '\\'": case(
        markdown("a.b"), X="."
    ),
    ENTITIES + "Can't find end of Bold entity at byte offset N": case(markdown("*a"), N="0"),
    ENTITIES + "Can't find end of a URL at byte offset N": case(markdown("[a](b"), N="4"),
    ENTITIES + "Can't find end of the entity starting at byte offset N": case(
        markdown("a_b", "Markdown"), N="1"
    ),
    "Bad Request: chat_id is empty": case(lambda o: o.to(None)),
    "Bad Request: chat not found": case(lambda o: o.to(12345)),
    "Forbidden: bot was blocked by the user": case(blocked),
    "Forbidden: user is deactivated": case(deactivated),
    "Forbidden: bot can't initiate conversation with a user": case(never_started),
    "Forbidden: the bot can't send messages to the bot": case(
        lambda o: o.to(o.other_bot.account.id)
    ),
    "Forbidden: bot was kicked from the group chat": case(standing(GROUP, Standing.KICKED)),
    "Forbidden: bot is not a member of the group chat": case(standing(GROUP, Standing.LEFT)),
    "Forbidden: the group chat was deleted": case(group_deleted),
    "Forbidden: bot was kicked from the supergroup chat": case(
        standing(SUPERGROUP, Standing.KICKED)
    ),
    "Forbidden: bot is not a member of the supergroup chat": case(
        standing(SUPERGROUP, Standing.LEFT)
    ),
    "Bad Request: group chat was upgraded to a supergroup chat": case(upgraded),
    "Bad Request: can't parse reply keyboard markup JSON object": case(markup("{")),
    "Bad Request: object expected as reply markup": case(markup([])),
    'Bad Request: field "inline_keyboard" must be of type Array': case(
        markup({"inline_keyboard": None})
    ),
    'Bad Request: field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays': (
        case(markup({"inline_keyboard": [1]}))
    ),
    BUTTON + 'Can\'t find field "text"': case(markup(inline({"callback_data": "a"}))),
    BUTTON + "Text buttons are unallowed in the inline keyboard": case(
        markup(inline(button(callback_data="")))
    ),
    BUTTON + "InlineKeyboardButton must be an Object": case(markup(inline("确认"))),
    "Bad Request: BUTTON_DATA_INVALID": case(markup(inline(button(callback_data="字" * 22)))),
    "Bad Request: inline keyboard button URL 'http://localhost/' is invalid: Wrong HTTP URL": case(
        markup(inline(button(url="http://localhost/")))
    ),
    "Bad Request: reply markup is too long": case(
        markup({"inline_keyboard": [[button(callback_data="a")]] * 101})
    ),
    "Bad Request: keyboard button text must be non-empty": case(markup({"keyboard": [[" "]]})),
    "Bad Request: message to be replied not found": case(
        lambda o: o.say(reply_parameters={"message_id": 99})
    ),
    "Bad Request: message to edit not found": case(lambda o: o.edit(99)),
    "Bad Request: message can't be edited": case(lambda o: o.edit(1)),
    "Bad Request: there is no text in the message to edit": case(edit_a_document),
    "Bad Request: message is not modified: specified new message content and reply markup are"
    " exactly the same as a current content and reply markup of the message": case(
        lambda o: o.edit(o.said(), "您好")
    ),
    "Bad Request: message identifier is not specified": case(
        lambda o: o.ask("editMessageText", text="新")
    ),
    "Bad Request: message to delete not found": case(
        lambda o: o.ask("deleteMessage", chat_id=o.wang.id, message_id=99)
    ),
    "Bad Request: message can't be deleted": case(delete_anothers),
    "Bad Request: message can't be deleted for everyone": case(delete_late),
    "Bad Request: query is too old and response timeout expired or query ID is invalid": case(
        answer_late
    ),
    "Bad Request: wrong parameter action in request": case(
        lambda o: o.ask("sendChatAction", chat_id=o.wang.id, action="sleeping")
    ),
    "Bad Request: can't parse commands JSON object": case(
        lambda o: o.ask("setMyCommands", commands="{")
    ),
    "Bad Request: BOT_COMMAND_INVALID": case(
        lambda o: o.ask("setMyCommands", commands=[{"command": "填报", "description": "填报"}])
    ),
    "Bad Request: file_id not specified": case(lambda o: o.ask("getFile")),
    "Bad Request: invalid file_id": case(lambda o: o.ask("getFile", file_id="no")),
    "Bad Request: wrong file_id or the file is temporarily unavailable": case(
        lambda o: o.ask("getFile", file_id="B" * 60)
    ),
    "Bad Request: file is too big": case(too_big_to_fetch),
    "Bad Request: there is no document in the request": case(
        lambda o: o.ask("sendDocument", chat_id=o.wang.id)
    ),
    "Bad Request: wrong file identifier/HTTP URL specified": case(
        lambda o: o.ask("sendDocument", chat_id=o.wang.id, document="no")
    ),
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the"
    " webhook first": case(polled_with_webhook),
    "Too Many Requests: retry after 1": case(webhook_twice),
    "Too Many Requests: retry after N": case(too_fast, N="1"),
    "Bad Request: invalid webhook URL specified": case(
        lambda o: o.ask("setWebhook", url="ftp://example.org/")
    ),
    "Bad Request: secret token is too long": case(
        lambda o: o.ask("setWebhook", url="example.org/", secret_token="a" * 257)
    ),
    "Bad Request: secret token contains unallowed characters": case(
        lambda o: o.ask("setWebhook", url="example.org/", secret_token="!")
    ),
    "Bad Request: bad webhook: An HTTPS URL must be provided for webhook": case(
        cloud_webhook("http://example.org/")
    ),
    "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443": case(
        cloud_webhook("https://example.org:1/")
    ),
    "Bad Request: bad webhook: IP address X is reserved": case(
        cloud_webhook("https://127.0.0.1/"), X="127.0.0.1"
    ),
}
