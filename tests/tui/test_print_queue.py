"""The print queue's screen: what waits, why, since when; sent now, sent again with its notice, given up."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from integration.test_printers import free_port, machine
from tui.test_scans import here

from workshop.documents.printers import PrinterDoubtful
from workshop.documents.spool import JobState, Spool
from workshop.domain.printers import parse_printers
from workshop.domain.roles import Role
from workshop.tui.confirm import Confirm
from workshop.tui.menu import Menu
from workshop.tui.places import go_to, places_of
from workshop.tui.places.print_queue import PrintQueue
from workshop.tui.table import KeyedTable

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    """A queue of this terminal."""
    return Spool(tmp_path / "queue")


def settings(spool: Spool, port: int) -> dict[str, Any]:
    """A terminal with one printer at this port, called counter."""
    return {"print_queue": spool.folder, "printers": {"counter": f"escpos://127.0.0.1:{port}"}}


async def queue(terminal: "Terminal", who: str = "manager") -> PrintQueue:
    """The screen."""
    assert terminal.shop is not None
    terminal.shop.do(who, "choose-language", language="en")
    await terminal.admit(who)
    go_to(here(terminal), "print_queue")
    await terminal.on(PrintQueue)
    place = terminal.screen
    assert isinstance(place, PrintQueue)
    return place


def doubtful(spool: Spool, title: str, port: int) -> None:
    """Queue something that breaks off while it is sent."""

    def broken(*_: object) -> str:
        raise PrinterDoubtful("cut off")

    Spool(spool.folder, broken).put("counter", title, b"\x1b@TAG")
    Spool(spool.folder, broken).send(parse_printers(settings(spool, port)["printers"]), "twice")


async def test_what_waits_is_listed_with_its_cause_and_goes_out_when_the_printer_is_on_again(
    sit: "Sit", spool: Spool
) -> None:
    port = free_port()
    spool.put("counter", "settlement list 1000000018", b"\x1b@ONE")
    spool.put("attic", "part label 1200000013", b"\x1b@TWO")
    async with sit(size=(150, 30), **settings(spool, port)) as terminal:
        await queue(terminal)
        await terminal.shows("settlement list 1000000018", "waiting for the printer", "name no printer attic")
        await terminal.press("f6")
        await terminal.shows("takes nothing", "refused")
        with machine(port=port) as printer:
            await terminal.press("f6")
            await terminal.shows("settlement list 1000000018: sent to counter")
            await terminal.until(lambda: [job.printer for job in spool.jobs()] == ["attic"])
            await terminal.until(lambda: terminal.screen.query_one(KeyedTable).row_count == 1)
            await terminal.until(lambda: printer.got == [b"\x1b@ONE"])


async def test_what_is_in_doubt_stays_until_a_person_has_it_sent_again_with_its_notice(
    sit: "Sit", spool: Spool
) -> None:
    with machine() as printer:
        doubtful(spool, "badge 3000000010", printer.port)
        async with sit(size=(150, 30), **settings(spool, printer.port)) as terminal:
            await queue(terminal)
            await terminal.shows("badge 3000000010", "! may have been printed", "cut off")
            await terminal.press("f6")
            await terminal.shows("nothing that could be sent without somebody's decision")
            assert printer.got == []
            await terminal.press("enter")
            await terminal.on(Menu)
            await terminal.shows("send it again", "look first")
            await terminal.press("1")
            await terminal.shows("sent to counter")
            await terminal.until(lambda: spool.jobs() == [])
        assert len(printer.got) == 1
        assert b"May have been printed before" in printer.got[0]


async def test_a_job_is_given_up_only_when_that_is_confirmed(sit: "Sit", spool: Spool) -> None:
    doubtful(spool, "badge 3000000010", 9)
    async with sit(size=(80, 24), **settings(spool, 9)) as terminal:
        await queue(terminal)
        for answer, left in (("escape", [JobState.DOUBT]), ("enter", [])):
            await terminal.until(lambda: terminal.screen.query_one(KeyedTable).row_count == 1)
            await terminal.press("f4")
            await terminal.on(Menu)
            await terminal.press("2")
            await terminal.on(Confirm)
            await terminal.press(answer)
            await terminal.on(PrintQueue)
            await terminal.until(lambda left=left: [job.state for job in spool.jobs()] == left)  # type: ignore[misc]
        await terminal.shows("Given up: badge 3000000010", "Nothing waits to be printed.")


def test_nobody_at_the_car_reads_plates_off_the_queue() -> None:
    for role in (Role.TECHNICIAN, Role.TEAM_LEADER, Role.INSPECTOR):
        assert "print_queue" not in {place.id for place in places_of(frozenset({role}))}
