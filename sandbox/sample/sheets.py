"""The programme as the office's own workbook, with the unevenness such workbooks have."""

from collections.abc import Iterator, Mapping, Sequence

from domain.vocabulary import PlanCategory, Sector
from sandbox.sample.facts import Programme, Project
from sandbox.sample.grid import Cell, Column, Row, Sheet, workbook
from sandbox.sample.plans import Plan, PrintedLine, read_plan
from sandbox.sample.words import table

WAN = 10_000
GROUPED_EVERY = 23
FULL_WIDTH_EVERY = 59
SCOPE_CONTINUES_EVERY = 41
UNITS_CONTINUE_EVERY = 31


def write_programme_xlsx(programme: Programme) -> bytes:
    """The workbook an office would import: amounts in 万元, a sheet for each annex of its plan.

    Guangxi's plan has an annex a category, Liuzhou's one for the projects to build (with a column
    计划类别) and one for the preparatory ones. Subtotals carry what the document prints, which in
    places is not what the rows add to. Years, months and amounts are spelled in several ways, some
    rows go on in the next one.
    """
    return workbook(programme_sheets(programme))


def programme_sheets(programme: Programme) -> list[Sheet]:
    """The sheets of the workbook before they are written."""
    plan = read_plan(programme.key)
    forms = table("forms")
    serial = {project.code: number for number, project in enumerate(programme.projects, start=1)}
    return [
        Sheet(
            name=form["name"],
            titles=(
                forms["appendix"].format(number=number),
                form["title"].format(title=programme.title),
                forms["note"],
            ),
            unit=forms["unit_line"],
            columns=_columns(programme),
            rows=tuple(_sheet_rows(programme, plan, form["categories"], serial)),
        )
        for number, form in enumerate(forms["sheets"][programme.key], start=1)
    ]


def _columns(programme: Programme) -> tuple[Column, ...]:
    return tuple(
        Column(
            key=column["key"],
            header=column["header"],
            width=column["width"],
            group=column["group"].format(year=programme.year) if "group" in column else None,
        )
        for column in table("forms")["columns"]
        if column.get("only", programme.key) == programme.key
    )


def _sheet_rows(
    programme: Programme, plan: Plan, categories: Sequence[str], serial: Mapping[str, int]
) -> Iterator[Row]:
    if len(categories) > 1:
        listed = [p for p in programme.projects if p.plan_category in categories]
        yield _sum_row(table("forms")["grand_total"], "", plan.total, listed)
    for category in map(PlanCategory, categories):
        label = plan.labels[category]
        listed = [p for p in programme.projects if p.plan_category is category]
        yield _sum_row(table("forms")["total"], label, plan.of_category(category), listed)
        for line, projects in _parts(plan, category, listed):
            yield _sum_row(table("forms")["subtotal"], _part_name(line), line, projects)
            for project in projects:
                yield from _project_rows(project, serial[project.code], programme.year, plan)


def _parts(
    plan: Plan, category: PlanCategory, projects: Sequence[Project]
) -> Iterator[tuple[PrintedLine, list[Project]]]:
    """The plan's lines of a category, each with its projects."""
    for line in plan.lines(category):
        yield (
            line,
            [
                p
                for p in projects
                if line.region in (None, p.region) and line.sector in (None, p.sector)
            ],
        )


def _part_name(line: PrintedLine) -> str:
    return line.region or str(table("forms")["sectors"][line.sector or Sector.INFRASTRUCTURE])


def _sum_row(template: str, part: str, stated: PrintedLine, projects: Sequence[Project]) -> Row:
    """A row of sums: what the document prints, and where it prints nothing what the rows give."""
    total = stated.total_investment or sum(p.total_investment for p in projects)
    annual = stated.annual_plan or sum(p.annual_planned_investment or 0 for p in projects)
    name = template.format(part=part, count=stated.projects)
    return Row({"name": name, "total": wan(total), "annual": wan(annual) if annual else None})


def _project_rows(project: Project, serial: int, year: int, plan: Plan) -> Iterator[Row]:
    cells = _cells(project, serial, year, plan)
    units, scope = project.responsible_units, project.scope
    if serial % SCOPE_CONTINUES_EVERY == 0:
        head, comma, tail = scope.partition("，")
        yield Row({**cells, "scope": head + comma})
        yield Row({"scope": tail}, continues=True)
    elif serial % UNITS_CONTINUE_EVERY == 0 and len(units) > 1:
        yield Row({**cells, "units": units[0]})
        rest = _joined(units[1:], serial)
        yield Row({"units": rest}, continues=True, merged=("number", "code", "name"))
    else:
        yield Row(cells)


def _cells(project: Project, serial: int, year: int, plan: Plan) -> dict[str, Cell]:
    annual = project.annual_planned_investment
    return {
        "number": serial,
        "code": project.code,
        "name": project.name,
        "aliases": _joined(project.aliases, 0) or None,
        "category": plan.labels[project.plan_category],
        "sector": table("forms")["sectors"][project.sector],
        "region": project.region,
        "place": project.place,
        "scope": project.scope,
        "years": _years(project, serial),
        "total": _spelled(project.total_investment, serial),
        "before": wan(project.invested_before) if project.invested_before else None,
        "annual": None if annual is None else _spelled(annual, serial + 7),
        "goal": project.annual_goal,
        "start": _month(project.planned_start_month, year, serial),
        "finish": _month(project.planned_finish_month, year, serial),
        "units": _joined(project.responsible_units, serial),
        "owner": project.owner,
        "agent": project.agent,
    }


def wan(yuan: int) -> int | float:
    """Yuan as a number of 万元, whole where it can be."""
    return yuan // WAN if yuan % WAN == 0 else yuan / WAN


def _spelled(yuan: int, serial: int) -> Cell:
    """Mostly a number; now and then text with thousands separators or full-width digits."""
    if serial % FULL_WIDTH_EVERY == 0:
        return _full_width(str(wan(yuan)))
    if serial % GROUPED_EVERY == 0:
        return f"{wan(yuan):,}"
    return wan(yuan)


def _full_width(text: str) -> str:
    return "".join(chr(ord(char) + 0xFEE0) for char in text)


def _years(project: Project, serial: int) -> str:
    """The years, one number where the project begins and ends in one, by hands that differ."""
    if project.start_year == project.finish_year:
        return str(project.start_year)
    spellings: list[str] = table("forms")["years"]
    spelling = spellings[serial % len(spellings)]
    return spelling.format(start=project.start_year, finish=project.finish_year)


def _month(month: int | None, year: int, serial: int) -> str | None:
    if month is None:
        return None
    spellings: list[str] = table("forms")["months"]
    return spellings[serial % len(spellings)].format(month=month, year=year)


def _joined(words: Sequence[str], serial: int) -> str:
    separators: list[str] = table("forms")["separators"]
    return separators[serial % len(separators)].join(words)
