"""Work on high voltage in the demo: taken off and measured before it begins (S1)."""

from decimal import Decimal
from typing import Final

from sqlmodel import col, select

from workshop.commands.high_voltage import MeasureVoltage, PutHighVoltageModel, ShutDownHighVoltage
from workshop.db.custody import pieces
from workshop.db.facts import load_facts
from workshop.db.tables import Certificate, Person, RepairOrder, ToolModel
from workshop.demo.director import Director, Pauses, Worker
from workshop.demo.visit import Visit
from workshop.domain.high_voltage import ShutdownStep
from workshop.domain.roles import Role
from workshop.domain.safety_facts import SafetyFacts
from workshop.domain.states import Training

_METER: Final = "T017"
_WAIT: Final = 20  # minutes; the longest figure in use for a lithium battery, for want of the maker's


def enter_figures(director: Director) -> None:
    """How long the shop's electric model waits."""
    manager = director.holders(Role.MANAGER)[0]
    director.act(manager.name, PutHighVoltageModel(make="Volkswagen", model="ID.4", wait_minutes=_WAIT))


def make_dead(visit: Visit, item: str) -> Pauses:
    """Where the item is work on high voltage: take it off, wait, measure. One shutdown serves the whole order."""
    safety, item_id = _safety(visit, item)
    if item_id not in safety.high_voltage or safety.shutdown is not None:
        return
    watcher = _watcher(visit)
    steps = tuple(ShutdownStep)
    visit.act(visit.technician, ShutDownHighVoltage(order=visit.order, shutdown_steps=steps, watcher=watcher.badge))
    yield _WAIT + 1
    measured = MeasureVoltage(order=visit.order, volts=Decimal("0.3"), instrument=_meter(visit.director))
    visit.act(visit.technician, measured)


def _safety(visit: Visit, item: str) -> tuple[SafetyFacts, int]:
    session = visit.director.session
    order_id = session.exec(select(RepairOrder.id).where(RepairOrder.number == visit.order)).one() or 0
    facts = load_facts(session, [order_id], visit.director.now)[order_id]
    return facts.safety, next(one.id for one in facts.items if one.number == item)


def _watcher(visit: Visit) -> Worker:
    """Another holder of the certificate, of the same team where there is one."""
    held = select(Person.name).join(Certificate, col(Certificate.person_id) == col(Person.id))
    names = set(visit.director.session.exec(held.where(Certificate.training == Training.HIGH_VOLTAGE)))
    able = [one for one in visit.director.people.values() if one.name in names and one != visit.technician]
    return min(able, key=lambda one: one.team != visit.technician.team)


def _meter(director: Director) -> str:
    """A meter whose calibration still counts."""
    meters = pieces(director.session, col(ToolModel.code) == _METER).values()
    return next(one.number for one in meters if not one.overdue(director.now.date()))
