"""The schema: made on an empty database, known by its revision."""

import sqlalchemy as sa
from sqlmodel import Session

from workshop.db import triggers
from workshop.db.database import Database
from workshop.db.ledger import GENESIS
from workshop.db.tables import LedgerHead, metadata

HEAD = "0001"


def revision(db: Database) -> str | None:
    """The revision that the database is at; None for an empty one."""
    with db.engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        found: str = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()
        return found


def create(db: Database) -> None:
    """Make every table and trigger on an empty database and note the revision."""
    with db.engine.execution_options(writing=True).begin() as connection:
        metadata.create_all(connection)
        triggers.install(connection)
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        with Session(connection) as session:
            session.add(LedgerHead(hash=GENESIS))
            session.flush()
