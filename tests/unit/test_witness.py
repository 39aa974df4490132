"""A terminal keeps what it saw of the ledger, whatever happens to its file."""

import hashlib
from pathlib import Path

import pytest

from workshop.db import witness
from workshop.db.ledger import Witness
from workshop.db.witness import WitnessFile


def seen(number: int) -> Witness:
    return Witness(number, hashlib.sha256(str(number).encode()).hexdigest())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "witness.txt"


def test_what_was_noted_is_read_back_by_another(path: Path) -> None:
    file = WitnessFile(path)
    assert file.read() == []
    for number in (3, 4, 9):
        file.note(seen(number))
    assert WitnessFile(path).read() == [seen(3), seen(4), seen(9)]
    assert path.read_text().splitlines()[0] == f"3 {seen(3).hash}"


def test_the_same_line_twice_in_a_row_is_kept_once(path: Path) -> None:
    file = WitnessFile(path)
    for _ in range(3):
        file.note(seen(5))
    assert file.read() == [seen(5)]


def test_the_empty_ledger_is_nothing_to_keep(path: Path) -> None:
    WitnessFile(path).note(Witness(0, "0" * 64))
    assert not path.exists()


def test_a_line_that_contradicts_an_earlier_one_is_kept_beside_it(path: Path) -> None:
    file = WitnessFile(path)
    rewritten = Witness(5, "f" * 64)
    file.note(seen(5))
    file.note(rewritten)
    assert file.read() == [seen(5), rewritten]


def test_only_the_last_lines_are_kept_and_the_file_stays_small(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness, "KEPT", 10)
    file = WitnessFile(path)
    for number in range(1, 101):
        file.note(seen(number))
        assert len(path.read_text().splitlines()) <= 25
    assert file.read() == [seen(number) for number in range(91, 101)]
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_a_line_that_a_power_cut_tore_spoils_no_other(path: Path) -> None:
    file = WitnessFile(path)
    file.note(seen(1))
    with path.open("a") as torn:
        torn.write(f"2 {seen(2).hash[:20]}")
    WitnessFile(path).note(seen(3))
    assert file.read() == [seen(1), seen(3)]


def test_a_file_full_of_rubbish_is_no_reason_to_stop(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"\xff\xfe\x00 rubbish\n1 not-a-hash\n")
    file = WitnessFile(path)
    assert file.read() == []
    file.note(seen(2))
    assert file.read() == [seen(2)]
