"""An office that has been at work for about a year, in a fresh database.

Programmes and people come in through the product's own imports, as an office would do it in
January; what came after (reports, problems, leave, linked accounts) is written as rows.
"""

from sandbox.seeding.office import SAMPLE_DAY, SAMPLES, ZONE, seed
from sandbox.seeding.people import account_number

__all__ = ["SAMPLES", "SAMPLE_DAY", "ZONE", "account_number", "seed"]
