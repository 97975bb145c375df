"""Editing and deleting what the bot sent, and answering presses."""

from sandbox.botapi.asking import Ask, Reply, speaks
from sandbox.botapi.chats import Json, Message
from sandbox.botapi.errors import ApiError, FormError
from sandbox.botapi.markup import Markup, check_at_server, check_contents, parse_markup
from sandbox.botapi.methods.content import caption_fields, parse_caption, parse_text, text_fields
from sandbox.botapi.text.formatted import finish_text

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
_TARGET = "chat_id message_id reply_markup"
_TEXT_FIELDS = ("text", "entities", "caption", "caption_entities")
_TOAST_LENGTH = 200


@speaks("editMessageText", f"{_TARGET} text parse_mode entities link_preview_options")
def edit_message_text(ask: Ask) -> Reply:
    """A new text; a keyboard that is not sent along is removed."""
    parsed = parse_text(ask)
    markup = _inline_markup(ask)
    message = _own_message(ask)
    if "text" not in message.content:
        raise ApiError(400, "there is no text in the message to edit")
    return _change(ask, message, text_fields(finish_text(parsed)), check_contents(markup))


@speaks("editMessageCaption", f"{_TARGET} caption parse_mode caption_entities")
def edit_message_caption(ask: Ask) -> Reply:
    """A new caption under a file."""
    parsed = parse_caption(ask)
    markup = _inline_markup(ask)
    message = _own_message(ask)
    if "text" in message.content:
        raise ApiError(400, "there is no caption in the message to edit")
    return _change(ask, message, caption_fields(parsed), check_contents(markup))


@speaks("editMessageReplyMarkup", _TARGET)
def edit_message_reply_markup(ask: Ask) -> Reply:
    """A new keyboard, or none."""
    markup = _inline_markup(ask)
    message = _own_message(ask)
    said = {name: message.content[name] for name in _TEXT_FIELDS if name in message.content}
    return _change(ask, message, said, check_contents(markup))


@speaks("deleteMessage", "chat_id message_id")
def delete_message(ask: Ask) -> Reply:
    """Take a message away, within 48 hours."""
    chat = ask.chat()
    message = chat.messages.get(ask.parameters.integer("message_id"))
    if message is None or message.deleted:
        raise ApiError(400, "message to delete not found")
    if chat.is_group and message.sender is not ask.bot.account:
        raise ApiError(400, "message can't be deleted")
    if ask.telegram.clock.now() - message.date > ask.telegram.settings.delete_lifetime:
        raise ApiError(400, "message can't be deleted for everyone")
    message.deleted = True
    ask.telegram.touch(chat)
    return Reply(True)


@speaks("answerCallbackQuery", "callback_query_id text show_alert cache_time")
def answer_callback_query(ask: Ask) -> Reply:
    """End the waiting of whoever pressed; possible once and only for a short while."""
    query = ask.bot.open_query(ask.parameters.text("callback_query_id"), ask.telegram.clock.now())
    if query is None:
        raise ApiError(400, "query is too old and response timeout expired or query ID is invalid")
    text = ask.parameters.text("text")
    if len(text) > _TOAST_LENGTH:
        raise FormError("MESSAGE_TOO_LONG")
    query.answer = {"text": text, "show_alert": ask.parameters.boolean("show_alert")}
    ask.telegram.touch(query.message.chat)
    return Reply(True)


def _inline_markup(ask: Ask) -> Markup | None:
    markup = parse_markup(ask.parameters)
    if markup and "inline_keyboard" not in markup:
        raise FormError("inline keyboard expected")
    return markup


def _own_message(ask: Ask) -> Message:
    """The message to edit; raises ApiError when the bot may not."""
    message_id = ask.parameters.integer("message_id")
    if not ask.parameters.text("chat_id") and not message_id:
        raise FormError("message identifier is not specified")
    chat = ask.chat()
    message = chat.messages.get(message_id)
    if message is None or message.deleted:
        raise ApiError(400, "message to edit not found")
    fixed = message.markup is not None and "inline_keyboard" not in message.markup
    if message.sender is not ask.bot.account or fixed or "forward_origin" in message.content:
        raise ApiError(400, "message can't be edited")
    return message


def _change(ask: Ask, message: Message, said: Json, markup: Markup | None) -> Reply:
    kept = {k: v for k, v in message.content.items() if k not in _TEXT_FIELDS}
    content = kept | said
    if (content, markup) == (message.content, message.markup):
        raise ApiError(400, _NOT_MODIFIED)
    check_at_server(markup)
    ask.telegram.count_send(ask.bot, message.chat, ask.method)
    message.change(content, markup, ask.telegram.clock.now())
    ask.telegram.touch(message.chat)
    return Reply(message.as_json())
