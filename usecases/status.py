"""The quick answer: a project's card, as of now or of an earlier month, and its list of months."""

import datetime as dtm
from collections.abc import Iterator

from sqlmodel import Session, col, select

from db.tables.reporting import Follow, Obligation, ObligationState, ReportingPeriod
from domain.access import Action
from domain.periods import Period
from domain.progress import OpeningBalance
from domain.vocabulary import PlanCategory
from templates.message import Message
from templates.status import (
    CardList,
    HistoryMonth,
    ListingLine,
    Progress,
    ProjectHistory,
    ReportLine,
    StatusCard,
    Withdrawal,
)
from usecases.answers import Answers, in_place, say
from usecases.asked import Asked, Wanted, WantedPage, asked
from usecases.asker import Asker
from usecases.items.open_items import count_of
from usecases.ledgers import NO_RECORD, Record, records_of
from usecases.listings import Listed, local_day, of_year
from usecases.notes_of import latest_note
from usecases.paging import page_of
from usecases.problems_of import open_counts
from usecases.progress_of import month_as_now_known, since_start, year_figures

MONTHS_A_PAGE = 6
_AWAITED = (ObligationState.OPEN, ObligationState.RETURNED)
_SETTLED = (ObligationState.ACCEPTED, ObligationState.EXEMPT)


def show_card(session: Session, asker: Asker, wanted: Wanted, now: dtm.datetime) -> Answers:
    """A project's card as a new message, below the list it was picked from."""
    return say(card(session, asker, wanted, now))


def turn_card(session: Session, asker: Asker, wanted: Wanted, now: dtm.datetime) -> Answers:
    """The pressed message becomes the card, of another month or again."""
    return in_place(card(session, asker, wanted, now))


def show_history(session: Session, asker: Asker, wanted: WantedPage, now: dtm.datetime) -> Answers:
    """The pressed card becomes the list of the project's accepted months."""
    known = asked(session, asker, Action.READ_CARD, wanted.project_id, now)
    if isinstance(known, Message):
        return say(known)
    record = _record(session, known)
    months = [_history_month(record, month) for month in sorted(record.latest, reverse=True)]
    page = page_of(months, wanted.page, MONTHS_A_PAGE)
    project = known.project
    history = ProjectHistory(
        project.id,
        project.name,
        page.items,
        page.number,
        page.count,
        may_correct=asker.may(Action.REPORT, known.ground) and bool(months),
    )
    return in_place(history)


def card(session: Session, asker: Asker, wanted: Wanted, now: dtm.datetime) -> Message:
    """The card, or the message with which this asker is refused."""
    known = asked(session, asker, Action.READ_CARD, wanted.project_id, now)
    if isinstance(known, Message):
        return known
    project, as_at = known.project, wanted.as_at
    record = _record(session, known)
    counting = of_year(known.listings, as_at.year if as_at else known.today.year)
    asks_investment = _asks_investment(record, counting)
    return StatusCard(
        project_id=project.id,
        name=project.name,
        today=known.today,
        listings=tuple(map(_line, counting)),
        # Only today's state is recorded: a card of an earlier month cannot tell it.
        state=None if as_at else project.actual_state,
        withdrawal=_withdrawal(counting, asker.voice.zone),
        as_at=as_at,
        figures=year_figures(record, known.listings, as_at) if asks_investment else None,
        since_start=since_start(record, counting, as_at) if asks_investment else None,
        progress=_progress(record, as_at),
        note=None if as_at else latest_note(session, asker, known, record),
        problems=open_counts(session, project.id, as_at, asker.voice.zone),
        report=None if as_at else _report(session, asker, known, now),
        is_followed=session.get(Follow, (asker.contact_id, project.id)) is not None,
        earlier=_month_before(record, as_at),
        offers=tuple(_offers(asker, known, record)),
        has_record=asker.may(Action.READ_CHASING_RECORD, known.ground),
        items=None if as_at else count_of(session, asker, project.id, now),
    )


def _record(session: Session, known: Asked) -> Record:
    return records_of(session, [known.project.id]).get(known.project.id, NO_RECORD)


def _line(listed: Listed) -> ListingLine:
    return ListingLine(
        level=listed.programme.level,
        year=listed.programme.year,
        category=listed.listing.plan_category,
        lead_unit=listed.lead_unit.name if listed.lead_unit else "",
        total_investment=listed.listing.total_investment,
        annual_plan=listed.listing.annual_planned_investment,
    )


def _asks_investment(record: Record, counting: tuple[Listed, ...]) -> bool:
    """Whether investment is said of the project: of a preparatory one only where there is some."""
    first = counting[0].listing if counting else None
    if first is None or first.plan_category is not PlanCategory.PREPARATORY:
        return True
    ledger = record.ledger
    known = (*(figure.yuan for figure in ledger.months), *map(_amount, ledger.openings))
    return bool(first.annual_planned_investment) or any(known)


def _amount(opening: OpeningBalance) -> int:
    return opening.year_to_date or opening.since_start or 0


def _offers(asker: Asker, known: Asked, record: Record) -> Iterator[CardList]:
    """What opens from the card for this asker."""
    if record.months:
        yield CardList.HISTORY
    if asker.may(Action.READ_PEOPLE, known.ground):
        yield CardList.PEOPLE
    yield CardList.PROBLEMS


def _withdrawal(counting: tuple[Listed, ...], zone: str) -> Withdrawal | None:
    """Since when the project is out; a listing that is left means it is not."""
    first = counting[0].listing if counting else None
    if first is None or first.withdrawn_at is None:
        return None
    return Withdrawal(local_day(zone, first.withdrawn_at), first.withdrawal_reason)


def _progress(record: Record, until: Period | None) -> Progress | None:
    told = [month for month in record.until(until) if month.physical_progress]
    return Progress(told[-1].period, told[-1].physical_progress) if told else None


def _month_before(record: Record, as_at: Period | None) -> Period | None:
    """The accepted month before the one the card shows."""
    months = [month.period for month in record.until(as_at)]
    return months[-2] if len(months) > 1 else None


def _report(session: Session, asker: Asker, known: Asked, now: dtm.datetime) -> ReportLine | None:
    """Whether the newest month is in; what is not settled only for those who review or report."""
    query = (
        select(Obligation, ReportingPeriod)
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(Obligation.project_id == known.project.id, ReportingPeriod.opens_at <= now)
        .order_by(col(ReportingPeriod.year).desc(), col(ReportingPeriod.month).desc())
    )
    newest = session.exec(query).first()
    if newest is None:
        return None
    obligation, period = newest
    state = obligation.state
    if state not in _SETTLED and not asker.may(Action.READ_UNREVIEWED, known.ground):
        return None
    if state is ObligationState.WITHDRAWN:
        return None
    due = local_day(asker.voice.zone, obligation.due_at) if state in _AWAITED else None
    return ReportLine(Period(period.year, period.month), state, due)


def _history_month(record: Record, period: Period) -> HistoryMonth:
    latest, first = record.latest[period], record.first[period]
    invested = month_as_now_known(record.ledger, period)
    then = first.invested if first.invested != invested else None
    return HistoryMonth(period, invested, then, latest.physical_progress, latest.first)
