"""Work on high voltage: the car is made dead by two people, measured, and made live again (S1, W11)."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from workshop.commands.base import Command, OnOrder, Outcome
from workshop.commands.fields import Badge, Note, ShortFilled, ToolNumber, Upto40Filled
from workshop.commands.instruments import usable_instrument
from workshop.commands.shared import active_person, require_certificate, require_team
from workshop.commands.tx import Tx, key
from workshop.db.tables import (
    HvMeasurement,
    HvModel,
    HvPowerUp,
    HvShutdown,
    Person,
    RepairOrder,
    Vehicle,
)
from workshop.domain.gates import CLOCK_RUNNING, item_parts_in_hand
from workshop.domain.high_voltage import (
    DEFAULT_WAIT,
    INSULATION_LOW,
    LEAST_WAIT,
    SAFE_BELOW,
    TOO_EARLY,
    WATCHED_BY_SELF,
    PowerUpStep,
    ShutdownFacts,
    ShutdownStep,
    least_insulation,
    plain,
    steps_left,
)
from workshop.domain.moves import START_WORK
from workshop.domain.reasons import ReasonKind, Refused, require
from workshop.domain.roles import Role
from workshop.domain.states import ItemState, Stage, Training
from workshop.domain.words import N_, Message, told, told_at

NO_HIGH_VOLTAGE = ReasonKind("S1", "no_high_voltage_item", N_("No agreed item of this order is work on high voltage."))
STANDS_ALREADY = ReasonKind("S1", "shut_down_already", N_("The high voltage of this car is off already."))
NOT_SHUT_DOWN = ReasonKind("S1", "not_shut_down", N_("The high voltage of this car is not off."), (Role.TECHNICIAN,))
KEPT_BY_OTHER = ReasonKind(
    "S1",
    "disconnect_kept_by_other",
    N_("{person} keeps the service disconnect. If {person} cannot come, say why you put the high voltage back on."),
)
DEAD = N_("dead, work may begin")
LIVE = N_("live, nobody touches it")
_TECHNICIAN = frozenset({Role.TECHNICIAN})
_Volts = Annotated[Decimal, Field(ge=0, le=2000, max_digits=8, allow_inf_nan=False)]
_Megohms = Annotated[Decimal, Field(ge=0, le=100_000, max_digits=9, allow_inf_nan=False)]


class ShutDownHighVoltage(OnOrder):
    """Make the car dead: confirm every step while a second trained person watches; then the waiting time runs."""

    roles = _TECHNICIAN
    rule = "S1"
    label = N_("take high voltage off")
    story = N_("{actor} took the high voltage off, watched by {watched_by}; it may be measured from {until} on.")
    stages = (*START_WORK.sources, Stage.IN_WORK)
    signature = True

    shutdown_steps: tuple[ShutdownStep, ...] = Field(max_length=20, title=N_("confirmed"))
    watcher: Badge = Field(title=N_("watcher's badge"))

    def handle(self, tx: Tx) -> Outcome:
        """Check the order, the two people and the steps; the model says how long to wait."""
        order, facts = self.locate(tx), tx.facts(self.locate(tx).id)
        require_team(tx, order)
        require(START_WORK.objections(facts))
        if facts.safety.shutdown is not None:
            raise Refused(STANDS_ALREADY())
        if not any(item.id in facts.safety.high_voltage for item in facts.agreed_items):
            raise Refused(NO_HIGH_VOLTAGE())
        watcher = _two_people(tx, self.watcher, self.label)
        require(steps_left(ShutdownStep, frozenset(self.shutdown_steps)))
        vehicle = tx.get(Vehicle, order.vehicle_id)
        figures = _figures(tx, vehicle.make, vehicle.model)
        row = tx.add(
            HvShutdown(
                order_id=key(order.id),
                worker_id=tx.actor.id,
                watcher_id=key(watcher.id),
                confirmed=";".join(sorted(set(self.shutdown_steps))),
                off_at=tx.now,
                wait_minutes=figures.wait_minutes if figures else DEFAULT_WAIT,
                volts=figures.volts if figures else None,
            )
        )
        until = ShutdownFacts(key(row.id), row.worker_id, row.off_at, row.wait_minutes).measurable_from
        return {"watched_by": watcher.name, "until": told_at(until)}


class OnShutdown(OnOrder):
    """An act on a car whose high voltage is off; also after the order was given to others."""

    stages = (Stage.DISPATCHED, Stage.PLATE_VERIFIED, *START_WORK.sources, Stage.IN_WORK)

    def standing(self, tx: Tx, order: RepairOrder) -> ShutdownFacts:
        """The shutdown that stands, for somebody of the order's team."""
        require_team(tx, order)
        found = tx.facts(order.id).safety.shutdown
        if found is None:
            raise Refused(NOT_SHUT_DOWN())
        return found


