"""Reception: a vehicle found or registered, its card, and the order opened without anything typed being lost."""

from typing import TYPE_CHECKING

from sqlmodel import col, select
from support.catalogue import VEHICLES
from support.desk import HOSTILE, confirmed, opened, released
from support.shop import SmallShop
from textual.widgets import Input, TextArea

from workshop.commands.perform import utc_now
from workshop.db.tables import RepairOrder
from workshop.domain.vins import with_check_digit
from workshop.queries.orders import OrderView, order
from workshop.queries.vehicles import vehicle
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.places import go_to
from workshop.tui.places.order_form import OrderForm
from workshop.tui.places.order_page import OrderPage
from workshop.tui.places.reception import Reception
from workshop.tui.workplace import Workplace

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal


async def reception(terminal: "Terminal", who: str = "advisor", language: str = "en") -> None:
    """The screen, as the menu of places opens it."""
    assert terminal.shop is not None
    terminal.shop.do(who, "choose-language", language=language)
    await terminal.admit(who)
    assert isinstance(terminal.screen, Workplace)
    go_to(terminal.screen, "reception")
    await terminal.on(Reception)


async def new_order(terminal: "Terminal", car: int = 0) -> OrderForm:
    """The form of a new order, reached by the car's plate."""
    await terminal.type(VEHICLES[car]["plate"])
    await terminal.press("enter")
    await terminal.on(OrderForm)
    assert isinstance(terminal.screen, OrderForm)
    return terminal.screen


async def fill(terminal: "Terminal", odometer: str = "52000") -> None:
    """The fields that every order has, up to the items."""
    await terminal.type("保养")
    await terminal.press("tab")
    await terminal.type(odometer)
    await terminal.press("enter")
    await terminal.type("+3h")
    await terminal.press("enter")


def last_order(shop: SmallShop) -> OrderView:
    """The order opened last."""
    with shop.db.reading() as session:
        number = session.exec(select(RepairOrder.number).order_by(col(RepairOrder.id).desc())).first()
        view = order(session, str(number), utc_now(), frozenset())
    assert view is not None
    return view


