"""The reference pages of the repository are those of the code."""

from pathlib import Path

import pytest

from workshop import reference
from workshop.commands.base import commands

FOLDER = Path(__file__).parents[2] / "docs" / "reference"
PAGES = reference.pages()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_repository_is_that_of_the_code(name: str) -> None:
    kept = (FOLDER / name).read_text(encoding="utf-8")
    assert kept == PAGES[name], "write it anew: uv run python -m workshop.reference docs/reference"


def test_every_command_and_every_needed_field_is_explained() -> None:
    page = PAGES["commands.md"]
    for name, kind in commands().items():
        part = page[page.index(f"### `{name}`") :].split("\n### ")[0]
        for field, info in kind.model_fields.items():
            assert f"| `{field}`{' *' if info.is_required() else ''} |" in part


def test_every_command_has_its_row_among_the_permissions() -> None:
    by_role = PAGES["permissions.md"].split("## By stage")[0]
    for name, kind in commands().items():
        row = next(line for line in by_role.splitlines() if line.startswith(f"| `{name}` |"))
        assert row.count("✎" if kind.signature else "●") == len(kind.roles)


def test_writing_makes_every_page(tmp_path: Path) -> None:
    reference.write(tmp_path / "new" / "folder")
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "new" / "folder").iterdir()}
    assert written == PAGES
