"""What somebody types and presses while a report is filled in, straight at the use-cases."""

import datetime as dtm
from dataclasses import dataclass

from sqlmodel import Session, select

from db.tables.people import Contact
from db.tables.reporting import Obligation, Report
from domain.reporting.filling import Step
from domain.reporting.turns import Choice
from domain.texts import plain
from domain.vocabulary import Language
from templates.message import Message
from templates.render import Voice, render
from templates.reporting import ReportCard
from tests.builders import NOW, asker
from usecases import dialogs
from usecases.answers import Answers
from usecases.asker import Asker
from usecases.lookup import look_up
from usecases.reporting import changing, filling, submitting
from usecases.reporting.filling import AtStep, Pressed, Shown

_HEAR = dialogs.hear(look_up)


@dataclass
class Talk:
    """One person's side of it; each act gives the message that answers."""

    session: Session
    contact: Contact
    obligation: Obligation
    now: dtm.datetime = NOW

    def fills(self) -> Message:
        return only(filling.fill(self.session, self._asker(), self.obligation.id, self.now))

    def types(self, text: str) -> Message:
        return only(_HEAR(self.session, self._asker(), text, self.now))

    def presses(self, choice: Choice, step: Step, value: int = 0) -> Message:
        pressed = Pressed(choice, self.obligation.id, step.number, value)
        return only(filling.choose(self.session, self._asker(), pressed, self.now))

    def goes_back(self, step: Step) -> Message:
        at = AtStep(self.obligation.id, step.number)
        return only(filling.back(self.session, self._asker(), at, self.now))

    def edits(self, step: Step) -> Message:
        at = AtStep(self.obligation.id, step.number)
        return only(changing.edit(self.session, self._asker(), at, self.now))

    def at(self, step: Step) -> AtStep:
        return AtStep(self.obligation.id, step.number)

    def takes_over(self) -> Message:
        return only(filling.take_over(self.session, self._asker(), self.obligation.id, self.now))

    def submits(self, card: Message) -> Message:
        assert isinstance(card, ReportCard)
        shown = Shown(self.obligation.id, card.version)
        return only(submitting.submit(self.session, self._asker(), shown, self.now))

    def drops(self, card: Message) -> Message:
        assert isinstance(card, ReportCard)
        shown = Shown(self.obligation.id, card.version)
        return only(changing.dropped(self.session, self._asker(), shown, self.now))

    def withdraws(self) -> Message:
        return only(submitting.withdraw(self.session, self._asker(), self.obligation.id, self.now))

    def reports(self, *answers: str) -> Message:
        """Fill in with these answers and submit; the card's reason is the last where needed."""
        said = self.fills()
        for answer in answers:
            said = self.types(answer)
        return self.submits(said)

    def _asker(self) -> Asker:
        return asker(self.session, self.contact, self.now)


def only(answers: Answers) -> Message:
    (answer,) = answers
    return answer.message


def words(message: Message) -> str:
    """The message as its reader sees it, in Chinese."""
    return plain(render(message, Voice(Language.ZH, "Asia/Shanghai")).text)


def reports_of(session: Session, obligation: Obligation) -> list[Report]:
    found = select(Report).where(Report.obligation_id == obligation.id)
    return sorted(session.exec(found), key=lambda report: report.revision)
