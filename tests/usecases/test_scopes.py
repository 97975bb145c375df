"""Narrowing by right in the database never hides what somebody is entitled to."""

import pytest
from sqlmodel import Session, select

from db.tables.people import Organisation
from db.tables.programme import Project
from domain.access import Action, Grant, ScopeKind, may
from domain.vocabulary import Role
from tests import builders
from tests.builders import Cast
from usecases.listings import ground_of, listings_of
from usecases.scopes import within


@pytest.fixture
def cast(session: Session) -> Cast:
    return builders.the_cast(session)


def found(session: Session, action: Action, *grants: Grant) -> set[int]:
    return set(session.exec(select(Project.id).where(within(action, grants))))


@pytest.mark.parametrize("kind", ScopeKind)
@pytest.mark.parametrize("role", Role)
def test_whatever_a_grant_gives_is_found(
    session: Session, cast: Cast, role: Role, kind: ScopeKind
) -> None:
    units = session.exec(select(Organisation.id)).all()
    scopes: dict[ScopeKind, list[int | None]] = {
        ScopeKind.ALL: [None],
        ScopeKind.PROJECT: [cast.project.id],
        ScopeKind.REGION: [cast.project.region_id],
        ScopeKind.ORGANISATION: [*units],
    }
    ground = ground_of(cast.project, listings_of(session, [cast.project.id])[cast.project.id])
    for action in Action:
        for scope in scopes[kind]:
            grant = Grant(role, kind, scope)
            if may(action, [grant], ground):
                assert cast.project.id in found(session, action, grant), (action, grant)


@pytest.mark.usefixtures("cast")
def test_what_is_out_of_reach_is_not_read(session: Session) -> None:
    elsewhere = Grant(Role.LIAISON, ScopeKind.ORGANISATION, 999_999)
    assert found(session, Action.REVIEW, elsewhere) == set()
    assert found(session, Action.REVIEW) == set()


def test_one_grant_of_several_is_enough(session: Session, cast: Cast) -> None:
    elsewhere = Grant(Role.LIAISON, ScopeKind.ORGANISATION, 999_999)
    everywhere = Grant(Role.COORDINATOR, ScopeKind.ALL)
    assert cast.project.id in found(session, Action.RELEASE, elsewhere, everywhere)
