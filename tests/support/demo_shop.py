"""The made-up shop at one set moment, built once per run and copied: a terminal on it shows the same every time."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
import time_machine

from support.databases import Once
from support.postgres import Server
from workshop.db.opening import open_database
from workshop.demo.building import build

NOW: Final = datetime(2026, 3, 10, 6, 30, tzinfo=UTC)
"""Half past two in the afternoon of a Tuesday in Shanghai."""


def build_demo(url: str) -> None:
    """Build the demo in a new database, as it stands at `NOW`."""
    db = open_database(url)
    build(db, NOW)
    db.close()


@pytest.fixture(scope="session")
def demo_file(once: Once) -> Path:
    """A SQLite file with the demo as it stands at `NOW`; tests only look at it, or copy it."""
    return once.shop_file("demo", build_demo)


@pytest.fixture(scope="session")
def demo_template(postgres: Server, once: Once) -> str:
    """The name of a PostgreSQL database with the same; tests only look at it."""
    return once.template(postgres, "demo", build_demo)


@pytest.fixture
def own_demo(demo_file: Path, tmp_path: Path) -> Path:
    """A copy of the demo, to work in."""
    return Path(shutil.copyfile(demo_file, tmp_path / "demo.db"))


@pytest.fixture
def that_day() -> Iterator[None]:
    """The clock runs on from `NOW`, everywhere in the program."""
    with time_machine.travel(NOW, tick=True):
        yield
