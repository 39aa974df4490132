"""One car's visit: who has to do with it, its order opened, dispatched, and proven in the bay."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlmodel import col, select

from workshop.commands.base import Command, Outcome
from workshop.commands.bay import ConfirmItems, VerifyPlate
from workshop.commands.dispatch import Dispatch
from workshop.commands.reception import OpenOrder
from workshop.commands.shared import GivenItem, GivenPart
from workshop.db.tables import RepairOrder, Vehicle
from workshop.demo.data import Plan, PlannedItem
from workshop.demo.director import Director, Worker
from workshop.domain import plates
from workshop.domain.plates import PlateKind
from workshop.domain.roles import Role
from workshop.queries.choices import usual_parts


@dataclass
class Visit:
    """A planned order while it is brought to where it stands. `place` counts the plans."""

    director: Director
    plan: Plan
    place: int
    order: str = ""
    items: list[str] = field(default_factory=list)

    @property
    def technician(self) -> Worker:
        """Whom the order is planned for."""
        return self.director.people[self.plan.technician]

    @property
    def leader(self) -> Worker:
        """The technician's team leader."""
        return self.director.holders(Role.TEAM_LEADER, self.technician.team)[0]

    @property
    def clerk(self) -> Worker:
        """The parts clerk; they share the visits."""
        return self._one_of(Role.PARTS_CLERK)

    @property
    def inspector(self) -> Worker:
        """The inspector; they share the visits."""
        return self._one_of(Role.INSPECTOR)

    @property
    def advisor(self) -> Worker:
        """The advisor who receives the car."""
        return self.director.people[self.plan.advisor]

    def _one_of(self, role: Role) -> Worker:
        holders = self.director.holders(role)
        return holders[self.place % len(holders)]

    def act(self, who: Worker, command: Command) -> Outcome:
        """Do one act as somebody."""
        return self.director.act(who.name, command)

    def until(self, minutes: int) -> float:
        """How many minutes it still is until so many minutes before the end."""
        return (self.director.end - timedelta(minutes=minutes) - self.director.now) / timedelta(minutes=1)

    def open(self, *, deferred: tuple[str, ...] = (), comeback_of: str | None = None) -> None:
        """The advisor opens the order."""
        plan = self.plan
        command = OpenOrder(
            vin=plan.vin,
            request=plan.request,
            odometer=plan.odometer,
            promised_at=self.director.end + timedelta(minutes=plan.promised),
            brought_by=plan.brought_by,
            fuel=plan.fuel,
            belongings=plan.belongings,
            old_parts=plan.old_parts,
            items=tuple(self.given(item) for item in plan.items),
            deferred=deferred,
            comeback_of=comeback_of,
        )
        outcome = self.act(self.advisor, command)
        self.order = str(outcome["order"])
        self.items = [str(number) for number in listed(outcome, "items")]

    def given(self, item: PlannedItem) -> GivenItem:
        """A planned item as it is asked for, with the usual parts that fit the car unless it names its own."""
        parts = item.parts
        if parts is None:
            usual = usual_parts(self.director.session, item.operation, self.plan.vin)
            parts = tuple((part.part_no, part.quantity) for part in usual)
        asked = tuple(GivenPart(part_no=part_no, quantity=pieces) for part_no, pieces in parts)
        return GivenItem(operation=item.operation, parts=asked, price=item.price)

    def dispatch(self) -> None:
        """The team leader gives the order to the technician and a bay."""
        bay = self.director.bays[self.plan.bay]
        technician = self.technician
        command = Dispatch(order=self.order, team=technician.team, technician=technician.badge, bay=bay)
        self.act(self.leader, command)

    def verify_plate(self, seen: str = "") -> None:
        """The technician types what is on the car: its plate, or the end of its VIN where it has no fixed plate."""
        plate = self.director.plates[self.plan.vin]
        if plate is None or plates.parse(plate).kind is PlateKind.TEMPORARY:
            plate = self.plan.vin[-8:]
        self.act(self.technician, VerifyPlate(order=self.order, seen=seen or plate))

    def confirm_items(self) -> None:
        """The technician confirms that the items agree with the fault."""
        self.act(self.technician, ConfirmItems(order=self.order))

    def last_order(self) -> RepairOrder:
        """The order of the car's visit before this one."""
        query = (
            select(RepairOrder)
            .join(Vehicle, col(Vehicle.id) == col(RepairOrder.vehicle_id))
            .where(Vehicle.vin == self.plan.vin, RepairOrder.number != self.order)
            .order_by(col(RepairOrder.id).desc())
        )
        return self.director.session.exec(query.limit(1)).one()


def listed(outcome: Outcome, name: str) -> list[object]:
    """A list in what came of an act."""
    found = outcome[name]
    return list(found) if isinstance(found, list) else []
