"""The index of project names, built once and kept until a name changes."""

from collections import defaultdict
from collections.abc import Iterator

from sqlmodel import Session, col, select

from db.tables.people import Region
from db.tables.programme import Project, ProjectAlias
from domain.search import Named, NameIndex
from domain.vocabulary import Level
from usecases.asker import office

_KEPT = "name_index"


def name_index(session: Session) -> NameIndex:
    """The index over all projects, as of the names this process or any other last changed.

    Projects of former years and withdrawn ones are in it too: a question about them has an answer.
    """
    version = office(session).names_version
    memory = session.info.setdefault("memory", {})
    kept: tuple[int, NameIndex] | None = memory.get(_KEPT)
    if kept is None or kept[0] != version:
        kept = memory[_KEPT] = version, NameIndex(_names(session))
    return kept[1]


def _names(session: Session) -> Iterator[Named]:
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for row in session.exec(select(ProjectAlias).order_by(col(ProjectAlias.id))):
        aliases[row.project_id].append(row.name)
    places = _places(session)
    projects = select(Project.id, Project.name, Project.code, Project.region_id)
    for key, name, code, region_id in session.exec(projects):
        yield Named(key, name, tuple(aliases[key]), code, places.get(region_id or 0, ""))


def _places(session: Session) -> dict[int, str]:
    """Each region's name, a county's with its city's before it: 柳州市鹿寨县."""
    regions = {row.id: row for row in session.exec(select(Region))}
    above = {row.id: regions.get(row.parent_id or 0) for row in regions.values()}
    return {
        region_id: f"{city.name}{regions[region_id].name}"
        if city and city.level is Level.CITY
        else regions[region_id].name
        for region_id, city in above.items()
    }
