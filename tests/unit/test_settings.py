"""Settings come from the environment, then from the file; mistakes are told by name and place."""

import os
from pathlib import Path

import pytest

from workshop import settings
from workshop.i18n import translator
from workshop.settings import SettingsWrong, database_url


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without settings, and an environment without ours."""
    for name in list(os.environ):
        if name.startswith(("WORKSHOP_", "XDG_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file that is asked for."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv("WORKSHOP_CONFIG", str(path))
    path.touch()
    return path


def mistakes() -> list[str]:
    """What is told about settings that are wrong."""
    with pytest.raises(SettingsWrong) as wrong:
        settings.load()
    return [translator("en").reason(reason) for reason in wrong.value.reasons]


def test_without_any_settings_everything_has_a_value(home: Path) -> None:
    found = settings.load()
    assert found.database.startswith(f"sqlite:///{home}")
    assert found.database.endswith("workshop.db")
    assert found.idle_minutes == 5
    assert found.language == "zh_CN"
    assert 0 < len(found.terminal) <= 60
    assert home in found.witness_file.parents


def test_the_file_of_the_user_is_read(home: Path) -> None:
    path = settings.config_file()
    assert home in path.parents
    path.parent.mkdir(parents=True)
    path.write_text('terminal = "bay-3"\nidle_minutes = 9\nlanguage = "en"\n')
    found = settings.load()
    assert (found.terminal, found.idle_minutes, found.language) == ("bay-3", 9, "en")


def test_the_environment_wins_over_the_file_and_the_program_over_both(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('idle_minutes = 9\nterminal = "file"\nlanguage = "en"')
    monkeypatch.setenv("WORKSHOP_IDLE_MINUTES", "7")
    monkeypatch.setenv("WORKSHOP_TERMINAL", "environment")
    found = settings.load(terminal="program")
    assert (found.idle_minutes, found.terminal, found.language) == (7, "program", "en")


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_IDLE_MINUTES", "")
    assert settings.load().idle_minutes == 5


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("postgresql://me@db.example/shop", "postgresql+psycopg://me@db.example/shop"),
        ("postgres://me@db.example/shop", "postgresql+psycopg://me@db.example/shop"),
        ("postgresql+psycopg://me@db.example/shop", "postgresql+psycopg://me@db.example/shop"),
        ("sqlite:////srv/shop.db", "sqlite:////srv/shop.db"),
        ("/srv/shop.db", "sqlite:////srv/shop.db"),
    ],
)
def test_an_address_is_made_whole(given: str, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_DATABASE", given)
    assert settings.load().database == address


def test_a_path_is_taken_from_here_or_from_home(home: Path) -> None:
    assert database_url("~/shop.db") == f"sqlite:///{home}/shop.db"
    assert database_url("shop.db") == f"sqlite:///{Path.cwd()}/shop.db"


def test_every_mistake_in_the_file_is_told_with_its_name(file: Path) -> None:
    file.write_text('idle_minutes = 0\nlanguage = "fr"\nterminals = "x"\nterminal = 3\nwitness = []\n')
    told = mistakes()
    assert len(told) == 5
    assert all(line.startswith(f"{file}: ") for line in told)
    for name in ("idle_minutes", "language", "terminals", "terminal", "witness"):
        assert any(f" {name}" in line for line in told)


def test_a_mistake_in_the_environment_names_the_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_IDLE_MINUTES", "soon")
    (told,) = mistakes()
    assert told.startswith("WORKSHOP_IDLE_MINUTES: ")
    assert "soon" not in told


@pytest.mark.parametrize("content", [b"idle_minutes = ", b"terminal = '\xff'", b"[a"])
def test_a_file_that_is_no_toml_is_told(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    (told,) = mistakes()
    assert str(file) in told


def test_a_file_that_was_asked_for_must_be_there(file: Path) -> None:
    file.unlink()
    (told,) = mistakes()
    assert str(file) in told


def test_a_terminal_in_a_terminal_has_its_line_in_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.gethostname", lambda: "bench")
    monkeypatch.setattr("os.ttyname", lambda _stream: "/dev/pts/7")
    assert settings.load().terminal == "bench-pts7"
    monkeypatch.setattr("socket.gethostname", lambda: "h" * 64)
    assert settings.load().terminal == "h" * 55 + "-pts7"


def test_each_terminal_keeps_a_witness_file_for_each_database() -> None:
    def file(database: str, terminal: str = "bay") -> Path:
        return settings.load(database=database, terminal=terminal).witness_file

    one = file("postgresql://me:old@db/shop")
    assert one == file("postgresql://me:new@db/shop")
    assert len({one, file("postgresql://me@db/other"), file("postgresql://me:old@db/shop", "other")}) == 3
    assert file("/shop.db", "../../bay 3/一").parent == one.parent


def test_the_witness_file_can_be_chosen(home: Path) -> None:
    assert settings.load(witness="~/seen.txt").witness_file == home / "seen.txt"
