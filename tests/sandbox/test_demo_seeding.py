"""The demo's office: what the sample says is what the database holds."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import Session, col, func, select

from db.session import Database
from db.tables.people import Assignment, Contact, Leave, Organisation
from db.tables.programme import Listing, Programme, Project
from db.tables.reporting import Obligation, ObligationState, Problem, Report, Verdict
from domain.periods import Period
from domain.vocabulary import Level, PlanCategory, Role
from sandbox.beginners import beginners, posts_of
from sandbox.sample import guangxi, history, liuzhou, problems
from sandbox.sample.facts import Programme as Sample
from sandbox.seeding import SAMPLE_DAY, seed
from tests.sandbox.small import shrunk
from usecases.ledgers import records_of

OCTOBER = Period(2026, 10)
SAMPLE = shrunk(guangxi())


@pytest.fixture
def seeded(database: Database) -> Database:
    seed(database, [SAMPLE])
    return database


def test_the_ledgers_sum_to_what_the_sample_says(seeded: Database) -> None:
    with seeded.transaction() as session:
        ids = dict(session.exec(select(Project.code, Project.id)).all())
        records = records_of(session, list(ids.values()))
    facts = [fact for fact in history(SAMPLE, (2026, 10)) if fact.month == 10]
    assert len(facts) == len(SAMPLE.projects)
    for fact in facts:
        ledger = records[ids[fact.code]].ledger
        assert (ledger.month(OCTOBER) or 0) == fact.invested
        assert ledger.year_to_date(OCTOBER).yuan == fact.year_to_date
        since_start = ledger.since_start(OCTOBER)
        if since_start is not None:
            assert since_start.yuan == fact.since_start


def test_decembers_report_belongs_to_the_plan_of_its_year(seeded: Database) -> None:
    with seeded.transaction() as session:
        ids = dict(session.exec(select(Project.code, Project.id)).all())
        listed = session.exec(
            select(Listing.project_id)
            .join(Programme, col(Programme.id) == col(Listing.programme_id))
            .where(Programme.year == 2025)
        ).all()
        records = records_of(session, listed)
    december = [fact for fact in history(SAMPLE, (2026, 10)) if fact.year == 2025]
    decembers = {ids[fact.code]: fact for fact in december if fact.month == 12}
    assert set(listed) == decembers.keys() != set()
    for project, fact in decembers.items():
        known = records[project].ledger.year_to_date(Period(2025, 12))
        assert (known.yuan, known.missing) == (fact.year_to_date, ())


def test_last_years_plan_was_issued(seeded: Database) -> None:
    with seeded.transaction() as session:
        planned = session.exec(
            select(Listing.annual_planned_investment)
            .join(Programme, col(Programme.id) == col(Listing.programme_id))
            .where(Programme.year == 2025)
        ).all()
    assert planned
    assert all(planned)


def test_a_preparatory_project_reports_no_investment(seeded: Database) -> None:
    with seeded.transaction() as session:
        told = session.exec(
            select(Report.invested_month, Report.physical_progress)
            .join(Obligation, col(Obligation.id) == col(Report.obligation_id))
            .join(Listing, col(Listing.id) == col(Obligation.listing_id))
            .where(Listing.plan_category == PlanCategory.PREPARATORY)
        ).all()
    assert {invested for invested, _ in told} == {None}
    assert all(progress for _, progress in told)


def test_the_months_before_are_settled_and_the_open_one_is_partly_sent(seeded: Database) -> None:
    with seeded.transaction() as session:
        states = Counter(session.exec(select(Obligation.state)))
        reports = session.exec(select(Report)).all()
    waiting = [report for report in reports if report.verdict is Verdict.PENDING]
    assert states[ObligationState.OPEN] > states[ObligationState.SUBMITTED] == len(waiting) > 0
    assert states[ObligationState.ACCEPTED] == len(reports) - len(waiting)
    moments = [report.submitted_at for report in reports]
    moments += [report.verdict_at for report in reports if report.verdict_at]
    assert max(moments) < SAMPLE_DAY


def test_a_report_is_judged_by_somebody_else_after_it_was_sent(seeded: Database) -> None:
    with seeded.transaction() as session:
        accepted = select(Report).where(Report.verdict == Verdict.ACCEPTED)
        reports = session.exec(accepted).all()
    assert all(report.verdict_at > report.submitted_at for report in reports if report.verdict_at)
    assert all(report.author_id != report.verdict_by_id for report in reports if report.author_id)
    assert any(report.verdict_by_id for report in reports)


def test_problems_are_adopted_before_they_are_closed_out(seeded: Database) -> None:
    with seeded.transaction() as session:
        rows = session.exec(select(Problem)).all()
    facts = problems(SAMPLE, (2026, 10))
    assert sorted(row.text for row in rows) == sorted(fact.text for fact in facts)
    assert sum(row.closed_at is None for row in rows) == sum(fact.closed is None for fact in facts)
    for row in rows:
        assert row.adopted_at is not None
        assert row.raised_at < row.adopted_at
        assert row.closed_at is None or row.adopted_at < row.closed_at


def test_the_sites_stand_as_the_sample_says(seeded: Database) -> None:
    with seeded.transaction() as session:
        stands = dict(session.exec(select(Project.code, Project.actual_state)).all())
    assert stands == {project.code: project.actual_state for project in SAMPLE.projects}


def test_the_office_is_linked_and_some_are_left_to_link(seeded: Database) -> None:
    with seeded.transaction() as session:
        rows = session.exec(
            select(Assignment.role, Contact).join(
                Contact, col(Contact.id) == col(Assignment.contact_id)
            )
        ).all()
    offices = [who for role, who in rows if role in (Role.COORDINATOR, Role.INSPECTOR)]
    assert offices
    assert all(who.telegram_user_id for who in offices)
    unlinked = sum(who.telegram_user_id is None for _, who in rows)
    assert len(rows) / 5 < unlinked < len(rows) / 2
    assert all(who.linked_at and who.linked_at < SAMPLE_DAY for _, who in rows if who.linked_at)


def test_people_on_leave_are_away(database: Database) -> None:
    away = next(person.unit for person in guangxi().people if person.leave)
    sample = _with(away, guangxi())
    seed(database, [sample])
    with database.transaction() as session:
        leaves = session.exec(select(Leave)).all()
    told = sorted(person.leave for person in sample.people if person.leave and not person.left)
    assert sorted((one.first_day, one.last_day) for one in leaves) == told != []
    assert all(one.entered_at.date() == one.first_day - timedelta(days=7) for one in leaves)


def test_a_unit_of_two_programmes_has_one_chain_of_people(database: Database) -> None:
    unit = "柳州市工业和信息化局"
    seed(database, [_with(unit, guangxi()), _with(unit, liuzhou())])
    with database.transaction() as session:
        chiefs = _chiefs(session, unit)
        levels = session.exec(select(Programme.level).where(Programme.year == 2026)).all()
    assert chiefs == 1
    assert {Level.REGION, Level.CITY} <= set(levels)


def test_there_is_somebody_of_each_kind_to_begin_with(seeded: Database) -> None:
    with seeded.transaction() as session:
        posts = {post.contact.id: post for post in posts_of(session)}
        hints = beginners(session, list(posts.values()), SAMPLE_DAY)
    by_hint = {hint: posts[who] for who, hint in hints.items()}
    assert next(iter(by_hint)) == "coordinator"
    assert by_hint["coordinator"].role is Role.COORDINATOR
    assert by_hint["inspector"].role is Role.INSPECTOR
    assert by_hint["owner_officer"].role is Role.INFORMATION_OFFICER
    assert not by_hint["to_link"].is_linked
    assert all(post.is_linked for hint, post in by_hint.items() if hint != "to_link")
    units = {by_hint[kind].unit.id for kind in ("liaison", "commissioner", "first_responsible")}
    assert len(units) == 1, "the three are of one chain"


def _with(unit: str, sample: Sample) -> Sample:
    """A small programme with a project of this unit in it."""
    answering = (one for one in sample.projects if unit in (*one.responsible_units, one.owner))
    return shrunk(sample, also=[next(answering).name])


def _chiefs(session: Session, unit: str) -> int:
    query = (
        select(func.count())
        .select_from(Assignment)
        .join(Contact, col(Contact.id) == col(Assignment.contact_id))
        .join(Organisation, col(Organisation.id) == col(Contact.organisation_id))
        .where(Organisation.name == unit, Assignment.role == Role.FIRST_RESPONSIBLE)
    )
    return session.exec(query).one()
