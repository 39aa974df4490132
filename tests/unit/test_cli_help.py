"""The help of the command line: both languages, every command, lines that fit."""

from collections.abc import Iterator
from typing import Any

import pytest
import typer
from rich.cells import cell_len
from typer.testing import CliRunner

from workshop.cli import app
from workshop.cli.help import texts
from workshop.domain.words import Message
from workshop.doors.sheets import COLUMNS
from workshop.i18n import translator


def _paths(command: Any, *names: str) -> Iterator[tuple[str, ...]]:
    yield names
    for name, below in getattr(command, "commands", {}).items():
        yield from _paths(below, *names, name)


PATHS = list(_paths(typer.main.get_command(app)))


def helped(language: str, path: tuple[str, ...]) -> list[str]:
    """The lines of the help of one command."""
    result = CliRunner().invoke(app, ["--lang", language, *path, "--help"], env={"COLUMNS": "80"})
    assert result.exit_code == 0, result.output
    return result.output.splitlines()


@pytest.mark.parametrize("path", PATHS, ids=" ".join)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_command_has_help_whose_lines_fit(language: str, path: tuple[str, ...]) -> None:
    lines = helped(language, path)
    assert lines[0].startswith("用法：workshop" if language == "zh_CN" else "Usage: workshop")
    columns = {f"{kind.value}: {names}" for kind, names in COLUMNS.items()}
    assert [line for line in lines if cell_len(line) > 80 and line not in columns] == []
    assert not any(line.endswith("…") for line in lines)


@pytest.mark.parametrize("path", [path for path in PATHS if path], ids=" ".join)
def test_the_help_says_all_that_is_known_of_a_command(path: tuple[str, ...]) -> None:
    command: Any = typer.main.get_command(app)
    for name in path:
        command = command.commands[name]
    t = translator("zh_CN")
    shown = "".join("".join(helped("zh_CN", path)).split())
    for text in texts(command):
        assert "".join(t(Message(text)).split()) in shown


def test_what_must_be_given_is_marked_and_a_variable_named() -> None:
    lines = helped("en", ("import",))
    assert any("--pin" in line and "[needed]" in line and "WORKSHOP_PIN" in line for line in lines)
    assert any(line.startswith("areas: name* plan*") for line in lines)
