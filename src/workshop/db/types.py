"""Column types that mean the same on SQLite and PostgreSQL."""

from decimal import Decimal
from enum import Enum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlmodel import Field, SQLModel

from workshop.domain.words import Labelled

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Cents(sa.TypeDecorator[Decimal]):
    """Money: Decimal yuan in Python, whole fen in the database, so that sums are exact on every database."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Yuan to fen; more than two decimals is an error of the program."""
        if value is None:
            return None
        fen = value * 100
        if fen != int(fen):
            raise ValueError(f"{value} yuan is not a whole number of fen")
        return int(fen)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Fen to yuan."""
        return None if value is None else Decimal(value).scaleb(-2)


class Exact(sa.TypeDecorator[Decimal]):
    """A measured value or limit: kept as its plain decimal text, so that 0.1 stays 0.1 on every database."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Decimal to plain text."""
        return None if value is None else f"{value:f}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Text to Decimal."""
        return None if value is None else Decimal(value)


def enum_type(kind: type[Labelled], check: str = "") -> sa.Enum:
    """An enumeration kept by its values, with a CHECK (named `check`) that refuses anything else."""
    return sa.Enum(
        kind,
        name=check or kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=max(len(member.value) for member in kind),
        values_callable=_values,
    )


def partial_index(name: str, column: str, condition: str, *, unique: bool = False) -> sa.Index:
    """An index over the few rows that meet the condition, on both databases."""
    where = sa.text(condition)
    return sa.Index(name, column, unique=unique, sqlite_where=where, postgresql_where=where)


def _values(kind: type[Enum]) -> list[str]:
    return [member.value for member in kind]


def choice(kind: type[Labelled], *, check: str = "", **options: Any) -> Any:
    """A table field that holds one member of an enumeration."""
    return Field(sa_type=enum_type(kind, check), **options)
