"""Coordination items (协调事项): what was decided on what stands in the way, to its close."""
