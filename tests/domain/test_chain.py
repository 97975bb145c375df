import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import Grant, ScopeKind
from domain.chain import Chain, Gap, Person, Place, Post, Roster, Rung
from domain.vocabulary import Level, Role

PROJECT, LEAD, OWNER, REGION, OTHER = 10, 1, 2, 5, 3
PLACE = Place(PROJECT, Level.CITY, LEAD, OWNER, REGION)
COUNTY = Place(PROJECT, Level.COUNTY, LEAD, OWNER, REGION)

OFFICER, LIAISON = Role.INFORMATION_OFFICER, Role.LIAISON
OF_PROJECT = (ScopeKind.PROJECT, PROJECT)
OF_LEAD = (ScopeKind.ORGANISATION, LEAD)
OF_OWNER = (ScopeKind.ORGANISATION, OWNER)
OF_REGION = (ScopeKind.REGION, REGION)
OF_ALL = (ScopeKind.ALL, None)

Scope = tuple[ScopeKind, int | None]


def post(person_id: int, role: Role, scope: Scope) -> Post:
    return Post(person_id, Grant(role, *scope))


def chain(
    *posts: Post,
    place: Place = PLACE,
    units: dict[int, int] | None = None,
    gaps: dict[int, Gap] | None = None,
    away: dict[int, int | None] | None = None,
) -> Chain:
    ids = {one.person_id for one in posts} | set(gaps or ()) | set(away or ())
    ids |= {deputy for deputy in (away or {}).values() if deputy}
    people = {one: Person(one, (units or {}).get(one), (gaps or {}).get(one)) for one in ids}
    return Roster(posts, people, away or {}).chain(place)


def holder(found: Chain, rung: Rung) -> int | None:
    seat = found.seat(rung)
    return seat.holder_id if seat else None


def gap(found: Chain, rung: Rung) -> Gap | None:
    seat = found.seat(rung)
    return seat.gap if seat else None


def test_the_lead_unit_reviews_answers_and_hears_last() -> None:
    found = chain(
        post(1, OFFICER, OF_OWNER),
        post(2, OFFICER, OF_LEAD),
        post(3, LIAISON, OF_LEAD),
        post(4, Role.COMMISSIONER, OF_LEAD),
        post(5, Role.FIRST_RESPONSIBLE, OF_LEAD),
    )

    assert [seat.rung for seat in found.seats] == list(Rung)
    assert [seat.acting_id for seat in found.seats] == [1, 2, 3, 4, 5]
    assert found.holes == ()


def test_a_supporting_unit_has_no_part_in_the_chain() -> None:
    elsewhere = (ScopeKind.ORGANISATION, OTHER)
    found = chain(*(post(n, role, elsewhere) for n, role in enumerate(Role, start=1)))

    assert {seat.gap for seat in found.seats} == {Gap.EMPTY}


@pytest.mark.parametrize(
    ("scopes", "nearest"),
    [
        ((OF_ALL, OF_REGION, OF_LEAD, OF_PROJECT), OF_PROJECT),
        ((OF_ALL, OF_REGION, OF_LEAD), OF_LEAD),
        ((OF_ALL, OF_REGION), OF_REGION),
        ((OF_ALL,), OF_ALL),
    ],
)
@pytest.mark.parametrize("role", [LIAISON, Role.COMMISSIONER, Role.FIRST_RESPONSIBLE])
def test_the_nearest_assignment_holds(
    scopes: tuple[Scope, ...], nearest: Scope, role: Role
) -> None:
    rung = {LIAISON: Rung.REVIEWER}.get(role) or Rung(role.value)
    posts = [post(n, role, scope) for n, scope in enumerate(scopes, start=1)]

    assert holder(chain(*posts, place=COUNTY), rung) == scopes.index(nearest) + 1


@pytest.mark.parametrize("level", [Level.REGION, Level.CITY])
@pytest.mark.parametrize("scope", [OF_REGION, OF_ALL])
def test_above_the_county_only_the_lead_unit_s_own_liaison_reviews(
    level: Level, scope: Scope
) -> None:
    place = Place(PROJECT, level, LEAD, OWNER, REGION)

    assert gap(chain(post(1, LIAISON, scope), place=place), Rung.REVIEWER) is Gap.EMPTY


