"""Coordination meetings: called, announced to units, answered, changed, spoken at."""
