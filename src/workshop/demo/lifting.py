"""Vehicles on the lifts of the demo (S2)."""

from sqlmodel import col

from workshop.commands.lifting import LiftVehicle
from workshop.db.custody import pieces
from workshop.db.tables import Bay
from workshop.demo.visit import Visit
from workshop.domain.tools import ToolClass


def put_up(visit: Visit) -> None:
    """Put the car on the lift of its bay, if one stands there."""
    here = pieces(visit.director.session, col(Bay.number) == visit.director.bays[visit.plan.bay])
    lift = next((one.number for one in here.values() if one.tool_class is ToolClass.LIFT), None)
    if lift is not None:
        visit.act(visit.technician, LiftVehicle(order=visit.order, lift=lift))
