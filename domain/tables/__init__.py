"""The office's tables: from plain cells to typed rows, with the place of everything wrong.

Give cells (`usecases.workbook.read_workbook`) to `form_of`, then to `read_programme` or
`read_contacts`. All problems of a file come at once, as codes with parameters.
"""

from domain.place import Place
from domain.tables.contacts import (
    ContactRow,
    ContactTable,
    ScopeKind,
    ScopePart,
    read_contacts,
)
from domain.tables.dates import Years
from domain.tables.grid import Formula, Merge, Sheet, Value, Workbook
from domain.tables.headers import Form
from domain.tables.names import Known
from domain.tables.problems import Doubt, DoubtCode, Problem, ProblemCode
from domain.tables.programme import ProgrammeTable, read_programme
from domain.tables.project_rows import ProjectRow
from domain.tables.sheets import form_of

__all__ = [
    "ContactRow",
    "ContactTable",
    "Doubt",
    "DoubtCode",
    "Form",
    "Formula",
    "Known",
    "Merge",
    "Place",
    "Problem",
    "ProblemCode",
    "ProgrammeTable",
    "ProjectRow",
    "ScopeKind",
    "ScopePart",
    "Sheet",
    "Value",
    "Workbook",
    "Years",
    "form_of",
    "read_contacts",
    "read_programme",
]
