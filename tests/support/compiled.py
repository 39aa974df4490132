"""What one test's database has compiled need not be compiled again for the next one's.

SQLAlchemy keeps compiled statements by the engine, and an engine's dialect is another one than the next engine's: the
program has one engine for as long as it runs, the tests have thousands, and compiled most of what they asked anew.
"""

from typing import Any

import pytest
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL, Engine

from workshop.db import database

_COMPILED: dict[Any, Any] = {}


def pytest_configure(config: pytest.Config) -> None:
    """Let the engines of this process share what they compile, those of SQLite and those of PostgreSQL apart."""
    begin = database._engine

    def sharing(url: URL) -> Engine:
        return begin(url).execution_options(compiled_cache=_COMPILED)

    database._engine = sharing
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__eq__ = _same_kind  # type: ignore[method-assign]
        dialect.__hash__ = _of_its_kind  # type: ignore[method-assign]


def _same_kind(one: object, other: object) -> bool:
    return type(one) is type(other)


def _of_its_kind(one: object) -> int:
    return hash(type(one))
