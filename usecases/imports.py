"""Importing in chat: a coordinator sends a table, sees what it would change, and says so.

What is confirmed is worked out again from the stored file and the records as they are then; where
that is not what was shown, it is shown anew.
"""

import datetime as dtm
from dataclasses import dataclass, replace

from sqlmodel import Session, select

from db.tables.office import Office
from db.tables.programme import ImportKind, ImportPreview, ImportState, Programme
from db.tables.speech import Attachment
from domain.access import Action, Reach
from domain.importing.findings import Leniency
from domain.importing.identity import Identity
from domain.tables import Form, Workbook, form_of
from domain.vocabulary import Level
from templates.imports import (
    ImportDone,
    ImportDropped,
    ImportSettled,
    TableNotRecognised,
)
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from usecases import audit
from usecases.answers import Answers, InPlace, in_place, say
from usecases.asker import Asker
from usecases.import_messages import (
    Plan,
    Showing,
    details_of,
    preview_of,
    refused,
    which_programme,
)
from usecases.importing.contacts import ContactsPlan, plan_contacts
from usecases.importing.files import File
from usecases.importing.placing import Unplaced
from usecases.importing.programme import Wanted, plan_programme
from usecases.importing.saving import save
from usecases.listings import local_day
from usecases.workbook import Reason, UnreadableWorkbook

