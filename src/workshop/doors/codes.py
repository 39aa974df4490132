"""`workshop code`: a number as a bar code, on the glass or as a picture."""

import shutil
from pathlib import Path

from workshop.documents.codes import ansi, png, svg
from workshop.domain import numbers
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.words import N_, Message

NO_NUMBER = ReasonKind("-", "code_no_number", N_("{number} is no number of this shop: {why}"))
NO_PICTURE = ReasonKind("-", "code_no_picture", N_("{file} cannot be written. Name a file that ends in: {endings}"))
SAVED = N_("Saved: {file}")


def code_lines(number: str) -> list[str]:
    """The code as lines for this terminal."""
    return ansi(_checked(number), shutil.get_terminal_size().columns)


def save_code(number: str, file: Path) -> Message:
    """Save it as a picture, by the ending of the file's name; `Refused` if it cannot be."""
    text = _checked(number)
    pictures = {".svg": lambda: svg(text).encode(), ".png": lambda: png(text)}
    try:
        file.write_bytes(pictures[file.suffix.lower()]())
    except (KeyError, OSError) as error:
        raise Refused(NO_PICTURE(file=str(file), endings=".svg, .png")) from error
    return SAVED


def _checked(number: str) -> str:
    try:
        return numbers.parse(number).text
    except numbers.NumberError as error:
        raise Refused(NO_NUMBER(number=number, why=error.code.label)) from error
