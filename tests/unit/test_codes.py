"""Numbers as Code 128, read back by a decoder that is not ours."""

from itertools import pairwise

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from support.paper_shop import codes_in, picture

from workshop.documents.codes import ansi, cells, modules, png, svg
from workshop.domain import numbers
from workshop.domain.command_codes import CharacterCode, CommandCode, command_code, every_code
from workshop.domain.numbers import Kind
from workshop.domain.plates import MARKS, PROVINCES

NUMBERS = st.builds(numbers.make, st.sampled_from(Kind), st.integers(1, numbers.MAX_SERIAL))
DIM = {"black": 0, "brightwhite": 255, "default": 255}


@given(NUMBERS)
def test_a_number_of_ten_digits_takes_ninety_modules_and_its_quiet_zones(number: str) -> None:
    found = modules(number)
    assert len(found) == 110
    assert found.startswith("0" * 10 + "11010011100")  # the start sign of set C, which packs two digits into one
    assert found.endswith("0" * 10)


@given(NUMBERS)
@settings(max_examples=25)
def test_a_number_is_read_back_from_its_png(number: str) -> None:
    assert codes_in(picture(png(number))) == [number]


def test_the_svg_draws_the_bars_that_the_modules_say() -> None:
    drawn = svg("1000000018", module=1).count("<rect") - 1
    bars = sum(before + after == "01" for before, after in pairwise(modules("1000000018")))
    assert drawn == bars == 25


@pytest.mark.parametrize("number", ["100000001", "RO00000123", "", "１０００００００１８"])
def test_what_would_not_stay_narrow_is_no_code(number: str) -> None:
    with pytest.raises(ValueError, match="even count of digits"):
        modules(number)


def photographed(lines: list[str], columns: int, cell: tuple[int, int] = (6, 12)) -> Image.Image:
    """What a camera sees of a terminal that shows these lines; a half block is its left half."""
    screen = pyte.Screen(columns, len(lines))
    pyte.Stream(screen).feed("\r\n".join(lines))
    wide, tall = cell
    seen = Image.new("L", (columns * wide, len(lines) * tall), 255)
    for y in range(len(lines)):
        for x in range(columns):
            sign = screen.buffer[y][x]
            box = (x * wide, y * tall, (x + 1) * wide, (y + 1) * tall)
            seen.paste(DIM[sign.bg], box)
            if sign.data == "▌":
                seen.paste(DIM[sign.fg], (box[0], box[1], box[0] + wide // 2, box[3]))
    return seen


@pytest.mark.parametrize(("columns", "taken"), [(160, 110), (110, 110), (100, 55), (80, 55)])
@given(number=NUMBERS)
@settings(max_examples=10)
def test_a_number_is_read_off_the_glass_of_wide_and_narrow_terminals(number: str, columns: int, taken: int) -> None:
    assert len(cells(number, columns)) == taken
    assert codes_in(photographed(ansi(number, columns)[:-1], columns)) == [number]


def test_command_codes_are_numbers_of_their_own_kind_and_say_what_they_are() -> None:
    assert [command_code(code.number) for code in every_code()] == list(every_code())
    assert len({code.number for code in every_code()}) == len(every_code())
    assert command_code(numbers.make(Kind.COMMAND, 9_000_000)) is None
    with pytest.raises(numbers.NumberError):
        command_code(numbers.make(Kind.ORDER, 1))


def test_what_hangs_in_shops_keeps_its_number() -> None:
    hanging = {"confirm": "4000000011", "finish": "4000000098", "ok": "4000000104", "lock": "4000000148"}
    assert {code.name.lower(): code.number for code in CommandCode if code.name.lower() in hanging} == hanging
    characters = {"0": 100, "9": 109, ".": 110, "-": 111, "A": 112, "Z": 137, "京": 138, "粤": 156, "临": 182}
    assert {one: numbers.parse(CharacterCode(one).number).serial for one in characters} == characters


def test_every_sign_that_a_plate_may_have_is_on_the_sheet() -> None:
    assert set(PROVINCES + MARKS) <= {code.character for code in every_code() if isinstance(code, CharacterCode)}
