"""Names are found by the initials of their pinyin, surnames by every reading they have."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.domain.initials import initials


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单", "s"),
        ("单", "d"),
        ("曾国藩", "zgf"),
        ("解放", "xf"),
        ("解放", "jf"),
        ("区", "o"),
        ("区", "q"),
        ("单于明", "sym"),
        ("单于明", "cym"),
        ("机油滤清器", "jylqq"),
        ("更换制动片", "ghzdp"),
        ("重庆", "cq"),
        ("李 四", "ls"),
        ("Oil Filter", "oilfilter"),
        ("张3号", "z3h"),
        ("王·A", "wa"),
    ],
)
def test_a_name_is_found_by_what_people_type(name: str, typed: str) -> None:
    assert typed in initials(name).split()


def test_the_likeliest_reading_comes_first() -> None:
    assert initials("重庆").split()[0] == "cq"
    assert initials("长安").split()[0] == "ca"


@pytest.mark.parametrize("name", ["", " ", "[/]", "🚗", "\u200d", "——"])
def test_what_has_no_letters_has_no_initials(name: str) -> None:
    assert initials(name) == ""


@settings(max_examples=60)
@given(st.text(max_size=60))
def test_any_text_at_all_has_initials_that_fit_their_column(name: str) -> None:
    found = initials(name)
    assert len(found) <= 300
    assert len(found.split()) <= 16
    assert all(character.isalnum() or character == " " for character in found)


@settings(max_examples=20)
@given(st.text(alphabet="单曾解区重长行乐", min_size=10, max_size=60))
def test_a_name_of_a_million_readings_takes_no_longer(name: str) -> None:
    assert 1 <= len(initials(name).split()) <= 16
