"""Finding Chinese names by the initials of their pinyin."""

from itertools import islice, product
from typing import Any

_MOST = 16
_LONGEST = 300


def initials(name: str) -> str:
    """Every plausible string of pinyin initials, space-separated, lower case: `单` reads both `d` and `s`.

    Surnames are often read in another way than the same character elsewhere, and a surname with the name behind it may
    look like a word. So the likeliest reading comes first, then all readings of every character; sixteen at most.
    """
    likeliest = _readings(name, heteronym=False)
    by_word = _readings(name, heteronym=True)
    by_character = [options for character in name for options in _readings(character, heteronym=True)]
    found: dict[str, None] = {}
    for letters in (likeliest, by_word, by_character):
        # Of a long name only the first few combinations are looked at: there may be millions.
        for combination in islice(product(*letters), _MOST * _MOST):
            text = "".join(c for c in "".join(combination) if c.isalnum())
            if text and len(found) < _MOST:
                found[text] = None
    return " ".join(found)[:_LONGEST]


def _readings(text: str, *, heteronym: bool) -> list[list[str]]:
    """The first letters that each part of the text may have."""
    from pypinyin import Style, pinyin  # its dictionaries take longer to load than the whole sign-in

    readings = pinyin(text, style=Style.FIRST_LETTER, heteronym=heteronym, errors=_letters)
    return [sorted({one.lower() for one in options if one.strip()}) or [""] for options in readings]


def _letters(text: str) -> Any:
    return [[letter] for letter in text]
