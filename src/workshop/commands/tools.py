"""The tool crib: tools go out, come back, move between carts and bays, are serviced, leave use (W8a)."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from pydantic import Field, model_validator

from workshop.commands.base import Command, Outcome
from workshop.commands.custody import (
    answerable_for,
    counted_for,
    find_cart,
    find_piece,
    holder_of,
    move_tool,
    require_custodian,
    still_drawn,
)
from workshop.commands.fields import (
    Badge,
    BayNumber,
    CartNumber,
    Day,
    Note,
    NoteFilled,
    ShortFilled,
    ToolNumber,
    Upto40,
    problem,
)
from workshop.commands.people import DATES_CROSSED
from workshop.commands.tx import Tx
from workshop.db.tables import Bay, Person, Tool, ToolModel, ToolService
from workshop.domain.custody import TOOL_AT_HOME, TOOL_FROZEN, Piece, not_to, unmovable, unusable, valid_until
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.tools import ToolPlace
from workshop.domain.words import N_, told

OWN_TOOL = ReasonKind(
    "W8a",
    "own_tool",
    N_("You answer for this tool yourself; somebody else must take it out of use."),
    (Role.TOOL_KEEPER, Role.MANAGER),
)
NO_SERVICE = ReasonKind("W8a", "no_service", N_("By the catalogue {tool} is neither calibrated nor inspected."))
SERVICE_TO_COME = ReasonKind("W8a", "service_to_come", N_("This day is still to come. Record it once it is done."))
SERVICE_TOO_LONG = ReasonKind(
    "W8a", "service_too_long", N_("By the catalogue this counts for {days} days at most, to {until}: {tool}")
)
ONE_PLACE = N_("Name either a cart or a bay.")
_HANDS = frozenset({Role.TECHNICIAN, Role.TEAM_LEADER, Role.INSPECTOR, Role.TOOL_KEEPER})


class CheckOutTool(Command):
    """Take a tool, or, as the tool keeper, give it to somebody by the badge."""

    roles = _HANDS
    rule = "W8a"
    label = N_("check out tool")
    story = N_("{actor} gave {name} ({tool}) to {person}. {note}")

    tool: ToolNumber = Field(title=N_("tool"))
    holder: Badge | None = Field(default=None, title=N_("given to"))
    note: Note = Field(default="", title=N_("note"))

    def handle(self, tx: Tx) -> Outcome:
        """Change the custody; refused while it is out of use, frozen, missing, overdue or with somebody else."""
        person_id, person = holder_of(tx, self.holder)
        piece = find_piece(tx, self.tool)
        require(not_to(piece, person_id, tx.today) or still_drawn(tx, piece))
        return move_tool(tx, piece, ToolPlace.PERSON, person_id=person_id, note=self.note) | {"person": person}


class CheckInTool(Command):
    """Bring a tool back to the tool crib, with a word on its condition."""

    roles = _HANDS
    rule = "W8a"
    label = N_("check in tool")
    story = N_("{actor} brought {name} ({tool}) back to the tool crib. {condition}")

    tool: ToolNumber = Field(title=N_("tool"))
    condition: Note = Field(default="", title=N_("condition"))

    def handle(self, tx: Tx) -> Outcome:
        """Change the custody; by who answers for the tool, or the tool keeper."""
        piece = find_piece(tx, self.tool)
        require(unmovable(piece))
        if piece.place is ToolPlace.CRIB:
            raise Refused(TOOL_AT_HOME(tool=piece.name))
        require_custodian(tx, piece.custodian_id, piece.holder)
        return move_tool(tx, piece, ToolPlace.CRIB, note=self.condition)


class PlaceTool(Command):
    """Put a tool into a cart or kit, or set it up at a bay."""

    roles = _HANDS
    rule = "W8a"
    label = N_("put tool in a cart or bay")
    story = N_("{actor} put {name} ({tool}): {place}.")

    tool: ToolNumber = Field(title=N_("tool"))
    cart: CartNumber | None = Field(default=None, title=N_("tool cart"))
    bay: BayNumber | None = Field(default=None, title=N_("bay"))

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.cart is None) == (self.bay is None):
            raise problem(ONE_PLACE)
        return self

    def handle(self, tx: Tx) -> Outcome:
        """Change the custody; by who answers for the tool and for the cart, or the tool keeper."""
        piece = find_piece(tx, self.tool)
        require(unmovable(piece) or unusable(piece, tx.today))
        require_custodian(tx, piece.custodian_id, piece.holder)
        if self.cart is None:
            bay = tx.one(Bay, Bay.number == self.bay, what=str(self.bay))
            return move_tool(tx, piece, ToolPlace.BAY, bay_id=bay.id) | {"place": bay.name}
        cart = find_cart(tx, self.cart)
        require(counted_for(tx, cart))
        answerable = answerable_for(tx, cart)
        require_custodian(tx, answerable, tx.get(Person, answerable).name if answerable else "")
        return move_tool(tx, piece, ToolPlace.CART, cart_id=cart.id) | {"place": cart.name}


class RecordToolService(Command):
    """Record a calibration or inspection that a tool has passed, and until when it may be used."""

    roles = frozenset({Role.TOOL_KEEPER})
    rule = "W8a"
    label = N_("record calibration or inspection")
    story = N_("{actor} recorded the {service} of {name} ({tool}), valid until {until}.")

    tool: ToolNumber = Field(title=N_("tool"))
    done_on: Day = Field(title=N_("done on"))
    done_by: ShortFilled = Field(title=N_("done by"))
    certificate_no: Upto40 = Field(default="", title=N_("certificate number"))
    valid_to: Day | None = Field(default=None, title=N_("valid until (by the interval if empty)"))

    @model_validator(mode="after")
    def _dates(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.done_on:
            raise problem(DATES_CROSSED)
        return self

    def handle(self, tx: Tx) -> Outcome:
        """Add it beside the earlier ones."""
        piece = find_piece(tx, self.tool)
        require(unmovable(piece))
        given = ServiceGiven(self.done_on, self.done_by, self.certificate_no, self.valid_to)
        return record_service(tx, piece, given)


@dataclass(frozen=True, slots=True)
class ServiceGiven:
    """What is known of a calibration or inspection; without `valid_to` the catalogue's interval counts."""

    done_on: date
    done_by: str
    certificate_no: str = ""
    valid_to: date | None = None


