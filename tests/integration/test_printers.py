"""Printers on the network that are off, slow, or cut off in the middle.

Nothing is lost, and nothing is printed twice without saying so.
"""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from support.acting import Floor, Job
from support.paper_shop import made
from support.printer import LABEL, SAID, cut_off, desk, free_port, keep_open, machine, states, take_all, take_slowly

from workshop.documents import printers
from workshop.documents.blocks import Labels
from workshop.documents.desk import told
from workshop.documents.escpos import escpos
from workshop.documents.printing import Print
from workshop.documents.spool import JobState
from workshop.domain.papers import Paper
from workshop.domain.reasons import Refused


@pytest.mark.parametrize("serve", [take_all, take_slowly, keep_open])
def test_what_is_printed_is_sent_whole_and_once(
    floor: Floor, order_to_print: Job, tmp_path: Path, serve: Callable[[socket.socket, list[bytes]], None]
) -> None:
    document = made(floor, order_to_print, Paper.REPAIR_ORDER)
    wanted = Print(Paper.REPAIR_ORDER, order_to_print.number, "zh_CN", floor.now, "李顾问", "bench")
    with machine(serve) as printer:
        at = desk(tmp_path, printer.port)
        sent = at.send(document, wanted, "counter", SAID)
        assert [one.state for one in sent] == [None]
        assert at.flush(SAID) == []
    assert printer.got == [escpos(document)]
    assert at.spool.jobs() == []


def test_what_a_printer_that_is_off_did_not_take_waits_and_is_sent_later_in_order(tmp_path: Path) -> None:
    port = free_port()
    at = desk(tmp_path, port)
    for name in (b"first", b"second"):
        at.spool.put("counter", name.decode(), name * 100)
    for _ in range(2):
        assert [one.state for one in at.flush(SAID)] == [JobState.WAITING, JobState.WAITING]
    assert "It waits in the print queue" in told(at.flush(SAID), SAID)[0]
    at = desk(tmp_path, port)  # another program, the same folder
    with machine(port=port) as printer:
        assert [one.state for one in at.flush(SAID)] == [None, None]
    assert printer.got == [b"first" * 100, b"second" * 100]


def test_what_was_cut_off_is_not_sent_again_by_itself_and_bears_a_notice_when_it_is(tmp_path: Path) -> None:
    paper = escpos(Labels(LABEL.size, (LABEL,))) * 2000
    with machine(cut_off) as printer:
        at = desk(tmp_path, printer.port)
        at.spool.put("counter", "tag", paper)
        sent = at.flush(SAID)
        assert [one.state for one in sent] == [JobState.DOUBT]
        assert "have it sent again or give it up" in told(sent, SAID)[0]
        assert at.flush(SAID) == []
        assert len(printer.got) == 1
    with machine(port=printer.port) as mended:
        assert at.flush(SAID) == []
        at.spool.again(at.spool.jobs()[0].id)
        assert [one.state for one in at.flush(SAID)] == [None]
    assert mended.got[0].endswith(paper)
    assert b"May have been printed before" in mended.got[0][: -len(paper)]


def test_a_printer_that_takes_nothing_more_leaves_a_doubt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printers, "_PATIENCE", 0.3)
    released = threading.Event()

    def hang(line: socket.socket, got: list[bytes]) -> None:
        got.append(line.recv(1))
        released.wait(20)

    with machine(hang) as printer:
        at = desk(tmp_path, printer.port)
        at.spool.put("counter", "much", b"x" * 30_000_000)
        assert [one.state for one in at.flush(SAID)] == [JobState.DOUBT]
        released.set()


@pytest.mark.parametrize(
    ("before", "after", "sent", "left"),
    [
        (JobState.WAITING, JobState.SENDING, [b"data"], []),
        (JobState.SENDING, JobState.WAITING, [b"data"], []),
        (JobState.SENDING, JobState.DOUBT, [], [JobState.DOUBT]),
    ],
)
def test_a_program_that_ended_between_two_states_of_a_job_leaves_one_job(
    tmp_path: Path, before: JobState, after: JobState, sent: list[bytes], left: list[JobState]
) -> None:
    with machine() as printer:
        at = desk(tmp_path, printer.port)
        job = at.spool.put("counter", "label", b"data")
        old = at.spool.folder / f"{job.id}.waiting"
        content = old.read_bytes()
        old.unlink()
        for state in (before, after):
            (at.spool.folder / f"{job.id}.{state}").write_bytes(content)
        assert len(at.spool.jobs()) == 1
        at.flush(SAID)
        at.flush(SAID)
        assert states(at) == left
    assert printer.got == sent


def test_a_doubtful_job_can_be_given_up(tmp_path: Path) -> None:
    with machine(cut_off) as printer:
        at = desk(tmp_path, printer.port)
        at.spool.put("counter", "tag", b"x" * 1_000_000)
        at.flush(SAID)
    with pytest.raises(Refused):
        at.spool.drop("")
    at.spool.drop(at.spool.jobs()[0].id[-6:])
    assert at.spool.jobs() == []


_DIES = """
import os, sys
from pathlib import Path
from workshop.documents.spool import Spool
from workshop.domain.printers import parse_printer

def die(*_args):
    os.kill(os.getpid(), 9)

Spool(Path(sys.argv[1]), die).send({"counter": parse_printer("counter", "escpos://127.0.0.1")}, "twice")
"""


def test_a_program_killed_while_it_sends_leaves_a_doubt_and_loses_nothing(tmp_path: Path) -> None:
    at = desk(tmp_path, free_port())
    at.spool.put("counter", "tag", b"paper")
    killed = subprocess.run([sys.executable, "-c", _DIES, str(at.spool.folder)], env=os.environ, check=False)
    assert killed.returncode == -9
    assert states(at) == [JobState.SENDING]
    assert [one.state for one in at.flush(SAID)] == [JobState.DOUBT]
    assert states(at) == [JobState.DOUBT]
    at.spool.again(at.spool.jobs()[0].id)
    assert [one.state for one in at.flush(SAID)] == [JobState.WAITING]


def test_two_programs_at_one_queue_print_everything_once(tmp_path: Path) -> None:
    with machine() as printer:
        at = desk(tmp_path, printer.port)
        papers = [f"paper {number:02d} ".encode() * 50 for number in range(12)]
        for paper in papers:
            at.spool.put("counter", "x", paper)
        both = [threading.Thread(target=desk(tmp_path, printer.port).flush, args=(SAID,)) for _ in range(2)]
        for one in both:
            one.start()
        for one in both:
            one.join()
    assert printer.got == papers


def test_label_printers_take_labels_only_and_unknown_printers_are_named(tmp_path: Path) -> None:
    at = desk(tmp_path, 1, "zpl")
    for name, paper, code in (
        ("counter", Paper.SETTLEMENT, "printer_only_labels"),
        ("other", Paper.BADGE, "printer_unknown"),
    ):
        with pytest.raises(Refused) as refused:
            at.require(name, paper)
        assert [one.code for one in refused.value.reasons] == [code]
