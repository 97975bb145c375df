"""What sending and editing share: texts, replies, media, and the last step of a send."""

from typing import Any

from sandbox.botapi import markup as keyboards
from sandbox.botapi.asking import Ask, Reply
from sandbox.botapi.chats import Chat, Json
from sandbox.botapi.errors import ApiError, FormError
from sandbox.botapi.parameters import Parameters
from sandbox.botapi.text.formatted import Formatted, finish_caption, parse

SEND_PARAMETERS = (
    "chat_id disable_notification protect_content reply_parameters reply_markup parse_mode"
)


def parse_text(ask: Ask) -> Formatted:
    """The marked-up `text`, not yet trimmed."""
    if not ask.parameters.text("text"):
        raise FormError("message text is empty")
    return _parse(ask.parameters, "text", "entities")


def parse_caption(ask: Ask) -> Formatted:
    """The marked-up `caption`, not yet trimmed."""
    return _parse(ask.parameters, "caption", "caption_entities")


def _parse(parameters: Parameters, name: str, entities: str) -> Formatted:
    given = parameters.objects(entities, "can't parse entities JSON object")
    return parse(parameters.text(name), parameters.text("parse_mode"), given)


def text_fields(text: Formatted) -> Json:
    """The fields of a message's text."""
    return {"text": text.text} | _entities("entities", text)


def caption_fields(parsed: Formatted) -> Json:
    """The fields of a caption, none for an empty one."""
    caption = finish_caption(parsed)
    if not caption.text:
        return {}
    return {"caption": caption.text} | _entities("caption_entities", caption)


def _entities(name: str, text: Formatted) -> Json:
    return {name: [entity.as_json() for entity in text.entities]} if text.entities else {}


def parse_reply(ask: Ask) -> Json:
    """The structure of `reply_parameters`, or of the older arguments."""
    if ask.parameters.text("reply_parameters"):
        value = ask.parameters.json("reply_parameters", "can't parse ReplyParameters JSON object")
        if not isinstance(value, dict):
            raise FormError("object expected as reply parameters")
        return value
    if message_id := ask.parameters.integer("reply_to_message_id"):
        bold = ask.parameters.boolean("allow_sending_without_reply")
        return {"message_id": message_id, "allow_sending_without_reply": bold}
    return {}


def reply_fields(chat: Chat, reply: Json) -> Json:
    """The message that is answered; raises ApiError when it is not there."""
    if not reply:
        return {}
    message = chat.messages.get(int(reply.get("message_id", 0)))
    if message and not message.deleted:
        shown = {k: v for k, v in message.as_json().items() if k != "reply_to_message"}
        return {"reply_to_message": shown}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise ApiError(400, "message to be replied not found")


def deliver(ask: Ask, chat: Chat, content: Json, markup: keyboards.Markup | None) -> Reply:
    """The last step of a send: Telegram's servers look at sizes and limits, then it is there."""
    keyboards.check_at_server(markup)
    ask.telegram.count_send(ask.bot, chat, ask.method)
    if ask.parameters.boolean("protect_content"):
        content["has_protected_content"] = True
    message = ask.telegram.post(chat, ask.bot.account, content, markup)
    message.silent = ask.parameters.boolean("disable_notification")
    return Reply(message.as_json())


def stored_upload(ask: Ask, kind: str) -> Any:
    """The file of a call: uploaded now, or known to Telegram by its id.

    Raises FormError for no file, an empty one, or an id or address nothing is known of;
    ApiError 413 for one over the size limit.
    """
    written = ask.parameters.text(kind)
    part = ask.parameters.files.get(written.removeprefix("attach://") or kind)
    if part is None:
        return _known_file(ask, kind, written)
    if not part.content:
        raise FormError("file must be non-empty")
    if len(part.content) > ask.telegram.settings.upload_bytes:
        raise FormError("", 413)
    return ask.telegram.files.store(kind, part.name, part.content_type, part.content)


def _known_file(ask: Ask, kind: str, written: str) -> Any:
    if not written:
        raise FormError(f"there is no {kind} in the request")
    file = ask.telegram.files.by_id(written)
    if file is None or file.kind != kind:
        raise FormError("wrong file identifier/HTTP URL specified")
    return file
