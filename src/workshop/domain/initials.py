"""Finding Chinese names by the initials of their pinyin."""

from itertools import product
from typing import Any

from pypinyin import Style, pinyin

_MOST = 16


def _letters(text: str) -> Any:
    return [[letter] for letter in text]


def initials(name: str) -> str:
    """Every plausible string of pinyin initials, space-separated, lower case: `单` reads both `d` and `s`.

    Surnames are often read in another way than the same character elsewhere, so all readings are kept, up to sixteen.
    """
    readings = pinyin(name, style=Style.FIRST_LETTER, heteronym=True, errors=_letters)
    letters = [sorted({one.lower() for one in options if one.strip()}) or [""] for options in readings]
    found: list[str] = []
    for combination in product(*letters):
        text = "".join(c for c in "".join(combination) if c.isalnum())
        if text and text not in found:
            found.append(text)
        if len(found) == _MOST:
            break
    return " ".join(found)[:300]
