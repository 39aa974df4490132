"""The way from an older schema to the present one. Alembic takes a second to import, so only `upgrade` does.

How a schema change is made: change the tables, raise `schema.HEAD`, add `versions/<number>_<what>.py` with `revision`,
`down_revision` and `upgrade`. Alembic's autogenerate does not see changed CHECKs, new members of an enumeration and
the predicates of partial indexes, and a batch on SQLite loses CHECKs and indexes on expressions unless it is given the
table (`copy_from=`): write those by hand. Triggers are made anew after every upgrade. The test that holds a migrated
database against a fresh one, on both kinds of database, tells what was forgotten.
"""

from pathlib import Path

from sqlalchemy.engine import Connection

from workshop.db import triggers

_HERE = Path(__file__).parent
VERSIONS = (_HERE / "versions",)
"""The folders with the revisions."""


def upgrade(connection: Connection) -> None:
    """Bring a database to the newest revision within the caller's transaction, which is `schema.alone`'s."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(map(str, VERSIONS)).replace("%", "%%"))
    command.upgrade(config, "head")
    triggers.install(connection)
