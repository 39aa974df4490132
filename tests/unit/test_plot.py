"""Bars in the terminal: counted in cells, so that Chinese words do not push them out of line."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from workshop.tui.plot import ASCII, BLOCKS, Bar, drawn

WORDS = st.text(st.sampled_from("abc 施工中车牌已核🚗-é"), max_size=20)
LENGTHS = st.floats(0, 1e6, allow_nan=False)
BARS = st.lists(st.builds(Bar, WORDS, LENGTHS, WORDS.map(lambda text: text[:8]), LENGTHS), max_size=12)


@given(BARS, st.integers(0, 160))
def test_every_line_is_exactly_as_wide_as_it_may_be(bars: list[Bar], width: int) -> None:
    assert {cell_len(line) for line in drawn(bars, width)} <= {width}


@given(st.lists(LENGTHS, min_size=1, max_size=12), st.integers(20, 160))
def test_a_longer_bar_is_never_drawn_shorter_and_what_is_something_is_seen(lengths: list[float], width: int) -> None:
    cells = [line.count("#") for line in drawn([Bar("", length, "") for length in sorted(lengths)], width, ASCII)]
    assert cells == sorted(cells)
    assert all(bool(found) == (length > 0) for found, length in zip(cells, sorted(lengths), strict=True))


def test_bars_begin_under_each_other_whatever_the_words_before_them() -> None:
    lines = drawn([Bar("施工中", 4, "4"), Bar("in work", 2, "2 h"), Bar("洗", 1, "1")], 40)
    starts = {cell_len(line[: line.index("█")]) for line in lines}
    assert starts == {8}
    assert [line.count("█") for line in lines] == [28, 14, 7]


def test_a_tail_goes_on_from_its_bar_and_reads_without_colour() -> None:
    (line,) = drawn([Bar("a", 5, "5", tail=10)], 14, ASCII)
    assert line == "a #####----- 5"
    (blocks,) = drawn([Bar("a", 5, "5", tail=10)], 14, BLOCKS)
    assert blocks == "a █████░░░░░ 5"


def test_words_that_are_too_long_give_way_to_the_bars() -> None:
    (line,) = drawn([Bar("非常非常长的作业名称" * 3, 1, "1")], 30, ASCII)
    assert "…" in line
    assert "####" in line
