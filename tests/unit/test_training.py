"""W11: on time, late, absent and excused; certificates that run out."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.training import SOON, Presence, SessionState, Standing, presence, standing, state

START = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
END = START + timedelta(hours=1)
TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("seconds", "how"),
    [
        (-3600, Presence.ON_TIME),
        (0, Presence.ON_TIME),
        (59, Presence.ON_TIME),
        (60, Presence.LATE),
        (3000, Presence.LATE),
    ],
)
def test_the_minute_of_the_start_is_still_on_time(seconds: int, how: Presence) -> None:
    assert presence(START, START + timedelta(seconds=seconds), excused=False, closed=False) is how


@given(st.booleans(), st.booleans(), st.none() | st.integers(-3600, 3600))
def test_only_who_never_came_without_an_excuse_is_absent_and_only_once_the_roll_is_closed(
    excused: bool, closed: bool, seconds: int | None
) -> None:
    came_at = None if seconds is None else START + timedelta(seconds=seconds)
    how = presence(START, came_at, excused=excused, closed=closed)
    assert (how is Presence.ABSENT) is (came_at is None and not excused and closed)
    assert (how is Presence.EXCUSED) is (came_at is None and excused)
    assert (how in {Presence.ON_TIME, Presence.LATE}) is (came_at is not None)


@pytest.mark.parametrize(
    ("minutes", "where"),
    [(-1, SessionState.PLANNED), (0, SessionState.RUNNING), (60, SessionState.RUNNING), (61, SessionState.OVER)],
)
def test_a_session_is_told_from_its_times(minutes: int, where: SessionState) -> None:
    now = START + timedelta(minutes=minutes)
    assert state(START, END, now, closed=False, called_off=False) is where
    assert state(START, END, now, closed=True, called_off=False) is SessionState.CLOSED
    assert state(START, END, now, closed=True, called_off=True) is SessionState.CALLED_OFF


@pytest.mark.parametrize(
    ("first", "last", "how"),
    [
        (1, 400, Standing.TO_COME),
        (0, 400, Standing.VALID),
        (-9, SOON.days + 1, Standing.VALID),
        (-9, SOON.days, Standing.RUNS_OUT),
        (-9, 0, Standing.RUNS_OUT),
        (-9, -1, Standing.RUN_OUT),
    ],
)
def test_a_certificate_is_shown_before_it_runs_out(first: int, last: int, how: Standing) -> None:
    assert standing(TODAY + timedelta(days=first), TODAY + timedelta(days=last), TODAY) is how
