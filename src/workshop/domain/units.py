"""The units in which parts are counted."""

from typing import Final

from workshop.domain.words import N_, Message

_WORDS: Final = {
    "pc": N_("pc"),
    "unit": N_("pc"),
    "set": N_("set"),
    "bottle": N_("bottle"),
    "roll": N_("roll"),
    "l": N_("l"),
    "ml": N_("ml"),
    "kg": N_("kg"),
    "m": N_("m"),
}


def unit_word(unit: str) -> Message:
    """The unit as people read it; one that has no word in both languages is told as it was typed."""
    return _WORDS.get(unit) or Message(unit)
