"""The work page leads through work on high voltage: taken off, measured, worked on, put back (S1)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from support.catalogue import TORQUE
from support.desk import confirmed
from support.shop import PIN, SmallShop
from tui.test_work_page import at_the_car, point

from workshop.commands.perform import utc_now
from workshop.domain.high_voltage import ShutdownStep
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.forms.pin import PinDialog
from workshop.tui.places.safety_rows import HIGH_VOLTAGE
from workshop.tui.places.start_item import ConfirmStart
from workshop.tui.places.work_page import WorkPage

if TYPE_CHECKING:
    from tui.conftest import Sit


async def test_the_way_to_the_work_is_offered_step_by_step(sit: "Sit", tui_shop: SmallShop) -> None:
    order, items = confirmed(tui_shop, {"operation": "BATTERY"})
    async with sit(size=(100, 30)) as terminal:
        page = await at_the_car(terminal, "technician", order)
        await terminal.shows("on: take it off first")
        await point(terminal, page, f"item:{items[0]}")
        await terminal.press("enter")
        await terminal.on(FormDialog)
        await terminal.press(*"12345", "enter")
        await terminal.type(tui_shop.badge("all_rounder"))
        await terminal.press("f12")
        await terminal.on(PinDialog)
        await terminal.press(*PIN, "enter")
        await terminal.on(WorkPage)
        await terminal.shows("measure from")
        await point(terminal, page, HIGH_VOLTAGE)
        await terminal.press("enter")
        await terminal.on(FormDialog)
        await terminal.type("0.4")
        await terminal.press("tab")
        await terminal.type(tui_shop.tools[TORQUE])
        await terminal.press("f12")
        await terminal.shows("still discharging")


async def test_a_dead_car_is_worked_on_and_then_made_live(sit: "Sit", tui_shop: SmallShop) -> None:
    order, items = confirmed(tui_shop, {"operation": "BATTERY"})
    make_dead(tui_shop, order)
    async with sit(size=(100, 30)) as terminal:
        page = await at_the_car(terminal, "technician", order)
        await terminal.shows("dead: 0.4 V")
        await point(terminal, page, f"item:{items[0]}")
        await terminal.press("enter")
        await terminal.on(ConfirmStart)
        await terminal.press("enter", "enter", "f12")
        await terminal.shows("your clock runs")
        tui_shop.do("technician", "finish-item", item=items[0])
        await point(terminal, page, HIGH_VOLTAGE)
        await terminal.press("enter")
        await terminal.on(FormDialog)
        await terminal.shows("put high voltage back on", "READY lamp on")


def make_dead(shop: SmallShop, order: str) -> None:
    """Take the high voltage off and measure it, eleven minutes ago and now."""
    before = utc_now() - timedelta(minutes=11)
    given = {"shutdown_steps": list(ShutdownStep), "watcher": shop.badge("all_rounder")}
    shop.act("technician", "shut-down-high-voltage", clock=lambda: before, order=order, **given)  # type: ignore[arg-type]
    shop.do("technician", "measure-voltage", order=order, volts="0.4", instrument=shop.tools[TORQUE])
