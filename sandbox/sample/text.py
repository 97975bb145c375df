"""The plan's sentences with its printed totals, as the document states them."""

from collections.abc import Iterator
from decimal import Decimal

from domain.vocabulary import Level, PlanCategory
from sandbox.sample.facts import Programme
from sandbox.sample.plans import YI, Plan, PrintedLine, read_plan
from sandbox.sample.words import table


def plan_text(programme: Programme) -> str:
    """The totals of the plan in sentences of our own, with the figures of the document.

    They disagree with each other where the document's do, and so let the import report it.
    """
    plan = read_plan(programme.key)
    paragraphs = _region_plan if programme.level is Level.REGION else _city_plan
    return "\n\n".join((programme.title, _whole(plan, programme.year), *paragraphs(plan))) + "\n"


def _whole(plan: Plan, year: int) -> str:
    key = "region_total" if plan.level is Level.REGION else "city_total"
    return _say(key, plan.total, year=year)


def _region_plan(plan: Plan) -> Iterator[str]:
    words = table("forms")["text"]
    yield "".join(_category(plan, category) for category in PlanCategory)
    for number, category in enumerate(PlanCategory):
        parts = "，".join(_say("region_part", line) for line in plan.lines(category))
        yield words["region_heading"].format(
            number=words["numerals"][number], label=plan.labels[category], parts=parts
        )
    annual = [line for line in plan.printed if line.region and line.category is None]
    yield words["investment_heading"].format(
        number=words["numerals"][len(PlanCategory)],
        parts="，".join(_say("investment_part", line) for line in annual),
    )


def _city_plan(plan: Plan) -> Iterator[str]:
    words = table("forms")["text"]
    for number, category in enumerate(PlanCategory):
        label = plan.labels[category]
        yield words["city_heading"].format(number=words["numerals"][number], label=label)
        yield _category(plan, category)
        key = "sector_part" if plan.of_category(category).annual_plan else "sector_part_unplanned"
        parts = "；".join(_say(key, line) for line in plan.lines(category))
        yield words["sector_line"].format(parts=parts)


def _category(plan: Plan, category: PlanCategory) -> str:
    line = plan.of_category(category)
    key = "category" if line.annual_plan else "category_unplanned"
    return _say(key, line, label=plan.labels[category])


def _say(key: str, line: PrintedLine, **words: object) -> str:
    template: str = table("forms")["text"][key]
    return template.format(
        region=line.region,
        sector=table("forms")["sectors"].get(line.sector),
        projects=line.projects,
        total=_yi(line.total_investment),
        annual=_yi(line.annual_plan),
        **words,
    )


def _yi(yuan: int | None) -> str:
    """Yuan in 亿元 as the documents print them: 14.3, 2306."""
    return "" if yuan is None else f"{(Decimal(yuan) / YI).normalize():f}"
