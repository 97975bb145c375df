"""A year of an office of thirty projects, day by day, against its transcript."""

from pathlib import Path

import pytest

from db.session import Database
from domain.vocabulary import Language
from tests import invariants
from tests.e2e.golden import check
from tests.year.driver import Year
from tests.year.script import YEAR

TRANSCRIPTS = Path(__file__).parent / "transcripts"


@pytest.mark.timeout(900)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", list(Language))
def test_a_year(database: Database, language: Language) -> None:
    year = Year(database, language, YEAR)
    year.live()
    with database.transaction() as session:
        assert not invariants.of_the_office(session, year.now)
    check(f"{language}.txt", "\n".join(year.notes) + "\n", TRANSCRIPTS)
