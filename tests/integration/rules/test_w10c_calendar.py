"""W10c: the shop's own calendar; what was answered stays due whatever is entered afterwards."""

from datetime import date
from typing import Any

import pytest
from support.acting import Floor, moment
from support.catalogue import PLANS

from workshop.commands.base import commands
from workshop.db.cleaning_facts import load_calendar
from workshop.db.tables import CalendarDay, WorkingWeek

FRIDAY, THURSDAY, SATURDAY = date(2020, 9, 18), date(2020, 9, 17), date(2020, 9, 19)


@pytest.fixture
def bay(floor: Floor) -> dict[str, Any]:
    """An area from the Monday of that week on; nothing is in the calendar yet, which means Monday to Friday.

    The week is long before the one from which on the small shop works every day.
    """
    floor.now = moment("2020-09-14 00:30:00")
    floor.do("manager", "put-cleaning-plan", plan="w10c", lines=PLANS["bay"])
    return {"area": floor.do("manager", "add-area", area_name="新区", plan="w10c", team="一组")["number"]}


def friday_list(floor: Floor, bay: dict[str, Any], day: date) -> None:
    floor.do("technician", "answer-cleaning-line", **bay, list_day=day, moment="friday", position=4, done=True)


def put(floor: Floor, day: date, kind: str) -> None:
    floor.do("manager", "put-calendar-day", calendar_day=day, day_kind=kind)


def test_a_friday_off_moves_walls_and_windows_to_the_last_working_day(floor: Floor, bay: dict[str, Any]) -> None:
    put(floor, FRIDAY, "holiday")
    floor.now = moment("2020-09-17 09:00:00")
    refused = {"list_day": FRIDAY, "moment": "friday", "position": 4, "done": True}
    assert floor.refused("technician", "answer-cleaning-line", **bay, **refused) == ["day_off"]
    friday_list(floor, bay, THURSDAY)


def test_a_make_up_saturday_takes_it_where_friday_is_off(floor: Floor, bay: dict[str, Any]) -> None:
    put(floor, FRIDAY, "holiday")
    put(floor, SATURDAY, "make_up")
    floor.now = moment("2020-09-19 09:00:00")
    friday_list(floor, bay, SATURDAY)


def test_what_was_answered_on_friday_keeps_it_a_working_day(floor: Floor, bay: dict[str, Any]) -> None:
    floor.now = moment("2020-09-18 09:00:00")
    friday_list(floor, bay, FRIDAY)
    given = {"calendar_day": FRIDAY, "day_kind": "holiday"}
    assert floor.refused("manager", "put-calendar-day", **given) == ["lists_stand"]
    year = {"year": 2020, "days": [{"day": FRIDAY, "kind": "holiday"}]}
    assert floor.refused("manager", "publish-year", **year) == ["lists_stand"]


def test_fridays_list_does_not_come_twice_when_its_holiday_is_taken_back(floor: Floor, bay: dict[str, Any]) -> None:
    put(floor, FRIDAY, "holiday")
    floor.now = moment("2020-09-17 09:00:00")
    friday_list(floor, bay, THURSDAY)
    assert floor.refused("manager", "remove-calendar-day", calendar_day=FRIDAY) == ["lists_stand"]
    given = {"calendar_day": FRIDAY, "day_kind": "make_up"}
    assert floor.refused("manager", "put-calendar-day", **given) == ["lists_stand"]


def test_a_new_working_week_holds_from_a_monday_that_has_not_gone_by(floor: Floor, bay: dict[str, Any]) -> None:
    past = {"weekdays": ["1"], "week_from": "2020-09-13"}
    (reason,) = floor.reasons("manager", "set-working-week", **past)
    assert (reason.code, reason.args["monday"]) == ("week_begun", "2020-09-14")
    floor.do("manager", "set-working-week", weekdays=["6", "1", "2", "1"], week_from="2020-09-23")
    row = floor.rows(WorkingWeek, WorkingWeek.valid_from == date(2020, 9, 21))[0]
    assert row.days == "126"
    calendar = load_calendar(floor.session)
    assert [calendar.is_working(date(2020, 9, day)) for day in (18, 21, 25, 26)] == [True, True, False, True]


def test_the_working_week_does_not_take_the_ground_from_lists(floor: Floor, bay: dict[str, Any]) -> None:
    floor.now = moment("2020-09-18 09:00:00")
    friday_list(floor, bay, FRIDAY)
    given = {"weekdays": ["1", "2", "3", "4"]}
    assert floor.refused("manager", "set-working-week", **given) == ["lists_stand"]
    floor.do("manager", "set-working-week", **given, week_from="2020-09-21")


def test_a_year_is_entered_whole_and_what_was_entered_for_it_goes(floor: Floor) -> None:
    put(floor, date(2020, 9, 25), "holiday")
    days = [
        {"day": "2020-10-01", "kind": "holiday", "name_zh": "国庆节", "name_en": "National Day"},
        {"day": "2020-10-10", "kind": "make_up"},
    ]
    floor.do("manager", "publish-year", year=2020, days=days)
    calendar = load_calendar(floor.session)
    assert sorted(calendar.special) == [date(2020, 10, 1), date(2020, 10, 10)]
    assert (calendar.is_known(date(2020, 1, 1)), calendar.is_known(date(2021, 1, 1))) == (True, False)


def test_a_year_holds_only_its_own_days_and_each_once() -> None:
    day = {"day": "2020-10-01", "kind": "holiday"}
    for year, days, told in ((2021, [day], "in that year"), (2020, [day, day], "twice"), (2020, [], "at least 1 item")):
        with pytest.raises(ValueError, match=told):
            commands()["publish-year"](year=year, days=days)


def test_a_day_follows_the_regular_week_again(floor: Floor) -> None:
    given = {"calendar_day": date(2020, 9, 25)}
    assert floor.refused("manager", "remove-calendar-day", **given) == ["day_as_usual"]
    put(floor, date(2020, 9, 25), "holiday")
    floor.do("manager", "remove-calendar-day", **given)
    assert floor.rows(CalendarDay) == []
