"""The transcript of a day as kept beside the tests; `UPDATE_TRANSCRIPTS=1` writes it anew."""

import difflib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from tests.e2e.phone import Phone

TRANSCRIPTS = Path(__file__).parent / "transcripts"
# What differs from run to run: the tokens of links, and what o'clock it was.
VOLATILE = (
    (re.compile(r"start(=| )[\w-]{22,64}"), r"start\1…"),
    (re.compile(r"(?<!\d)\d{1,2}:\d{2}(?!\d)"), "--:--"),
)


def transcript(phones: Iterable[Phone]) -> str:
    """Every conversation of the day, one after the other."""
    chats = (f"━━ {phone.title}\n" + "\n".join(phone.notes) for phone in phones)
    text = "\n\n".join(chats) + "\n"
    for volatile, kept in VOLATILE:
        text = volatile.sub(kept, text)
    return re.sub(r" +$", "", text, flags=re.MULTILINE)


def check(name: str, text: str, folder: Path = TRANSCRIPTS) -> None:
    """Compare with the kept transcript, or keep this one."""
    path = folder / name
    if os.environ.get("UPDATE_TRANSCRIPTS"):
        path.write_text(text, encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    changed = difflib.unified_diff(kept.splitlines(), text.splitlines(), "kept", "now", lineterm="")
    assert kept == text, "\n".join(changed)
