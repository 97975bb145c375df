"""Why a row that can be read still does not fit what the office keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from domain.place import Place


class ConflictCode(StrEnum):
    """What a row contradicts, in the records or in the same file."""

    TWO_PROJECTS = "two_projects"
    CODE_DIFFERS = "code_differs"
    NAME_IN_SEVERAL_REGIONS = "name_in_several_regions"
    NAME_IS_ALIAS = "name_is_alias"
    ROW_TWICE = "row_twice"
    TOO_LONG = "too_long"

    TWO_CONTACTS = "two_contacts"
    SEVERAL_CONTACTS = "several_contacts"
    LINKED_TO_ANOTHER = "linked_to_another"
    PHONE_OF_FORMER = "phone_of_former"
    ROWS_DISAGREE = "rows_disagree"
    SCOPE_UNKNOWN = "scope_unknown"
    SCOPE_AMBIGUOUS = "scope_ambiguous"
    NO_COORDINATOR_LEFT = "no_coordinator_left"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that is not imported: where it stands, and what it contradicts."""

    code: ConflictCode
    place: Place
    parameters: Mapping[str, str | int] = field(default_factory=dict)


class Conflicting(Exception):  # noqa: N818 - it is the row that conflicts
    """A row that fits nowhere: the conflict's code and parameters, perhaps the place."""

    def __init__(self, code: ConflictCode, **parameters: str | int) -> None:
        super().__init__(code, parameters)
        self.code = code
        self.parameters = parameters
        self._place: Place | None = None

    def standing_at(self, place: Place) -> Self:
        """The same, of one cell of its row."""
        self._place = place
        return self

    def at(self, place: Place) -> Conflict:
        """The conflict of the row at that place, unless it is known more exactly."""
        return Conflict(self.code, self._place or place, self.parameters)
