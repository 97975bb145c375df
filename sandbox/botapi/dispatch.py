"""From a call to its answer, noted in the journal."""

from dataclasses import dataclass

import sandbox.botapi.methods  # noqa: F401 - enters the methods into the book
from sandbox.botapi.asking import Ask, require_spoken_parameters, spoken
from sandbox.botapi.bots import Bot
from sandbox.botapi.chats import Json
from sandbox.botapi.errors import ApiError
from sandbox.botapi.journal import Call
from sandbox.botapi.parameters import Parameters
from sandbox.botapi.world import Telegram


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back over HTTP."""

    status: int
    body: Json

    @classmethod
    def refusing(cls, error: ApiError) -> "Answer":
        """The answer of a refused call."""
        return cls(error.code, error.body())


def call(telegram: Telegram, bot: Bot, method: str, parameters: Parameters) -> Answer:
    """Answer one call at once; getUpdates gives what is there and does not wait."""
    try:
        known = spoken(method)
        require_spoken_parameters(known, parameters)
        reply = known.run(Ask(telegram, bot, known.name, parameters))
    except ApiError as error:
        answer = Answer.refusing(error)
        note(telegram, bot, method, parameters, answer)
        if error.of_form:
            telegram.journal.refusals.append(telegram.journal.calls[-1])
        return answer
    except Exception as broken:
        # The bot sees a 500 and takes it for Telegram's trouble: the test must see it too.
        note(telegram, bot, method, parameters, Answer(500, {"description": repr(broken)}))
        telegram.journal.refusals.append(telegram.journal.calls[-1])
        raise
    answer = Answer(200, reply.body())
    note(telegram, bot, known.name, parameters, answer)
    return answer


def note(telegram: Telegram, bot: Bot, method: str, parameters: Parameters, answer: Answer) -> None:
    """Write a call into the journal."""
    given = dict(parameters.texts) | {name: part.name for name, part in parameters.files.items()}
    noted = Call(telegram.clock.now(), bot.account.id, method, given, answer.status, answer.body)
    telegram.journal.calls.append(noted)
    telegram.bell.ring()
