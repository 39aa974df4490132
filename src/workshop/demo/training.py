"""The trainings of the demo: one that was held, with its roll, and one that is to come (W11)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from workshop.commands.training import CallRoll, CloseSession, ExcuseFromSession, PlanSession
from workshop.demo.director import Director, Pauses, Worker
from workshop.domain.roles import Role
from workshop.domain.states import Training

_HELD: Final = timedelta(days=3, hours=2)
_PLANNED: Final = timedelta(minutes=90)
_LENGTH: Final = timedelta(hours=1)
_ROOM: Final = "二楼培训室"


def trainings(director: Director) -> Iterator[tuple[datetime, Pauses]]:
    """Both stories, each with its beginning."""
    yield director.end - _HELD, _refrigerant(director)
    yield director.end - _PLANNED, _high_voltage(director)


def _refrigerant(director: Director) -> Pauses:
    """Somebody comes late, somebody is excused, somebody does not come; the others earn a certificate."""
    manager, leader = director.holders(Role.MANAGER)[0], director.holders(Role.TEAM_LEADER)[0]
    invited = director.holders(Role.TECHNICIAN)
    start = director.now + timedelta(minutes=45)
    plan = PlanSession(
        topic="空调冷媒回收与加注",
        starts_at=start,
        ends_at=start + _LENGTH,
        room=_ROOM,
        held_by="厂家技术培训师",
        invited=_badges(invited),
        gives=Training.GAS,
        certificate_days=730,
    )
    session = int(str(director.act(manager.name, plan)["session"]))
    yield 5
    *came, late, excused, _absent = invited
    director.act(manager.name, ExcuseFromSession(session=session, excused=excused.badge, reason="送车去检测站"))
    yield 35
    for one in came:
        yield 0.2
        director.act(leader.name, CallRoll(session=session, attendee=one.badge))
    yield 12
    director.act(leader.name, CallRoll(session=session, attendee=late.badge))
    yield 50
    director.act(leader.name, CloseSession(session=session))


def _high_voltage(director: Director) -> Pauses:
    """It is tomorrow."""
    manager = director.holders(Role.MANAGER)[0]
    start = director.end + timedelta(days=1)
    team = director.holders(Role.TECHNICIAN)[-1].team
    plan = PlanSession(
        topic="高压安全复训",
        starts_at=start,
        ends_at=start + 2 * _LENGTH,
        room=_ROOM,
        held_by="郑海波",
        invited_teams=(team,),
        gives=Training.HIGH_VOLTAGE,
        certificate_days=730,
    )
    director.act(manager.name, plan)
    yield from ()


def _badges(people: list[Worker]) -> tuple[str, ...]:
    return tuple(one.badge for one in people)
