"""Turn a typed message into words: Jinja2 with autoescape and no undefined names."""

import tomllib
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from domain.vocabulary import Language
from templates.formats import Formats
from templates.message import Button, Key, Link, Message, SharePhone


@dataclass(frozen=True, slots=True)
class Voice:
    """How a person is spoken to: their language and the office's zone."""

    language: Language
    zone: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message in words, ready to be stored: HTML text and the keyboard as plain data."""

    kind: str
    text: str
    keyboard: list[list[dict[str, str]]]


def render(message: Message, voice: Voice) -> Rendered:
    """The message in the person's language; raises where a template or a word is missing."""
    template = _environment(voice).get_template(f"{message.kind()}.html.j2")
    text = template.render(**_fields(message)).strip()
    keyboard = [[_key(key, voice) for key in row] for row in message.rows()]
    return Rendered(message.kind(), text, keyboard)


@cache
def wordbook(language: Language, name: str) -> dict[str, Any]:
    """A language's TOML file of words, such as `buttons` or `names`."""
    file = resources.files("templates") / language.value / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def name_of(member: StrEnum, language: Language) -> str:
    """What a member of a closed set is called in this language."""
    group = Formats.group_of(type(member))
    return str(wordbook(language, "names")[group][member.value])


def _fields(message: Message) -> dict[str, Any]:
    return {field.name: getattr(message, field.name) for field in fields(message)}


def _key(key: Key, voice: Voice) -> dict[str, str]:
    words = key.words if isinstance(key, Button) else {}
    label = _label(voice, key.label).render(**words)
    match key:
        case Button():
            return {"label": label, "data": key.data}
        case Link():
            return {"label": label, "url": key.url}
        case SharePhone():
            return {"label": label, "request": "contact"}


@cache
def _label(voice: Voice, label: str) -> Template:
    source = wordbook(voice.language, "buttons")[label]
    # Labels are plain text to Telegram: escaping them would show &amp; on the phone.
    return _environment(voice).overlay(autoescape=False).from_string(source)


@cache
def _environment(voice: Voice) -> Environment:
    folder = resources.files("templates") / voice.language.value
    environment = Environment(
        loader=FileSystemLoader(str(folder)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    formats = Formats(wordbook(voice.language, "names"), ZoneInfo(voice.zone))
    environment.filters.update(formats.filters())
    environment.globals["names"] = wordbook(voice.language, "names")
    return environment
