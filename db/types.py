"""Column types that keep the two databases honest and alike."""

import datetime as dtm
from enum import StrEnum
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlmodel import Field


class UtcDateTime(sa.types.TypeDecorator[dtm.datetime]):
    """An aware instant, stored in UTC and given back aware.

    SQLite drops the zone on its way back; a naive value is refused, never guessed.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: dtm.datetime | None, dialect: Dialect
    ) -> dtm.datetime | None:
        """Refuse a naive value with ValueError; turn an aware one into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime cannot be stored: {value!r}")
        return value.astimezone(dtm.UTC)

    def process_result_value(
        self, value: dtm.datetime | None, dialect: Dialect
    ) -> dtm.datetime | None:
        """Give back an aware UTC instant whatever the driver returned."""
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=dtm.UTC)
        return value.astimezone(dtm.UTC)


# SQLite autoincrements only a column whose type is exactly INTEGER.
BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def row_id() -> Any:
    """The primary key of a table whose rows the database numbers; set once a row is flushed."""
    return Field(default=None, primary_key=True, sa_type=cast(Any, BigId))


def ref(target: str, *, index: bool = True, unique: bool = False) -> Any:
    """A required reference to another table's row."""
    return Field(foreign_key=target, index=index, unique=unique, sa_type=cast(Any, BigId))


def maybe_ref(target: str, *, index: bool = False) -> Any:
    """A reference that may be empty."""
    return Field(default=None, foreign_key=target, index=index, sa_type=cast(Any, BigId))


def choice(kind: type[StrEnum], **more: Any) -> Any:
    """A closed set, stored as its value in a plain string column on both databases."""
    column = sa.Enum(
        kind,
        native_enum=False,
        length=32,
        create_constraint=False,
        values_callable=lambda members: [member.value for member in members],
    )
    return Field(sa_type=cast(Any, column), **more)


def instant(**more: Any) -> Any:
    """An aware UTC instant."""
    return Field(sa_type=UtcDateTime, **more)


def words(length: int, **more: Any) -> Any:
    """A line of text of at most `length` characters."""
    return Field(max_length=length, sa_type=cast(Any, sa.String(length)), **more)


def prose(**more: Any) -> Any:
    """Text without a set length."""
    return Field(sa_type=sa.Text, **more)


def yuan(**more: Any) -> Any:
    """Money in whole yuan."""
    return Field(sa_type=sa.BigInteger, **more)


def telegram_id(**more: Any) -> Any:
    """A number Telegram gave: 52 bits, so never a plain integer column."""
    return Field(sa_type=sa.BigInteger, **more)


def facts(**more: Any) -> Any:
    """Structured data that no query looks into, stored as JSON."""
    return Field(sa_type=sa.JSON, **more)
