"""The sample programmes to try and test the bot with: deterministic, invented, marked as sample."""

from sandbox.sample.contacts import write_contacts_xlsx
from sandbox.sample.history import history
from sandbox.sample.mistakes import write_programme_with_mistakes
from sandbox.sample.problems import problems
from sandbox.sample.programme import guangxi, liuzhou
from sandbox.sample.sheets import write_programme_xlsx
from sandbox.sample.text import plan_text

__all__ = [
    "guangxi",
    "history",
    "liuzhou",
    "plan_text",
    "problems",
    "write_contacts_xlsx",
    "write_programme_with_mistakes",
    "write_programme_xlsx",
]
