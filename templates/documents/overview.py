"""The workbook of the projects behind a figure of the overview."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.overview import Sums
from domain.periods import Period
from domain.progress import percent
from domain.vocabulary import ActualState, PlanCategory, Sector
from templates.documents.workbook import Cell, table
from templates.render import Voice, name_of, wordbook

WAN = 10_000
_DONE = 10  # the column of what is completed, named by its month


@dataclass(frozen=True)
class ProjectRow:
    """One project; what is not stated stays empty, a plan not issued has no percentage."""

    name: str
    code: str
    category: PlanCategory
    sector: Sector | None
    region: str
    lead_unit: str
    state: ActualState
    total_investment: int | None
    annual_plan: int | None
    sums: Sums


def overview_workbook(rows: Sequence[ProjectRow], through: Period | None, voice: Voice) -> bytes:
    """A row for each project, in the given order; amounts in 万元, completed up to that month."""
    words = wordbook(voice.language, "documents")["overview"]
    header = list(words["header"])
    if through:
        months = wordbook(voice.language, "names")["months"]
        header[_DONE] = words["done_through"].format(month=months[through.month - 1])
    cells = [_cells(number, row, voice) for number, row in enumerate(rows, start=1)]
    return table(words["title"], header, cells)


def _cells(number: int, row: ProjectRow, voice: Voice) -> list[Cell]:
    share = row.sums.share
    return [
        Decimal(number),
        row.name,
        row.code,
        name_of(row.category, voice.language),
        name_of(row.sector, voice.language) if row.sector else None,
        row.region,
        row.lead_unit,
        name_of(row.state, voice.language),
        _wan(row.total_investment),
        _wan(row.annual_plan),
        _wan(row.sums.done),
        _percent(share),
        _percent(row.sums.due) if share is not None else None,
    ]


def _wan(yuan: int | None) -> Decimal | None:
    return Decimal(yuan) / WAN if yuan is not None else None


def _percent(share: Fraction | None) -> Decimal | None:
    return percent(share) if share is not None else None
