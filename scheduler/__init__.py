"""Time in: wakes up, asks what is due and not yet done, hands it to a use-case."""
