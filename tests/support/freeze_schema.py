"""Writes the second migration's SQL, the tables that the first lacks: `uv run python tests/support/freeze_schema.py`.

Only until the next release: from then on the migration stays as it is, and this file serves the next one. Columns that
an older table gained are written by hand in the revision; triggers are made anew after every upgrade.
"""

import re

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.schema import CreateIndex, CreateTable

from workshop.db import migrations
from workshop.db.tables import metadata

FOLDER = migrations.VERSIONS[0]
EARLIER, LATEST = ("0001_first_schema",), "0002_floor"
DIALECTS: tuple[Dialect, ...] = (sqlite.dialect(), postgresql.dialect(paramstyle="named"))  # which leaves % alone


def script(dialect: Dialect) -> str:
    """Every statement that makes the new tables on that kind of database, apart by a blank line."""
    known = {name for one in EARLIER for name in _tables((FOLDER / f"{one}.{dialect.name}.sql").read_text("utf-8"))}
    statements: list[str] = []
    for table in metadata.sorted_tables:
        if table.name in known:
            continue
        indexes = sorted(table.indexes, key=lambda index: str(index.name))
        for part in (CreateTable(table), *map(CreateIndex, indexes)):
            lines = str(part.compile(dialect=dialect)).strip().splitlines()
            statements.append("\n".join(line.rstrip() for line in lines))
    return ";\n\n".join(statements) + ";\n"


def _tables(sql: str) -> list[str]:
    return re.findall(r"CREATE TABLE (\w+)", sql)


if __name__ == "__main__":
    for one in DIALECTS:
        (FOLDER / f"{LATEST}.{one.name}.sql").write_text(script(one), encoding="utf-8")
