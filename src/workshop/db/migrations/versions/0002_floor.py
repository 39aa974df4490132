"""The floor around the order: tools, liability, cleaning, safety, training. The new tables' SQL stands beside this file."""

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the new tables, and the columns that vehicles gained."""
    connection = op.get_bind()
    script = Path(__file__).with_suffix(f".{connection.dialect.name}.sql").read_text(encoding="utf-8")
    connection.exec_driver_sql("ALTER TABLE vehicle ADD COLUMN weight INTEGER")
    for statement in script.split(";\n\n"):
        connection.exec_driver_sql(statement.strip().removesuffix(";"), execution_options={"no_parameters": True})
