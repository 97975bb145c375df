"""Every message on a page as a phone shows it, to be looked at by eye: `make messages`.

One static page a language, made from the typical samples; the hostile ones are for the tests.
"""

import importlib
import pkgutil
import re
import shutil
import sys
from html import escape
from pathlib import Path

import pylopdf_fonts_zh_cn

from domain.vocabulary import Language
from templates.message import Message
from templates.render import Rendered, Voice, render
from tests.templates import samples

ZONE = "Asia/Shanghai"
STYLE = Path(__file__).with_name("gallery.css")
# What hostile samples are made of: markup as words, endless words, enormous numbers.
HOSTILE = re.compile(r"&lt;|&amp;|(\w)\1{7}|1,?000,?000|\d{12}|(\d{4},){2}")


def main(folder: Path) -> None:
    """Write `zh.html` and `en.html`, with the style and the font, into this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(STYLE, folder / "gallery.css")
    shutil.copyfile(pylopdf_fonts_zh_cn.sans_path(), folder / "font.otf")
    for language in Language:
        path = folder / f"{language.value}.html"
        path.write_text(page(language), encoding="utf-8")
        print(path)


def page(language: Language) -> str:
    """All topics in one language; `#topic` at the end of its address shows that topic alone."""
    topics = [module.name for module in pkgutil.iter_modules(samples.__path__)]
    links = " ".join(f'<a href="#{topic}">{topic}</a>' for topic in topics)
    sections = "\n".join(_section(topic, language) for topic in topics)
    return f"""<!doctype html>
<html lang="{language.value}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{language.value}</title>
<link rel="stylesheet" href="gallery.css">
<body>
<nav>{links}</nav>
{sections}
"""


def _section(topic: str, language: Language) -> str:
    module = importlib.import_module(f"{samples.__name__}.{topic}")
    shown = "\n".join(_article(said) for said in typical(module.SAMPLES, language))
    return (
        f'<section id="{topic}"><h2>{topic}</h2><div class="messages">\n{shown}\n</div></section>'
    )


def typical(messages: list[Message], language: Language) -> list[Rendered]:
    """What an ordinary day says: these messages without the hostile ones."""
    said = [render(message, Voice(language, ZONE)) for message in messages]
    return [one for one in said if not HOSTILE.search(one.text)]


def _article(said: Rendered) -> str:
    rows = "".join(_row([key["label"] for key in row]) for row in said.keyboard)
    bubble = f'<div class="bubble">{said.text}</div>'
    return f"<article><small>{said.kind}</small>{bubble}{rows}</article>"


def _row(labels: list[str]) -> str:
    return f'<div class="row">{"".join(f"<span>{escape(label)}</span>" for label in labels)}</div>'


if __name__ == "__main__":
    main(Path(sys.argv[1]))
