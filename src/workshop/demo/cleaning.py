"""The cleaning of the demo's last days: lists done, partly done and late, spot checks, a closing list left open."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from workshop.commands.base import Command
from workshop.commands.cleaning import (
    AnswerCleaningLine,
    CountersignCleaningList,
    RecordAsNeeded,
    SignCleaningList,
)
from workshop.commands.spot_checks import RecordSpotCheck, RecordViolation, RemedySpotCheck
from workshop.db.cleaning_facts import load_calendar
from workshop.demo.director import Director, Pauses
from workshop.domain.cleaning import Area, CleaningMoment, ViolationKind
from workshop.domain.roles import Role
from workshop.queries.cleaning import ListView, day_lists

_ZONE: Final = ZoneInfo("Asia/Shanghai")
_DAYS: Final = 5
"""How many working days before today are played."""
_MORNING, _AFTERNOON, _EVENING = time(8, 15), time(15, 30), time(17, 35)
_LAST_OUT: Final = "马建军"
_RESCUE: Final = "外出救援，回来已过零点"
_ON_THE_LIFT: Final = "客户车还在举升机上过夜"
_LATE_BAY, _PARTLY_BAY, _WET_BAY = "2号工位", "5号工位", "机电二组公共区"


def working_days(director: Director) -> list[date]:
    """The last working days before today, the earliest first, and today if it is one."""
    calendar, day = load_calendar(director.session), director.end.astimezone(_ZONE).date()
    found = [day] if calendar.is_working(day) else []
    wanted = len(found) + _DAYS
    while len(found) < wanted:
        day -= timedelta(days=1)
        if calendar.is_working(day):
            found.insert(0, day)
    return found


def first_morning(director: Director) -> datetime:
    """When the areas are entered: before the first of those days begins."""
    return datetime.combine(working_days(director)[0], time(7, 30), _ZONE)


def cleaning(director: Director) -> Iterator[tuple[datetime, Pauses]]:
    """Every morning, afternoon and evening that is over by now."""
    days, today = working_days(director), director.end.astimezone(_ZONE).date()
    played = [day for day in days if day < today]
    for place, day in enumerate(played):
        last = len(played) - 1 - place  # 0: the last working day before today
        yield datetime.combine(day, _MORNING, _ZONE), _morning(director, day, played[place - 1] if last == 1 else None)
        yield datetime.combine(day, _AFTERNOON, _ZONE), _afternoon(director, last)
        yield datetime.combine(day, _EVENING, _ZONE), _evening(director, day, last)
    begin = datetime.combine(today, _MORNING, _ZONE)
    if today in days and begin + timedelta(minutes=30) < director.end:
        yield begin, _morning(director, today, None)


def _morning(director: Director, day: date, late_for: date | None) -> Pauses:
    """Floors are swept; what one area left out on the evening of that day before is entered late."""
    for one in _due(director, day):
        if one.due.moment is CleaningMoment.BEFORE_WORK:
            yield 0.5
            _clean(director, one)
    for one in _due(director, late_for) if late_for else ():
        if one.area.name == _LATE_BAY and one.due.moment is CleaningMoment.BEFORE_LEAVING:
            _clean(director, one, late_reason=_RESCUE)


def _afternoon(director: Director, last: int) -> Pauses:
    """Leaders and the manager walk through the workshop."""
    areas = {one.area.name: one.area for one in _due(director, director.now.astimezone(_ZONE).date())}
    manager = director.holders(Role.MANAGER)[0].name
    if last == 3:
        badge = director.people["曹大勇"].badge
        smoking = RecordViolation(badge=badge, violation=ViolationKind.SMOKING, where="钣喷工位门口", note="当场熄灭")
        director.act(manager, smoking)
    if last == 2:
        yield from _remedied(director, areas[_PARTLY_BAY])
        passed = RecordSpotCheck(area=areas[_LATE_BAY].number, passed=True)
        director.act("解志强", passed)
    if last == 1:
        bay = areas["1号工位"]
        director.act("高俊杰", RecordAsNeeded(area=bay.number, position=12, note="翼子板护罩沾了机油"))
    if last == 0:
        found = RecordSpotCheck(area=areas[_WET_BAY].number, passed=False, found="洗车通道口积水，排水沟有杂物")
        director.act(manager, found)


def _remedied(director: Director, area: Area) -> Pauses:
    found = director.act("罗永胜", RecordSpotCheck(area=area.number, passed=False, found="举升机底座有油渍"))
    yield 20
    director.act(area.owner, RemedySpotCheck(spot_check=int(str(found["spot_check"])), remedy="撒吸油粉清理，已擦净"))


def _evening(director: Director, day: date, last: int) -> Pauses:
    """Everybody cleans and signs, the leaders countersign, the last one out closes; yesterday nobody did."""
    left_out = _LATE_BAY if last == 2 else ""
    for one in _due(director, day):
        if one.signed or one.area.is_common or one.area.name == left_out or one.due.until != day:
            continue
        yield 0.5
        _clean(director, one, _ON_THE_LIFT if one.area.name == _PARTLY_BAY and last == 1 else "")
    yield 10
    if last:
        for one in _due(director, day):
            if one.signed and not one.countersigned_by:
                director.act(_leader(director, one.area), CountersignCleaningList.model_validate(_named(one)))
                yield 0.2
        for one in _due(director, day):
            if one.due.moment is CleaningMoment.CLOSING:
                _clean(director, one, open_reason=_RESCUE if left_out else "")
                director.act(_leader(director, one.area), CountersignCleaningList.model_validate(_named(one)))


def _clean(director: Director, one: ListView, not_done: str = "", late_reason: str = "", open_reason: str = "") -> None:
    """Answer every line, the second one as not done where a reason is given, and sign."""
    who = _cleaner(director, one.area)
    for place, line in enumerate(one.lines):
        done = not (not_done and place == 1)
        answer = {"position": line.position, "done": done, "reason": "" if done else not_done}
        director.act(who, AnswerCleaningLine.model_validate(_named(one) | answer))
    reasons = {"late_reason": late_reason, "open_reason": open_reason}
    signature: Command = SignCleaningList.model_validate(_named(one) | reasons)
    director.act(who, signature)


def _due(director: Director, day: date) -> list[ListView]:
    director.session.flush()
    return list(day_lists(director.session, director.now, day).lists)


def _cleaner(director: Director, area: Area) -> str:
    if area.owner:
        return area.owner
    return director.holders(Role.TECHNICIAN, area.team)[0].name if area.team else _LAST_OUT


def _leader(director: Director, area: Area) -> str:
    """Of the area's team; the manager where it has none."""
    if area.team:
        return director.holders(Role.TEAM_LEADER, area.team)[0].name
    return director.holders(Role.MANAGER)[0].name


def _named(one: ListView) -> dict[str, object]:
    return {"area": one.area.number, "list_day": one.due.day, "moment": one.due.moment}
