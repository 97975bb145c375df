"""The examples in the guides, written anew from the samples: `python -m tests.guides`.

A block ```` ```text KIND N ```` shows the Nth sample (from 0) of that kind of message.
"""

import html
import re
from collections.abc import Sequence
from pathlib import Path

from domain.vocabulary import Language
from templates.message import Message
from templates.render import Voice, render
from tests.structure.test_messages import every_sample

DOCS = Path(__file__).parents[1] / "docs"
GUIDES = {Language.ZH: DOCS / "guide.zh-CN.md", Language.EN: DOCS / "guide.md"}
EXAMPLE = re.compile(r"^```text (\w+) (\d+)\n.*?^```$", re.DOTALL | re.MULTILINE)


def rewritten(guide: str, language: Language) -> str:
    """The guide with every example as the bot says it now. Raises IndexError for a sample gone."""
    samples = every_sample()
    return EXAMPLE.sub(lambda found: _example(found, samples, language), guide)


def _example(found: re.Match[str], samples: Sequence[Message], language: Language) -> str:
    kind, number = found[1], int(found[2])
    sample = [one for one in samples if one.kind() == kind][number]
    return f"```text {kind} {number}\n{_as_on_a_phone(sample, language)}\n```"


def _as_on_a_phone(message: Message, language: Language) -> str:
    said = render(message, Voice(language, "Asia/Shanghai"))
    words = html.unescape(re.sub(r"<[^>]+>", "", said.text))
    rows = (" ".join(f"[{key['label']}]" for key in row) for row in said.keyboard)
    return "\n".join([words, *rows])


if __name__ == "__main__":
    for language, file in GUIDES.items():
        file.write_text(rewritten(file.read_text("utf-8"), language), "utf-8")
