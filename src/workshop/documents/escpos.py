"""Documents for receipt printers that speak ESC/POS, in Chinese: FS & and GB 18030, codes as Code 128 in set C."""

from typing import Final

from workshop.documents.blocks import Document
from workshop.documents.fonts import SUBSTITUTE
from workshop.documents.lines import Line, Ruler, lines

COLUMNS: Final = 48  # a roll of 80 mm
_RESET, _CHINESE = b"\x1b@", b"\x1c&"
_FEED_AND_CUT: Final = b"\x1bd\x03\x1dVB\x00"
_CENTRE, _LEFT = b"\x1ba\x01", b"\x1ba\x00"
_BOLD, _LIGHT = b"\x1bE\x01", b"\x1bE\x00"
_BIG, _NORMAL = b"\x1d!\x11\x1c!\x0c", b"\x1d!\x00\x1c!\x00"  # Latin and Chinese have their own sizes
_CODE: Final = b"\x1dh\x50\x1dw\x02\x1dH\x02\x1dkI"  # height 80 dots, module 2 dots, digits under it, Code 128


def escpos(document: Document, columns: int = COLUMNS) -> bytes:
    """The document as the bytes that the printer wants."""
    return _RESET + _CHINESE + b"".join(_line(line) for line in lines(document, Ruler(columns, _cells))) + _FEED_AND_CUT


def notice(text: str) -> bytes:
    """A line in front of a document, such as that it may have been printed before."""
    return _RESET + _CHINESE + _line(Line(text, bold=True, centred=True))


def _cells(text: str) -> int:
    """A byte takes a cell."""
    return len(encoded(text))


def _line(line: Line) -> bytes:
    if line.number:
        return _CENTRE + _code(line.number) + b"\n" + _LEFT
    text = encoded(line.text) + b"\n"
    if line.big:
        text = _BIG + text + _NORMAL
    if line.bold:
        text = _BOLD + text + _LIGHT
    return _CENTRE + text + _LEFT if line.centred else text


def _code(number: str) -> bytes:
    """Set C: each byte is a pair of digits."""
    pairs = bytes(int(number[place : place + 2]) for place in range(0, len(number), 2))
    data = b"{C" + pairs
    return _CODE + bytes((len(data),)) + data


def encoded(text: str) -> bytes:
    """The text in GB 18030. What has more than two bytes there is in no printer's font; controls would be obeyed."""
    signs = (sign if sign.isprintable() else " " for sign in text.replace("¥", "￥"))  # the narrow one has four bytes
    return b"".join(
        code if len(code := sign.encode("gb18030", errors="replace")) <= 2 else SUBSTITUTE.encode("gb18030")
        for sign in signs
    )
