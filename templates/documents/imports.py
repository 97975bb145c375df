"""The workbook with everything an import found, of which a preview shows the beginning."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from domain.importing.changes import Change, Outcome
from domain.importing.contacts import ContactVerdict
from domain.importing.findings import Findings
from domain.importing.projects import ProjectVerdict
from domain.importing.scopes import Post
from domain.place import Place
from domain.stated import Measure, Mismatch
from templates.documents.workbook import table
from templates.formats import Formats
from templates.render import Voice, wordbook

TOLD = (Outcome.NEW, Outcome.LISTED, Outcome.CHANGED, Outcome.RETURNED, Outcome.LEFT_ALONE)

Line = tuple[str, str, str, str, str, str, str]
"""What it is, where it stands, whom it is about, which fact, before, now, and why."""


def import_workbook(
    verdicts: Sequence[ProjectVerdict] | Sequence[ContactVerdict],
    findings: Findings,
    mismatches: Sequence[Mismatch],
    voice: Voice,
) -> bytes:
    """A row for each problem, doubt, mismatch and change, and for each new project or person."""
    lines = _Lines(voice)
    rows = [*lines.wrong(findings), *lines.sums(mismatches)]
    for verdict in verdicts:
        rows += lines.verdict(verdict)
    return table(lines.words["title"], lines.words["header"], rows)


class _Lines:
    def __init__(self, voice: Voice) -> None:
        self._formats = Formats(wordbook(voice.language, "names"), ZoneInfo(voice.zone))
        self.words = wordbook(voice.language, "documents")["imports"]

    def wrong(self, findings: Findings) -> Iterator[Line]:
        for kind, found in (
            ("trouble", findings.troubles),
            ("near", findings.near),
            ("remark", findings.remarks),
        ):
            for one in found:
                reason = self._formats.reason(one.code, one.parameters)
                yield (self.words[kind], self._spot(one.place), "", "", "", "", reason)
        for kind, names in (("unit", findings.new_units), ("region", findings.new_regions)):
            for name in names:
                yield (self.words[kind], "", name, "", "", "", "")

    def sums(self, mismatches: Sequence[Mismatch]) -> Iterator[Line]:
        for one in mismatches:
            scope = one.scope
            parts = [self._formats.named(each) for each in scope.categories]
            parts += [scope.region or ""] + (
                [self._formats.named(scope.sector)] if scope.sector else []
            )
            spot = self._spot(one.place) if one.place else one.where
            yield (
                self.words[one.severity],
                spot,
                " ".join(filter(None, parts)),
                self._formats.named(one.measure),
                self._figure(one.measure, one.stated),
                self._figure(one.measure, one.found),
                self._formats.named(one.compared_with),
            )

    def verdict(self, verdict: ProjectVerdict | ContactVerdict) -> Iterator[Line]:
        if verdict.outcome not in TOLD:
            return
        kind, spot = self._formats.named(verdict.outcome), self._spot(verdict.row.place)
        name = verdict.row.name
        if verdict.outcome in (Outcome.NEW, Outcome.LEFT_ALONE):
            yield (kind, spot, name, "", "", "", "")
        else:
            for change in verdict.changes:
                yield (kind, spot, name, *self._change(change), "")
        if isinstance(verdict, ContactVerdict):
            for post in verdict.ended:
                yield (kind, spot, name, self.words["post"], self._post(post), "", "")
            for post in verdict.begun:
                yield (kind, spot, name, self.words["post"], "", self._post(post), "")

    def _change(self, change: Change) -> tuple[str, str, str]:
        field = self._formats.named(change.field)
        if change.at:
            field = f"{field} {self._formats.period(change.at)}"
        old = self._formats.fact(change.old, change.field)
        return field, old, self._formats.fact(change.new, change.field)

    def _post(self, post: Post) -> str:
        return " ".join(filter(None, (self._formats.named(post.role), post.label)))

    def _figure(self, measure: Measure, amount: int) -> str:
        return str(amount) if measure is Measure.PROJECTS else self._formats.money(amount)

    def _spot(self, place: Place) -> str:
        return self._formats.spot(place)
