"""A printer on the network, played by a socket; and a printing desk that knows it."""

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from support.acting import Floor, Job
from workshop.documents.blocks import Label
from workshop.documents.desk import PrintingDesk
from workshop.documents.spool import JobState, Spool
from workshop.domain.papers import PaperSize
from workshop.domain.printers import parse_printer
from workshop.i18n import translator

SAID = translator("en")
LABEL = Label(PaperSize.LABEL, "测试店", "前制动片", (("件号", "PAD"), ("", "【危险废物】🚗")), "1300000013", "副本 1")


class Machine:
    """A printer at a port of this machine: what came, connection by connection."""

    def __init__(self, port: int = 0, serve: Callable[[socket.socket, list[bytes]], None] | None = None) -> None:
        self.socket = socket.create_server(("127.0.0.1", port))
        self.port = self.socket.getsockname()[1]
        self.got: list[bytes] = []
        self._serve = serve or take_all
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self.socket.accept()
                with line:
                    self._serve(line, self.got)

    def off(self) -> None:
        """Switch it off."""
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self._thread.join(5)


def take_all(line: socket.socket, got: list[bytes]) -> None:
    """Take everything, then wait for the next."""
    data = b""
    while part := line.recv(65536):
        data += part
    got.append(data)


def take_slowly(line: socket.socket, got: list[bytes]) -> None:
    """Take little at a time."""
    data = b""
    while part := line.recv(300):
        data += part
        time.sleep(0.002)
    got.append(data)


def cut_off(line: socket.socket, got: list[bytes]) -> None:
    """Take a little, then break the line as a printer does that loses its power."""
    got.append(line.recv(100, socket.MSG_WAITALL))
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def keep_open(line: socket.socket, got: list[bytes]) -> None:
    """Take everything and never hang up, as many do."""
    take_all(line, got)
    time.sleep(3)


@contextmanager
def machine(serve: Callable[[socket.socket, list[bytes]], None] | None = None, port: int = 0) -> Iterator[Machine]:
    """A printer that is switched off at the end."""
    one = Machine(port, serve)
    try:
        yield one
    finally:
        one.off()


def desk(folder: Path, port: int, scheme: str = "escpos") -> PrintingDesk:
    """A printing desk with one printer, called counter."""
    printer = parse_printer("counter", f"{scheme}://127.0.0.1:{port}")
    return PrintingDesk(folder / "papers", Spool(folder / "queue"), {"counter": printer})


def states(at: PrintingDesk) -> list[JobState]:
    """How the queued jobs stand."""
    return [job.state for job in at.spool.jobs()]


def free_port() -> int:
    """A port at which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


@pytest.fixture
def order_to_print(floor: Floor) -> Job:
    """An order to print about."""
    return floor.open({"operation": "OIL", "parts": [{"part_no": "FILTER"}]}, request="异响🚗\x1b@")
