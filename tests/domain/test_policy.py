import json
from datetime import time

import pytest

from domain.periods import Period
from domain.policy import (
    Basis,
    Policy,
    changes,
    read_policy,
    resolve_policy,
    shipped_policy,
    version_of,
)
from domain.schema import FaultCode, FaultyDataError
from domain.vocabulary import PlanCategory, Role

CITY = resolve_policy('extends = "city"')


def policy_of(text: str) -> Policy:
    return read_policy(resolve_policy(text))


def faults_of(text: str) -> list[tuple[str, FaultCode]]:
    with pytest.raises(FaultyDataError) as refused:
        policy_of(text)
    return [(fault.path, fault.code) for fault in refused.value.faults]


def test_the_city_reports_an_estimate_before_the_month_ends() -> None:
    reporting = shipped_policy("city").reporting

    assert (reporting.day, reporting.of, reporting.time) == (25, "same", time(18))
    assert reporting.basis is Basis.EXPECTED_TO_MONTH_END
    assert reporting.due_rule(12).day == 20
    assert reporting.settlement is not None


def test_the_region_reports_the_actual_figure_after_the_month_has_ended() -> None:
    reporting = shipped_policy("region").reporting

    assert (reporting.day, reporting.nth_workday, reporting.of) == (None, 5, "next")
    assert reporting.basis is Basis.MONTH_END_ACTUAL
    assert reporting.due_rule(12) == reporting
    assert reporting.settlement is None


def test_a_file_names_only_what_differs() -> None:
    policy = policy_of('extends = "city"\n[ladder]\nrelease = "off"\n[reporting]\nday = 28')
    shipped = shipped_policy("city")

    assert (policy.ladder.release, policy.reporting.day) == ("off", 28)
    assert policy.ladder.rungs == shipped.ladder.rungs
    assert policy.windows == shipped.windows


def test_naming_a_working_day_leaves_the_base_files_day_behind() -> None:
    reporting = policy_of(
        'extends = "city"\n[reporting]\nnth_workday = 3\nof = "next"\ntime = "12:00"'
    ).reporting

    assert (reporting.day, reporting.nth_workday, reporting.time) == (None, 3, time(12))
    assert reporting.due_rule(12).of == "same"


def test_an_exceptional_month_names_its_day_in_its_own_way() -> None:
    march = "[[reporting.months]]\nmonth = 3\nnth_workday = 2"
    rule = policy_of(f'extends = "city"\n{march}').reporting.due_rule(3)

    assert (rule.day, rule.nth_workday, rule.of) == (None, 2, "same")


def test_a_list_replaces_the_list_of_the_base_file() -> None:
    rungs = '[[ladder.rungs]]\nworking_days = 4\ntime = "10:00"\ntells = ["liaison"]'

    assert [rung.working_days for rung in policy_of(f'extends = "city"\n{rungs}').ladder.rungs] == [
        4
    ]


def test_false_drops_a_table_of_the_base_file() -> None:
    policy = policy_of(
        'extends = "city"\n[reporting]\nlong_break = false\n[budgets]\nliaison = false'
    )

    assert policy.reporting.long_break is None
    assert Role.LIAISON not in policy.budgets


def test_everything_wrong_is_told_at_once_with_its_key_path() -> None:
    text = """
        extends = "city"
        colour = "red"
        [reporting]
        cycle = "weekly"
        day = 32
        time = "6pm"
        [ladder]
        trial_periods = "two"
        [ladder.promise]
        working_days = 0
        [[ladder.rungs]]
        working_days = 1
        time = "09:00"
        tells = ["boss"]
        [windows.routine]
        hours = ["11:30-08:45"]
        [meetings.series.village]
        cadence = "weekly"
    """

    assert faults_of(text) == [
        ("colour", FaultCode.UNKNOWN_KEY),
        ("reporting.day", FaultCode.OUT_OF_RANGE),
        ("reporting.time", FaultCode.MALFORMED),
        ("reporting.cycle", FaultCode.NOT_ONE_OF),
        ("ladder.trial_periods", FaultCode.WRONG_TYPE),
        ("ladder.promise.working_days", FaultCode.OUT_OF_RANGE),
        ("ladder.rungs[0].tells[0]", FaultCode.NOT_ONE_OF),
        ("windows.routine.hours[0]", FaultCode.MALFORMED),
        ("meetings.series.village", FaultCode.NOT_ONE_OF),
        ("meetings.series.village.time", FaultCode.MISSING),
        ("meetings.series.village.notice_working_days", FaultCode.MISSING),
        ("meetings.series.village.on_day_off", FaultCode.MISSING),
    ]


