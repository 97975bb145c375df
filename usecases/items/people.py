"""Who answers for a unit that was given a decision: its liaison, its commissioner, its leader."""

from domain.chain import Place, Roster, Rung, Seat
from usecases.items.book import Decided, Item


def place_of(item: Item, decided: Decided) -> Place:
    """What decides who answers for the unit a decision binds."""
    return Place(
        project_id=0,
        level=item.row.level,
        lead_unit_id=decided.unit.id,
        region_id=item.region_of(decided.unit),
    )


def seat_of(roster: Roster, item: Item, decided: Decided, rung: Rung) -> Seat:
    """Who sits on this rung for the unit the decision binds, and who acts for them now."""
    seat = roster.chain(place_of(item, decided)).seat(rung)
    assert seat, "every chain has this rung"
    return seat
