"""The fonts that papers are printed in have every character that the program says and that people's names need."""

from pathlib import Path

from support.strings import SOURCE, read

from workshop.documents.canvas import Canvas
from workshop.documents.fonts import SUBSTITUTE, characters
from workshop.domain.command_codes import CharacterCode, every_code

DATA = Path(__file__).parents[2] / "data"
RARE_NAMES = "䶮㛃昇瑄玥堃镕喆垚𬭎𫖯𬍤㧑"
"""Of the table of standard characters for names: in GBK, in extension A, beyond the first plane."""


def lacking(texts: str, *, bold: bool = False) -> set[str]:
    """The characters of a text that a face lacks."""
    return {sign for sign in texts if not sign.isspace() and ord(sign) not in characters(bold)}


def test_everything_the_program_says_can_be_printed_in_both_weights() -> None:
    said = "".join(f"{one.id}{one.string}" for one in read())
    assert lacking(said) == set()
    assert lacking(said, bold=True) <= {"☐"}


def test_every_character_of_the_sheet_of_codes_can_be_printed_bold() -> None:
    assert (
        lacking("".join(code.character for code in every_code() if isinstance(code, CharacterCode)), bold=True) == set()
    )


def test_everything_in_the_catalogues_that_come_along_can_be_printed() -> None:
    for file in sorted(DATA.rglob("*.csv")):
        assert lacking(file.read_text(encoding="utf-8-sig")) == set(), file


def test_names_of_people_and_places_can_be_printed() -> None:
    gbk = "".join(chr(point) for point in range(0x4E00, 0xA000) if chr(point).encode("gbk", errors="ignore"))
    assert lacking(gbk + RARE_NAMES) == set()


def test_the_licence_lies_beside_the_fonts() -> None:
    assert "SIL OPEN FONT LICENSE" in (SOURCE / "documents" / "fonts" / "OFL.txt").read_text(encoding="utf-8")


def test_what_no_face_has_is_marked_and_told_and_controls_are_dropped() -> None:
    with Canvas(100, 100) as canvas:
        assert canvas.clean("异响🚗\x1b[31m\u202e完\u0301\t。") == f"异响{SUBSTITUTE} [31m完 。"
        assert list(canvas.lacking) == ["🚗"]
