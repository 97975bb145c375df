"""What is said of a table that was read and compared."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePath
from typing import TypeVar

from domain.importing.changes import Outcome
from domain.importing.contacts import ContactVerdict
from domain.importing.findings import Findings, Leniency
from domain.importing.projects import ProjectVerdict
from domain.stated import Severity
from templates.documents.imports import import_workbook
from templates.documents.workbook import file_name as called
from templates.imports import (
    REFUSING,
    BatchChoice,
    ContactsPreview,
    FileRefused,
    First,
    ImportDetails,
    NewNames,
    Preview,
    ProgrammePreview,
    WhichProgramme,
    Wrong,
)
from templates.render import Voice
from usecases.answers import Hand
from usecases.importing.contacts import ContactsPlan
from usecases.importing.placing import Unplaced
from usecases.importing.programme import ProgrammePlan
from usecases.workbook import UnreadableWorkbook

Plan = ProgrammePlan | ContactsPlan
Verdict = TypeVar("Verdict", ProjectVerdict, ContactVerdict)


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of each list is shown; None is everything."""

    troubles: int | None = None
    doubts: int | None = None
    verdicts: int | None = None
    names: int | None = None


ON_A_PHONE = Extent(troubles=5, doubts=3, verdicts=3, names=5)
# A table that has to be corrected first is not also read for what it would change.
ON_A_PHONE_IF_REFUSED = Extent(troubles=8, doubts=3, verdicts=0, names=0)
IN_FULL = Extent()


@dataclass(frozen=True, slots=True)
class Showing:
    """Which table is shown, whether in full, and what somebody has let pass."""

    file_name: str
    preview_id: int = 0
    is_in_full: bool = True
    leniency: Leniency = field(default_factory=Leniency)
    is_again: bool = False

    def extent(self, findings: Findings) -> Extent:
        """How much of what was found is shown."""
        if self.is_in_full:
            return IN_FULL
        refused = REFUSING & set(findings.obstacles(self.leniency))
        return ON_A_PHONE_IF_REFUSED if refused else ON_A_PHONE


def preview_of(plan: Plan, showing: Showing) -> Preview:
    """The table as it is shown before anything is changed."""
    if isinstance(plan, ProgrammePlan):
        return _programme(plan, showing)
    return _contacts(plan, showing)


def details_of(plan: Plan, file_name: str, voice: Voice) -> Hand:
    """Everything that was found, as a workbook to hand over."""
    mismatches = plan.mismatches if isinstance(plan, ProgrammePlan) else ()
    content = import_workbook(plan.verdicts, plan.findings, mismatches, voice)
    stem = PurePath(file_name).stem
    return Hand(ImportDetails(file_name), called("imports", voice, stem=stem), content)


def which_programme(
    unplaced: Unplaced, preview_id: int, file_name: str, this_year: int
) -> WhichProgramme:
    """The question where no title says which programme a table is of."""
    return WhichProgramme(
        preview_id,
        file_name,
        unplaced.identity.level,
        unplaced.identity.year,
        this_year,
        tuple(BatchChoice(one.id, one.batch) for one in unplaced.batches),
    )


def refused(file_name: str, unreadable: UnreadableWorkbook) -> FileRefused:
    """The words for a file that is not read at all."""
    kind = unreadable.parameters.get("kind")
    looks_like = kind if isinstance(kind, StrEnum) else None
    return FileRefused(file_name, unreadable.reason, looks_like, unreadable.parameters)


def _programme(plan: ProgrammePlan, showing: Showing) -> ProgrammePreview:
    real = [one for one in plan.mismatches if one.severity is Severity.CONTRADICTION]
    extent = showing.extent(plan.findings)
    return ProgrammePreview(
        preview_id=showing.preview_id,
        file_name=showing.file_name,
        title=plan.title,
        level=plan.place.level,
        year=plan.place.year,
        batch=plan.place.batch,
        is_known=plan.place.programme_id is not None,
        counts=plan.counts,
        changed=First.of(_with(plan.verdicts, Outcome.CHANGED), extent.verdicts),
        new=First.of(_with(plan.verdicts, Outcome.NEW, Outcome.LISTED), extent.verdicts),
        names=_names(plan.findings, extent),
        mismatches=First.of(real, extent.verdicts),
        roundings=len(plan.mismatches) - len(real),
        wrong=_wrong(plan.findings, showing),
        is_again=showing.is_again,
    )


def _contacts(plan: ContactsPlan, showing: Showing) -> ContactsPreview:
    extent = showing.extent(plan.findings)
    return ContactsPreview(
        preview_id=showing.preview_id,
        file_name=showing.file_name,
        counts=plan.counts,
        changed=First.of(_with(plan.verdicts, Outcome.CHANGED, Outcome.RETURNED), extent.verdicts),
        new=First.of(_with(plan.verdicts, Outcome.NEW), extent.verdicts),
        left=First.of(_with(plan.verdicts, Outcome.LEFT_ALONE), extent.names),
        names=_names(plan.findings, extent),
        wrong=_wrong(plan.findings, showing),
        is_again=showing.is_again,
    )


def _with(verdicts: Sequence[Verdict], *outcomes: Outcome) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.outcome in outcomes]


def _names(findings: Findings, extent: Extent) -> NewNames:
    return NewNames(
        First.of(findings.new_units, extent.names), First.of(findings.new_regions, extent.names)
    )


def _wrong(findings: Findings, showing: Showing) -> Wrong:
    extent = showing.extent(findings)
    return Wrong(
        First.of(findings.troubles, extent.troubles),
        First.of(findings.near, extent.doubts),
        First.of(findings.remarks, extent.doubts),
        findings.obstacles(showing.leniency),
        findings.bad_rows,
    )
