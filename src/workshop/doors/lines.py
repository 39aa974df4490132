"""Lines from a pipe, however long and strange, and lines onto it."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from workshop.domain.text import width

MOST_BYTES = 1 << 20


def read_lines(stream: BinaryIO, most: int = MOST_BYTES) -> Iterator[bytes | None]:
    """The lines without their ends; None for one longer than `most` bytes, which is never held in memory whole."""
    while line := stream.readline(most + 1):
        if len(line) <= most or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(most)
        yield None


def text_lines(stream: BinaryIO) -> Iterator[str]:
    """The lines as text, however they are written; empty ones and those that are far too long are left out."""
    for line in read_lines(stream):
        if line is not None and line.strip():
            yield line.decode("utf-8-sig", errors="replace")


def json_line(value: object) -> bytes:
    """One line of JSON in valid UTF-8; half characters leave as they came, as escapes."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode(errors="backslashreplace") + b"\n"


def columns(rows: Iterable[Sequence[str]], gap: str = "  ") -> list[str]:
    """The rows as lines with their columns under each other."""
    table = [["".join(" " if c.isspace() else c for c in cell) for cell in row] for row in rows]
    widths = [max(width(cell) for cell in column) for column in zip(*table, strict=True)]
    return [
        gap.join(cell + " " * (wide - width(cell)) for cell, wide in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