async def test_an_order_is_opened_with_an_item_found_by_its_pinyin_and_its_usual_parts(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    usual = [{"part_no": "FILTER"}, {"part_no": "GREASE", "quantity": 2}, {"part_no": "OTHERS"}]
    tui_shop.do("manager", "put-usual-parts", operation="OIL", parts=usual)
    async with sit() as terminal:
        await reception(terminal)
        await new_order(terminal)
        await fill(terminal)
        await terminal.type("ghjy")
        await terminal.shows("OIL  Oil change")
        await terminal.press("enter")
        await terminal.shows("1 × FILTER Oil filter  ¥45.00  fits", "items: 1   30 min   ¥184.98")
        assert "OTHERS" not in terminal.text()
        await terminal.press("f12")
        await terminal.on(OrderPage)
        await terminal.shows(last_order(tui_shop).facts.number, "total ¥184.98")


async def test_hours_and_price_of_an_item_can_be_changed_and_an_item_taken_out(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit(size=(160, 45)) as terminal:
        await reception(terminal)
        await new_order(terminal)
        await fill(terminal)
        for code in ("WASH", "BRAKE"):
            await terminal.type(code)
            await terminal.shows(f"{code}  ")
            await terminal.press("enter")
        await terminal.shows("items: 2   1 h 0 min   ¥240.00")
        await terminal.press("tab", "delete", "enter")
        await terminal.until(lambda: not isinstance(terminal.screen, OrderForm))
        await terminal.press("tab", "end", "backspace", "backspace", "4", "5", "tab")
        await terminal.press("end", *["backspace"] * 6)
        await terminal.type("99.5")
        await terminal.press("f12")
        await terminal.on(OrderForm)
        await terminal.shows("items: 1   45 min   ¥99.50")


async def test_what_is_wrong_stands_under_its_field_and_nothing_typed_is_lost(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit(size=(100, 40)) as terminal:
        await reception(terminal)
        form = await new_order(terminal)
        await fill(terminal, odometer="many")
        await terminal.press("f12")
        await terminal.shows("whole number")
        await terminal.press("escape")
        await terminal.on(Reception)
        await terminal.press("enter")
        await terminal.until(lambda: isinstance(terminal.screen, OrderForm) and terminal.screen is not form)
        await terminal.shows("many", "保养")
        form = terminal.screen
        assert form.query_one(TextArea).text == "保养"
        assert [one.value for one in form.query(Input)][:2] == ["many", "+3h"]


async def test_a_refusal_leaves_the_form_as_it_is(sit: "Sit", tui_shop: SmallShop) -> None:
    released(tui_shop)
    tui_shop.do("advisor", "deliver", order=last_order(tui_shop).facts.number, received_by="x", old_parts="shop_keeps")
    async with sit(size=(160, 45)) as terminal:
        await reception(terminal)
        await new_order(terminal)
        await fill(terminal, odometer="5")
        await terminal.press("f12")
        await terminal.shows("The odometer showed 1002 km", "保养")


async def test_the_card_tells_guarantees_and_what_waits_and_it_is_taken_up(sit: "Sit", tui_shop: SmallShop) -> None:
    first, _ = confirmed(tui_shop, {"operation": "OIL"})
    proposals = [{"operation": "BRAKE", "parts": [{"part_no": "PAD", "quantity": 2}]}]
    finding = {"what": HOSTILE, "where": "前轮", "severity": "soon", "proposals": proposals}
    tui_shop.do("technician", "report-finding", order=first, **finding)
    tui_shop.do("advisor", "decide-line", line=1, decision="deferred", channel="telephone", consented_by="周先生")
    tui_shop.do("advisor", "cancel-order", order=first, reason="客户改期")
    async with sit(size=(160, 45)) as terminal:
        await reception(terminal)
        await terminal.type(VEHICLES[0]["plate"])
        await terminal.shows("Declined or deferred before", "¥297.60", "周先生", first)
        await terminal.press("enter")
        await terminal.on(OrderForm)
        await fill(terminal)
        await terminal.press("enter", "1")
        await terminal.shows("[x] 1", "items: 1   30 min   ¥297.60")
        await terminal.press("f12")
        await terminal.on(OrderPage)
    assert last_order(tui_shop).total == vehicle_sum(tui_shop)


def vehicle_sum(shop: SmallShop) -> object:
    """What the line taken up comes to; nothing waits any more."""
    with shop.db.reading() as session:
        card = vehicle(session, VEHICLES[0]["vin"], utc_now().date())
    assert card is not None
    assert card.waiting == ()
    return last_order(shop).items[0].total


async def test_a_comeback_is_chosen_among_the_delivered_orders(sit: "Sit", tui_shop: SmallShop) -> None:
    first = released(tui_shop)
    tui_shop.do("advisor", "deliver", order=first, received_by="周先生", old_parts="shop_keeps")
    async with sit(size=(160, 45)) as terminal:
        await reception(terminal)
        await terminal.type(VEHICLES[0]["plate"])
        await terminal.shows("Still under guarantee:", "3002 km")
        await terminal.press("enter")
        await terminal.on(OrderForm)
        await fill(terminal)
        await terminal.press("enter", "1", "f12")
        await terminal.on(OrderPage)
    assert last_order(tui_shop).comeback_of == first


async def test_a_vehicle_in_the_shop_leads_to_its_order(sit: "Sit", tui_shop: SmallShop) -> None:
    number, _ = opened(tui_shop)
    async with sit() as terminal:
        await reception(terminal)
        await terminal.type(VEHICLES[0]["vin"])
        await terminal.shows(f"In the shop now on order {number}")
        await terminal.press("enter")
        await terminal.on(OrderPage)
        await terminal.shows("[opened]")


async def test_an_unknown_vin_is_registered_with_what_was_typed(sit: "Sit", tui_shop: SmallShop) -> None:
    vin = with_check_digit("LFV2A21K0J4123456")
    async with sit() as terminal:
        await reception(terminal)
        await terminal.type(vin.lower())
        await terminal.shows("Read as the VIN", "FAW-Volkswagen")
        await terminal.press("enter")
        await terminal.on(FormDialog)
        await terminal.shows(vin, "2018")
        await terminal.press("tab", "tab", "tab", "tab")
        for text in ("Volkswagen", "Golf [/]", "2018", "EA211", "1400", "钱先生", "13900000000"):
            await terminal.press("ctrl+u")
            await terminal.type(text)
            await terminal.press("tab")
        await terminal.press("f12")
        await terminal.on(Reception)
        await terminal.shows("Golf [/]", "first visit")


async def test_doubtful_numbers_are_warned_of_and_repairs_offered(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit() as terminal:
        await reception(terminal)
        await terminal.type("粤BI2345")
        await terminal.shows("Is it 粤B12345?")
        wrong = VEHICLES[0]["vin"][:8] + "X" + VEHICLES[0]["vin"][9:]
        await terminal.press("ctrl+u")
        await terminal.type(wrong)
        await terminal.shows("check digit is wrong", "register a new vehicle")


async def test_who_also_checks_plates_finds_a_vehicle_only_by_what_is_typed_whole(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    async with sit() as terminal:
        await reception(terminal, "all_rounder")
        await terminal.shows("You also check plates (W1)")
        await terminal.type("周先生")
        await terminal.shows("No vehicle is known by this")
        await terminal.press("ctrl+u")
        await terminal.type("粤b·12345")
        await terminal.shows("周先生  13800000000")


async def test_the_screen_speaks_chinese_and_shows_typed_markup_as_it_is(sit: "Sit", tui_shop: SmallShop) -> None:
    opened(tui_shop)
    async with sit() as terminal:
        await reception(terminal, language="zh_CN")
        await terminal.type(VEHICLES[0]["plate"])
        await terminal.shows("进厂记录", "此车在店", "异响 [/red] [b]")
        await terminal.press("ctrl+u")
        await terminal.type("[/red] ]][[ \\")
        await terminal.shows("登记新车辆")
