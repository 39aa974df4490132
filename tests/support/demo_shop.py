"""The made-up shop at one set moment, built once per run and copied: a terminal on it shows the same every time."""

import gc
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
import time_machine

from support.databases import FOLDER
from support.postgres import locked
from workshop.db.opening import open_database
from workshop.demo.building import build

NOW: Final = datetime(2026, 3, 10, 6, 30, tzinfo=UTC)
"""Half past two in the afternoon of a Tuesday in Shanghai."""


@pytest.fixture(scope="session")
def demo_file(pytestconfig: pytest.Config) -> Path:
    """A SQLite file with the demo as it stands at `NOW`; tests only look at it, or copy it."""
    folder = pytestconfig.stash[FOLDER]
    path = folder / "demo.db"
    with locked(folder / "demo.lock"):
        if not path.exists():
            building = folder / "demo.building"
            db = open_database(f"sqlite:///{building}")
            build(db, NOW)
            db.close()
            with closing(sqlite3.connect(building)) as whole, closing(sqlite3.connect(folder / "demo.whole")) as one:
                whole.backup(one)
            (folder / "demo.whole").rename(path)
    return path


@pytest.fixture
def own_demo(demo_file: Path, tmp_path: Path) -> Path:
    """A copy of the demo, to work in."""
    return Path(shutil.copyfile(demo_file, tmp_path / "demo.db"))


@pytest.fixture
def that_day() -> Iterator[None]:
    """The clock runs on from `NOW`, everywhere in the program."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def litter_stays() -> Iterator[None]:
    """No search for garbage: it would take a third of the time."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()
