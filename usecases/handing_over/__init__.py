"""Handing over (不归我管): asked by who is reminded, confirmed by the liaison, then moved."""
