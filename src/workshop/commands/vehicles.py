"""The register of customers and vehicles."""

from typing import Self

from pydantic import Field, model_validator

from workshop.commands.base import Command, Outcome
from workshop.commands.fields import (
    Kilograms,
    Phone,
    PlateText,
    ShortFilled,
    Upto20,
    Upto40,
    Upto40Filled,
    VinText,
    problem,
)
from workshop.commands.tx import Tx, key
from workshop.db.tables import Customer, RepairOrder, Vehicle
from workshop.domain.initials import initials
from workshop.domain.reasons import ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.states import ENDED, VehicleClass
from workshop.domain.words import N_

PLATE_TAKEN = ReasonKind(
    "W1", "plate_taken", N_("The plate {plate} belongs to the vehicle {vin} here. Check both before changing either.")
)
FITTED_BY_ISSUER = ReasonKind(
    "W6a",
    "car_in_house",
    N_("This says what fits, and the order {order} is open. Only somebody who issues no parts can change it now."),
    (Role.ADVISOR, Role.MANAGER),
)
MODEL_YEAR = N_("A model year lies between 1950 and 2100.")


class RegisterVehicle(Command):
    """Enter a vehicle with its owner, or correct what is known of it. The VIN says which vehicle it is."""

    roles = frozenset({Role.ADVISOR, Role.MANAGER, Role.ADMINISTRATOR})
    label = N_("register vehicle")
    story = N_("{actor} registered the vehicle {vin}.")

    vin: VinText = Field(title=N_("VIN"))
    plate: PlateText | None = Field(default=None, title=N_("plate"))
    plate_colour: Upto20 = Field(default="", title=N_("plate colour"))
    vehicle_class: VehicleClass = Field(default=VehicleClass.CAR, title=N_("vehicle class"))
    make: Upto40Filled = Field(title=N_("make"))
    model: ShortFilled = Field(title=N_("model"))
    model_year: int | None = Field(default=None, title=N_("model year"))
    engine: Upto40 = Field(default="", title=N_("engine"))
    weight: Kilograms | None = Field(default=None, title=N_("weight (kg)"))
    customer: ShortFilled = Field(title=N_("customer"))
    phone: Phone = Field(title=N_("telephone"))

    @model_validator(mode="after")
    def _year(self) -> Self:
        if self.model_year is not None and not 1950 <= self.model_year <= 2100:
            raise problem(MODEL_YEAR)
        return self

    def handle(self, tx: Tx) -> Outcome:
        """Create or correct the vehicle; its owner is the customer of this name and telephone number."""
        vehicle = tx.find(Vehicle, Vehicle.vin == self.vin)
        other = tx.find(Vehicle, Vehicle.plate == self.plate) if self.plate else None
        if self.plate and other is not None and other.vin != self.vin:
            raise Refused(PLATE_TAKEN(plate=self.plate, vin=other.vin))
        known = vehicle is not None
        if vehicle is not None:
            self._require_disinterested(tx, vehicle)
        customer_id = self._customer(tx)
        if vehicle is None:
            vehicle = Vehicle(vin=self.vin, customer_id=customer_id)
        vehicle.plate, vehicle.plate_colour = self.plate, self.plate_colour
        vehicle.vehicle_class, vehicle.make, vehicle.model = self.vehicle_class, self.make, self.model
        vehicle.model_year, vehicle.engine, vehicle.customer_id = self.model_year, self.engine, customer_id
        vehicle.weight = self.weight or vehicle.weight
        tx.add(vehicle)
        return {"vin": self.vin, "corrected": known}

    def _require_disinterested(self, tx: Tx, vehicle: Vehicle) -> None:
        """W6a: whoever issues parts does not make a car in the house one that they fit."""
        before = vehicle.make, vehicle.model, vehicle.model_year, vehicle.engine
        same = before == (self.make, self.model, self.model_year, self.engine)
        if same or Role.PARTS_CLERK not in tx.actor.roles:
            return
        for order in tx.all(RepairOrder, RepairOrder.vehicle_id == vehicle.id):
            if order.stage not in ENDED:
                raise Refused(FITTED_BY_ISSUER(order=order.number))

    def _customer(self, tx: Tx) -> int:
        found = tx.all(Customer, Customer.phone == self.phone, Customer.name == self.customer)
        if found:
            return key(found[0].id)
        new = Customer(name=self.customer, initials=initials(self.customer), phone=self.phone)
        return key(tx.add(new).id)
