"""Reporting periods (months), and the month people mean when they say "截至9月底"."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

from domain.words import any_of, read_words


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A calendar month that is reported on; earlier sorts before later.

    Raises ValueError for a month that does not exist.
    """

    year: int
    month: int

    def __post_init__(self) -> None:
        date(self.year, self.month, 1)

    def __str__(self) -> str:
        """The period as data spells it, such as 2026-09; `Period.parse` reads it back."""
        return f"{self.year:04}-{self.month:02}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The period that data spells 2026-09. Raises ValueError for anything else."""
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}", text):
            raise ValueError(f"not a period: {text!r}")
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The period that a day lies in."""
        return cls(day.year, day.month)

    @classmethod
    def ended_by(cls, day: date) -> Self:
        """The latest period whose last day is `day` or earlier."""
        return cls.of(day + timedelta(days=1)).plus(-1)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, monthrange(self.year, self.month)[1])

    @property
    def next(self) -> Self:
        return self.plus(1)

    @property
    def previous(self) -> Self:
        return self.plus(-1)

    def plus(self, months: int) -> Self:
        """The period so many months later, or earlier when `months` is negative."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return type(self)(year, month + 1)

    def until(self, last: "Period") -> tuple["Period", ...]:
        """This period and those after it up to `last`; nothing when `last` is earlier."""
        count = (last.year - self.year) * 12 + last.month - self.month + 1
        return tuple(self.plus(months) for months in range(count))


def read_period(text: str, today: date) -> Period | None:
    """The month up to which somebody asks for the figures, or None when no month is named.

    "9月" is the latest September that has begun by `today`; "去年" ends with its December; a day
    ("截至9月25日") means the last month that had ended by it. A year that is spelled out may
    lie ahead: whether figures exist then is for the caller to say.
    """
    phrase = _squashed(text)
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(phrase):
            return _period(found, today)
    return None


def split_as_at(text: str, today: date) -> tuple[str, Period | None]:
    """A question without its "截至9月底", and the month that phrase names.

    The phrase stands anywhere when a word such as 截至 leads it, else last and set off by a space.
    """
    if lead := _LEAD.search(text):
        for end in range(len(text), lead.end(), -1):
            if period := read_period(text[lead.start() : end], today):
                return f"{text[: lead.start()]} {text[end:]}".strip(), period
    return _split_last_words(text.split(), today)


def _split_last_words(words: list[str], today: date) -> tuple[str, Period | None]:
    for start in range(len(words)):
        phrase = " ".join(words[start:])
        period = read_period(phrase, today)
        if period and not _LATIN_NAME.fullmatch(phrase):
            return " ".join(words[:start]), period
    return " ".join(words), None


def _period(found: re.Match[str], today: date) -> Period | None:
    said = found.groupdict()
    year = _year(said, today)
    try:
        if "day" in said:
            return _ended_by_day(year, int(said["month"]), int(said["day"]), today)
        if said.get("months_ago"):
            return Period.of(today).plus(_MONTHS[said["months_ago"]])
        return _month_of_year(year, _month(said), today)
    except ValueError:
        return None


def _year(said: dict[str, str], today: date) -> int | None:
    if said.get("year"):
        return int(said["year"])
    if said.get("year_word"):
        return today.year + _YEARS[said["year_word"]]
    return None


def _month(said: dict[str, str]) -> int | None:
    if said.get("named"):
        return _NAMED[said["named"]]
    return int(said["month"]) if said.get("month") else None


def _month_of_year(year: int | None, month: int | None, today: date) -> Period:
    current = Period.of(today)
    if year is None:
        assert month is not None, "every pattern names a year or a month"
        this_year = Period(today.year, month)
        return this_year if this_year <= current else this_year.plus(-12)
    if month is None:
        return current if year == today.year else Period(year, 12)
    return Period(year, month)


def _ended_by_day(year: int | None, month: int, day: int, today: date) -> Period:
    if year is not None:
        return Period.ended_by(date(year, month, day))
    this_year = date(today.year, month, day)
    return Period.ended_by(this_year if this_year <= today else date(today.year - 1, month, day))


def _squashed(text: str) -> str:
    """Lower case, without spaces, full-width forms and written years (二〇二六年) as digits."""
    plain = "".join(text.translate(_NARROW).lower().split())
    return _WRITTEN_YEAR.sub(lambda found: found[0].translate(_DIGITS), plain)


def _squashed_keys(words: dict[str, int]) -> dict[str, int]:
    return {_squashed(word): value for word, value in words.items()}


def _patterns() -> tuple[re.Pattern[str], ...]:
    mark = any_of(_WORDS["year_marks"])
    year = rf"(?:(?P<year>[0-9]{{4}}){mark}?|(?P<year_word>{any_of(_YEARS)}))"
    named = rf"(?P<named>{any_of(_NAMED)})"
    month_mark = any_of(_WORDS["month_marks"])
    month = rf"(?:(?:1{any_of(_WORDS['ranges'])})?(?P<month>[0-9]{{1,2}}){month_mark}|{named})"
    day = rf"(?P<day>[0-9]{{1,2}}){any_of(_WORDS['day_marks'])}?"
    shapes = (
        rf"{year}?{month}",
        rf"{named}{year}",
        rf"{year}(?P<month>[0-9]{{1,2}})",
        rf"(?P<months_ago>{any_of(_MONTHS)})",
        year,
        rf"{year}?(?P<month>[0-9]{{1,2}}){month_mark}{day}",
        rf"(?P<year>[0-9]{{4}}){mark}(?P<month>[0-9]{{1,2}}){mark}{day}",
    )
    before = rf"{_spaceless('leads')}?{_spaceless('end_leads')}?"
    return tuple(re.compile(rf"{before}{shape}{any_of(_WORDS['ends'])}?") for shape in shapes)


def _spaceless(topic: str) -> str:
    return any_of(map(_squashed, _WORDS[topic]))


_WORDS = read_words("periods")
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DIGITS = {ord(character): str(value) for character, value in _WORDS["digits"].items()}
_WRITTEN_YEAR = re.compile(
    rf"{any_of(_WORDS['digits'])}{{4}}(?={any_of(_WORDS['year_marks'])})",
)
_YEARS = _squashed_keys(_WORDS["years"])
_MONTHS = _squashed_keys(_WORDS["months"])
_NAMED = _squashed_keys(_WORDS["named"])
_LEAD = re.compile(any_of(_WORDS["leads"]), re.IGNORECASE)
# A lone "may" or "jun" is more often a word of a name than a month.
_LATIN_NAME = re.compile(r"[A-Za-z]+")
_PATTERNS = _patterns()