@pytest.mark.parametrize(
    ("posts", "main", "second"),
    [
        pytest.param([], (None, Gap.EMPTY), (None, Gap.EMPTY), id="nobody"),
        pytest.param([(1, OF_OWNER)], (1, None), (None, Gap.EMPTY), id="the owner's alone"),
        pytest.param([(2, OF_LEAD)], (2, None), (None, Gap.EMPTY), id="the unit's reports"),
        pytest.param([(2, OF_LEAD), (1, OF_OWNER)], (1, None), (2, None), id="the owner's first"),
        pytest.param(
            [(1, OF_OWNER), (3, OF_PROJECT), (2, OF_LEAD)], (3, None), (2, None), id="by name"
        ),
        pytest.param(
            [(1, OF_OWNER), (2, OF_LEAD), (4, OF_PROJECT)],
            (1, None),
            (4, None),
            id="the unit's by name",
        ),
        pytest.param(
            [(1, OF_OWNER), (5, OF_OWNER)], (1, None), (None, Gap.EMPTY), id="two of the owner's"
        ),
        pytest.param([(1, OF_OWNER), (6, OF_REGION)], (1, None), (6, None), id="the region's"),
        pytest.param([(6, OF_ALL), (7, OF_REGION)], (7, None), (None, Gap.EMPTY), id="far ones"),
        pytest.param([(1, OF_OWNER), (1, OF_LEAD)], (1, None), (None, Gap.EMPTY), id="one both"),
    ],
)
def test_the_owner_s_information_officer_reports_first(
    posts: list[tuple[int, Scope]],
    main: tuple[int | None, Gap | None],
    second: tuple[int | None, Gap | None],
) -> None:
    units = {1: OWNER, 2: LEAD, 3: OWNER, 4: LEAD, 5: OWNER}
    found = chain(*(post(one, OFFICER, scope) for one, scope in posts), units=units)

    assert (holder(found, Rung.MAIN_REPORTER), gap(found, Rung.MAIN_REPORTER)) == main
    assert (holder(found, Rung.SECOND_REPORTER), gap(found, Rung.SECOND_REPORTER)) == second


@pytest.mark.parametrize("owner", [LEAD, None])
def test_an_owner_that_leads_needs_one_information_officer(owner: int | None) -> None:
    place = Place(PROJECT, Level.CITY, LEAD, owner, REGION)

    alone = chain(post(1, OFFICER, OF_LEAD), place=place)
    both = chain(post(1, OFFICER, OF_PROJECT), post(2, OFFICER, OF_LEAD), place=place)

    assert holder(alone, Rung.MAIN_REPORTER) == 1
    assert alone.seat(Rung.SECOND_REPORTER) is None
    assert holder(both, Rung.MAIN_REPORTER) == 1
    assert holder(both, Rung.SECOND_REPORTER) == 2


def test_a_listing_without_units_is_held_by_whoever_is_named_for_it() -> None:
    place = Place(PROJECT, Level.CITY)
    found = chain(post(1, LIAISON, OF_PROJECT), post(2, Role.COMMISSIONER, OF_LEAD), place=place)

    assert holder(found, Rung.REVIEWER) == 1
    assert gap(found, Rung.COMMISSIONER) is Gap.EMPTY


def test_who_left_makes_room_for_the_next_nearest() -> None:
    posts = (post(1, LIAISON, OF_PROJECT), post(2, LIAISON, OF_LEAD))

    assert holder(chain(*posts, gaps={1: Gap.LEFT}), Rung.REVIEWER) == 2


def test_a_rung_whose_only_holder_left_says_who_that_was() -> None:
    found = chain(post(1, LIAISON, OF_LEAD), gaps={1: Gap.LEFT})

    assert (holder(found, Rung.REVIEWER), gap(found, Rung.REVIEWER)) == (1, Gap.LEFT)


def test_a_second_reporter_who_left_is_named_as_such() -> None:
    posts = (post(1, OFFICER, OF_OWNER), post(2, OFFICER, OF_LEAD))
    found = chain(*posts, gaps={2: Gap.LEFT})

    assert (holder(found, Rung.SECOND_REPORTER), gap(found, Rung.SECOND_REPORTER)) == (2, Gap.LEFT)


