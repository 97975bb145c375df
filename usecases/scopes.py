"""Narrowing a query to the projects some grants may reach, before any row is loaded."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from db.tables.programme import Listing, Project, ResponsibleUnit
from domain.access import Action, Grant, Reach, ScopeKind, reach


def within(action: Action, grants: Iterable[Grant]) -> Any:
    """A condition on Project that keeps every project one of the grants gives the action on.

    It keeps some others too (whose unit only supports): `may` has the last word.
    """
    return sa.or_(sa.false(), *(_reached(grant, reach(action, [grant])) for grant in grants))


def _reached(grant: Grant, far: Reach) -> Any:
    if far is Reach.NONE:
        return sa.false()
    if far is Reach.ALL or grant.scope_kind is ScopeKind.ALL:
        return sa.true()
    match grant.scope_kind:
        case ScopeKind.PROJECT:
            return col(Project.id) == grant.scope_id
        case ScopeKind.REGION:
            return col(Project.region_id) == grant.scope_id
        case ScopeKind.ORGANISATION:
            return (col(Project.owner_id) == grant.scope_id) | col(Project.id).in_(
                select(Listing.project_id)
                .join(ResponsibleUnit, col(ResponsibleUnit.listing_id) == col(Listing.id))
                .where(ResponsibleUnit.organisation_id == grant.scope_id)
            )
