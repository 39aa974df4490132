"""Vehicles go up on lifts and stands that are sound and strong enough, and come down before they leave (S2)."""

from pydantic import Field
from sqlmodel import col

from workshop.commands.base import OnOrder, OrderAct, Outcome
from workshop.commands.custody import find_piece
from workshop.commands.fields import Kilograms, ToolNumber
from workshop.commands.shared import require_team
from workshop.commands.tx import Tx, key
from workshop.db.tables import Lifting, RepairOrder, Tool, Vehicle
from workshop.domain.custody import Piece
from workshop.domain.lifting import not_onto
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.states import ON_THE_FLOOR, Stage
from workshop.domain.words import N_

NOTHING_UP = ReasonKind("S2", "nothing_on_lift", N_("No vehicle is on {tool}."))


class LiftVehicle(OnOrder):
    """Put the vehicle on a lift or stand: scan its label. What the vehicle weighs is asked once, and kept."""

    roles = frozenset({Role.TECHNICIAN, Role.INSPECTOR})
    rule = "S2"
    label = N_("lift vehicle")
    story = N_("{actor} put the vehicle ({kilograms} kg) on {tool_name} ({lift}).")
    stages = (Stage.PLATE_VERIFIED, Stage.ITEMS_CONFIRMED, Stage.IN_WORK, Stage.SELF_CHECKED, Stage.HANDED_OVER)

    lift: ToolNumber = Field(title=N_("lift or stand"))
    weight: Kilograms | None = Field(default=None, title=N_("weight in kg, where unknown or laden"))

    def handle(self, tx: Tx) -> Outcome:
        """Check lift and load; a weight that was unknown is kept with the vehicle, a heavier load counts this once."""
        order = self.locate(tx)
        require_hand(tx, order)
        vehicle, piece = tx.get(Vehicle, order.vehicle_id), find_piece(tx, self.lift)
        weight = max((one for one in (vehicle.weight, self.weight) if one is not None), default=None)
        require(not_onto(piece, weight, order.bay_id, tx.today))
        if vehicle.weight is None:
            vehicle.weight = weight
            tx.session.add(vehicle)
        tx.add(
            Lifting(
                order_id=key(order.id),
                tool_id=piece.id,
                weight=weight or 0,
                rated_load=piece.rated_load or 0,
                up_by_id=tx.actor.id,
                up_at=tx.now,
            )
        )
        return {"tool_name": piece.name.as_json(), "kilograms": weight}


class LowerVehicle(OrderAct):
    """Take the vehicle down from a lift or stand."""

    roles = frozenset({Role.TECHNICIAN, Role.INSPECTOR, Role.TEAM_LEADER})
    rule = "S2"
    label = N_("lower vehicle")
    story = N_("{actor} took the vehicle down from {tool_name} ({lift}).")
    stages = tuple(sorted(ON_THE_FLOOR, key=list(Stage).index))

    lift: ToolNumber = Field(title=N_("lift or stand"))

    def locate(self, tx: Tx) -> RepairOrder:
        """The order whose vehicle is on it; refused where none is."""
        return tx.get(RepairOrder, self._up(tx).order_id)

    def handle(self, tx: Tx) -> Outcome:
        """It is free again."""
        require_hand(tx, self.locate(tx))
        row = self._up(tx)
        row.down_by_id, row.down_at = tx.actor.id, tx.now
        tx.session.add(row)
        return {"tool_name": self._piece(tx).name.as_json()}

    def _up(self, tx: Tx) -> Lifting:
        tool = tx.one(Tool, Tool.number == self.lift, what=self.lift)
        row = tx.find(Lifting, Lifting.tool_id == tool.id, col(Lifting.down_at).is_(None))
        if row is None:
            raise Refused(NOTHING_UP(tool=self._piece(tx).name))
        return row

    def _piece(self, tx: Tx) -> Piece:
        return find_piece(tx, self.lift)


def require_hand(tx: Tx, order: RepairOrder) -> None:
    """The order's team moves its vehicle; a team leader or an inspector may too, once it is theirs to look at."""
    theirs = order.stage in {Stage.SELF_CHECKED, Stage.HANDED_OVER}
    if not (theirs and {Role.INSPECTOR, Role.TEAM_LEADER} & tx.actor.roles):
        require_team(tx, order)
