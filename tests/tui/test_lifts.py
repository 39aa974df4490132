"""A lift's label scanned at the car puts the vehicle up, and again takes it down (S2)."""

from typing import TYPE_CHECKING

from support.catalogue import LIFT
from support.desk import confirmed
from support.shop import SmallShop
from tui.test_work_page import OIL, at_the_car, point

from workshop.tui.forms.dialog import FormDialog
from workshop.tui.places.work_page import WorkPage

if TYPE_CHECKING:
    from tui.conftest import Sit


async def test_a_scan_lifts_the_vehicle_and_enter_on_its_row_lowers_it(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = confirmed(tui_shop, OIL)
    lift = tui_shop.tools[LIFT]
    async with sit(size=(100, 30)) as terminal:
        page = await at_the_car(terminal, "technician", order)
        await terminal.scan(lift)
        await terminal.on(FormDialog)
        await terminal.press("f12")
        await terminal.shows("Nobody knows yet what this vehicle weighs")
        await terminal.press(*"1480", "f12")
        await terminal.on(WorkPage)
        await terminal.shows("on the lift: Two-post lift", "(1480 kg) on Two-post lift")
        await point(terminal, page, f"lift:{lift}")
        await terminal.press("enter")
        await terminal.on(FormDialog)
        await terminal.press("enter")
        await terminal.on(WorkPage)
        await terminal.shows("took the vehicle down from Two-post lift")
        assert "on the lift" not in terminal.text()
