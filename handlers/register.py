"""Every handler, in the order in which they are asked whether an update is theirs."""

from handlers.door import OfficeApplication


def register(application: OfficeApplication) -> None:
    """Add every topic's handlers; the first that wants an update gets it."""
