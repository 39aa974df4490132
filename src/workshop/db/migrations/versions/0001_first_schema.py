"""The first schema, as the SQL of each kind of database, beside this file: frozen, so that later tables do not change it."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, index and trigger of the first release, and the ledger's head."""
    connection = op.get_bind()
    script = Path(__file__).with_suffix(f".{connection.dialect.name}.sql").read_text(encoding="utf-8")
    for statement in script.split(";\n\n"):
        connection.exec_driver_sql(statement.strip().removesuffix(";"), execution_options={"no_parameters": True})