@pytest.mark.parametrize("reason", [Gap.UNLINKED, Gap.UNREACHABLE])
def test_who_cannot_be_told_keeps_the_rung_and_is_a_hole(reason: Gap) -> None:
    posts = (post(1, LIAISON, OF_LEAD), post(2, LIAISON, OF_LEAD))
    found = chain(*posts, gaps={1: reason})

    assert (holder(found, Rung.REVIEWER), gap(found, Rung.REVIEWER)) == (1, reason)


@pytest.mark.parametrize(
    ("away", "gaps", "acting", "reason"),
    [
        pytest.param({1: 2}, {}, 2, None, id="the deputy stands in"),
        pytest.param({1: None}, {}, None, Gap.AWAY, id="no deputy"),
        pytest.param({1: 2, 2: 3}, {}, None, Gap.AWAY, id="the deputy's deputy is not asked"),
        pytest.param({1: 2, 2: None}, {}, None, Gap.AWAY, id="the deputy is away too"),
        pytest.param({1: 2}, {2: Gap.LEFT}, None, Gap.AWAY, id="the deputy left"),
        pytest.param({1: 2}, {2: Gap.UNLINKED}, 2, Gap.UNLINKED, id="an unlinked deputy"),
        pytest.param({1: 2}, {2: Gap.UNREACHABLE}, 2, Gap.UNREACHABLE, id="unreachable deputy"),
        pytest.param({1: 2}, {1: Gap.UNLINKED}, 2, None, id="who is away need not be linked"),
        pytest.param({1: 1}, {}, None, Gap.AWAY, id="nobody is their own deputy"),
    ],
)
def test_on_leave_the_deputy_stands_in(
    away: dict[int, int | None], gaps: dict[int, Gap], acting: int | None, reason: Gap | None
) -> None:
    seat = chain(post(1, LIAISON, OF_LEAD), away=away, gaps=gaps).seat(Rung.REVIEWER)

    assert seat is not None
    assert (seat.holder_id, seat.acting_id, seat.gap) == (1, acting, reason)


IDS = st.integers(1, 6)
SCOPES = st.sampled_from(
    [OF_PROJECT, OF_LEAD, OF_OWNER, OF_REGION, OF_ALL, (ScopeKind.ORGANISATION, OTHER)]
)
POSTS = st.lists(st.builds(post, IDS, st.sampled_from(Role), SCOPES), max_size=12)
PEOPLE = st.fixed_dictionaries(
    {
        one: st.builds(
            Person,
            st.just(one),
            st.sampled_from([LEAD, OWNER, OTHER, None]),
            st.sampled_from([None, *(set(Gap) - {Gap.EMPTY, Gap.AWAY})]),
        )
        for one in range(1, 7)
    }
)
AWAY = st.dictionaries(IDS, st.none() | IDS)
LEVELS = st.sampled_from(Level)


@given(POSTS, PEOPLE, AWAY, LEVELS)
def test_a_rung_can_be_told_or_says_why_not(
    posts: list[Post], people: dict[int, Person], away: dict[int, int | None], level: Level
) -> None:
    found = Roster(posts, people, away).chain(Place(PROJECT, level, LEAD, OWNER, REGION))

    assert [seat.rung for seat in found.seats] == list(Rung)
    for seat in found.seats:
        acting = people.get(seat.acting_id or 0)
        assert (seat.gap is None) == (acting is not None and acting.gap is None)
        assert acting is None or (acting.gap is not Gap.LEFT and acting.id not in away)


@given(POSTS, PEOPLE, AWAY)
def test_two_reporters_are_two_people(
    posts: list[Post], people: dict[int, Person], away: dict[int, int | None]
) -> None:
    found = Roster(posts, people, away).chain(PLACE)
    main, second = holder(found, Rung.MAIN_REPORTER), holder(found, Rung.SECOND_REPORTER)

    assert main is None or main != second


@given(POSTS, PEOPLE, AWAY, LEVELS)
def test_what_does_not_cover_the_project_changes_nothing(
    posts: list[Post], people: dict[int, Person], away: dict[int, int | None], level: Level
) -> None:
    place = Place(PROJECT, level, LEAD, OWNER, REGION)
    covering = [one for one in posts if one.grant.scope_id != OTHER]

    assert Roster(posts, people, away).chain(place) == Roster(covering, people, away).chain(place)
