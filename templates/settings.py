"""/settings: what a person can set for themselves."""

from dataclasses import dataclass

from domain.vocabulary import Language
from templates.leave import LeaveDays, cancel_on
from templates.message import Button, Message, Rows


@dataclass(frozen=True)
class Settings(Message):
    """A person's own settings: who they are, language, leave that is not over yet."""

    name: str
    unit: str
    language: Language
    leaves: tuple[LeaveDays, ...]

    def rows(self) -> Rows:
        """The other languages, leave, unlinking."""
        languages = tuple(
            Button(f"speak_{language}", f"settings.{language}")
            for language in Language
            if language is not self.language
        )
        cancels = tuple((cancel_on(days),) for days in self.leaves)
        register = Button("register_leave", "settings.leave")
        return ((*languages, register), *cancels, (Button("unlink_self", "settings.unlink"),))
