"""The arguments of one call, read by Telegram's lenient rules."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.botapi.errors import FormError

_INTEGER = re.compile(r"\s*(-?\d{1,19})")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file part of a multipart call."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """Texts and files as they came in; unknown ones are never looked at."""

    texts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Upload] = field(default_factory=dict)

    @classmethod
    def of(cls, **values: Any) -> "Parameters":
        """From Python values, the way an HTTP client would write them; None is left out."""
        given = {name: value for name, value in values.items() if value is not None}
        return cls({name: written(value) for name, value in given.items()})

    def text(self, name: str) -> str:
        """The argument as it stands, '' when missing."""
        return self.texts.get(name, "")

    def integer(self, name: str, default: int = 0) -> int:
        """The leading number; anything else counts as 0."""
        if name not in self.texts:
            return default
        found = _INTEGER.match(self.texts[name])
        return int(found.group(1)) if found else 0

    def clamped(self, name: str, default: int, low: int, high: int) -> int:
        """A number pressed into its range."""
        return min(max(self.integer(name, default), low), high)

    def boolean(self, name: str) -> bool:
        """True for true, yes and 1 in any case; false for everything else."""
        return self.text(name).strip().lower() in ("true", "yes", "1")

    def objects(self, name: str, complaint: str) -> list[dict[str, Any]]:
        """A JSON array of objects; raises FormError with `complaint` for anything else."""
        if not self.text(name):
            return []
        value = self.json(name, complaint)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise FormError(complaint)
        return value

    def json(self, name: str, complaint: str) -> Any:
        """Any JSON value; raises FormError with `complaint` when it is not JSON."""
        try:
            return json.loads(self.text(name))
        except ValueError:
            raise FormError(complaint) from None


def written(value: Any) -> str:
    """A value as an argument: strings as they are, everything else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
