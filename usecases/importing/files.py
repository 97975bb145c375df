"""A table as somebody sent it, and how what was read from it is told apart later."""

import hashlib
from dataclasses import dataclass

from domain.tables import Workbook
from usecases.workbook import read_workbook


@dataclass(frozen=True, slots=True)
class File:
    """A file's name and content."""

    name: str
    content: bytes

    def workbook(self) -> Workbook:
        """Its cells. Raises UnreadableWorkbook."""
        return read_workbook(self.name, self.content)


def digest_of(*shown: object) -> str:
    """A digest of plain values that is the same whenever they are."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()
