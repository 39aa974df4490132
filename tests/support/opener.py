"""What one of many processes does that open an empty database at the same moment."""

import warnings

from support.processes import wait_for_all
from workshop.db import schema
from workshop.db.database import Database
from workshop.db.opening import open_database


def open_it(url: str) -> tuple[bool, str | None]:
    """Open the database: whether this process has made it, and the revision that it found afterwards."""
    warnings.simplefilter("error")
    made: list[bool] = []
    create = schema.create

    def told(db: Database) -> bool:
        made.append(create(db))
        return made[-1]

    schema.create = told  # of this process only
    wait_for_all()
    db = open_database(url)
    revision = schema.revision(db)
    db.close()
    return any(made), revision