def record_service(tx: Tx, piece: Piece, given: ServiceGiven) -> Outcome:
    """Keep that a piece has passed what the catalogue asks of it."""
    model = tx.get(ToolModel, tx.get(Tool, piece.id).model_id)
    if model.service is None or model.service_days is None:
        raise Refused(NO_SERVICE(tool=piece.name))
    if given.done_on > tx.today:
        raise Refused(SERVICE_TO_COME())
    latest = valid_until(given.done_on, model.service_days)
    until = given.valid_to or latest
    if until > latest:
        raise Refused(SERVICE_TOO_LONG(days=model.service_days, until=latest.isoformat(), tool=piece.name))
    tx.session.add(
        ToolService(
            tool_id=piece.id,
            service=model.service,
            done_on=given.done_on,
            valid_until=until,
            done_by=given.done_by,
            certificate_no=given.certificate_no,
            by_id=tx.actor.id,
            at=tx.now,
        )
    )
    return {"name": piece.name.as_json(), "service": told(model.service.label), "until": until.isoformat()}


class RetireTool(Command):
    """Take a tool out of use for good: worn out, replaced or written off. Nobody does it to a tool of his own."""

    roles = frozenset({Role.TOOL_KEEPER, Role.MANAGER})
    rule = "W8a"
    label = N_("take tool out of use")
    story = N_("{actor} took {name} ({tool}) out of use: {reason}")
    signature = True

    tool: ToolNumber = Field(title=N_("tool"))
    reason: NoteFilled = Field(title=N_("reason"))

    def handle(self, tx: Tx) -> Outcome:
        """End its custody; refused while it is frozen or missing."""
        piece = find_piece(tx, self.tool)
        require(unmovable(piece))
        if piece.frozen:
            raise Refused(TOOL_FROZEN(tool=piece.name))
        if piece.custodian_id == tx.actor.id:
            raise Refused(OWN_TOOL())
        return move_tool(tx, piece, ToolPlace.OUT_OF_USE, note=self.reason)
