"""Bytes a coordinator sends, read into plain cells, or refused with the reason."""

from usecases.workbook.reading import read_workbook
from usecases.workbook.refusal import MAX_BYTES, Kind, Reason, UnreadableWorkbook

__all__ = ["MAX_BYTES", "Kind", "Reason", "UnreadableWorkbook", "read_workbook"]
