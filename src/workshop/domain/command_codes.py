"""Codes to hang at a bay: scanned, each does what a key would, so that hands in gloves need no keyboard.

The serials are printed on sheets that hang in shops: one that has been given a meaning keeps it for ever.
"""

from dataclasses import dataclass
from typing import Final

from workshop.domain import numbers
from workshop.domain.numbers import Kind
from workshop.domain.words import N_, Labelled


class CommandCode(Labelled):
    """What a command code says; its value is the serial of its number."""

    CONFIRM = "1", N_("confirm")
    NEXT = "2", N_("next")
    PREVIOUS = "3", N_("previous")
    BACK = "4", N_("back, or cancel")
    STEP = "5", N_("the order's next step")
    ACTS = "6", N_("what can be done here")
    START = "7", N_("start item")
    PAUSE = "8", N_("pause item")
    FINISH = "9", N_("finish item")
    OK = "10", N_("OK")
    NOT_OK = "11", N_("not OK")
    NOT_APPLICABLE = "12", N_("not applicable")
    FINDING = "13", N_("report finding")
    LOCK = "14", N_("lock the terminal")
    DONE = "15", N_("done: the whole form")
    ERASE = "16", N_("erase the last character")

    @property
    def number(self) -> str:
        """Its ten digits."""
        return numbers.make(Kind.COMMAND, int(self.value))


@dataclass(frozen=True, slots=True)
class CharacterCode:
    """A character to be typed by a scan: for a measured value, a PIN, a plate."""

    character: str

    @property
    def number(self) -> str:
        """Its ten digits."""
        return numbers.make(Kind.COMMAND, _FIRST_CHARACTER + _CHARACTERS.index(self.character))


DIGITS: Final = "0123456789.-"
LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PLATE_SIGNS: Final = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新挂学警港澳试超使领应急民航临"
"""Provinces and marks, as plates have them; spelled out here, because their places are printed and never change."""
_CHARACTERS: Final = DIGITS + LETTERS + PLATE_SIGNS
"""A character's place is its serial: append only."""
_FIRST_CHARACTER: Final = 100


def every_code() -> tuple[CommandCode | CharacterCode, ...]:
    """Every code that has a meaning, as the sheets show them."""
    return (*CommandCode, *map(CharacterCode, _CHARACTERS))


def command_code(number: str) -> CommandCode | CharacterCode | None:
    """What a scanned number says, if it is a command code that means something. Raises `NumberError`."""
    serial = numbers.parse(number, Kind.COMMAND).serial
    place = serial - _FIRST_CHARACTER
    if 0 <= place < len(_CHARACTERS):
        return CharacterCode(_CHARACTERS[place])
    return CommandCode(str(serial)) if str(serial) in set(CommandCode) else None