@pytest.mark.parametrize(
    ("section", "path"),
    [
        ("[reporting]\nday = 5\nnth_workday = 5", "reporting.day"),
        ("[[reporting.months]]\nmonth = 3\n[[reporting.months]]\nmonth = 3", "reporting.months"),
        ("[[reporting.months]]\nmonth = 3\nday = 1\nnth_workday = 1", "reporting.months[0].day"),
        ("[reporting]\nmerged_months = [[1, 3]]", "reporting.merged_months"),
        ("[reporting]\nmerged_months = [[2]]", "reporting.merged_months"),
        ("[reporting]\nmerged_months = [[1, 2], [2, 3]]", "reporting.merged_months"),
        ("[reporting.long_break]\nmoves_to = 2", "reporting.long_break.moves_to"),
        ("[reminders]\nworking_days_before = [1, 3]", "reminders.working_days_before"),
        (
            '[[review.rungs]]\nworking_days = 2\ntime = "09:00"\ntells = []\n'
            '[[review.rungs]]\nworking_days = 2\ntime = "09:00"\ntells = []',
            "review.rungs[1].working_days",
        ),
        ('[windows.urgent]\nhours = ["09:00-12:00", "11:00-13:00"]', "windows.urgent.hours"),
        ("[meetings.series.city]\nweek = 1", "meetings.series.city.week"),
    ],
)
def test_rules_that_contradict_each_other_are_refused(section: str, path: str) -> None:
    assert faults_of(f'extends = "city"\n{section}') == [(path, FaultCode.CONFLICT)]


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        ("[reporting", "", FaultCode.MALFORMED),
        ('extends = "village"', "extends", FaultCode.NOT_ONE_OF),
        ("extends = 3", "extends", FaultCode.NOT_ONE_OF),
    ],
)
def test_a_file_that_is_no_policy_is_refused(text: str, path: str, code: FaultCode) -> None:
    assert faults_of(text) == [(path, code)]


def test_a_file_that_extends_nothing_must_be_complete() -> None:
    assert ("ladder", FaultCode.MISSING) in faults_of('[about]\nname = "own"')


def test_equal_rules_have_equal_versions_and_other_rules_another() -> None:
    other = resolve_policy('extends = "city"\n[reporting]\nday = 28')

    assert version_of(dict(reversed(CITY.items()))) == version_of(CITY)
    assert version_of(other) != version_of(CITY)


def test_stored_tables_read_back_as_the_same_policy() -> None:
    assert read_policy(json.loads(json.dumps(CITY))) == shipped_policy("city")


def test_changes_name_each_key_with_its_old_and_new_value() -> None:
    other = resolve_policy(
        'extends = "city"\n[reporting]\nnth_workday = 5\n[ladder]\ntrial_periods = 0'
    )

    assert changes(CITY, other) == {
        "ladder.trial_periods": ("2", "0"),
        "reporting.day": ("25", ""),
        "reporting.nth_workday": ("", "5"),
    }
    assert changes(CITY, CITY) == {}


def covered(text: str, category: PlanCategory = PlanCategory.CONTINUING) -> dict[int, list[int]]:
    reporting = policy_of(f'extends = "city"\n[reporting]\n{text}').reporting
    months = {
        month: [one.month for one in reporting.covered_by(Period(2026, month), category)]
        for month in range(1, 13)
    }
    return {month: those for month, those in months.items() if those}


def test_every_month_is_reported_by_default() -> None:
    assert covered("") == {month: [month] for month in range(1, 13)}


def test_january_and_february_may_be_reported_together() -> None:
    months = covered("merged_months = [[1, 2]]")

    assert months[2] == [1, 2]
    assert 1 not in months
    assert months[3] == [3]


def test_preparatory_projects_may_report_by_the_quarter() -> None:
    quarters = {3: [1, 2, 3], 6: [4, 5, 6], 9: [7, 8, 9], 12: [10, 11, 12]}

    assert covered('preparatory = "quarterly"', PlanCategory.PREPARATORY) == quarters
    assert len(covered('preparatory = "quarterly"')) == 12


@pytest.mark.parametrize("category", [one for one in PlanCategory if one != "preparatory"])
def test_a_quarterly_cycle_is_for_all_other_projects(category: PlanCategory) -> None:
    assert list(covered('cycle = "quarterly"', category)) == [3, 6, 9, 12]
