"""Text that people type: kept as it was meant, without what would harm a screen, a paper or a database."""

import unicodedata

_KEPT_CONTROLS = frozenset("\n\t")
# Characters that reorder the text around them (Trojan-source style); right-to-left letters themselves are welcome.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def harmless(text: str) -> str:
    """Normalise to NFC, unify line ends, drop control and reordering characters and lone surrogates."""
    unified = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in unified if _harmless(c))


def clean(text: str) -> str:
    """The same, trimmed: what is kept of a text."""
    return harmless(text).strip()


def clean_line(text: str) -> str:
    """The same for text that lives on one line: inner white space becomes single spaces."""
    return " ".join(clean(text).split())


def _harmless(character: str) -> bool:
    if character in _KEPT_CONTROLS:
        return True
    return character not in _REORDERING and unicodedata.category(character) not in {"Cc", "Cs", "Cn"}


def width(text: str) -> int:
    """How many cells a text takes in a terminal or on a receipt: two for each wide character."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
