"""Coordination items: raised, decided on, answered by units, chased, closed out."""
