"""What was asked to be handed over, as one case: from one person to one successor."""

import datetime as dtm
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.chasing import Handover, HandoverState
from db.tables.people import Contact
from db.tables.programme import Project
from domain.access import Action, Ground, may
from domain.chain import Chain
from templates.handing_over import Handed, HandOverCase
from usecases.asker import office
from usecases.chain import load_roster, place_of
from usecases.listings import Listed, ground_of, listings_of, local_day, of_year
from usecases.people import unit_name
from usecases.standing import standing_grants

NAMES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """A project as it is listed now, with who is responsible for it."""

    project: Project
    listed: Listed
    ground: Ground
    chain: Chain


def standing_of(
    session: Session, project_ids: Collection[int], now: dtm.datetime
) -> dict[int, Standing]:
    """The projects by their id, with their chains as of now."""
    roster = load_roster(session, now)
    year = local_day(office(session).zone, now).year
    listings = listings_of(session, project_ids)
    rows = session.exec(select(Project).where(col(Project.id).in_(project_ids)))
    found = {}
    for project in rows:
        counting = of_year(listings.get(project.id, ()), year)
        if counting:
            chain = roster.chain(place_of(project, counting[0]))
            ground = ground_of(project, counting)
            found[project.id] = Standing(project, counting[0], ground, chain)
    return found


def case_rows(session: Session, row: Handover) -> Sequence[Handover]:
    """Everything that was asked together with this and is not decided yet."""
    query = select(Handover).where(
        Handover.from_contact_id == row.from_contact_id,
        Handover.to_contact_id == row.to_contact_id,
        Handover.named == row.named,
        Handover.asked_at == row.asked_at,
        Handover.state == HandoverState.ASKED,
    )
    return session.exec(query.order_by(col(Handover.id)).with_for_update()).all()


def theirs_to_decide(
    session: Session, contact_id: int, rows: Iterable[Handover], now: dtm.datetime
) -> list[Handover]:
    """Those of them that this person may decide, standing in for others included."""
    asked = list(rows)
    grants = standing_grants(session, contact_id, now)
    standing = standing_of(session, {row.project_id for row in asked}, now)
    return [
        row
        for row in asked
        if row.project_id in standing
        and may(Action.HAND_OVER, grants, standing[row.project_id].ground)
    ]


def case_of(session: Session, rows: Sequence[Handover]) -> HandOverCase:
    """Rows of one case as they are shown."""
    first = rows[0]
    former = session.get_one(Contact, first.from_contact_id)
    successor = session.get(Contact, first.to_contact_id) if first.to_contact_id else None
    return HandOverCase(
        first.id,
        handed_of(session, [row.project_id for row in rows]),
        former.name,
        unit_name(session, former),
        successor.name if successor else first.named,
        unit_name(session, successor) if successor else "",
        is_in_book=successor is not None,
        is_linked=successor is not None and successor.telegram_user_id is not None,
    )


def handed_of(session: Session, project_ids: Sequence[int]) -> Handed:
    """Projects as they are shown."""
    names = [session.get_one(Project, one).name for one in project_ids[:NAMES_SHOWN]]
    return Handed(tuple(names), len(project_ids))


def grouped(rows: Iterable[Handover]) -> list[list[Handover]]:
    """Rows by the case they belong to, in the order in which they were asked."""
    cases: dict[tuple[object, ...], list[Handover]] = {}
    for row in rows:
        key = (row.from_contact_id, row.to_contact_id, row.named, row.asked_at)
        cases.setdefault(key, []).append(row)
    return list(cases.values())
