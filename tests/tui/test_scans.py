"""A code may be scanned on any screen, whatever has the focus: it never lands in a text."""

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest
from support.catalogue import VEHICLES
from support.desk import confirmed
from support.shop import SmallShop
from textual import events
from textual.widgets import Input, TextArea
from tui.test_work_page import at_the_car, point

from workshop.commands.base import commands
from workshop.domain.numbers import Kind, make
from workshop.tui.confirm import Confirm
from workshop.tui.find import Find
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.forms.pin import PinDialog
from workshop.tui.gateway import Door
from workshop.tui.lock import LockScreen
from workshop.tui.places.board import Board
from workshop.tui.places.counter import Counter
from workshop.tui.places.order_page import OrderPage
from workshop.tui.sign_in import SignInScreen
from workshop.tui.workplace import Workplace

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal


def opened(shop: SmallShop, **more: object) -> str:
    """An order with a part on it."""
    items = [{"operation": "OIL", "parts": [{"part_no": "FILTER", "quantity": 1}]}]
    given = {"vin": VEHICLES[0]["vin"], "request": "保养", "odometer": 10, "promised_at": "2030-01-01T10:00:00+08:00"}
    return str(shop.do("advisor", "open-order", **given, items=items, **more)["order"])


def here(terminal: "Terminal") -> Workplace:
    """The workplace on top."""
    assert isinstance(terminal.screen, Workplace)
    return terminal.screen


async def test_a_badge_signs_in_whatever_has_the_focus(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit() as terminal:
        await terminal.until(lambda: terminal.app.door is not None)
        await terminal.press("tab")
        await terminal.scan(tui_shop.badge("advisor"))
        assert terminal.screen.query_one("#badge", Input).value == tui_shop.badge("advisor")
        await terminal.press(*"2580", "enter")
        await terminal.on(Board)


async def test_an_order_opens_from_anywhere(sit: "Sit", tui_shop: SmallShop) -> None:
    number = opened(tui_shop)
    async with sit() as terminal:
        await terminal.admit("advisor")
        await terminal.press("f2")
        await terminal.on(Find)
        await terminal.scan(number)
        await terminal.on(OrderPage)
        await terminal.shows(number)


async def test_a_scan_goes_to_the_field_that_asks_for_it_and_never_into_a_text(sit: "Sit", tui_shop: SmallShop) -> None:
    number = opened(tui_shop)
    async with sit(size=(100, 40)) as terminal:
        await terminal.admit("technician")
        place = here(terminal)
        place.run_worker(partial(place.do, commands()["report-finding"]))
        await terminal.on(FormDialog)
        form = terminal.screen
        form.query_one(TextArea).focus()
        await terminal.type("漏油")
        await terminal.scan(number)
        assert form.query_one(TextArea).text == "漏油"
        assert number in [field.value for field in form.query(Input)]


async def test_a_scan_right_behind_enter_goes_to_the_dialog_that_enter_opens(
    sit: "Sit", tui_shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Door.query

    async def slowly(door: Door, *args: object) -> object:
        await asyncio.sleep(2)
        return await read(door, *args)  # type: ignore[arg-type]

    order, items = confirmed(tui_shop, {"operation": "BRAKE", "parts": [{"part_no": "PAD"}]})
    async with sit(size=(100, 40)) as terminal:
        page = await at_the_car(terminal, "technician", order)
        await point(terminal, page, f"item:{items[0]}")
        monkeypatch.setattr(Door, "query", slowly)
        terminal.app.post_message(events.Key("enter", "\r"))
        await terminal.scan(tui_shop.badge("technician2"))
        await terminal.shows("your clock runs")
        assert terminal.screen is page


async def test_a_wrong_kind_of_code_says_what_it_was_and_what_was_expected(sit: "Sit", tui_shop: SmallShop) -> None:
    bay = next(iter(tui_shop.bays.values()))
    async with sit(size=(100, 40)) as terminal:
        await terminal.admit("technician")
        await terminal.press("f8")
        place = here(terminal)
        place.run_worker(partial(place.do, commands()["report-finding"]))
        await terminal.on(FormDialog)
        await terminal.scan(bay)
        await terminal.shows(f"Scanned: bay {bay}.", "repair order")


async def test_the_signers_badge_is_taken_and_another_badge_is_not(sit: "Sit", tui_shop: SmallShop) -> None:
    number = opened(tui_shop)
    async with sit(size=(100, 40)) as terminal:
        await terminal.admit("advisor")
        await terminal.press("f8")
        place = here(terminal)
        place.run_worker(partial(place.do, commands()["cancel-order"], known={"order": number, "reason": "改天"}))
        await terminal.on(PinDialog)
        await terminal.scan(tui_shop.badge("manager"))
        await terminal.shows("This is somebody else's badge.")
        await terminal.scan(tui_shop.badge("advisor"))
        await terminal.press(*"2580", "enter")
        await terminal.shows("cancelled")


async def test_a_part_goes_to_the_line_that_waits_for_it(sit: "Sit", tui_shop: SmallShop) -> None:
    number = opened(tui_shop)
    tui_shop.do(
        "leader",
        "dispatch",
        order=number,
        team="一组",
        technician=tui_shop.badge("technician"),
        bay=next(iter(tui_shop.bays.values())),
    )
    tui_shop.do("technician", "verify-plate", order=number, seen=VEHICLES[0]["plate"])
    tui_shop.do("technician", "confirm-items", order=number)
    async with sit(size=(120, 40)) as terminal:
        await terminal.admit("clerk")
        await terminal.app.push_screen(Counter(here(terminal).gateway))
        await terminal.shows(number, "FILTER")
        await terminal.scan(make(Kind.PART, 1))
        await terminal.on(FormDialog)
        await terminal.shows("FILTER")
        await terminal.press("escape")
        await terminal.scan(make(Kind.PART, 2))
        await terminal.shows(make(Kind.PART, 2))
        assert isinstance(terminal.screen, Counter)


async def test_another_badge_changes_places_and_the_own_one_locks(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit() as terminal:
        await terminal.admit("advisor")
        await terminal.scan(tui_shop.badge("advisor"))
        await terminal.on(LockScreen)
        await terminal.press(*"2580", "enter")
        await terminal.on(Board)
        await terminal.scan(tui_shop.badge("clerk"))
        await terminal.on(Confirm)
        await terminal.press("enter")
        await terminal.on(SignInScreen)
        assert terminal.screen.query_one("#badge", Input).value == tui_shop.badge("clerk")


async def test_a_damaged_label_is_told_and_does_nothing(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit() as terminal:
        await terminal.admit("advisor")
        await terminal.scan("1000000017")
        await terminal.shows("扫")
        assert isinstance(terminal.screen, Board)