KINDS = {Form.PROJECTS: ImportKind.PROGRAMME, Form.CONTACTS: ImportKind.CONTACTS}
LONGEST_FILE_NAME = 255
SUBJECT = "import_preview"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file somebody sent, with what they wrote beside it."""

    file: File
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Belonging:
    """A previewed table, and the programme it is said to be of: a stored one, or one by year."""

    preview_id: int
    programme_id: int | None = None
    level: Level | None = None
    year: int | None = None


def receive(session: Session, asker: Asker, upload: Upload, now: dtm.datetime) -> Answers:
    """A file came: keep it and show what it would change, or say why it is not read."""
    if refusal := _refusal(asker):
        return say(refusal)
    name = upload.file.name
    try:
        workbook = upload.file.workbook()
    except UnreadableWorkbook as unreadable:
        audit.record(session, asker, "import.refused", now, reason=unreadable.reason)
        return say(refused(name, unreadable))
    form = form_of(workbook)
    if form is None:
        return say(TableNotRecognised(name))
    row = _kept(session, asker, upload, KINDS[form], now)
    audit.record(session, asker, "import.received", now, (SUBJECT, row.id))
    return _shown(session, asker, row, _plan(session, row, workbook, now), now)


def refuse_oversized(session: Session, asker: Asker, name: str, now: dtm.datetime) -> Answers:
    """A file came that Telegram does not hand to bots: over 20 MB."""
    refusal = _refusal(asker)
    if refusal is None:
        audit.record(session, asker, "import.refused", now, reason=Reason.TOO_LARGE)
    return say(refusal or refused(name, UnreadableWorkbook(Reason.TOO_LARGE)))


def confirm(session: Session, asker: Asker, preview_id: int, now: dtm.datetime) -> Answers:
    """确认导入: take the table over, unless the records have changed since it was shown."""
    row = _waiting(session, asker, preview_id)
    if isinstance(row, Message):
        return say(row)
    # Two tables confirmed at one moment are taken over one after the other.
    session.exec(select(Office).with_for_update()).one()
    plan = _plan_anew(session, row, now)
    if isinstance(plan, Unplaced) or plan.basis != row.basis or _obstacles(row, plan):
        return _shown(session, asker, row, plan, now)
    save(session, plan, now)
    row.state, row.settled_at = ImportState.CONFIRMED, now
    session.add(row)
    counts = {outcome.value: count for outcome, count in plan.counts.items()}
    audit.record(
        session, asker, "import.confirmed", now, (SUBJECT, row.id), basis=row.basis, **counts
    )
    return in_place(ImportDone(_file(session, row).name, plan.counts, plan.findings.bad_rows))


def accept_new_names(session: Session, asker: Asker, preview_id: int, now: dtm.datetime) -> Answers:
    """按新单位处理: the names that are nearly known ones, as shown, are new ones."""
    row = _waiting(session, asker, preview_id)
    if isinstance(row, Message):
        return say(row)
    plan = _plan_anew(session, row, now)
    if not isinstance(plan, Unplaced) and plan.basis == row.basis:
        names = [str(doubt.parameters["raw"]) for doubt in plan.findings.near]
        _choose(session, row, accepted=[*row.choices.get("accepted", []), *names])
        plan = replace(plan, findings=plan.findings.letting_pass(frozenset(names)))
        audit.record(session, asker, "import.new_names_accepted", now, (SUBJECT, row.id))
    return _shown(session, asker, row, plan, now)


def skip_bad_rows(session: Session, asker: Asker, preview_id: int, now: dtm.datetime) -> Answers:
    """跳过有误的行: the bad rows, as shown, are left out and the sound ones may be confirmed."""
    row = _waiting(session, asker, preview_id)
    if isinstance(row, Message):
        return say(row)
    plan = _plan_anew(session, row, now)
    if not isinstance(plan, Unplaced) and plan.basis == row.basis:
        _choose(session, row, skips_bad_rows=True)
        count = plan.findings.bad_rows
        audit.record(session, asker, "import.bad_rows_skipped", now, (SUBJECT, row.id), count=count)
    return _shown(session, asker, row, plan, now)


def bring_back(session: Session, asker: Asker, preview_id: int, now: dtm.datetime) -> Answers:
    """按回任处理: those in the table who had left, as shown, are in office again."""
    row = _waiting(session, asker, preview_id)
    if isinstance(row, Message):
        return say(row)
    plan = _plan_anew(session, row, now)
    if isinstance(plan, ContactsPlan) and plan.basis == row.basis:
        _choose(session, row, coming_back=plan.left_alone)
        plan = _plan_anew(session, row, now)
        row.basis = "" if isinstance(plan, Unplaced) else plan.basis
        audit.record(session, asker, "import.brought_back", now, (SUBJECT, row.id))
    return _shown(session, asker, row, plan, now)


def choose_programme(
    session: Session, asker: Asker, belonging: Belonging, now: dtm.datetime
) -> Answers:
    """The table is of that programme."""
    row = _waiting(session, asker, belonging.preview_id)
    if isinstance(row, Message):
        return say(row)
    programme = session.get(Programme, belonging.programme_id) if belonging.programme_id else None
    if programme:
        _choose(session, row, level=programme.level, year=programme.year, batch=programme.batch)
    else:
        _choose(session, row, level=belonging.level, year=belonging.year)
    return _shown(session, asker, row, _plan_anew(session, row, now), now)


def drop(session: Session, asker: Asker, preview_id: int, now: dtm.datetime) -> Answers:
    """放弃: nothing is changed."""
    row = _waiting(session, asker, preview_id)
    if isinstance(row, Message):
        return say(row)
    row.state, row.settled_at = ImportState.DROPPED, now
    session.add(row)
    audit.record(session, asker, "import.dropped", now, (SUBJECT, row.id))
    return in_place(ImportDropped(_file(session, row).name))


def _refusal(asker: Asker) -> Message | None:
    """What somebody hears who may not import."""
    if asker.contact is None:
        return HowToLink()
    return NotYours() if asker.reach(Action.IMPORT) is Reach.NONE else None


def _waiting(session: Session, asker: Asker, preview_id: int) -> ImportPreview | Message:
    """The table whose button was pressed, locked; or what to say instead."""
    if refusal := _refusal(asker):
        return refusal
    found = select(ImportPreview).where(ImportPreview.id == preview_id)
    row = session.exec(found.with_for_update()).one_or_none()
    if row is None:
        return StaleButton()
    if row.settled_at is not None:
        was_confirmed = row.state is ImportState.CONFIRMED
        return ImportSettled(_file(session, row).name, was_confirmed, row.settled_at)
    return row


def _kept(
    session: Session, asker: Asker, upload: Upload, kind: ImportKind, now: dtm.datetime
) -> ImportPreview:
    file = upload.file
    attachment = Attachment(
        name=file.name[-LONGEST_FILE_NAME:], content=file.content, stored_at=now
    )
    session.add(attachment)
    session.flush()
    row = ImportPreview(
        contact_id=asker.contact_id,
        attachment_id=attachment.id,
        kind=kind,
        basis="",
        choices={"said": upload.caption},
        shown_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _file(session: Session, row: ImportPreview) -> File:
    attachment = session.get_one(Attachment, row.attachment_id)
    return File(attachment.name, attachment.content)


def _choose(session: Session, row: ImportPreview, **choices: object) -> None:
    row.choices = {**row.choices, **choices}
    session.add(row)
    session.flush()


def _plan_anew(session: Session, row: ImportPreview, now: dtm.datetime) -> Plan | Unplaced:
    return _plan(session, row, _file(session, row).workbook(), now)


def _plan(
    session: Session, row: ImportPreview, workbook: Workbook, now: dtm.datetime
) -> Plan | Unplaced:
    """What the table would change now, without the doubts that were let pass."""
    if row.kind is ImportKind.CONTACTS:
        coming_back = frozenset(row.choices.get("coming_back", ()))
        plan: Plan | Unplaced = plan_contacts(session, workbook, now, coming_back)
    else:
        chosen = row.choices
        level = Level(chosen["level"]) if chosen.get("level") else None
        identity = Identity(level, chosen.get("year"), chosen.get("batch"))
        plan = plan_programme(session, workbook, Wanted(identity, chosen.get("said", "")))
    if isinstance(plan, Unplaced):
        return plan
    accepted = frozenset(row.choices.get("accepted", ()))
    return replace(plan, findings=plan.findings.letting_pass(accepted))


def _leniency(row: ImportPreview) -> Leniency:
    """What somebody has let pass of this table; single names pass by themselves."""
    return Leniency(skips_bad_rows=bool(row.choices.get("skips_bad_rows")))


def _obstacles(row: ImportPreview, plan: Plan) -> bool:
    return bool(plan.findings.obstacles(_leniency(row)))


def _shown(
    session: Session, asker: Asker, row: ImportPreview, plan: Plan | Unplaced, now: dtm.datetime
) -> Answers:
    """The preview, with everything in full beside it where a message cannot hold it."""
    name = _file(session, row).name
    if isinstance(plan, Unplaced):
        this_year = local_day(asker.voice.zone, now).year
        return in_place(which_programme(plan, row.id, name, this_year))
    is_again = row.basis not in ("", plan.basis)
    row.basis, row.shown_at = plan.basis, now
    session.add(row)
    showing = Showing(name, row.id, False, _leniency(row), is_again)
    preview = preview_of(plan, showing)
    details = (details_of(plan, name, asker.voice),) if preview.is_cut else ()
    return (*details, InPlace(preview))
