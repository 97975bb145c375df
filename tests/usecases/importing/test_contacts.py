"""A contact book is taken over: people, their posts, and never their accounts."""

import datetime as dtm

from sqlmodel import Session, col, func, select

from db.tables.people import Assignment, Contact, Organisation
from domain.access import ScopeKind
from domain.importing.changes import Outcome
from domain.importing.conflicts import ConflictCode
from domain.importing.findings import Leniency
from domain.tables import DoubtCode
from domain.vocabulary import Language, Role
from sandbox.sample import liuzhou, write_contacts_xlsx, write_programme_xlsx
from tests.builders import NOW, a_contact, a_project, a_unit, an_assignment, an_office, the_cast
from tests.usecases.importing.tables import contact_file, contact_row
from usecases.importing.contacts import ContactsImport, import_contacts
from usecases.importing.files import File
from usecases.importing.programme import Wanted, import_programme

STRICT, LENIENT = Leniency(), Leniency(accepts_new_names=True, skips_bad_rows=True)
LATER = NOW + dtm.timedelta(days=1)


def brought_in(
    session: Session, file: File, leniency: Leniency = STRICT, now: dtm.datetime = NOW
) -> ContactsImport:
    return import_contacts(session, file, leniency, now)


def counts(result: ContactsImport) -> dict[Outcome, int]:
    return {outcome: count for outcome, count in result.plan.counts.items() if count}


def the_contact(session: Session, name: str = "黄小明") -> Contact:
    return session.exec(select(Contact).where(Contact.name == name)).one()


def posts(session: Session, contact: Contact) -> list[tuple[object, ...]]:
    rows = session.exec(
        select(Assignment).where(Assignment.contact_id == contact.id).order_by(col(Assignment.id))
    )
    return [(row.role, row.scope_kind, row.scope_id, row.since, row.until) for row in rows]


def test_a_row_becomes_a_person_with_a_post(session: Session) -> None:
    an_office(session)
    assert brought_in(session, contact_file(contact_row(phone="199-0000 0001"))).is_saved

    person = the_contact(session)
    unit = session.exec(select(Organisation)).one()
    assert (person.phone, person.position, person.organisation_id) == (
        "19900000001",
        "科长",
        unit.id,
    )
    assert person.language is Language.ZH
    assert posts(session, person) == [(Role.LIAISON, ScopeKind.ORGANISATION, unit.id, NOW, None)]


def test_the_same_file_again_changes_nothing(session: Session) -> None:
    an_office(session)
    project = a_project(session, code="A-1")
    file = contact_file(
        contact_row(scope=project.name),
        contact_row("韦信息员", phone=None, roles="信息员", scope="A-1", language="英文"),
        contact_row("蒙协调员", phone="19900000003", roles="协调员、督查"),
    )
    brought_in(session, file)
    before = session.exec(select(func.count()).select_from(Assignment)).one()

    assert counts(brought_in(session, file, now=LATER)) == {Outcome.UNCHANGED: 3}
    assert session.exec(select(func.count()).select_from(Assignment)).one() == before == 4


def test_a_post_that_is_not_listed_any_more_ends(session: Session) -> None:
    an_office(session)
    brought_in(session, contact_file(contact_row(roles="联络员、信息员")))
    brought_in(session, contact_file(contact_row(roles="信息员、责任专员")), now=LATER)

    assert [
        (role, since, until) for role, _, _, since, until in posts(session, the_contact(session))
    ] == [
        (Role.LIAISON, NOW, LATER),
        (Role.INFORMATION_OFFICER, NOW, None),
        (Role.COMMISSIONER, LATER, None),
    ]


def test_whoever_is_not_in_the_file_keeps_everything(session: Session) -> None:
    cast = the_cast(session)
    brought_in(session, contact_file(contact_row(unit="柳州市住建局")))
    assert posts(session, cast.huang)[0][-1] is None


def test_a_new_phone_leaves_the_linked_account_alone(session: Session) -> None:
    an_office(session)
    huang = a_contact(session, unit=a_unit(session), phone="19900000001", account=1002)
    an_assignment(session, huang, Role.LIAISON, ScopeKind.ORGANISATION, huang.organisation_id)
    row = contact_row("韦信息员", unit="柳州市住建局", phone="19900000002", position=None)

    assert counts(brought_in(session, contact_file(row))) == {Outcome.CHANGED: 1}
    session.refresh(huang)
    assert (huang.phone, huang.telegram_user_id) == ("19900000002", 1002)


def test_two_people_may_swap_their_phones(session: Session) -> None:
    an_office(session)
    one, other = "19900000001", "19900000002"
    brought_in(session, contact_file(contact_row("甲"), contact_row("乙", phone=other)))
    swapped = contact_file(contact_row("乙"), contact_row("甲", phone=other))

    assert counts(brought_in(session, swapped, now=LATER)) == {Outcome.CHANGED: 2}
    assert (the_contact(session, "甲").phone, the_contact(session, "乙").phone) == (other, one)
    assert session.exec(select(func.count()).select_from(Contact)).one() == 2


def test_an_unknown_project_in_a_scope_keeps_the_file_out(session: Session) -> None:
    an_office(session)
    result = brought_in(
        session, contact_file(contact_row(), contact_row("乙", phone=None, scope="没有的路"))
    )
    assert not result.is_saved
    [trouble] = result.plan.findings.troubles
    assert (trouble.code, trouble.parameters["raw"]) == (ConflictCode.SCOPE_UNKNOWN, "没有的路")
    assert session.exec(select(func.count()).select_from(Contact)).one() == 0


def test_a_unit_nearly_known_is_asked_about(session: Session) -> None:
    an_office(session)
    a_unit(session, "柳州市交通运输局")
    file = contact_file(contact_row(unit="柳州市交运输局"))
    result = brought_in(session, file)
    assert [doubt.code for doubt in result.plan.findings.near] == [DoubtCode.UNIT_NEAR]
    assert not result.is_saved
    assert brought_in(session, file, LENIENT).is_saved


def test_the_sample_comes_in_whole_and_only_once(session: Session) -> None:
    an_office(session)
    programme = File("项目.xlsx", write_programme_xlsx(liuzhou()))
    import_programme(session, programme, Wanted(), LENIENT, NOW)
    file = File("联系人.xlsx", write_contacts_xlsx(liuzhou()))

    first = brought_in(session, file, LENIENT)
    assert first.is_saved
    assert first.plan.findings.troubles == ()
    people = first.plan.counts[Outcome.NEW]
    assert people > 300
    assert counts(brought_in(session, file)) == {Outcome.UNCHANGED: people}
