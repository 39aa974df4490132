"""Writes the SQL of the first migration from the present tables: `uv run python tests/support/freeze_schema.py`.

Only until the first release: from then on the first migration stays as it is, and this file goes.
"""

from pathlib import Path

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from workshop.db import migrations, triggers
from workshop.db.ledger import GENESIS
from workshop.db.tables import metadata

FIRST = migrations.VERSIONS[0] / "0001_first_schema"
DIALECTS: tuple[Dialect, ...] = (sqlite.dialect(), postgresql.dialect(paramstyle="named"))  # which leaves % alone


def script(dialect: Dialect) -> str:
    """Every statement that makes the present schema on that kind of database, apart by a blank line."""
    statements: list[str] = []
    for table in metadata.sorted_tables:
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        for part in (CreateTable(table), *map(CreateIndex, indexes)):
            lines = str(part.compile(dialect=dialect)).strip().splitlines()
            statements.append("\n".join(line.rstrip() for line in lines))
    statements.append(f"INSERT INTO ledger_head (id, number, hash) VALUES (1, 0, '{GENESIS}')")
    statements += [" ".join(statement.split()) for statement in triggers.statements(dialect.name)]
    return ";\n\n".join(statements) + ";\n"


if __name__ == "__main__":
    for one in DIALECTS:
        Path(f"{FIRST}.{one.name}.sql").write_text(script(one), encoding="utf-8")
