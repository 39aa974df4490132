"""What a printer is sent: receipts in Chinese, labels as dots, and bar codes that are read back."""

import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from support.acting import Floor, Job
from support.paper_shop import codes_in, made
from support.printer import LABEL

from workshop.documents.blocks import Label, Labels
from workshop.documents.canvas import Canvas
from workshop.documents.codes import modules
from workshop.documents.escpos import encoded, escpos
from workshop.documents.printers import rendered
from workshop.documents.zpl import zpl
from workshop.domain.papers import Paper
from workshop.domain.printers import Printer, PrinterKind, parse_printer

ROLL = Printer("counter", PrinterKind.RECEIPT, "127.0.0.1")


def test_a_receipt_is_chinese_in_gb18030_with_the_number_as_code_128(floor: Floor, order_to_print: Job) -> None:
    data = escpos(made(floor, order_to_print, Paper.REPAIR_ORDER))
    assert data.startswith(b"\x1b@\x1c&")
    assert "更换机油".encode("gb18030") in data
    assert "机动车维修任务委托书".encode("gb18030") in data
    assert b"\x1dkI\x07{C" + bytes((10, 0, 0, 0, 18)) in data  # set C: pairs of digits as bytes
    assert data.endswith(b"\x1dVB\x00")


def test_what_people_typed_cannot_command_a_printer(floor: Floor, order_to_print: Job) -> None:
    data = escpos(made(floor, order_to_print, Paper.REPAIR_ORDER))
    assert data.count(b"\x1b@") == 1
    assert "异响〓".encode("gb18030") in data
    assert encoded("\x1d\x1b\n\ud800") == b"    "


def test_a_receipt_is_no_wider_than_its_roll(floor: Floor, order_to_print: Job) -> None:
    text = escpos(made(floor, order_to_print, Paper.REPAIR_ORDER, "both"))
    for line in text.split(b"\n"):
        shown = re.sub(rb"\x1b[aE].|\x1b[@d]|\x1c&|[\x1d\x1c]!.|\x1d[hwH].|\x1dVB\x00", b"", line)
        if b"\x1dk" not in line:
            assert len(shown) <= (24 if b"\x1d!\x11" in line else 48), shown.decode("gb18030")


def drawn(data: bytes, size: tuple[int, int]) -> Image.Image:
    """What a label printer draws: graphic fields, and Code 128 in set C."""
    picture = Image.new("L", size, 255)
    for x, y, _, row, dots in re.findall(rb"\^FO(\d+),(\d+)\^GFA,(\d+),\d+,(\d+),([0-9A-F]+)\^FS", data):
        raw = bytes.fromhex(dots.decode())
        field = Image.frombytes("1", (int(row) * 8, len(raw) // int(row)), bytes(255 - one for one in raw))
        picture.paste(field.convert("L"), (int(x), int(y)))
    for module, x, y, tall, number in re.findall(rb"\^BY(\d+)\^FO(\d+),(\d+)\^BCN,(\d+),Y,N,N\^FD>;(\d+)\^FS", data):
        bars = modules(number.decode())[10:-10]
        for place, bar in enumerate(bars):
            left = int(x) + place * int(module)
            if bar == "1":
                picture.paste(0, (left, int(y), left + int(module), int(y) + int(tall)))
    return picture


def test_a_label_is_drawn_whole_in_chinese_with_a_code_that_is_read_back() -> None:
    data = zpl(Labels(LABEL.size, (LABEL, LABEL)))
    assert data.count(b"^XA") == data.count(b"^XZ") == 2
    seen = drawn(data[: data.index(b"^XZ")], (560, 400))
    assert codes_in(seen) == [LABEL.number]
    bottom = max(y for y in range(seen.height) if seen.crop((0, y, seen.width, y + 1)).getextrema()[0] == 0)
    assert bottom < 400 - 16
    # The same label without its Chinese title has fewer dots: the title is on it.
    untitled = Label(LABEL.size, LABEL.shop, " ", LABEL.lines, LABEL.number)
    fewer = drawn(zpl(Labels(LABEL.size, (untitled,))), (560, 400))
    assert dark(seen) > dark(fewer) + 1000


def dark(picture: Image.Image) -> int:
    """How many dots are printed."""
    return picture.histogram()[0]


def test_each_kind_of_printer_is_sent_what_it_understands() -> None:
    labels = Labels(LABEL.size, (LABEL,))
    assert rendered(labels, ROLL).startswith(b"\x1b@")
    assert rendered(labels, parse_printer("p", "zpl://x")).startswith(b"^XA")
    assert rendered(labels, parse_printer("p", "lp")).startswith(b"%PDF-")


def test_a_label_leaves_no_font_open(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Canvas] = []  # so that it is not the garbage collector that closes them
    first = Canvas.__init__

    def remembered(canvas: Canvas, *args: Any, **options: Any) -> None:
        first(canvas, *args, **options)
        kept.append(canvas)

    monkeypatch.setattr(Canvas, "__init__", remembered)
    zpl(Labels(LABEL.size, (LABEL,)))
    opened = [one.readlink().name for one in Path("/proc/self/fd").iterdir() if one.is_symlink() and one.exists()]
    assert kept
    assert [name for name in opened if name.endswith(".ttf")] == []
