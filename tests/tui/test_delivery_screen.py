"""Delivery: what goes with a released vehicle, and the signed hand-over to its customer."""

from typing import TYPE_CHECKING

from support.desk import opened, released
from support.shop import PIN, SmallShop

from workshop.tui.forms.dialog import FormDialog
from workshop.tui.forms.pin import PinDialog
from workshop.tui.places import go_to
from workshop.tui.places.delivery import Delivery
from workshop.tui.places.order_page import OrderPage
from workshop.tui.workplace import Workplace

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal


async def delivery(terminal: "Terminal", language: str = "en") -> None:
    """The screen, as the menu of places opens it."""
    assert terminal.shop is not None
    terminal.shop.do("advisor", "choose-language", language=language)
    await terminal.admit("advisor")
    assert isinstance(terminal.screen, Workplace)
    go_to(terminal.screen, "delivery")
    await terminal.on(Delivery)


async def test_nothing_to_deliver_says_what_must_come_first(sit: "Sit", tui_shop: SmallShop) -> None:
    opened(tui_shop)
    async with sit() as terminal:
        await delivery(terminal)
        await terminal.shows("once its final", "No vehicle is ready")


async def test_a_released_vehicle_is_delivered_with_a_signature(sit: "Sit", tui_shop: SmallShop) -> None:
    order = released(tui_shop, brought_by="周太太 [/]", old_parts="customer_takes")
    async with sit() as terminal:
        await delivery(terminal)
        await terminal.shows(order, "guarantee until", "3002 km", "1 × Oil filter", "stays here", "total ¥165.00")
        await terminal.press("1")
        await terminal.on(FormDialog)
        await terminal.shows("周太太 [/]", "(x) 1 taken")
        await terminal.press("tab", "2", "f12")
        await terminal.on(PinDialog)
        await terminal.press(*PIN, "enter")
        await terminal.on(Delivery)
        await terminal.shows("No vehicle is ready", "delivered the vehicle to 周太太 [/]")


async def test_enter_opens_the_order_in_both_sizes_and_languages(sit: "Sit", tui_shop: SmallShop) -> None:
    order = released(tui_shop)
    async with sit(size=(160, 45)) as terminal:
        await delivery(terminal, "zh_CN")
        await terminal.shows(order, "质保至", "周先生")
        await terminal.press("enter")
        await terminal.on(OrderPage)
        await terminal.shows("[已放行]")
