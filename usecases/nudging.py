"""One press nudges: the reporters of what is outstanding hear who asks, once a day a report."""

import datetime as dtm
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.speech import Notice, Urgency
from domain.access import Action
from domain.chain import Chain
from templates.message import Message
from templates.office import StaleButton
from templates.overdue import NotNudged, NudgedPerson, NudgeSent, ReportNudge
from templates.refusals import NotYours
from usecases import audit
from usecases.answers import Answers, say
from usecases.asker import Asker
from usecases.chasing.holds import held
from usecases.chasing.reminders import LINES_SHOWN, covered_ids, owed_reports, reporters, theirs
from usecases.chasing.round_state import Expected, chains_of, unreached
from usecases.notices import Composed, Occasion, Subject, Telling, notify_all, register
from usecases.outstanding import ReportsWanted, grouped, month_of, within_reach
from usecases.people import unit_name
from usecases.policies import timetable
from usecases.rights import entitled

PEOPLE_SHOWN = 10
GAPS_SHOWN = 5
KEPT = dtm.timedelta(days=3)


@entitled(Action.NUDGE)
def nudge(session: Session, asker: Asker, wanted: ReportsWanted, now: dtm.datetime) -> Answers:
    """催N项: what of the group is outstanding; the answer says who will be reached."""
    month = month_of(session, wanted.month_id, now)
    if month is None:
        return say(StaleButton())
    entitled_to = within_reach(session, asker, Action.NUDGE, month, now)
    reports = grouped(entitled_to, wanted.grouping).get(wanted.group_id, [])
    if not reports:
        return say(NotYours())
    return say(_nudged(session, asker, [one for one in reports if one.is_outstanding], now))


def _nudged(
    session: Session, asker: Asker, outstanding: Sequence[Expected], now: dtm.datetime
) -> Message:
    stopped = held(session, now)
    free = [one for one in outstanding if not stopped.covers(one.project.id, one.unit_id or None)]
    turn = f"{timetable(session).local_day(now)}"
    done = _nudged_already(session, [one.obligation.id for one in free], turn)
    chains = chains_of(session, free, now)
    gaps = unreached(chains)
    fresh = [one for one in free if one.obligation.id not in done | gaps.keys()]
    tellings = list(_tellings(asker, fresh, chains, turn))
    notify_all(session, NUDGE, tellings, now)
    for one in fresh:
        subject = ("obligation", one.obligation.id)
        audit.record(session, asker, "report.nudged", now, subject)
    people = _people(session, tellings)
    cannot = [
        NotNudged(one.project.name, gaps.get(one.obligation.id))
        for one in outstanding
        if one not in free or one.obligation.id in gaps
    ]
    return NudgeSent(
        people=people[:PEOPLE_SHOWN],
        leaves_at=_leaves_at(session, now),
        already=len(done),
        cannot=tuple(cannot[:GAPS_SHOWN]),
        more=len(people[PEOPLE_SHOWN:]),
        cannot_more=len(cannot[GAPS_SHOWN:]),
    )


def _tellings(
    asker: Asker, reports: Sequence[Expected], chains: Mapping[int, Chain], turn: str
) -> Iterator[Telling]:
    for one in reports:
        subject = Subject("obligation", one.obligation.id, turn)
        for contact_id in reporters(chains[one.obligation.id], on_due_day=True):
            yield Telling(subject, contact_id, details={"by": asker.contact_id})


def _nudged_already(session: Session, ids: Collection[int], turn: str) -> set[int]:
    found = select(Notice.subject_id).where(
        Notice.subject_kind == "obligation",
        col(Notice.subject_id).in_(ids),
        Notice.occasion == NUDGE.name,
        Notice.turn == turn,
    )
    return set(session.exec(found))


def _people(session: Session, tellings: Sequence[Telling]) -> tuple[NudgedPerson, ...]:
    """Who can be told, the one with most reports first."""
    counts = Counter(one.contact_id for one in tellings)
    rows = session.exec(select(Contact).where(col(Contact.id).in_(counts)))
    names = {
        row.id: row.name
        for row in rows
        if row.telegram_user_id is not None and row.unreachable is None
    }
    return tuple(
        NudgedPerson(names[contact_id], count)
        for contact_id, count in counts.most_common()
        if contact_id in names
    )


def _leaves_at(session: Session, now: dtm.datetime) -> dtm.datetime | None:
    """When the window for it opens, if it is shut."""
    rules = timetable(session)
    at = rules.next_allowed(rules.policy.windows.routine, now)
    return at if at > now else None


def _compose(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    owed = theirs(session, contact, notices, now)
    if not owed:
        return Composed(None)
    by = session.get(Contact, notices[-1].details["by"])
    message = ReportNudge(
        asked_by=by.name if by else "",
        unit=unit_name(session, by) if by else "",
        lines=owed_reports(owed[:LINES_SHOWN]),
        late=sum(one.obligation.due_at <= now for one in owed),
        more=len(owed[LINES_SHOWN:]),
    )
    return Composed(message, covered_ids(notices, owed))


NUDGE = register(Occasion("nudge", Urgency.ROUTINE, _compose, expires_after=KEPT, is_chasing=True))
