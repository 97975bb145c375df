"""The people of a programme as the office's contact list."""

from collections.abc import Sequence

from sandbox.sample.facts import Person, Programme
from sandbox.sample.grid import Cell, Column, Row, Sheet, workbook
from sandbox.sample.words import table


def write_contacts_xlsx(programme: Programme) -> bytes:
    """Everybody who has not left, one row a person, phones spelled as people spell them."""
    present = [person for person in programme.people if person.left is None]
    forms = table("forms")["contacts"]
    columns = tuple(Column(c["key"], c["header"], c["width"]) for c in forms["columns"])
    titles = (forms["title"].format(title=programme.title), table("forms")["note"])
    rows = tuple(Row(_cells(person, number)) for number, person in enumerate(present, start=1))
    return workbook([Sheet(forms["sheet"], titles, None, columns, rows)])


def _cells(person: Person, number: int) -> dict[str, Cell]:
    forms = table("forms")
    return {
        "number": number,
        "name": person.name,
        "unit": person.unit,
        "position": person.position,
        "phone": _phone(person.phone, number),
        "role": forms["roles"][person.role],
        "scope": forms["separators"][0].join(person.scope) or None,
        "language": forms["languages"][person.language],
        "remark": _remark(person),
    }


def _phone(phone: str, number: int) -> str:
    spellings: Sequence[str] = table("forms")["contacts"]["phones"]
    spelling = spellings[number % len(spellings)]
    return spelling.format(p=phone, a=phone[:3], b=phone[3:7], c=phone[7:])


def _remark(person: Person) -> str | None:
    if person.leave is None:
        return None
    start, end = person.leave
    return str(table("forms")["leave"]).format(start=start, end=end)
