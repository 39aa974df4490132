"""The command codes on sheets to hang at a bay: a whole order with the scanner alone."""

from workshop.documents.blocks import Block, CodeGrid, Heading, Prose
from workshop.documents.papers.making import Desk, Made
from workshop.domain.command_codes import DIGITS, LETTERS, PLATE_SIGNS, CharacterCode, CommandCode
from workshop.domain.words import N_

TITLE = N_("Command codes")
HOW = N_("Scan the order, the item or the part first, then what to do with it.")
FOR_VALUES = N_("Digits: measured values, answers by their number, the PIN")
FOR_LETTERS = N_("Letters: the plate that is on the car, the end of a VIN")
FOR_PLATES = N_("Provinces and marks of plates")


def command_sheet(desk: Desk) -> Made:
    """Every command code with its words, then the characters for what has to be typed."""
    voice = desk.voice
    blocks: list[Block] = [
        Prose(voice.text(HOW)),
        CodeGrid(tuple((code.number, voice.text(code.label)) for code in CommandCode)),
    ]
    for heading, characters in ((FOR_VALUES, DIGITS), (FOR_LETTERS, LETTERS), (FOR_PLATES, PLATE_SIGNS)):
        codes = tuple((CharacterCode(one).number, one) for one in characters)
        blocks += [Heading(voice.text(heading)), CodeGrid(codes, small=True)]
    return Made(voice.text(TITLE), "", tuple(blocks))
