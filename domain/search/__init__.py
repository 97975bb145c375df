"""Finding names as people say and type them."""

from domain.search.index import NameIndex
from domain.search.values import Answer, Certainty, Evidence, Hit, Named

__all__ = ["Answer", "Certainty", "Evidence", "Hit", "NameIndex", "Named"]
