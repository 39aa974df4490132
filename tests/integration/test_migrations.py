"""A migrated database is the same as a fresh one, and a migration loses nothing."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.config import Config
from alembic.script import ScriptDirectory
from support.catalog import catalog, catalog_of
from support.databases import NEXT, NOW

from workshop.db import ledger, migrations, schema
from workshop.db.database import Database
from workshop.db.tables import Customer, Vehicle

LATER = f"""
import sqlalchemy as sa
from alembic import op

revision = "{NEXT}"
down_revision = "{NOW}"


def upgrade():
    with op.batch_alter_table("customer") as batch:
        batch.add_column(sa.Column("nickname", sa.String(40)))
    with op.batch_alter_table("ledger_line") as batch:
        batch.alter_column("terminal", existing_type=sa.String(60), type_=sa.String(90))
"""
ORPHAN = (
    LATER
    + """
    op.execute("DELETE FROM customer")
"""
)


def migrate(db: Database) -> None:
    with schema.alone(db, foreign_keys=False) as connection:
        migrations.upgrade(connection)


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for revisions that come after the present ones."""
    folder = tmp_path / "later"
    folder.mkdir()
    monkeypatch.setattr(migrations, "VERSIONS", (*migrations.VERSIONS, folder))
    return folder


def add_a_car(db: Database) -> None:
    with db.writing() as session:
        customer = Customer(name="周先生", phone="13800000000")
        session.add(customer)
        session.flush()
        session.add(Vehicle(vin="L" * 17, customer_id=customer.id))


def test_a_migrated_database_is_the_same_as_a_fresh_one(database_url: str, database: Database) -> None:
    migrated = Database(database_url)
    migrate(migrated)
    fresh, found = catalog(database), catalog(migrated)
    with migrated.reading() as session:
        assert ledger.verify(session) is None
        assert ledger.head(session).number == 0
    migrated.close()
    assert found == fresh
    assert len(found) > 500


def test_the_comparison_sees_every_kind_of_difference(database: Database) -> None:
    before = catalog(database)
    changes = [
        ("CREATE INDEX more ON bay (name) WHERE name <> ''", "CREATE INDEX more ON bay (name) WHERE name <> 'x'"),
        ("ALTER TABLE bay ADD COLUMN more INTEGER", "ALTER TABLE bay ADD COLUMN more INTEGER NOT NULL DEFAULT 0"),
        ("ALTER TABLE bay ADD COLUMN more VARCHAR(5)", "ALTER TABLE bay ADD COLUMN more VARCHAR(6)"),
        (
            "ALTER TABLE bay ADD COLUMN more INTEGER CONSTRAINT odd CHECK (more IN (1, 2))",
            "ALTER TABLE bay ADD COLUMN more INTEGER CONSTRAINT odd CHECK (more IN (1, 2, 3))",
        ),
        (
            "ALTER TABLE bay ADD COLUMN more INTEGER REFERENCES team (id)",
            "ALTER TABLE bay ADD COLUMN more INTEGER REFERENCES part (id)",
        ),
    ]
    for one, other in changes:
        seen = [_after(database, statement) for statement in (one, other)]
        assert before != seen[0]
        assert seen[0] != seen[1]
    trigger = "DROP TRIGGER old_for_new" + ("" if database.is_sqlite else " ON part_issue")
    assert _after(database, trigger) != before
    assert catalog(database) == before


def _after(db: Database, statement: str) -> dict[str, str]:
    """The catalogue as it would be after a statement, which is then undone."""
    with db.engine.connect() as connection:
        connection.exec_driver_sql(statement)
        return catalog_of(connection)


def test_head_is_the_newest_revision() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.set_main_option("path_separator", "newline")
    assert ScriptDirectory.from_config(config).get_heads() == [schema.HEAD]


def test_migrating_twice_changes_nothing(database: Database) -> None:
    before = catalog(database)
    migrate(database)
    assert catalog(database) == before


def test_a_table_made_anew_keeps_its_rows_its_children_and_its_triggers(database: Database, later: Path) -> None:
    (later / f"{NEXT}_later.py").write_text(LATER)
    add_a_car(database)
    migrate(database)
    assert schema.revision(database) == NEXT
    with database.reading() as session:
        assert session.execute(sa.text("SELECT vin FROM vehicle")).scalar_one() == "L" * 17
        assert session.execute(sa.text("SELECT name, nickname FROM customer")).one() == ("周先生", None)
    kept = {name for name in catalog(database) if "ledger_line_no_" in name}
    assert len(kept) >= 2
    with database.engine.connect() as connection:
        if database.is_sqlite:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


def test_a_migration_that_leaves_a_row_without_its_parent_is_undone(database: Database, later: Path) -> None:
    (later / f"{NEXT}_later.py").write_text(ORPHAN)
    add_a_car(database)
    before = catalog(database)
    with pytest.raises(sa.exc.IntegrityError):
        migrate(database)
    assert schema.revision(database) == NOW
    assert catalog(database) == before
    with database.reading() as session:
        assert session.execute(sa.text("SELECT count(*) FROM customer")).scalar_one() == 1
