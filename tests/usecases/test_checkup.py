"""Doctor looks at the rules in force, not at those that were shipped."""

import pytest
from sqlmodel import Session

from db.tables.office import PolicyVersion
from tests.builders import NOW, the_cast
from usecases.checkup import examine
from usecases.policies import apply_policy, load_year


def test_a_year_the_office_has_loaded_is_known(session: Session) -> None:
    the_cast(session)
    assert examine(session, NOW).unpublished == 2027
    load_year(session, "CN", 2027, {"published": True}, NOW)
    assert examine(session, NOW).unpublished == 0


def test_this_years_notice_is_missed_before_next_years(session: Session) -> None:
    the_cast(session)
    load_year(session, "CN", 2026, {"published": False}, NOW)
    assert examine(session, NOW).unpublished == 2026


@pytest.mark.parametrize("is_sound", [True, False])
def test_rules_that_cannot_be_read_any_more_are_told(session: Session, is_sound: bool) -> None:
    the_cast(session)
    version = apply_policy(session, None, 'extends = "region"', NOW)
    if not is_sound:
        session.add(PolicyVersion(text="", rules={**version.rules, "moon": 1}, applied_at=NOW))
        session.flush()
    faults = examine(session, NOW).rule_faults
    assert ["moon" in fault.path for fault in faults] == ([] if is_sound else [True])
