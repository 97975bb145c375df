"""Keyboards: their structure is checked before the chat is, their contents after it."""

import json
from typing import Any

from sandbox.botapi.errors import FormError
from sandbox.botapi.parameters import Parameters
from sandbox.botapi.text.formatted import require_utf8
from sandbox.botapi.text.links import checked_link

Markup = dict[str, Any]
_INLINE_ACTIONS = ("url", "callback_data", "copy_text")
_UNSPOKEN_ACTIONS = (
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "callback_game",
    "pay",
    "request_users",
    "request_chat",
    "request_poll",
    "request_managed_bot",
)
_INLINE_FIELDS = (*_INLINE_ACTIONS, "style", "icon_custom_emoji_id")
_REPLY_FIELDS = ("request_contact", "request_location", "style", "icon_custom_emoji_id")
_REPLY_OPTIONS = (
    "is_persistent",
    "resize_keyboard",
    "one_time_keyboard",
    "input_field_placeholder",
    "selective",
)
_MOST_IN_A_ROW = 8
_MOST_BUTTONS = 100
_MOST_BYTES = 10_000
_DATA_BYTES = 64


def parse_markup(parameters: Parameters) -> Markup | None:
    """The structure of `reply_markup`; raises FormError with Telegram's words."""
    if not parameters.text("reply_markup").strip():
        return None
    value = parameters.json("reply_markup", "can't parse reply keyboard markup JSON object")
    if value is None:
        return None
    if not isinstance(value, dict):
        raise FormError("object expected as reply markup")
    if "keyboard" in value:
        return _reply_keyboard(value)
    if "inline_keyboard" in value:
        return _inline_keyboard(value)
    return _other(value)


def _other(value: Markup) -> Markup | None:
    for kind in ("remove_keyboard", "force_reply"):
        if value.get(kind) is True:
            return {kind: True}
        if not isinstance(value.get(kind, False), bool):
            raise FormError(f'field "{kind}" must be of type Boolean')
    return None


def _rows(value: Markup, name: str, kind: str) -> list[list[Any]]:
    rows = value[name]
    if not isinstance(rows, list):
        raise FormError(f'field "{name}" must be of type Array')
    if not all(isinstance(row, list) for row in rows):
        raise FormError(f'field "{name}" of the {kind} must be an Array of Arrays')
    return rows


def _inline_keyboard(value: Markup) -> Markup | None:
    rows = _rows(value, "inline_keyboard", "InlineKeyboardMarkup")
    kept = [[_inline_button(button) for button in row] for row in rows]
    kept = [named for row in kept if (named := [button for button in row if button["text"]])]
    return {"inline_keyboard": kept} if kept else None


def _inline_button(button: Any) -> Markup:
    problem = _inline_problem(button)
    if problem:
        raise FormError(f"can't parse inline keyboard button: {problem}")
    return {"text": button["text"]} | {
        name: button[name] for name in _INLINE_FIELDS if name in button
    }


def _inline_problem(button: Any) -> str:
    if not isinstance(button, dict):
        return "InlineKeyboardButton must be an Object"
    if problem := _text_problem(button):
        return problem
    if unspoken := [name for name in _UNSPOKEN_ACTIONS if name in button]:
        return f"the sandbox does not speak {unspoken[0]}"
    for name in ("url", "callback_data"):
        if not isinstance(button.get(name, ""), str):
            return f'Field "{name}" must be of type String'
    if not any(button.get(name) for name in _INLINE_ACTIONS):
        return "Text buttons are unallowed in the inline keyboard"
    return ""


def _text_problem(button: Markup) -> str:
    if "text" not in button:
        return 'Can\'t find field "text"'
    return "" if isinstance(button["text"], str) else 'Field "text" must be of type String'


def _reply_keyboard(value: Markup) -> Markup | None:
    rows = _rows(value, "keyboard", "ReplyKeyboardMarkup")
    kept = [[_reply_button(button) for button in row] for row in rows]
    if not any(kept):
        return None
    options = {name: value[name] for name in _REPLY_OPTIONS if name in value}
    return {"keyboard": [row for row in kept if row]} | options


def _reply_button(button: Any) -> Markup:
    if isinstance(button, str):
        return {"text": button}
    problem = "" if isinstance(button, dict) else "KeyboardButton must be an Object"
    problem = problem or _text_problem(button)
    if not problem and (unspoken := [name for name in _UNSPOKEN_ACTIONS if name in button]):
        problem = f"the sandbox does not speak {unspoken[0]}"
    if problem:
        raise FormError(f"can't parse keyboard button: {problem}")
    return {"text": button["text"]} | {
        name: button[name] for name in _REPLY_FIELDS if name in button
    }


def check_contents(markup: Markup | None) -> Markup | None:
    """What is looked at once the chat is known: texts and links. Gives the stored form."""
    if markup is None or "inline_keyboard" not in markup:
        _check_texts((markup or {}).get("keyboard", []))
        return markup
    _check_texts(markup["inline_keyboard"])
    rows = [[_with_checked_url(button) for button in row] for row in markup["inline_keyboard"]]
    return {"inline_keyboard": rows}


def _check_texts(rows: list[list[Markup]]) -> None:
    for button in (button for row in rows for button in row):
        require_utf8(button["text"] + str(button.get("callback_data", "")))
        if not button["text"].strip():
            raise FormError("Keyboard button text must be non-empty")


def _with_checked_url(button: Markup) -> Markup:
    if "url" not in button:
        return button
    link = checked_link(button["url"])
    if link is None:
        url = button["url"]
        raise FormError(f"Inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
    return button | {"url": link}


def check_at_server(markup: Markup | None) -> None:
    """What only Telegram's own servers look at: sizes."""
    rows = (markup or {}).get("inline_keyboard") or (markup or {}).get("keyboard") or []
    buttons = [button for row in rows for button in row]
    if any(len(button.get("callback_data", "").encode()) > _DATA_BYTES for button in buttons):
        raise FormError("BUTTON_DATA_INVALID")
    too_wide = any(len(row) > _MOST_IN_A_ROW for row in rows)
    too_big = len(json.dumps(markup, ensure_ascii=False).encode()) > _MOST_BYTES
    if too_wide or too_big or len(buttons) > _MOST_BUTTONS:
        raise FormError("reply markup is too long")
