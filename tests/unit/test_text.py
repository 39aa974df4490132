"""What people type is kept as it was meant, without what would harm a screen, a paper or a database."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.text import clean, clean_line

ANY = st.text(alphabet=st.characters(), max_size=200)
HARMFUL = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\x00\x1b\x7f\x9b\ud800")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  备注 ", "备注"),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\tb", "a\tb"),
        ("\x1b[2J清屏", "[2J清屏"),
        ("a\u202eb", "ab"),
        ("e\u0301", "é"),
        ("half \ud83d", "half"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("مرحبا", "مرحبا"),
        ("[/red]", "[/red]"),
    ],
)
def test_a_note_is_kept_as_it_was_meant(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@pytest.mark.parametrize("typed", ["a\nb", "a \t b", "a\u3000b", "a\u2028b", " a\r\n b "])
def test_a_name_lies_on_one_line(typed: str) -> None:
    assert clean_line(typed) == "a b"


@given(ANY)
def test_no_harmful_character_is_left_in_any_text(typed: str) -> None:
    for kept in (clean(typed), clean_line(typed)):
        assert not HARMFUL & set(kept)
        assert all(unicodedata.category(one) not in {"Cs", "Cn"} for one in kept)
        assert all(one in "\n\t" or unicodedata.category(one) != "Cc" for one in kept)
        kept.encode()


@given(ANY)
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    assert clean(clean(typed)) == clean(typed)
    assert clean_line(clean_line(typed)) == clean_line(typed)


@given(ANY)
def test_a_line_has_no_edges_and_no_double_spaces(typed: str) -> None:
    line = clean_line(typed)
    assert line == line.strip()
    assert "  " not in line
    assert not {"\n", "\t", "\u2028"} & set(line)
