"""The tests' own PostgreSQL server: it is there, and what one test does in it no other sees."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.pool import NullPool
from support.postgres import Server


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    """A connection whose work is committed, to a database that nothing keeps open afterwards."""
    with create_engine(url, poolclass=NullPool).begin() as connection:
        yield connection


def tables(url: str) -> list[str]:
    """The names of the tables people made in a database."""
    with connected(url) as connection:
        return list(connection.scalars(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")))


def test_the_server_is_new_enough_and_speaks_utf8(empty_postgres_url: str) -> None:
    with connected(empty_postgres_url) as connection:
        assert int(connection.scalar(text("SHOW server_version_num")) or 0) >= 150000
        assert connection.scalar(text("SHOW server_encoding")) == "UTF8"
        assert connection.scalar(text("SELECT length('机滤')")) == 2


@pytest.mark.parametrize("turn", range(8))
def test_each_test_finds_its_database_empty(empty_postgres_url: str, turn: int) -> None:
    assert tables(empty_postgres_url) == []
    with connected(empty_postgres_url) as connection:
        connection.execute(text("CREATE TABLE left_behind (turn int)"))
    assert tables(empty_postgres_url) == ["left_behind"]


def test_two_databases_of_the_server_are_separate(postgres: Server, empty_postgres_url: str) -> None:
    other = f"other_{uuid.uuid4().hex[:12]}"
    postgres.create_database(other)
    try:
        with connected(empty_postgres_url) as connection:
            connection.execute(text("CREATE TABLE here (id int)"))
        assert tables(postgres.url(other)) == []
    finally:
        postgres.drop_database(other)


def test_a_database_made_from_a_template_begins_with_its_rows(postgres: Server) -> None:
    template, copy = (f"{name}_{uuid.uuid4().hex[:12]}" for name in ("template", "copy"))
    postgres.create_database(template)
    try:
        with connected(postgres.url(template)) as connection:
            connection.execute(text("CREATE TABLE plates AS SELECT '京A12345' AS plate"))
        postgres.create_database(copy, template=template)
        with connected(postgres.url(copy)) as connection:
            assert connection.scalar(text("SELECT plate FROM plates")) == "京A12345"
    finally:
        postgres.drop_database(copy)
        postgres.drop_database(template)


def test_a_database_is_dropped_while_someone_is_connected(postgres: Server) -> None:
    name = f"busy_{uuid.uuid4().hex[:12]}"
    postgres.create_database(name)
    engine = create_engine(postgres.url(name))
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        postgres.drop_database(name)
        with pytest.raises(Exception, match=r"terminating connection|closed"):
            connection.execute(text("SELECT 1"))
    engine.dispose()
