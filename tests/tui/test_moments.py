"""Times as people write them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workshop.tui.forms.moments import parse_day, parse_moment

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 14, 5, 40, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("15:30", "2026-11-23 15:30"),
        ("１５：３０", "2026-11-23 15:30"),
        ("15点", "2026-11-23 15:00"),
        ("15点5分", "2026-11-23 15:05"),
        ("+2h", "2026-11-23 16:05"),
        ("+2", "2026-11-23 16:05"),
        ("+90m", "2026-11-23 15:35"),
        ("+1.5小时", "2026-11-23 15:35"),
        ("+1d", "2026-11-24 14:05"),
        ("11-24 10:00", "2026-11-24 10:00"),
        ("11月24日 10:00", "2026-11-24 10:00"),
        ("明天 9:00", "2026-11-24 09:00"),
        ("tomorrow 9:00", "2026-11-24 09:00"),
        ("1-5 10:00", "2027-01-05 10:00"),
        ("2026-11-24 10:00", "2026-11-24 10:00"),
        ("2026-11-24T10:00:00+08:00", "2026-11-24 10:00"),
        ("2026-11-24T02:00Z", "2026-11-24 10:00"),
    ],
)
def test_a_written_time_is_the_time_meant(written: str, meant: str) -> None:
    assert parse_moment(written, NOW, ZONE).astimezone(ZONE).strftime("%Y-%m-%d %H:%M") == meant


@pytest.mark.parametrize(
    "written", ["", "soon", "25:00", "15:60", "02-30 10:00", "2026-02-30 10:00", "2026-11-24", "+", "15:3", "[/red]"]
)
def test_a_time_that_does_not_exist_is_no_time(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_moment(written, NOW, ZONE)


def test_a_day_without_a_year_is_the_nearest_one() -> None:
    today = NOW.date()
    assert parse_day("11-20", today) == today - timedelta(days=3)
    assert parse_day("3-1", today).year == 2027
    assert parse_day("今天", today) == today
    with pytest.raises(ValueError, match="day is out of range"):
        parse_day("2-30", today)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(-182, 182))
@example(date(2027, 1, 3), -5)
@example(date(2027, 11, 23), 98)
def test_a_day_up_to_half_a_year_away_needs_no_year(today: date, away: int) -> None:
    meant = today + timedelta(days=away)
    assert parse_day(f"{meant:%m-%d}", today) == meant
