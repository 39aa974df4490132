"""Forms made from what the commands declare, filled in with keys."""

from functools import partial
from typing import TYPE_CHECKING

from sqlmodel import select
from support.catalogue import OPERATIONS, VEHICLES
from support.shop import SmallShop
from textual.widgets import Input, TextArea

from workshop.commands.base import commands
from workshop.db.tables import ChangeRequest, OrderItem, RepairOrder
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.forms.pin import PinDialog
from workshop.tui.places.board import Board

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal


async def open_act(terminal: "Terminal", name: str, **known: object) -> None:
    """Open the form of an act."""
    board = terminal.screen
    assert isinstance(board, Board)
    board.run_worker(partial(board.do, commands()[name], known=known))
    await terminal.on(FormDialog)


def an_order(shop: SmallShop, **fields: object) -> str:
    """An open order of the first car."""
    given = {"vin": VEHICLES[0]["vin"], "request": "保养", "odometer": 1000, "promised_at": "2030-01-01T10:00:00+08:00"}
    items = [{"operation": OPERATIONS[0]["code"]}]
    return str(shop.do("advisor", "open-order", **given | {"items": items} | fields)["order"])


async def test_an_order_is_opened_with_a_found_car_and_numbers_as_people_write_them(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    async with sit() as terminal:
        await terminal.admit("advisor")
        await open_act(terminal, "open-order")
        await terminal.type(VEHICLES[0]["plate"])
        await terminal.shows(VEHICLES[0]["vin"][-8:])
        await terminal.press("enter")
        assert terminal.screen.query(Input).first().value == VEHICLES[0]["vin"]
        await terminal.type("[/red] 异响")
        await terminal.press("tab")
        await terminal.type("５２，０００")
        await terminal.press("enter", "enter")
        await terminal.type("+3h")
        await terminal.press("f12")
        await terminal.on(Board)
        await terminal.shows("[/red] 异响")
    with tui_shop.db.reading() as session:
        order = session.exec(select(RepairOrder)).one()
    assert (order.request, order.odometer_in) == ("[/red] 异响", 52000)


async def test_a_wrong_value_is_told_under_its_field_and_everything_typed_stays(sit: "Sit") -> None:
    async with sit() as terminal:
        await terminal.admit("advisor")
        await open_act(terminal, "register-vehicle")
        await terminal.type("LSVAA4187O21234")
        await terminal.press("tab")
        await terminal.until(lambda: "! " in terminal.text(), "an error under the VIN")
        await terminal.press("f12")
        await terminal.until(lambda: terminal.text().count("! ") > 2, "the fields that are missing too")
        assert isinstance(terminal.screen, FormDialog)
        assert terminal.screen.draft()["vin"] == "LSVAA4187O21234"


async def test_what_was_typed_and_not_done_is_there_at_the_next_opening(sit: "Sit", tui_shop: SmallShop) -> None:
    order = an_order(tui_shop)
    async with sit() as terminal:
        await terminal.admit("advisor")
        await open_act(terminal, "cancel-order", order=order)
        await terminal.type("客户 [bold] 改主意")
        await terminal.press("escape")
        await terminal.on(Board)
        await open_act(terminal, "cancel-order", order=order)
        assert terminal.screen.query_one(TextArea).text == "客户 [bold] 改主意"
        await terminal.press("escape")


async def test_a_refusal_stands_in_the_form_with_its_rule(sit: "Sit", tui_shop: SmallShop) -> None:
    an_order(tui_shop)
    async with sit(language="en") as terminal:
        await terminal.admit("advisor")
        await open_act(terminal, "open-order", vin=VEHICLES[0]["vin"])
        await terminal.type("again")
        await terminal.press("tab")
        await terminal.type("2000")
        await terminal.press("enter", "enter")
        await terminal.type("2031-01-01 10:00")
        await terminal.press("f12")
        await terminal.shows("! W3  ")
        assert isinstance(terminal.screen, FormDialog)
        assert terminal.screen.draft()["request"] == "again"


async def test_a_signature_asks_for_the_pin_and_a_wrong_one_signs_nothing(sit: "Sit", tui_shop: SmallShop) -> None:
    order = an_order(tui_shop)
    async with sit() as terminal:
        await terminal.admit("advisor")
        await open_act(terminal, "cancel-order", order=order)
        await terminal.type("客户改主意")
        await terminal.press("f12")
        await terminal.on(PinDialog)
        await terminal.press("1", "3", "9", "7", "enter")
        await terminal.until(lambda: "! " in terminal.text(), "the PIN is wrong")
        await terminal.press("2", "5", "8", "0", "enter")
        await terminal.on(Board)
        await terminal.shows("客户改主意")
    with tui_shop.db.reading() as session:
        assert session.exec(select(RepairOrder.stage)).one() == "cancelled"


async def test_a_list_of_entries_is_built_in_a_form_of_its_own(sit: "Sit", tui_shop: SmallShop) -> None:
    order, code = an_order(tui_shop), str(OPERATIONS[1]["code"])
    async with sit(size=(100, 40)) as terminal:
        await terminal.admit("advisor")
        await open_act(terminal, "request-change", order=order)
        form = terminal.screen
        await terminal.press("tab", "enter")
        await terminal.until(lambda: terminal.screen is not form and isinstance(terminal.screen, FormDialog))
        await terminal.type(code)
        await terminal.press("enter", "f12")
        await terminal.until(lambda: terminal.screen is form, "back in the first form")
        await terminal.shows(code)
        await terminal.press("f12")
        await terminal.on(Board)
    with tui_shop.db.reading() as session:
        assert session.exec(select(ChangeRequest)).one()
        assert code in session.exec(select(OrderItem.operation)).all()
