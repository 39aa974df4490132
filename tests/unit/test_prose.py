"""Where lines of prose break: between Chinese characters, never before what closes, never behind what opens."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from workshop.domain.line_breaks import breaks
from workshop.tui.prose import Prose

SIGNS = st.text(alphabet="车间，。（）“”ab c1- \u3000é", max_size=60)


def lines(text: str, width: int) -> list[str]:
    """The lines as they are shown."""
    console = Console(width=width, record=True, quiet=True)
    return ["".join(part.text for part in line).rstrip() for line in console.render_lines(Prose(Text(text)))]


def test_a_chinese_sentence_goes_on_behind_a_short_word() -> None:
    assert lines("07:07  唐晓峰暂停常规保养", 16) == ["07:07  唐晓峰暂", "停常规保养"]


def test_no_line_begins_with_what_closes_or_ends_with_what_opens() -> None:
    assert lines("工位二号。", 8) == ["工位二", "号。"]
    assert lines("前轮（安全）", 6) == ["前轮", "（安", "全）"]


def test_words_stay_whole_unless_a_line_is_too_short_for_them() -> None:
    assert lines("issued but neither fitted", 12) == ["issued but", "neither", "fitted"]
    assert lines("x" * 25, 10) == ["x" * 10, "x" * 10, "x" * 5]


def test_a_word_too_long_for_its_line_is_broken_behind_a_hyphen() -> None:
    assert lines("CAS-EDPR-5W40-1L-MYS-005", 19) == ["CAS-EDPR-5W40-1L-", "MYS-005"]
    assert lines("-abcdefghij", 6) == ["-abcde", "fghij"]


def test_what_goes_on_stands_under_the_text_and_not_under_its_bullet() -> None:
    assert lines("- W3  请完成此项目", 12) == ["- W3  请完成", "  此项目"]


def test_lines_that_were_given_are_kept() -> None:
    assert lines("一\n\n二", 10) == ["一", "", "二"]


def test_user_text_is_never_markup() -> None:
    assert lines("备注 [/red] x", 40) == ["备注 [/red] x"]


@given(SIGNS, st.integers(min_value=4, max_value=30), st.integers(min_value=0, max_value=2))
def test_nothing_is_lost_and_nothing_is_wider_than_the_line(text: str, width: int, indent: int) -> None:
    places = [0, *breaks(text, width, cell_len, indent), len(text)]
    first, *others = [text[begin:end] for begin, end in pairwise(places)]
    assert "".join([first, *others]) == text
    assert cell_len(first.rstrip()) <= width
    assert all(indent + cell_len(part.rstrip()) <= width for part in others)