class MeasureVoltage(OnShutdown):
    """Measure whether the car is dead, once the waiting time is over, with an instrument of the shop."""

    roles = _TECHNICIAN
    rule = "S1"
    label = N_("measure voltage")
    story = N_("{actor} measured {volts} V with {meter}: {result}.")

    volts: _Volts = Field(title=N_("measured volts DC"))
    instrument: ToolNumber = Field(title=N_("instrument"))

    def handle(self, tx: Tx) -> Outcome:
        """Keep the value; from 60 V on it is recorded as live, and the wait begins anew."""
        order = self.locate(tx)
        shutdown = self.standing(tx, order)
        require_certificate(tx, tx.actor, Training.HIGH_VOLTAGE, self.label)
        if tx.now < shutdown.measurable_from:
            raise Refused(TOO_EARLY(time=shutdown.measurable_from))
        meter = usable_instrument(tx, self.instrument)
        tx.add(
            HvMeasurement(
                shutdown_id=shutdown.id, volts=self.volts, instrument_id=meter.id, by_id=tx.actor.id, at=tx.now
            )
        )
        return {"meter": meter.name.as_json(), "result": told(DEAD if self.volts < SAFE_BELOW else LIVE)}


class PowerUp(OnShutdown):
    """Make the car live again after the work: interlock, insulation, service disconnect, READY; two people."""

    roles = _TECHNICIAN
    rule = "S1"
    label = N_("put high voltage back on")
    story = N_("{actor} put the high voltage back on, watched by {watched_by}; insulation {insulation} MΩ. {absence}")
    signature = True

    insulation: _Megohms = Field(title=N_("insulation in MΩ"))
    power_up_steps: tuple[PowerUpStep, ...] = Field(max_length=20, title=N_("confirmed"))
    watcher: Badge = Field(title=N_("watcher's badge"))
    absence: Note = Field(default="", title=N_("why not by who took it off"))

    def handle(self, tx: Tx) -> Outcome:
        """End the shutdown; refused while high-voltage work runs or its parts lie unfitted, or on low insulation."""
        order = self.locate(tx)
        shutdown, facts = self.standing(tx, order), tx.facts(order.id)
        if shutdown.worker_id != tx.actor.id and not self.absence:
            raise Refused(KEPT_BY_OTHER(person=tx.get(Person, shutdown.worker_id).name))
        concerned = [item for item in facts.items if item.id in facts.safety.high_voltage]
        require(CLOCK_RUNNING(item=item.name) for item in concerned if item.running)
        begun = [item for item in concerned if item.state is ItemState.STARTED]
        require(reason for item in begun for reason in item_parts_in_hand(item))
        watcher = _two_people(tx, self.watcher, self.label)
        require(steps_left(PowerUpStep, frozenset(self.power_up_steps)))
        least = least_insulation(tx.get(HvShutdown, shutdown.id).volts)
        if self.insulation < least:
            raise Refused(INSULATION_LOW(megohms=plain(self.insulation), least=plain(least)))
        tx.add(
            HvPowerUp(
                shutdown_id=shutdown.id,
                worker_id=tx.actor.id,
                watcher_id=key(watcher.id),
                confirmed=";".join(sorted(set(self.power_up_steps))),
                insulation=self.insulation,
                least_insulation=least,
                reason=self.absence,
                at=tx.now,
            )
        )
        return {"watched_by": watcher.name}


class PutHighVoltageModel(Command):
    """Enter what the maker says of a model: how long to wait after the shutdown, and its voltage."""

    roles = frozenset({Role.MANAGER, Role.ADMINISTRATOR})
    rule = "S1"
    label = N_("enter high-voltage model")
    story = N_("{actor} entered a waiting time of {wait_minutes} min for {make} {model}.")

    make: Upto40Filled = Field(title=N_("make"))
    model: ShortFilled = Field(title=N_("model"))
    wait_minutes: int = Field(ge=LEAST_WAIT, le=240, title=N_("minutes to wait"))
    system_volts: int | None = Field(default=None, ge=60, le=2000, title=N_("voltage of the system"))

    def handle(self, tx: Tx) -> Outcome:
        """Create or replace the figures."""
        row = _figures(tx, self.make, self.model) or HvModel(
            make=self.make, model=self.model, wait_minutes=self.wait_minutes
        )
        row.wait_minutes, row.volts = self.wait_minutes, self.system_volts
        tx.add(row)
        return {}


def _two_people(tx: Tx, badge: str, act: Message) -> Person:
    """The watcher: a second person; both hold the certificate (W11)."""
    watcher = active_person(tx, badge)
    if watcher.id == tx.actor.id:
        raise Refused(WATCHED_BY_SELF())
    for person in (tx.actor, watcher):
        require_certificate(tx, person, Training.HIGH_VOLTAGE, act)
    return watcher


def _figures(tx: Tx, make: str, model: str) -> HvModel | None:
    """What the maker says of a model, however it is capitalised."""
    wanted = make.casefold(), model.casefold()
    return next((row for row in tx.all(HvModel) if (row.make.casefold(), row.model.casefold()) == wanted), None)
