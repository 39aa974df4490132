"""Dispatch: which team, which technician, which bay."""

from pydantic import Field
from sqlmodel import col

from workshop.commands.base import OnOrder, Outcome
from workshop.commands.fields import Badge, BayNumber, ShortFilled
from workshop.commands.shared import person_in_role, require_certificates
from workshop.commands.tx import Tx
from workshop.db.tables import Bay, OrderItem, RepairOrder, Team
from workshop.domain.moves import DISPATCH
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.safety_gates import vehicle_down
from workshop.domain.states import AGREED, ENDED, Stage
from workshop.domain.words import N_

NOT_IN_TEAM = ReasonKind("W1", "not_in_team", N_("{person} does not belong to the team {team}."))
BAY_TAKEN = ReasonKind("W1", "bay_taken", N_("The order {order} still stands in this bay: {bay}"))
_UNPROVEN = frozenset({Stage.PLATE_VERIFIED, Stage.ITEMS_CONFIRMED})
_AGAIN = (Stage.DISPATCHED, Stage.PLATE_VERIFIED, Stage.ITEMS_CONFIRMED, Stage.IN_WORK)
_LEAVES_BAY = ENDED | {Stage.RELEASED, Stage.OPENED}


class Dispatch(OnOrder):
    """Give the order to a team, its technician and a bay; also to give it to others later (改派)."""

    roles = frozenset({Role.TEAM_LEADER, Role.MANAGER})
    rule = "W1"
    label = N_("dispatch")
    story = N_("{actor} dispatched the order to {technician_name} ({team}) in {bay_name}.")
    stages = (*DISPATCH.sources, *_AGAIN)

    team: ShortFilled = Field(title=N_("team"))
    technician: Badge = Field(title=N_("technician"))
    bay: BayNumber = Field(title=N_("bay"))

    def handle(self, tx: Tx) -> Outcome:
        """Dispatch for the first time or again. Another technician or bay before work begins: W1 and W2 begin anew."""
        order = self.locate(tx)
        team = tx.one(Team, Team.name == self.team, what=self.team)
        technician = person_in_role(tx, self.technician, Role.TECHNICIAN)
        if technician.team_id != team.id:
            raise Refused(NOT_IN_TEAM(person=technician.name, team=team.name))
        bay = tx.one(Bay, Bay.number == self.bay, what=self.bay)
        self._require_free(tx, order, bay)
        if order.bay_id != bay.id:
            require(vehicle_down(tx.facts(order.id)))
        items = tx.all(OrderItem, OrderItem.order_id == order.id, col(OrderItem.state).in_(AGREED))
        require_certificates(tx, technician, items)
        if order.stage is Stage.OPENED:
            order.stage = DISPATCH.require(tx.facts(order.id))
        elif order.stage in _UNPROVEN and (order.technician_id, order.bay_id) != (technician.id, bay.id):
            order.stage = DISPATCH.target
        order.team_id, order.technician_id, order.bay_id = team.id, technician.id, bay.id
        tx.session.add(order)
        return {"technician_name": technician.name, "bay_name": bay.name}

    def _require_free(self, tx: Tx, order: RepairOrder, bay: Bay) -> None:
        for other in tx.all(RepairOrder, RepairOrder.bay_id == bay.id):
            if other.id != order.id and other.stage not in _LEAVES_BAY:
                raise Refused(BAY_TAKEN(order=other.number, bay=bay.name))
