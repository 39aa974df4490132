"""Printers as the settings name them.

lp                            the system's own default printer
lp:office                     a printer of the system, by its name
escpos://192.168.1.20         a receipt printer on the network (port 9100 unless another is named)
zpl://192.168.1.21?dots=12    a label printer on the network, with its dots a millimetre
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qs, urlsplit

from workshop.domain.words import N_, Labelled

PORT: Final = 9100


class PrinterKind(Labelled):
    """What a printer understands."""

    SYSTEM = "lp", N_("system printer")
    RECEIPT = "escpos", N_("receipt printer")
    LABEL = "zpl", N_("label printer")


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer by the name that the settings give it."""

    name: str
    kind: PrinterKind
    host: str = ""
    port: int = PORT
    dots: int = 8
    queue: str = ""

    @property
    def labels_only(self) -> bool:
        """Whether it has no room for whole pages."""
        return self.kind is PrinterKind.LABEL


def parse_printer(name: str, address: str) -> Printer:
    """The printer at an address; `ValueError` if it is none."""
    if address == "lp" or address.startswith("lp:"):
        return Printer(name, PrinterKind.SYSTEM, queue=address.removeprefix("lp").removeprefix(":"))
    parts = urlsplit(address)
    if parts.scheme not in {"escpos", "zpl"} or not parts.hostname:
        raise ValueError(address)
    dots = int(parse_qs(parts.query).get("dots", ["8"])[0])
    if not 4 <= dots <= 24:
        raise ValueError(address)
    return Printer(name, PrinterKind(parts.scheme), parts.hostname, parts.port or PORT, dots)


def parse_printers(addresses: Mapping[str, str]) -> dict[str, Printer]:
    """The printers by their names; `ValueError` if one has no proper address."""
    return {name: parse_printer(name, address) for name, address in addresses.items()}
