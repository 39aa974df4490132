"""Ctrl+O: papers about what the cursor is on, to a file, to a printer, to look at, and the code on the glass."""

import socket
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image
from sqlmodel import select
from support.desk import dispatched, released
from support.paper_shop import codes_in, text_of
from support.shop import SmallShop
from tui.test_order_page import page
from tui.test_work_page import sign_in

from workshop.db.tables import PrintedPaper
from workshop.tui.palette import Palette
from workshop.tui.printing import CodeDialog, PaperDialog

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal


async def test_a_paper_is_saved_and_its_second_printing_is_a_copy(
    sit: "Sit", tui_shop: SmallShop, tmp_path: Path
) -> None:
    order = released(tui_shop)
    async with sit(paper_folder=tmp_path / "papers") as terminal:
        await page(terminal, "advisor", order)
        for copy in ("", "-copy1"):
            await terminal.press("ctrl+o")
            await terminal.shows("Print about", "settlement list")
            await terminal.press(digit_of(terminal, "settlement list"))
            await terminal.shows("Language of the paper")
            await terminal.press("1")
            await terminal.shows("where to?")
            await terminal.press("1")
            await terminal.shows("Saved:")
            file = tmp_path / "papers" / f"settlement-{order}{copy}.en.pdf"
            await terminal.until(file.exists, str(file))
            assert ("COPY1" in text_of(file.read_bytes())) == bool(copy)
            terminal.screen.query_one("MessageBar").tell("")  # type: ignore[attr-defined]
            await terminal.settle()


def digit_of(terminal: "Terminal", words: str) -> str:
    """The digit before an entry of the menu that is open."""
    line = next(line for line in terminal.text().splitlines() if words in line)
    return next(sign for sign in line if sign.isdigit())


async def test_a_printer_that_is_off_is_told_and_the_paper_waits(
    sit: "Sit", tui_shop: SmallShop, tmp_path: Path
) -> None:
    order, _ = dispatched(tui_shop)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    settings = {"print_queue": tmp_path / "queue", "printers": {"counter": f"escpos://127.0.0.1:{port}"}}
    async with sit(size=(120, 30), **settings) as terminal:
        await page(terminal, "advisor", order)
        await terminal.press("ctrl+o", "1")
        await terminal.shows("Language of the paper")
        await terminal.press("1")
        await terminal.shows("receipt printer")
        await terminal.press("1")
        await terminal.shows("It waits in the print queue")
    assert len(list((tmp_path / "queue").glob("*.waiting"))) == 1


async def test_a_paper_is_looked_at_without_being_recorded(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    async with sit() as terminal:
        await page(terminal, "technician", order)
        await terminal.press("ctrl+o")
        await terminal.shows("dispatch order")
        await terminal.press("1")
        await terminal.shows("Language of the paper")
        await terminal.press("1")
        await terminal.shows("look at it here first")
        await terminal.press(digit_of(terminal, "look at it here first"))
        await terminal.on(PaperDialog)
        await terminal.shows("Dispatch order", "Plate, read off the car")
        assert "12345" not in terminal.text().replace(order, "")
    with tui_shop.db.reading() as session:
        assert session.exec(select(PrintedPaper)).all() == []


async def test_a_number_is_shown_to_be_scanned_from_the_glass(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    async with sit(size=(160, 45)) as terminal:
        await page(terminal, "advisor", order)
        await terminal.press("ctrl+o")
        await terminal.shows("show the bar code here")
        await terminal.press("up", "enter")
        await terminal.on(CodeDialog)
        await terminal.until(lambda: codes_in(photographed(terminal)) == [order], "the code is read")
        await terminal.pilot.resize_terminal(80, 24)
        await terminal.until(lambda: codes_in(photographed(terminal)) == [order], "and on a smaller screen")


async def test_papers_and_the_code_stand_among_the_acts(sit: "Sit", tui_shop: SmallShop, tmp_path: Path) -> None:
    order = released(tui_shop)
    async with sit(size=(120, 50), paper_folder=tmp_path / "papers") as terminal:
        await page(terminal, "advisor", order)
        await terminal.press("f4")
        await terminal.shows("Print", "settlement list", "show the bar code here", "Not now:")
        lines = terminal.text().splitlines()
        order_of = ["deliver ", "settlement list", "Not now:"]
        found = [next(at for at, line in enumerate(lines) if words in line) for words in order_of]
        assert found == sorted(found)
        await terminal.press("escape", "ctrl+p")
        await terminal.on(Palette)
        await terminal.type("settlement")
        await terminal.press("enter")
        await terminal.shows("Language of the paper")
        await terminal.press("1")
        await terminal.shows("where to?")
        await terminal.press("1")
        await terminal.until((tmp_path / "papers" / f"settlement-{order}.en.pdf").exists)


async def test_a_paper_about_nothing_is_printed_from_the_free_acts(
    sit: "Sit", tui_shop: SmallShop, tmp_path: Path
) -> None:
    async with sit(size=(120, 50), paper_folder=tmp_path / "papers") as terminal:
        await sign_in(terminal, "technician")
        await terminal.press("f4")
        await terminal.shows("command codes")
        await terminal.press("up", "enter")
        await terminal.shows("Language of the paper")
        await terminal.press("1")
        await terminal.shows("where to?")
        await terminal.press("1")
        await terminal.until((tmp_path / "papers" / "command-sheet.en.pdf").exists)


def photographed(terminal: "Terminal") -> Image.Image:
    """What a camera sees of the terminal: backgrounds, and half blocks."""
    strips = terminal.app.screen._compositor.render_strips()
    wide, tall = 6, 12
    seen = Image.new("L", (terminal.app.size.width * wide, len(strips) * tall), 128)
    for y, strip in enumerate(strips):
        x = 0
        for segment in strip:
            for sign in segment.text:
                style = segment.style
                ground = _grey(style.bgcolor if style else None)
                box = (x * wide, y * tall, (x + 1) * wide, (y + 1) * tall)
                seen.paste(ground, box)
                if sign == "▌":
                    seen.paste(_grey(style.color if style else None), (box[0], box[1], box[0] + wide // 2, box[3]))
                x += 1
    return seen


def _grey(colour: object) -> int:
    triplet = getattr(colour, "triplet", None)
    return sum(triplet) // 3 if triplet else 128
