"""Lifts, platforms and stands are sound and not overloaded (S2): what keeps a vehicle off one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from workshop.domain.custody import Piece, unusable
from workshop.domain.reasons import Reason, ReasonKind
from workshop.domain.roles import Role
from workshop.domain.tools import Service, ToolClass, ToolPlace
from workshop.domain.words import N_, Name

_KEEPERS = (Role.TOOL_KEEPER, Role.MANAGER)
NOT_A_LIFT = ReasonKind("S2", "not_a_lift", N_("{tool} is no lift or stand. Scan the label of the one that you use."))
LOAD_UNKNOWN = ReasonKind(
    "S2", "rated_load_unknown", N_("The catalogue does not say what {tool} carries. Use another one."), _KEEPERS
)
NEVER_INSPECTED = ReasonKind(
    "S2",
    "inspection_unknown",
    N_("The catalogue does not say how often {tool} is inspected. Use another one."),
    _KEEPERS,
)
WEIGHT_UNKNOWN = ReasonKind("S2", "weight_unknown", N_("Nobody knows yet what this vehicle weighs. Enter its weight."))
OVERLOADED = ReasonKind(
    "S2", "overloaded", N_("The vehicle weighs {weight} kg, {tool} carries {load} kg. Use a stronger one.")
)
LIFT_OCCUPIED = ReasonKind("S2", "lift_occupied", N_("The vehicle of the order {order} is on {tool}."))
LIFT_ELSEWHERE = ReasonKind("S2", "lift_elsewhere", N_("{tool} stands in another bay than the order: {bay}"))


@dataclass(frozen=True, slots=True)
class LiftFacts:
    """A lift or stand that the order's vehicle is on, and since when."""

    number: str
    name: Name
    up_at: datetime


def not_onto(lift: Piece, weight: int | None, bay_id: int | None, today: date) -> list[Reason]:
    """Why a vehicle of this weight (kg) in this bay may not be put on it now: everything at once."""
    if lift.tool_class is not ToolClass.LIFT:
        return [NOT_A_LIFT(tool=lift.name)]
    return [*unusable(lift, today), *_unsound(lift), *_misplaced(lift, bay_id), *_overloaded(lift, weight)]


def _unsound(lift: Piece) -> Iterator[Reason]:
    if lift.service is not Service.INSPECTION:
        yield NEVER_INSPECTED(tool=lift.name)
    if lift.carries:
        yield LIFT_OCCUPIED(order=lift.carries, tool=lift.name)


def _misplaced(lift: Piece, bay_id: int | None) -> Iterator[Reason]:
    if lift.place is ToolPlace.BAY and lift.bay_id != bay_id:
        yield LIFT_ELSEWHERE(tool=lift.name, bay=lift.holder)


def _overloaded(lift: Piece, weight: int | None) -> Iterator[Reason]:
    if lift.rated_load is None:
        yield LOAD_UNKNOWN(tool=lift.name)
    if weight is None:
        yield WEIGHT_UNKNOWN()
    elif lift.rated_load is not None and weight > lift.rated_load:
        yield OVERLOADED(weight=weight, tool=lift.name, load=lift.rated_load)
