"""W9, W10a-W10e: the lists of an area are there by themselves, answered line by line, signed by two, closed in time."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from support.acting import Floor, moment
from support.catalogue import PLANS

from workshop.commands.base import commands
from workshop.db.tables import Area, CleaningExtra, CleaningLine, CleaningList
from workshop.domain.cleaning import CleaningMoment, ListState
from workshop.domain.roles import Role
from workshop.queries.cleaning import CleaningPage, ListView, cleaning_page, day_lists
from workshop.queries.cleaning_watch import open_closings

TEAM, SHOP = "一组工位", "全车间"


def named(floor: Floor, area: str = TEAM, when: str = "before_leaving", day: date | None = None) -> dict[str, Any]:
    return {"area": floor.area(area), "list_day": day or floor.today, "moment": when}


def answer(floor: Floor, *positions: int, who: str = "technician", **name: Any) -> None:
    for position in positions:
        floor.do(who, "answer-cleaning-line", position=position, done=True, **named(floor, **name))


def sign(floor: Floor, who: str = "technician", late_reason: str = "", open_reason: str = "", **name: Any) -> None:
    given = named(floor, **name) | {"late_reason": late_reason, "open_reason": open_reason}
    floor.do(who, "sign-cleaning-list", **given)


def seen(floor: Floor, area: str, when: str, day: date | None = None) -> ListView | None:
    found = day_lists(floor.session, floor.now, day).lists
    return next((one for one in found if (one.area.name, one.due.moment.value) == (area, when)), None)


def page(floor: Floor, who: str) -> CleaningPage:
    person = floor.shop.people[who]
    teams = {"一组": 1, "二组": 2, "": None}
    return cleaning_page(floor.session, floor.now, person.id, teams[person.team], frozenset(person.roles))


def test_a_list_is_there_before_anybody_has_touched_it_and_has_rows_from_the_first_answer(floor: Floor) -> None:
    before = seen(floor, TEAM, "before_leaving")
    assert before is not None
    assert (before.state, [line.done for line in before.lines]) == (ListState.OPEN, [None, None])
    assert floor.rows(CleaningList) == []
    answer(floor, 2)
    assert {row.position: row.done for row in floor.rows(CleaningLine)} == {2: True, 3: None}
    after = seen(floor, TEAM, "before_leaving")
    assert after is not None
    assert [line.answered_by for line in after.lines] == ["张技师", ""]


def test_a_line_not_done_needs_its_reason(floor: Floor) -> None:
    with pytest.raises(ValueError, match="needs its reason"):
        commands()["answer-cleaning-line"](position=2, done=False, **named(floor))
    floor.do("technician", "answer-cleaning-line", position=2, done=False, reason="车还在举升机上", **named(floor))
    answer(floor, 3)
    sign(floor)
    found = seen(floor, TEAM, "before_leaving")
    assert found is not None
    assert (found.state, found.lines[0].reason) == (ListState.PARTLY, "车还在举升机上")


def test_a_list_is_signed_only_when_every_line_is_answered_and_then_stays(floor: Floor) -> None:
    assert floor.refused("technician", "sign-cleaning-list", **named(floor)) == ["lines_open"]
    answer(floor, 2)
    assert floor.refused("technician", "sign-cleaning-list", **named(floor)) == ["lines_open"]
    answer(floor, 3, who="technician2")
    sign(floor, who="technician2")
    assert floor.refused("technician", "sign-cleaning-list", **named(floor)) == ["list_signed"]
    given = named(floor) | {"position": 2, "done": False, "reason": "没扫"}
    assert floor.refused("technician", "answer-cleaning-line", **given) == ["list_signed"]


def test_only_the_areas_own_people_answer_for_it_and_everybody_for_the_whole_shop(floor: Floor) -> None:
    given = {"position": 2, "done": True}
    assert floor.refused("technician3", "answer-cleaning-line", **named(floor), **given) == ["not_your_area"]
    assert floor.refused("manager", "sign-cleaning-list", **named(floor)) == ["not_your_area"]
    answer(floor, 1, who="clerk", area=SHOP, when="closing")
    number = floor.do("manager", "add-area", area_name="工具室", plan="bay", owner=floor.badge("keeper"))["number"]
    own = named(floor) | {"area": number} | given
    floor.do("keeper", "answer-cleaning-line", **own)
    assert floor.refused("technician", "answer-cleaning-line", **own) == ["not_your_area"]


def test_whoever_owns_an_area_is_asked_for_it_not_the_whole_team(floor: Floor) -> None:
    floor.do("manager", "add-area", area_name="1号工位", plan="bay", team="一组", owner=floor.badge("technician2"))
    mine = {who: {one.area.name for one in page(floor, who).today.lists} for who in ("technician", "technician2")}
    assert mine == {"technician": {TEAM, SHOP}, "technician2": {"1号工位", TEAM, SHOP}}


def test_the_second_signature_is_the_team_leaders_or_the_managers_and_never_the_first_ones(floor: Floor) -> None:
    answer(floor, 2, 3, who="leader")
    assert floor.refused("leader", "countersign-cleaning-list", **named(floor)) == ["list_not_signed"]
    sign(floor, who="leader")
    assert floor.refused("leader", "countersign-cleaning-list", **named(floor)) == ["own_list"]
    assert floor.refused("leader2", "countersign-cleaning-list", **named(floor)) == ["other_teams_list"]
    assert [one.area.name for one in page(floor, "leader").to_countersign] == []
    assert [one.area.name for one in page(floor, "manager").to_countersign] == [TEAM]
    floor.do("manager", "countersign-cleaning-list", **named(floor))
    assert floor.refused("manager", "countersign-cleaning-list", **named(floor)) == ["list_countersigned"]
    assert page(floor, "manager").to_countersign == ()


def test_a_day_closes_at_midnight_and_what_comes_then_is_late_with_its_reason(floor: Floor) -> None:
    yesterday = floor.today
    answer(floor, 2)
    floor.later(days=1)
    missed = page(floor, "technician").missed
    assert {(one.due.moment, one.due.day) for one in missed} >= {(CleaningMoment.BEFORE_LEAVING, yesterday)}
    again = named(floor, day=yesterday) | {"position": 2, "done": True}
    assert floor.refused("technician", "answer-cleaning-line", **again) == ["in_time_stays"]
    answer(floor, 3, day=yesterday)
    assert floor.refused("technician", "sign-cleaning-list", **named(floor, day=yesterday)) == ["late_untold"]
    sign(floor, late_reason="昨晚抢修", day=yesterday)
    found = seen(floor, TEAM, "before_leaving", yesterday)
    assert found is not None
    assert (found.state, found.late_reason) == (ListState.LATE, "昨晚抢修")
    assert [line.late for line in found.lines] == [False, True]


def test_midnight_is_the_shops_own(floor: Floor) -> None:
    floor.now = moment("2026-10-12 15:59:59")  # one second before midnight in Shanghai
    floor.do("manager", "put-cleaning-plan", plan="new", lines=PLANS["bay"])
    number = floor.do("manager", "add-area", area_name="新区", plan="new", team="一组")["number"]
    given = {"area": number, "list_day": "2026-10-12", "moment": "before_leaving", "done": True}
    assert floor.do("technician", "answer-cleaning-line", position=2, **given)["late"] is False
    floor.later(seconds=1)
    assert floor.do("technician", "answer-cleaning-line", position=3, **given)["late"] is True


def test_the_signed_closing_list_closes_the_day(floor: Floor) -> None:
    answer(floor, 2)
    answer(floor, 1, 2, area=SHOP, when="closing", who="leader2")
    sign(floor, who="leader2", open_reason="一组加班", area=SHOP, when="closing")
    answer(floor, 3)
    assert floor.refused("technician", "sign-cleaning-list", **named(floor)) == ["late_untold"]
    sign(floor, late_reason="加班到八点")
    found = seen(floor, TEAM, "before_leaving")
    assert found is not None
    assert [line.late for line in found.lines] == [False, True]


def test_the_last_one_out_signs_when_everybody_has_or_says_who_has_not_and_why(floor: Floor) -> None:
    answer(floor, 1, 2, area=SHOP, when="closing")
    (reason,) = floor.reasons("technician", "sign-cleaning-list", **named(floor, SHOP, "closing"))
    assert (reason.code, reason.rule, reason.args["areas"]) == ("areas_open", "W10e", ("一组工位", "二组工位"))
    answer(floor, 2, 3)
    sign(floor)
    told = floor.do("technician", "sign-cleaning-list", open_reason="二组外出救援", **named(floor, SHOP, "closing"))
    assert told["left_open"] == ["二组工位"]


def test_with_every_area_signed_the_closing_list_asks_for_no_reason(floor: Floor) -> None:
    for who, area in (("technician", TEAM), ("technician3", "二组工位")):
        answer(floor, 2, 3, who=who, area=area)
        sign(floor, who=who, area=area)
    answer(floor, 1, 2, area=SHOP, when="closing")
    sign(floor, area=SHOP, when="closing", open_reason="没有必要")
    assert [row.open_reason for row in floor.rows(CleaningList, CleaningList.moment == "closing")] == [""]


def test_an_open_closing_list_is_shown_to_the_manager_next_morning(floor: Floor) -> None:
    day = floor.today
    floor.session.execute(sa.update(Area).values(since=day))  # the run may have begun before midnight
    assert open_closings(floor.session, floor.now) == []
    floor.later(days=1)
    assert [(one.area.name, one.due.day) for one in open_closings(floor.session, floor.now)] == [(SHOP, day)]
    answer(floor, 1, 2, area=SHOP, when="closing", day=day)
    sign(floor, late_reason="忘了", open_reason="都走了", area=SHOP, when="closing", day=day)
    assert open_closings(floor.session, floor.now) == []


def test_a_weekly_list_is_one_for_the_whole_week_whatever_day_it_is_ticked_on(floor: Floor) -> None:
    monday = floor.today - timedelta(days=floor.today.isoweekday() - 1)
    answer(floor, 5, when="weekly")
    assert [row.day for row in floor.rows(CleaningList)] == [monday]
    sign(floor, when="weekly", day=monday)
    assert floor.refused("technician", "sign-cleaning-list", **named(floor, when="weekly")) == ["list_signed"]


def test_no_list_is_answered_before_its_day(floor: Floor) -> None:
    tomorrow = floor.today + timedelta(days=1)
    given = named(floor, day=tomorrow) | {"position": 2, "done": True}
    assert floor.refused("technician", "answer-cleaning-line", **given) == ["list_not_yet"]


def test_a_list_that_the_plan_does_not_have_is_not_due(floor: Floor) -> None:
    assert floor.refused("technician", "sign-cleaning-list", **named(floor, when="closing")) == ["list_not_due"]
    assert floor.refused("technician", "sign-cleaning-list", **named(floor, when="as_needed")) == ["list_not_due"]
    given = {"position": 9, "done": True}
    assert floor.refused("technician", "answer-cleaning-line", **named(floor), **given) == ["no_such_line"]


def test_what_is_done_as_needed_is_entered_at_any_time_and_as_often_as_it_is(floor: Floor) -> None:
    floor.do("manager", "put-calendar-day", calendar_day=floor.today, day_kind="holiday")
    assert floor.refused("technician", "sign-cleaning-list", **named(floor)) == ["day_off"]
    for _ in range(2):
        floor.do("technician", "record-as-needed", area=floor.area(TEAM), position=6, note="机油")
    assert len(floor.rows(CleaningExtra)) == 2
    assert {(one.line.text.en, one.times) for one in page(floor, "technician").as_needed} >= {
        ("Soiled covers washed", 2)
    }
    assert floor.refused("technician", "record-as-needed", area=floor.area(TEAM), position=2) == ["no_such_line"]


def test_a_changed_plan_counts_from_tomorrow_and_rewrites_no_day(floor: Floor) -> None:
    yesterday = floor.today
    answer(floor, 2)
    floor.do("manager", "put-cleaning-plan", plan="bay", lines=PLANS["bay"][:1])
    assert [len(one.lines) for one in (seen(floor, TEAM, "before_leaving"),) if one] == [2]
    floor.later(days=1)
    assert seen(floor, TEAM, "before_leaving") is None
    before = seen(floor, TEAM, "before_leaving", yesterday)
    assert before is not None
    assert (before.state, len(before.lines)) == (ListState.MISSED, 2)
    other = seen(floor, "二组工位", "before_leaving", yesterday)  # nobody had answered it, and it stays missed
    assert other is not None
    assert (other.state, len(other.lines)) == (ListState.MISSED, 2)


def test_a_plan_changed_twice_in_a_day_has_the_lines_of_the_last_change(floor: Floor) -> None:
    floor.do("manager", "put-cleaning-plan", plan="bay", lines=PLANS["bay"][:1])
    floor.do("manager", "put-cleaning-plan", plan="bay", lines=PLANS["bay"][:2])
    today = seen(floor, TEAM, "before_leaving")
    floor.later(days=1)
    tomorrow = seen(floor, TEAM, "before_leaving")
    assert [len(one.lines) for one in (today, tomorrow) if one] == [2, 1]


def test_an_area_ends_with_its_last_day_and_its_past_stays(floor: Floor) -> None:
    given = {"area": floor.area(TEAM), "area_name": TEAM, "team": "一组"}
    yesterday = floor.today - timedelta(days=1)
    assert floor.refused("manager", "revise-area", **given, last_day=yesterday) == ["past_stays"]
    floor.do("manager", "revise-area", **given, last_day=floor.today)
    assert floor.refused("manager", "add-area", area_name=TEAM, plan="bay", team="一组") == ["area_taken"]
    day = floor.today
    floor.later(days=1)
    assert seen(floor, TEAM, "before_leaving") is None
    assert seen(floor, TEAM, "before_leaving", day) is not None
    assert floor.refused("manager", "revise-area", **given) == ["area_ended"]
    assert floor.refused("leader", "record-spot-check", area=floor.area(TEAM), passed=True) == ["area_ended"]
    floor.do("manager", "add-area", area_name=TEAM, plan="bay", team="一组")


def test_an_area_is_not_everybodys_at_one_time_and_somebodys_at_another(floor: Floor) -> None:
    whole = {"area": floor.area(SHOP), "area_name": SHOP}
    assert floor.refused("manager", "revise-area", **whole, team="一组") == ["common_stays"]
    own = {"area": floor.area(TEAM), "area_name": TEAM}
    assert floor.refused("manager", "revise-area", **own) == ["common_stays"]
    floor.do("manager", "revise-area", **own, owner=floor.badge("technician"))


def test_an_area_needs_a_plan_that_there_is_and_a_name_of_its_own(floor: Floor) -> None:
    assert floor.refused("manager", "add-area", area_name="新区", plan="none") == ["no_cleaning_plan"]
    assert floor.refused("manager", "add-area", area_name=TEAM, plan="bay") == ["area_taken"]


def test_a_failed_spot_check_names_what_was_found_and_is_remedied_by_the_areas_people(floor: Floor) -> None:
    with pytest.raises(ValueError, match="what was found"):
        commands()["record-spot-check"](area=floor.area(TEAM), passed=False)
    with pytest.raises(ValueError, match="has no finding"):
        commands()["record-spot-check"](area=floor.area(TEAM), passed=True, found="油")
    failed = {"area": floor.area(TEAM), "passed": False, "found": "地面有油"}
    check = floor.do("leader2", "record-spot-check", **failed)["spot_check"]
    assert [one.finding for one in page(floor, "technician").findings] == ["地面有油"]
    assert page(floor, "technician3").findings == ()
    remedy = {"spot_check": check, "remedy": "撒吸油粉，已清"}
    assert floor.refused("technician3", "remedy-spot-check", **remedy) == ["not_your_area"]
    floor.do("technician", "remedy-spot-check", **remedy)
    assert floor.refused("technician", "remedy-spot-check", **remedy) == ["nothing_to_remedy"]
    assert page(floor, "technician").findings == ()


def test_cleaning_is_everybodys_who_has_an_area_whatever_the_role(floor: Floor) -> None:
    for who in ("advisor", "clerk", "keeper", "inspector", "admin"):
        assert {one.area.name for one in page(floor, who).today.lists} == {SHOP}
    assert Role.MANAGER not in floor.shop.people["technician"].roles
