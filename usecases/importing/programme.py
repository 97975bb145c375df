"""A table of projects: what it would change, and changing it."""

import datetime as dtm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from db.tables.reporting import ProjectChangeKind
from domain.importing.changes import Outcome
from domain.importing.findings import Findings, Leniency, Trouble
from domain.importing.identity import Identity, identity_in, title_of, titles_of
from domain.importing.newcomers import Mention, new_names, slips
from domain.importing.projects import ProjectVerdict, compare_projects, mentions_of, oddities
from domain.stated import Mismatch, StatedTotal, mismatches, mismatches_within, stated_in
from domain.tables import Known, ProgrammeTable, Workbook, read_programme
from usecases.following import project_changed
from usecases.importing.files import File, digest_of
from usecases.importing.placing import Placed, Unplaced, place_of
from usecases.importing.project_writing import keep_programme, write_projects
from usecases.importing.records import directory_of, known_names, stored_projects


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody says of a programme's table beside the table itself.

    `said` is free text such as a caption, believed before the table's titles, and `identity`
    before both. `plan_text` is the plan document whose stated totals are to be checked.
    """

    identity: Identity = field(default_factory=Identity)
    said: str = ""
    plan_text: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammePlan:
    """What a table of projects would change, were it taken over now."""

    place: Placed
    title: str
    verdicts: tuple[ProjectVerdict, ...]
    findings: Findings
    stated: tuple[StatedTotal, ...] = ()
    mismatches: tuple[Mismatch, ...] = ()

    @property
    def counts(self) -> Mapping[Outcome, int]:
        """How many rows come to which outcome."""
        outcomes = [verdict.outcome for verdict in self.verdicts]
        return {outcome: outcomes.count(outcome) for outcome in Outcome}

    @property
    def basis(self) -> str:
        """A digest of what was shown: another one when the records have changed meanwhile."""
        shown = [
            (one.row.place, one.outcome, one.stored.id if one.stored else None, one.changes)
            for one in self.verdicts
        ]
        return digest_of(self.place, shown, self.findings.facts, self.mismatches)


@dataclass(frozen=True, slots=True)
class ProgrammeImport:
    """What became of a table of projects: its plan, and whether that was carried out."""

    plan: ProgrammePlan | Unplaced
    is_saved: bool = False


def import_programme(
    session: Session, file: File, wanted: Wanted, leniency: Leniency, now: dtm.datetime
) -> ProgrammeImport:
    """Read a table of projects and take it over.

    Nothing is saved when it is not known which programme it is of, or something stands in the way
    that `leniency` does not let pass. Raises UnreadableWorkbook.
    """
    plan = plan_programme(session, file.workbook(), wanted)
    if isinstance(plan, Unplaced) or plan.findings.obstacles(leniency):
        return ProgrammeImport(plan)
    save_programme(session, plan, now)
    return ProgrammeImport(plan, is_saved=True)


def plan_programme(
    session: Session, workbook: Workbook, wanted: Wanted
) -> ProgrammePlan | Unplaced:
    """Compare a table with what is kept, and change nothing."""
    place = place_of(session, wanted.identity.or_else(identity_in(_texts(workbook, wanted))))
    if isinstance(place, Unplaced):
        return place
    directory = directory_of(session)
    stored = stored_projects(session, directory, place.programme_id)
    known = known_names(directory, stored)
    table = read_programme(workbook, place.year, known)
    comparison = compare_projects(table.rows, stored, place.year)
    troubles: tuple[Trouble, ...] = (*table.problems, *comparison.conflicts)
    totals = (*stated_in(wanted.plan_text), *table.stated)
    return ProgrammePlan(
        place,
        title_of(workbook),
        comparison.verdicts,
        _findings(table, known, troubles),
        totals,
        # Without the rows that are wrong, no sum can be right.
        (*mismatches_within(totals), *(() if troubles else mismatches(totals, table.rows))),
    )


def save_programme(session: Session, plan: ProgrammePlan, now: dtm.datetime) -> int:
    """Change the records as the plan says; the id of the programme it went into."""
    programme = keep_programme(session, plan.place, plan.title, plan.stated, now)
    write_projects(session, programme, plan.verdicts, now)
    for verdict in plan.verdicts:
        if verdict.stored and verdict.outcome is Outcome.CHANGED:
            project_changed(session, verdict.stored.id, ProjectChangeKind.LISTING_CHANGED, now)
    return programme.id


def _texts(workbook: Workbook, wanted: Wanted) -> Sequence[str]:
    """What may say which programme it is, the most deliberate first."""
    sheets = [sheet.name for sheet in workbook.sheets if not sheet.hidden]
    return (wanted.said, *titles_of(workbook), *sheets, workbook.name)


def _findings(table: ProgrammeTable, known: Known, troubles: tuple[Trouble, ...]) -> Findings:
    units = [mention for row in table.rows for mention in mentions_of(row)]
    regions: list[Mention] = [(row.region, row.place) for row in table.rows if row.region]
    return Findings(
        troubles,
        (*table.doubts, *oddities(table.rows), *slips(units, known.units)),
        new_names(units, known.units),
        new_names(regions, known.regions),
    )
