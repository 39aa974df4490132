"""Tools at the terminal: a scan takes or brings back; a cart shows what is in it; the car's page draws and cites."""

from functools import partial
from typing import TYPE_CHECKING

from sqlmodel import col, select
from support.catalogue import AT_BAY, IN_CART, KIT, SPARE, TORQUE
from support.desk import confirmed
from support.shop import SmallShop
from textual.widgets import Input

from workshop.commands.tool_counts import CountTools
from workshop.db.custody import pieces
from workshop.db.tables import CheckInstrument, Tool
from workshop.domain.custody import Piece
from workshop.domain.tools import ToolPlace
from workshop.tui.confirm import Confirm
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.places.carts import CartPage, Carts
from workshop.tui.places.tools import Tools
from workshop.tui.places.work_page import WorkPage
from workshop.tui.table import KeyedTable
from workshop.tui.workplace import Workplace

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal


def piece(shop: SmallShop, index: int) -> Piece:
    """A tool as it is now."""
    with shop.db.reading() as session:
        return next(iter(pieces(session, col(Tool.number) == shop.tools[index]).values()))


async def at(terminal: "Terminal", who: str, place: type[Workplace], *args: object) -> Workplace:
    """Somebody who reads English in a workplace, which has shown its records."""
    assert terminal.shop is not None
    terminal.shop.do(who, "choose-language", language="en")
    await terminal.admit(who)
    screen = place(terminal.app.gateway, *args)
    await terminal.app.push_screen(screen)
    await terminal.until(lambda: screen.query(KeyedTable).first().row_keys, "rows")
    return screen


async def test_one_scan_takes_a_tool_and_the_next_brings_it_back(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit(size=(120, 30)) as terminal:
        await at(terminal, "technician", Tools)
        await terminal.scan(tui_shop.tools[SPARE])
        await terminal.shows("gave Ratchet")
        assert piece(tui_shop, SPARE).person_id == tui_shop.people["technician"].id
        await terminal.scan(tui_shop.tools[SPARE])
        await terminal.shows("back to the tool crib")
    assert piece(tui_shop, SPARE).place is ToolPlace.CRIB


async def test_a_typed_number_with_enter_does_the_same_and_a_name_only_finds(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit(size=(120, 30)) as terminal:
        await at(terminal, "inspector", Tools)
        await terminal.type("nlbs")
        await terminal.until(lambda: terminal.screen.query_one(KeyedTable).row_count == 2, "both torque wrenches")
        await terminal.shows("overdue")
        await terminal.press("enter")
        assert piece(tui_shop, TORQUE).place is ToolPlace.CRIB
        terminal.screen.query_one(Input).value = ""
        terminal.screen.query_one(Input).focus()
        await terminal.type(tui_shop.tools[TORQUE])
        await terminal.press("enter")
        await terminal.shows("gave Torque wrench")
    assert piece(tui_shop, TORQUE).person_id == tui_shop.people["inspector"].id


async def test_the_keeper_scans_a_tool_and_the_badge_of_who_takes_it(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit(size=(120, 30)) as terminal:
        await at(terminal, "keeper", Tools)
        await terminal.scan(tui_shop.tools[SPARE])
        await terminal.shows("now scan the badge")
        await terminal.scan(tui_shop.badge("technician3"))
        await terminal.shows("吴技师")
        await terminal.until(lambda: piece(tui_shop, SPARE).person_id == tui_shop.people["technician3"].id, "given")
        await terminal.scan(tui_shop.tools[SPARE])
        await terminal.until(lambda: piece(tui_shop, SPARE).place is ToolPlace.CRIB, "back")
        await terminal.scan(tui_shop.badge("technician3"))
        await terminal.on(Confirm)
    assert piece(tui_shop, SPARE).place is ToolPlace.CRIB, "a badge gives out only what was scanned just before it"


async def test_who_has_a_tool_is_told_to_who_wants_it(sit: "Sit", tui_shop: SmallShop) -> None:
    tui_shop.do("technician3", "check-out-tool", tool=tui_shop.tools[SPARE])
    async with sit(size=(120, 30)) as terminal:
        await at(terminal, "technician", Tools)
        await terminal.scan(tui_shop.tools[SPARE])
        await terminal.shows("is with 吴技师")
        await terminal.press("f7")
        await terminal.shows("with people (1)")


async def test_a_cart_shows_what_is_missing_and_takes_it_back_by_a_scan(sit: "Sit", tui_shop: SmallShop) -> None:
    cart, tool = tui_shop.carts["1号工具车"], tui_shop.tools[IN_CART]
    tui_shop.do("technician", "check-out-tool", tool=tool)
    async with sit(size=(120, 30)) as terminal:
        await at(terminal, "technician", Carts)
        await terminal.scan(cart)
        await terminal.on(CartPage)
        await terminal.shows("Tools in it: 1, elsewhere: 1", "elsewhere")
        await terminal.scan(tool)
        await terminal.shows("Tools in it: 2, elsewhere: 0")
    assert piece(tui_shop, IN_CART).cart_id is not None


async def test_at_the_car_a_scan_draws_and_the_count_takes_what_is_scanned(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = confirmed(tui_shop)
    async with sit(size=(120, 40)) as terminal:
        page = await at(terminal, "technician", WorkPage, order)
        await terminal.scan(tui_shop.carts[KIT])
        await terminal.shows("drew", "Socket set", "not counted yet")
        await terminal.scan(tui_shop.tools[AT_BAY])
        await terminal.shows("for the order")
        page.run_worker(partial(page.do, CountTools, known={"order": order}))
        await terminal.on(FormDialog)
        await terminal.press("1")
        await terminal.scan(tui_shop.tools[AT_BAY])
        await terminal.shows("[ ] 1", "[x] 2")
        await terminal.press("f12")
        await terminal.on(WorkPage)
        await terminal.shows("1 of 2 seen, missing: Socket set", "missing!", "counted 1 of 3")
        await terminal.scan(tui_shop.tools[AT_BAY])
        await terminal.shows("back to the tool crib")


async def test_a_scanned_instrument_is_noted_with_every_value_measured_after_it(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    order, (item,) = confirmed(tui_shop, {"operation": "BRAKE"})
    tui_shop.do("technician", "start-item", item=item, watcher=tui_shop.badge("leader"))
    tui_shop.do("technician", "finish-item", item=item)
    async with sit(size=(130, 40)) as terminal:
        page = await at(terminal, "technician", WorkPage, order)
        await terminal.scan(tui_shop.tools[TORQUE])
        await terminal.shows("is noted with every value")
        table = page.query_one(KeyedTable)
        table.point_at(min(key for key in table.row_keys if key.startswith("check:")))
        await terminal.settle()
        await terminal.press("1")
        await terminal.on(FormDialog)
        await terminal.type("5")
        await terminal.press("enter")
        await terminal.on(WorkPage)
        await terminal.shows("OK Torque wrench")
    with tui_shop.db.reading() as session:
        (cited,) = session.exec(select(CheckInstrument)).all()
    assert cited.tool_id == piece(tui_shop, TORQUE).id
