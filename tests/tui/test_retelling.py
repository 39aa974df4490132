"""Everything on a screen is told anew in the other language, and stands whole on a small one."""

from functools import partial
from typing import TYPE_CHECKING

import pytest
from support.desk import confirmed, dispatched, offered
from support.shop import SmallShop

from workshop.commands.base import commands
from workshop.tui.bars import KeyBar
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.forms.pin import PinDialog
from workshop.tui.places.approvals import Approvals
from workshop.tui.places.counter import Counter
from workshop.tui.places.shelves import OldParts
from workshop.tui.places.work_page import WorkPage
from workshop.tui.workplace import Workplace

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal

STATES = (
    "held at the counter",
    "shown to the customer",
    "taken by the customer",
    "returned to the maker",
    "scrapped",
    "scrapped as hazardous waste",
)
FINDING = {"what": "异响", "where": "发动机", "severity": "safety"}


async def at(terminal: "Terminal", who: str, place: type[Workplace], *more: str) -> Workplace:
    """Somebody who reads English, at a workplace."""
    assert terminal.shop is not None
    terminal.shop.do(who, "choose-language", language="en")
    await terminal.admit(who)
    here = place(terminal.app.gateway, *more)
    await terminal.app.push_screen(here)
    await terminal.on(place)
    return here


async def form(terminal: "Terminal", here: Workplace, name: str, **known: object) -> FormDialog:
    """The form of an act."""
    here.run_worker(partial(here.do, commands()[name], known=known))
    await terminal.on(FormDialog)
    assert isinstance(terminal.screen, FormDialog)
    return terminal.screen


async def test_a_form_says_anew_what_it_is_about_and_so_does_what_lies_under_it(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    order, _ = confirmed(tui_shop, {"operation": "OIL"})
    tui_shop.do("technician", "report-finding", order=order, **FINDING, proposals=[{"operation": "BRAKE"}])
    async with sit((100, 30)) as terminal:
        await at(terminal, "advisor", Approvals)
        await terminal.shows("add item", "safety")
        await terminal.press("1")
        await terminal.on(FormDialog)
        await terminal.shows(f"approve  {order}  Brake pads")
        await terminal.press("f8")
        await terminal.shows(f"客户同意  {order}  更换制动片", "增加项目", "安全")


async def test_what_was_done_is_told_anew(sit: "Sit", tui_shop: SmallShop) -> None:
    order, (item,) = confirmed(tui_shop, {"operation": "OIL"})
    tui_shop.do("technician", "start-item", item=item, confirmed=["gloves", "drip_pan"])
    async with sit((100, 30)) as terminal:
        here = await at(terminal, "technician", WorkPage, order)
        await terminal.shows("your clock runs")
        await form(terminal, here, "finish-item", item=item)
        await terminal.press("f12")
        await terminal.shows("finished Oil change.")
        await terminal.press("f8")
        await terminal.shows("完工：更换机油")


async def test_what_is_anothers_step_is_told_anew(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    async with sit((100, 30)) as terminal:
        await at(terminal, "leader", WorkPage, order)
        await terminal.shows("check the plate")
        await terminal.press("f6")
        await terminal.shows("! The next step is another's: technician")
        await terminal.press("f8")
        await terminal.shows("! ", "技师")
        assert "another's" not in terminal.text()


async def test_what_was_put_right_is_not_called_wrong_at_a_switch_of_language(sit: "Sit", tui_shop: SmallShop) -> None:
    order, (item,) = confirmed(tui_shop, {"operation": "OIL"})
    async with sit((100, 30)) as terminal:
        here = await at(terminal, "inspector", WorkPage, order)
        await form(terminal, here, "fail-inspection", order=order, odometer=1000, note="")
        await terminal.press("f12")
        await terminal.shows("! ")
        await terminal.press("enter", "down")
        await terminal.shows("Oil change")
        await terminal.press("enter", "1", "enter")
        await terminal.type("松")
        await terminal.press("f12")
        await terminal.shows(f"1  {item}  Oil change  safety  松")
        await terminal.press("f8")
        await terminal.shows(f"1  {item}  更换机油  安全  松")
        assert "! " not in terminal.text()


@pytest.mark.parametrize("columns", [80, 100, 120])
async def test_no_key_is_cut_and_none_is_missing_where_there_is_room(
    sit: "Sit", tui_shop: SmallShop, columns: int
) -> None:
    order, _ = dispatched(tui_shop)
    async with sit((columns, 24)) as terminal:
        here = await at(terminal, "technician", WorkPage, order)
        keys = here.query_one(KeyBar)
        for _ in ("English", "Chinese"):
            await terminal.until(lambda: keys.shown, "the keys")
            await terminal.settle()
            line = terminal.text().splitlines()[keys.region.y]
            assert all(f"{key.display} {key.description}" in line for key in keys.shown)
            assert columns == 100 or (len(keys.shown) == 10) is (columns == 120)
            await terminal.press("f8")


async def test_every_choice_stands_whole_on_its_line(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit() as terminal:
        here = await at(terminal, "clerk", OldParts)
        await form(terminal, here, "move-old-part", tag="1300000013")
        await terminal.shows(*(f"( ) {number} {state}" for number, state in enumerate(STATES, start=1)))


async def test_the_inbox_says_whole_what_waits(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    tui_shop.do("technician", "verify-plate", order=order, seen="粤B00000")
    async with sit((100, 30)) as terminal:
        await at(terminal, "advisor", Approvals)
        await terminal.shows("plate mismatch  ")


async def test_the_counter_says_on_a_small_screen_what_the_part_is_called(sit: "Sit", tui_shop: SmallShop) -> None:
    confirmed(tui_shop, {"operation": "OIL", "parts": [{"part_no": "FILTER"}]})
    async with sit() as terminal:
        await at(terminal, "clerk", Counter)
        await terminal.shows("FILTER  Oil filter")


async def test_what_lies_under_two_dialogs_is_told_anew(sit: "Sit", tui_shop: SmallShop) -> None:
    order = offered(tui_shop)
    async with sit((100, 30)) as terminal:
        await at(terminal, "leader", WorkPage, order)
        await terminal.shows("Next: take the order over", "Oil change", "F2 Find")
        await terminal.press("f6")
        await terminal.on(PinDialog)
        await terminal.press("f8")
        await terminal.shows("下一步", "更换机油", "F2 搜索")
        await terminal.press("f8")
        await terminal.shows("Next: take the order over", "Oil change", "F2 Find")
