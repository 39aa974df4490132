"""What the work page says and does for safety's sake: high voltage, lifts, what is off the car (S1 to S3)."""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from workshop.commands.base import Command
from workshop.commands.high_voltage import MeasureVoltage, PowerUp, ShutDownHighVoltage
from workshop.commands.lifting import LiftVehicle, LowerVehicle
from workshop.domain.assemblies import AssemblyFacts
from workshop.domain.facts import ItemFacts, OrderFacts
from workshop.domain.high_voltage import ShutdownFacts, plain
from workshop.domain.lifting import LiftFacts
from workshop.domain.states import TO_DO
from workshop.domain.tools import ToolClass
from workshop.domain.words import N_
from workshop.i18n import Translator
from workshop.queries.tools import tool
from workshop.tui.table import Row

if TYPE_CHECKING:
    from workshop.tui.workplace import Workplace

HIGH_VOLTAGE = "high_voltage"
"""The key of the row that tells how the high voltage stands."""

_ASSEMBLY, _LIFT = "assembly:", "lift:"

TITLE = N_("High voltage")
ON = N_("on: take it off first")
BACK_ON = N_("on again")
WAITING = N_("off; measure from {time} on")
LIVE = N_("LIVE {volts} V; again at {time}")
DEAD = N_("dead: {volts} V")
SINCE = N_("since {time}")
ON_LIFT = N_("on the lift: {lift}")
LOWER_IT = N_("up: Enter lowers it")
OFF_THE_CAR = N_("off the car: {what}")
LIES = N_("{rest} {where}")
COVER_IT = N_("cover it! {place}")
COVERED = N_("{place}, covered")


def safety_rows(facts: OrderFacts, t: Translator, now: datetime) -> Iterator[Row]:
    """A row for each lift that the vehicle is on, and one for the high voltage where it matters."""
    safety = facts.safety
    for lift in safety.lifts:
        since = t(SINCE, time=t.clock(lift.up_at, now))
        yield Row(f"{_LIFT}{lift.number}", (t(ON_LIFT, lift=lift.name), t(LOWER_IT), since))
    if safety.shutdown is not None:
        since = t(SINCE, time=t.clock(safety.shutdown.off_at, now))
        yield Row(HIGH_VOLTAGE, (t(TITLE), _standing(safety.shutdown, t, now), since))
    elif safety.high_voltage:
        yield Row(HIGH_VOLTAGE, (t(TITLE), t(BACK_ON if safety.restored else ON), ""))


def assembly_rows(facts: OrderFacts, item: ItemFacts, t: Translator, now: datetime) -> Iterator[Row]:
    """What came off the car for an item, with its place, and whether a cover is asked for."""
    for one in facts.safety.assemblies:
        if one.item_id != item.id:
            continue
        place = t(LIES, rest=one.rest, where=one.where)
        if one.covered:
            place = t(COVERED, place=place)
        elif one.asks_for_cover(now):
            place = t(COVER_IT, place=place)
        what, since = t(OFF_THE_CAR, what=one.what), t(SINCE, time=t.clock(one.removed_at, now))
        yield Row(f"{_ASSEMBLY}{one.id}", (f"  {what}", place, since))


def assembly_of(facts: OrderFacts, row: str) -> AssemblyFacts | None:
    """The assembly of the row with this key."""
    return next((one for one in facts.safety.assemblies if row == f"{_ASSEMBLY}{one.id}"), None)


def before_item(facts: OrderFacts, item: ItemFacts) -> type[Command] | None:
    """What must be done before the item is started; None where it may be."""
    return _before_work(facts) if item.id in facts.safety.high_voltage else None


def next_act(facts: OrderFacts) -> type[Command] | None:
    """What comes next for the high voltage; None while the work on it goes on."""
    concerned = [item for item in facts.agreed_items if item.id in facts.safety.high_voltage]
    if any(item.state in TO_DO for item in concerned):
        return _before_work(facts)
    return PowerUp if facts.safety.shutdown else None


def _before_work(facts: OrderFacts) -> type[Command] | None:
    shutdown = facts.safety.shutdown
    if shutdown is None:
        return ShutDownHighVoltage
    return None if shutdown.dead else MeasureVoltage


def lift_of(facts: OrderFacts, row: str) -> LiftFacts | None:
    """The lift of the row with this key."""
    return next((one for one in facts.safety.lifts if row == f"{_LIFT}{one.number}"), None)


def values(facts: OrderFacts, row: str) -> dict[str, object]:
    """What acts of safety are done to, where there are any; `row`: the key of the row under the cursor."""
    found: dict[str, object] = {}
    if facts.safety.high_voltage:
        found["high_voltage"] = facts.number
    if facts.safety.shutdown:
        found["shutdown"] = facts.number
    if lift := lift_of(facts, row) or next(iter(facts.safety.lifts), None):
        found["lift"] = lift.number
    if assembly := assembly_of(facts, row):
        found["assembly"] = assembly.id
    return found


async def lift_scanned(page: "Workplace", facts: OrderFacts, number: str) -> bool:
    """A lift's label puts the vehicle on it, or takes it down; False where it is the label of something else."""
    if not LiftVehicle.roles & page.gateway.person.roles:
        return False
    if any(one.number == number for one in facts.safety.lifts):
        await page.do(LowerVehicle, known={"lift": number}, about=facts.number)
        return True
    found = await page.gateway.query(tool, number, page.house.now().astimezone(page.t.zone).date())
    if found is None or found.piece.tool_class is not ToolClass.LIFT:
        return False
    await page.do(LiftVehicle, known={"order": facts.number, "lift": number}, about=facts.number)
    return True


def _standing(shutdown: ShutdownFacts, t: Translator, now: datetime) -> str:
    time = t.clock(shutdown.measurable_from, now)
    if shutdown.volts is None:
        return t(WAITING, time=time)
    return t(DEAD if shutdown.dead else LIVE, volts=plain(shutdown.volts), time=time)
