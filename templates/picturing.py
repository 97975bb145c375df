"""Photos of the works: kept with a report, shown to its reviewer, or sent with nothing to go to."""

from dataclasses import dataclass

from templates.message import Button, Message, Rows
from templates.reporting import ReportHead


@dataclass(frozen=True)
class PhotosKept(Message):
    """A photo is with the report; `has_words` that its caption is in no answer."""

    head: ReportHead
    count: int
    has_words: bool = False

    def rows(self) -> Rows:
        """On with the report."""
        return ((Button("photos_done", "report.card", (self.head.obligation_id,)),),)


@dataclass(frozen=True)
class TooManyPhotos(Message):
    """There are as many photos as a report may have; this one was not kept."""

    head: ReportHead
    most: int

    def rows(self) -> Rows:
        """On with the report."""
        return ((Button("photos_done", "report.card", (self.head.obligation_id,)),),)


@dataclass(frozen=True)
class PhotoUnplaced(Message):
    """A photo that belongs to nothing: where it could go."""

    def rows(self) -> Rows:
        """To the reports that are owed, or to a note of progress."""
        return (
            (Button("photo_report", "report.owed", (0,)), Button("photo_note", "update.begin")),
        )


@dataclass(frozen=True)
class ReportPhoto(Message):
    """The caption of a report's photo; the last one leads back to the review."""

    report_id: int
    head: ReportHead
    number: int
    count: int

    def rows(self) -> Rows:
        """Back to the card, below the last."""
        if self.number < self.count:
            return ()
        return ((Button("photos_back", "review.show", (self.report_id,)),),)
