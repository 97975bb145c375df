"""What a plan document states, and whether it adds up."""

from domain.stated.arithmetic import (
    Comparison,
    Listed,
    Mismatch,
    Severity,
    mismatches,
    mismatches_within,
)
from domain.stated.text import stated_in
from domain.stated.totals import Figure, Measure, Scope, StatedTotal

__all__ = [
    "Comparison",
    "Figure",
    "Listed",
    "Measure",
    "Mismatch",
    "Scope",
    "Severity",
    "StatedTotal",
    "mismatches",
    "mismatches_within",
    "stated_in",
]
