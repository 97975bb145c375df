"""The rules: pure functions and frozen data, the standard library only."""
