"""Printers of the system, through its own program; and the addresses by which printers are named."""

import os
from pathlib import Path

import pytest
from support.acting import Floor, Job
from support.paper_shop import made
from support.printer import SAID, states

from workshop.documents.desk import PrintingDesk, told
from workshop.documents.printing import Print
from workshop.documents.spool import JobState, Spool
from workshop.domain.papers import Paper
from workshop.domain.printers import Printer, PrinterKind, parse_printer
from workshop.domain.reasons import Refused


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printing system that keeps what it is given; it refuses printers called broken."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "lp"
    program.write_text(
        '#!/bin/sh\necho "$@" > "$0.args"\ncat > "$0.data"\n'
        'case "$*" in *broken*) echo "lp: The printer is broken." >&2; exit 1;; esac\n'
        'echo "request id is office-7 (0 file(s))"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    return program


def test_the_systems_printer_is_given_a_pdf_and_its_answer_is_told(
    floor: Floor, order_to_print: Job, tmp_path: Path, lp: Path
) -> None:
    at = PrintingDesk(tmp_path, Spool(tmp_path / "q"), {"office": parse_printer("office", "lp:office")})
    wanted = Print(Paper.REPAIR_ORDER, order_to_print.number, "zh_CN", floor.now, "李顾问", "bench")
    sent = at.send(made(floor, order_to_print, Paper.REPAIR_ORDER), wanted, "office", SAID)
    assert "request id is office-7" in told(sent, SAID)[0]
    assert lp.with_suffix(".data").read_bytes().startswith(b"%PDF-")
    assert lp.with_suffix(".args").read_text().startswith("-d office -t ")


def test_what_the_printing_system_refuses_waits_with_its_words(tmp_path: Path, lp: Path) -> None:
    at = PrintingDesk(tmp_path, Spool(tmp_path / "q"), {"office": parse_printer("office", "lp:broken")})
    at.spool.put("office", "paper", b"%PDF-")
    assert "The printer is broken." in told(at.flush(SAID), SAID)[0]
    assert states(at) == [JobState.WAITING]


def test_a_machine_without_a_printing_system_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    at = PrintingDesk(tmp_path, Spool(tmp_path / "q"), {"office": parse_printer("office", "lp")})
    with pytest.raises(Refused) as refused:
        at.require("office", Paper.SETTLEMENT)
    assert [one.code for one in refused.value.reasons] == ["printer_no_lp"]


@pytest.mark.parametrize(
    ("address", "printer"),
    [
        ("lp", Printer("p", PrinterKind.SYSTEM)),
        ("lp:HP 4", Printer("p", PrinterKind.SYSTEM, queue="HP 4")),
        ("escpos://10.0.0.9", Printer("p", PrinterKind.RECEIPT, "10.0.0.9", 9100)),
        ("zpl://[::1]:6101?dots=12", Printer("p", PrinterKind.LABEL, "::1", 6101, 12)),
    ],
)
def test_printers_are_named_by_their_address(address: str, printer: Printer) -> None:
    assert parse_printer("p", address) == printer


@pytest.mark.parametrize(
    "address", ["", "http://x", "escpos://", "zpl://x?dots=0", "zpl://x?dots=many", "escpos://x:y"]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_printer("p", address)
