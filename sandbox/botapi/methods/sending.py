"""Sending texts, files and signs of life."""

from sandbox.botapi.asking import Ask, Reply, speaks
from sandbox.botapi.chats import Json
from sandbox.botapi.errors import FormError
from sandbox.botapi.markup import check_contents, parse_markup
from sandbox.botapi.methods.content import (
    SEND_PARAMETERS,
    caption_fields,
    deliver,
    parse_caption,
    parse_reply,
    parse_text,
    reply_fields,
    stored_upload,
    text_fields,
)
from sandbox.botapi.people import media_content
from sandbox.botapi.text.formatted import finish_text
from sandbox.botapi.world import require_not_blocked

_IMAGES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
_ACTIONS = """typing upload_photo record_video upload_video record_voice upload_voice
    upload_document choose_sticker find_location record_video_note upload_video_note"""


@speaks("sendMessage", f"{SEND_PARAMETERS} text entities link_preview_options")
def send_message(ask: Ask) -> Reply:
    """A text; the checks come in Telegram's order (telegram.md 2.2)."""
    parsed = parse_text(ask)
    reply = parse_reply(ask)
    markup = parse_markup(ask.parameters)
    chat = ask.chat()
    answered = reply_fields(chat, reply)
    content = text_fields(finish_text(parsed))
    return deliver(ask, chat, content | answered, check_contents(markup))


@speaks(
    "sendDocument",
    f"{SEND_PARAMETERS} document caption caption_entities disable_content_type_detection",
)
def send_document(ask: Ask) -> Reply:
    """A file with a caption."""
    return _send_media(ask, "document")


@speaks("sendPhoto", f"{SEND_PARAMETERS} photo caption caption_entities")
def send_photo(ask: Ask) -> Reply:
    """A picture with a caption."""
    return _send_media(ask, "photo")


def _send_media(ask: Ask, kind: str) -> Reply:
    file = stored_upload(ask, kind)
    parsed = parse_caption(ask)
    reply = parse_reply(ask)
    markup = parse_markup(ask.parameters)
    chat = ask.chat()
    content: Json = reply_fields(chat, reply) | caption_fields(parsed)
    if kind == "photo" and not file.content.startswith(_IMAGES):
        raise FormError("IMAGE_PROCESS_FAILED")
    return deliver(ask, chat, media_content(file) | content, check_contents(markup))


@speaks("sendChatAction", "chat_id action")
def send_chat_action(ask: Ask) -> Reply:
    """'typing...' and its like."""
    chat = ask.chat()
    action = ask.parameters.text("action").lower()
    if action not in _ACTIONS.split():
        raise FormError("wrong parameter action in request")
    require_not_blocked(chat)
    ask.bot.actions.append((ask.telegram.clock.now(), chat.id, action))
    ask.telegram.touch(chat)
    return Reply(True)
