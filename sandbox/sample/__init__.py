"""The sample programmes to try and test the bot with: deterministic, invented, marked as sample."""

from sandbox.sample.history import history
from sandbox.sample.problems import problems
from sandbox.sample.programme import guangxi, liuzhou

__all__ = ["guangxi", "history", "liuzhou", "problems"]
