"""Screens of the demo shop as they were looked at and accepted, in both languages, small and large.

    uv run pytest tests/tui/test_snapshots.py --snapshot-update

accepts them as they are now. Pictures of the docs are drawn by `support.pictures`.
"""

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension
from support.pictures import bring, build_demo, terminal

from workshop.db.files import appearing

SVGImageExtension.file_extension = "svg"  # the plugin still sets it under the name that syrupy 4 knew


@pytest.fixture(scope="session")
def demo_shop(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The demo shop in a SQLite file, built once for all workers."""
    root = tmp_path_factory.getbasetemp()
    root = root if worker_id == "master" else root.parent
    file = root / "demo.db"
    with (root / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            with appearing(file) as partial:
                build_demo(partial)
    return file


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["small", "large"])
@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("view", ["sign-in", "board", "order-page", "work-page"])
def test_a_screen_looks_as_it_was_accepted(
    view: str, language: str, size: tuple[int, int], demo_shop: Path, tmp_path: Path, snap_compare: Callable[..., bool]
) -> None:
    file = tmp_path / "demo.db"
    shutil.copyfile(demo_shop, file)
    with terminal(file, language) as app:
        assert snap_compare(app, terminal_size=size, run_before=lambda pilot: bring(pilot, view, language))
