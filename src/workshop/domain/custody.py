"""Who has a tool, and whether it may go to somebody else (W8a, S2): pure rules over one piece."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from workshop.domain.reasons import Reason, ReasonKind
from workshop.domain.roles import Role
from workshop.domain.tools import Service, ToolClass, ToolPlace
from workshop.domain.words import N_, Name

_KEEPER = (Role.TOOL_KEEPER,)
TOOL_RETIRED = ReasonKind("W8a", "tool_retired", N_("{tool} is out of use. Take another one."), _KEEPER)
TOOL_FROZEN = ReasonKind(
    "W8a",
    "tool_frozen",
    N_("{tool} is reported damaged or lost and stays as it is until the workshop manager has decided."),
    (Role.MANAGER,),
)
TOOL_OVERDUE = ReasonKind(
    "W8a",
    "tool_overdue",
    N_("{tool} has no valid {service}. Take another one; it may be used again once its {service} is recorded."),
    _KEEPER,
)
TOOL_HELD = ReasonKind(
    "W8a", "tool_held", N_("{tool} is with {person}, who must check it in first."), (Role.TECHNICIAN, Role.TOOL_KEEPER)
)
TOOL_MISSING = ReasonKind(
    "W8b",
    "tool_missing",
    N_("{tool} is missing from the order {order}. Record there first that it was found."),
    (Role.TECHNICIAN, Role.TEAM_LEADER),
)
TOOL_CARRIES = ReasonKind(
    "S2", "tool_carries", N_("The vehicle of the order {order} is on {tool}. Lower it first."), (Role.TECHNICIAN,)
)
TOOL_AT_HOME = ReasonKind("W8a", "tool_at_home", N_("{tool} is in the tool crib already."))


@dataclass(frozen=True, slots=True)
class Piece:
    """One tool with where it is. People, carts, bays and orders are ids.

    `custodian_id`: who answers for it: who holds it, or who drew or owns the cart that it is in. `holder` is the name
    of the custodian, or of the cart or bay. `order_id`: the order that it is out for, on its own or in a cart drawn for
    it (`in_cart`). `missing_on`: the number of an order on which a count did not see it, and nobody has settled it.
    `carries`: the number of the order whose vehicle is on it.
    """

    id: int
    number: str
    name: Name
    tool_class: ToolClass
    place: ToolPlace
    holder: str = ""
    custodian_id: int | None = None
    person_id: int | None = None
    cart_id: int | None = None
    bay_id: int | None = None
    order_id: int | None = None
    in_cart: bool = False
    kept: bool = False
    service: Service | None = None
    services: tuple[tuple[date, date], ...] = ()
    rated_load: int | None = None
    frozen: bool = False
    missing_on: str = ""
    carries: str = ""

    def valid_until(self, today: date) -> date | None:
        """The last day for which a calibration or inspection done by today stands; None without one."""
        return max((until for done, until in self.services if done <= today), default=None)

    def overdue(self, today: date) -> bool:
        """Whether it needs a calibration or inspection before it is used."""
        if self.service is None:
            return False
        until = self.valid_until(today)
        return until is None or until < today


def valid_until(done_on: date, service_days: int) -> date:
    """The last day of use after a service of this day."""
    return done_on + timedelta(days=service_days)


def unusable(piece: Piece, today: date) -> list[Reason]:
    """Why nobody may use this piece now, wherever it is: out of use, frozen, or past its service."""
    return list(_unusable(piece, today))


def _unusable(piece: Piece, today: date) -> Iterator[Reason]:
    if piece.place is ToolPlace.OUT_OF_USE:
        yield TOOL_RETIRED(tool=piece.name)
    if piece.frozen:
        yield TOOL_FROZEN(tool=piece.name)
    if piece.overdue(today) and piece.service is not None:
        yield TOOL_OVERDUE(tool=piece.name, service=piece.service.label)


def under_vehicle(piece: Piece) -> list[Reason]:
    """S2: why a lift or stand stays where it is, in use: a vehicle is on it."""
    return [TOOL_CARRIES(order=piece.carries, tool=piece.name)] if piece.carries else []


def unmovable(piece: Piece) -> list[Reason]:
    """Why custody may not change at all: out of use, under a vehicle, or missing from an order."""
    if piece.place is ToolPlace.OUT_OF_USE:
        return [TOOL_RETIRED(tool=piece.name)]
    missing = [TOOL_MISSING(tool=piece.name, order=piece.missing_on)] if piece.missing_on else []
    return under_vehicle(piece) or missing


def not_to(piece: Piece, taker_id: int, today: date) -> list[Reason]:
    """Why this piece may not go out to this person: everything at once."""
    found = unusable(piece, today) + under_vehicle(piece)
    if piece.missing_on:
        found.append(TOOL_MISSING(tool=piece.name, order=piece.missing_on))
    if piece.custodian_id not in {None, taker_id}:
        found.append(TOOL_HELD(tool=piece.name, person=piece.holder))
    return found
