"""The rows an imported sample programme has become, and what the import does not carry."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select, update

from db.tables import programme as tables
from db.tables.programme import Listing, Project
from sandbox.sample.facts import Programme


@dataclass(frozen=True, slots=True)
class Rows:
    """A sample programme and its rows; projects and listings by the project's code."""

    programme: Programme
    row: tables.Programme
    projects: Mapping[str, Project]
    listings: Mapping[str, Listing]


def rows_of(session: Session, programme: Programme) -> Rows:
    """What the import of this sample made."""
    of_level = tables.Programme.level == programme.level
    row = session.exec(
        select(tables.Programme).where(of_level, tables.Programme.year == programme.year)
    ).one()
    listed = session.exec(
        select(Project, Listing)
        .join(Listing, col(Listing.project_id) == col(Project.id))
        .where(Listing.programme_id == row.id)
    ).all()
    return Rows(
        programme,
        row,
        {project.code or "": project for project, _ in listed},
        {project.code or "": listing for project, listing in listed},
    )


def write_states(session: Session, rows: Rows) -> None:
    """How things stand on the sites; a plan only says how they stood when it was made."""
    stands = [
        {"id": rows.projects[project.code].id, "actual_state": project.actual_state}
        for project in rows.programme.projects
    ]
    session.exec(update(Project), params=stands)
