"""Printers: how each is addressed, what it wants to be sent, and sending it.

lp                        the system's own default printer
lp:office                 a printer of the system, by its name
escpos://192.168.1.20     a receipt printer on the network (port 9100 unless another is named)
zpl://192.168.1.21?dots=12    a label printer on the network, with its dots a millimetre
"""

import shutil
import socket
import subprocess
from typing import Final

from workshop.documents.blocks import Document, Labels
from workshop.domain.printers import Printer, PrinterKind
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.words import N_

_PATIENCE: Final = 8.0  # seconds without the printer taking anything
_PARTING: Final = 1.5  # seconds to wait whether it breaks off after the last byte
_CHUNK: Final = 4096

NO_LP = ReasonKind(
    "-",
    "printer_no_lp",
    N_("This machine has no printing system. Save the paper as a file, or choose another printer."),
)
ONLY_LABELS = ReasonKind("-", "printer_only_labels", N_("{printer} prints labels only. Choose another for this paper."))
UNKNOWN = ReasonKind("-", "printer_unknown", N_("There is no printer {printer} in the settings. There are: {known}"))


class PrinterAway(Exception):
    """The printer took nothing: it is off, busy, or not there. The same can be sent again."""


class PrinterDoubtful(Exception):
    """It broke off while it was being sent something: part of it, or all, may be on paper."""


def require_able(printer: Printer, *, is_label: bool) -> None:
    """`Refused` if the printer cannot print such a paper, or this machine has no such printers."""
    if printer.kind is PrinterKind.SYSTEM and shutil.which("lp") is None:
        raise Refused(NO_LP())
    if printer.labels_only and not is_label:
        raise Refused(ONLY_LABELS(printer=printer.name))


def rendered(document: Document, printer: Printer) -> bytes:
    """What the printer is sent for a document."""
    if printer.kind is PrinterKind.SYSTEM:
        from workshop.documents.pdf import pdf

        return pdf(document)
    if printer.kind is PrinterKind.RECEIPT:
        from workshop.documents.escpos import escpos

        return escpos(document)
    if not isinstance(document, Labels):
        raise TypeError(f"{printer.name} prints labels only")
    from workshop.documents.zpl import zpl

    return zpl(document, printer.dots)


def warned(data: bytes, printer: Printer, text: str) -> bytes:
    """The same with a notice in front, on printers that can."""
    if printer.kind is PrinterKind.RECEIPT:
        from workshop.documents import escpos

        return escpos.notice(text) + data
    if printer.kind is PrinterKind.LABEL:
        from workshop.documents import zpl

        return zpl.notice(text, printer.dots) + data
    return data


def send(printer: Printer, data: bytes, title: str) -> str:
    """Send it and wait until it is taken; what the printing system said, if it said something.

    `PrinterAway` or `PrinterDoubtful` with the cause; `Refused` where this machine cannot print at all.
    """
    return _hand_to_system(printer, data, title) if printer.kind is PrinterKind.SYSTEM else _send(printer, data)


def _hand_to_system(printer: Printer, data: bytes, title: str) -> str:
    """The system's queue takes a file whole or not at all."""
    lp = shutil.which("lp")
    if lp is None:
        raise Refused(NO_LP())
    target = ["-d", printer.queue] if printer.queue else []
    try:
        done = subprocess.run(  # noqa: S603 — the name goes as one argument, never through a shell
            [lp, *target, "-t", title, "--", "-"], input=data, capture_output=True, timeout=60, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PrinterDoubtful("lp") from error
    if done.returncode:
        raise PrinterAway(done.stderr.decode(errors="replace").strip() or f"lp: {done.returncode}")
    return done.stdout.decode(errors="replace").strip()


def _send(printer: Printer, data: bytes) -> str:
    try:
        line = socket.create_connection((printer.host, printer.port), timeout=_PATIENCE)
    except OSError as error:
        raise PrinterAway(error.strerror or str(error)) from error
    sent = 0
    with line:
        try:
            while sent < len(data):
                sent += line.send(data[sent : sent + _CHUNK])
            _part(line)
        except OSError as error:
            if sent == 0:
                raise PrinterAway(error.strerror or str(error)) from error
            raise PrinterDoubtful(f"{error.strerror or error} ({sent}/{len(data)})") from error
    return ""


def _part(line: socket.socket) -> None:
    """Say that this was all. A printer that is cut off breaks the line; one that keeps it open has everything."""
    line.shutdown(socket.SHUT_WR)
    line.settimeout(_PARTING)
    try:
        while line.recv(64):
            pass
    except TimeoutError:
        return
