"""The order's page: its sheets, what is missing, what F4 acts on, and that it follows what others do."""

from typing import TYPE_CHECKING

from support.desk import confirmed, dispatched, released
from support.shop import SmallShop

from workshop.tui.menu import Menu
from workshop.tui.places import open_order
from workshop.tui.places.order_page import OrderPage
from workshop.tui.workplace import Workplace

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal

OIL = {"operation": "OIL", "parts": [{"part_no": "FILTER"}]}
FINDING = {"what": "漏油 [/red]", "where": "发动机", "severity": "safety"}


async def page(terminal: "Terminal", who: str, order: str, language: str = "en") -> OrderPage:
    """The page, opened as a list opens it."""
    assert terminal.shop is not None
    terminal.shop.do(who, "choose-language", language=language)
    await terminal.admit(who)
    assert isinstance(terminal.screen, Workplace)
    open_order(terminal.screen, order)
    await terminal.on(OrderPage)
    await terminal.shows(order)
    assert isinstance(terminal.screen, OrderPage)
    return terminal.screen


async def test_what_is_missing_is_told_with_who_can_give_it(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    tui_shop.do("technician", "verify-plate", order=order, seen="粤B54321")
    async with sit() as terminal:
        await page(terminal, "advisor", order)
        await terminal.shows("opened > [dispatched] > plate", "held up by: plate", "from: service advisor", "W1")


async def test_who_must_prove_the_plate_sees_dots_in_its_place(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    async with sit(size=(160, 45)) as terminal:
        await page(terminal, "technician", order)
        await terminal.shows("●●●", "Story, the latest first")
        assert "12345" not in terminal.text().replace("1000000012345", "")


async def test_the_sheets_turn_by_digits_and_arrows(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = confirmed(tui_shop, OIL)
    async with sit() as terminal:
        await page(terminal, "advisor", order)
        await terminal.press("2")
        await terminal.shows("[2 Items]", "¥165.00")
        await terminal.press("right")
        await terminal.shows("[3 Parts]", "FILTER  Oil filter", "40 in stock")
        await terminal.press("left", "left", "left")
        await terminal.shows("[5 Story]", "confirmed that the items agree")


async def test_the_story_stands_beside_where_there_is_room(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = confirmed(tui_shop, OIL)
    async with sit(size=(160, 45)) as terminal:
        await page(terminal, "advisor", order)
        await terminal.shows("customer request  ", "Story, the latest first")


async def test_acts_are_offered_for_what_the_cursor_is_on(sit: "Sit", tui_shop: SmallShop) -> None:
    order, items = confirmed(tui_shop, OIL)
    async with sit() as terminal:
        shown = await page(terminal, "all_rounder", order)
        await terminal.press("2")
        await terminal.until(lambda: (shown.subject() or shown).values.get("item") == items[0])  # type: ignore[union-attr]
        await terminal.press("3")
        await terminal.until(lambda: shown.subject().values.get("part_line") == 1)  # type: ignore[union-attr]
        await terminal.press("f4")
        await terminal.on(Menu)
        await terminal.shows("issue part")


async def test_others_acts_appear_and_the_cursor_stays(sit: "Sit", tui_shop: SmallShop) -> None:
    order, items = confirmed(tui_shop, OIL, {"operation": "WASH"})
    async with sit() as terminal:
        shown = await page(terminal, "advisor", order)
        await terminal.press("2", "down")
        await terminal.until(lambda: shown.subject().values.get("item") == items[1])  # type: ignore[union-attr]
        proposals = [{"operation": "BRAKE"}]
        tui_shop.do("technician", "report-finding", order=order, **FINDING, proposals=proposals)
        await terminal.shows("held up by: approval", "Brake pads")
        subject = shown.subject()
        assert subject is not None
        assert subject.values["item"] == items[1]
        await terminal.press("4")
        await terminal.shows("漏油 [/red]", "safety", "add item")
        assert shown.subject().values.get("finding") == 1  # type: ignore[union-attr]


async def test_an_answered_entry_shows_who_consented_and_how(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = confirmed(tui_shop, OIL)
    tui_shop.do("technician", "report-finding", order=order, **FINDING, proposals=[{"operation": "WASH"}])
    tui_shop.do("advisor", "decide-line", line=1, decision="deferred", channel="telephone", consented_by="周先生")
    async with sit() as terminal:
        shown = await page(terminal, "advisor", order)
        await terminal.press("4")
        await terminal.until(lambda: shown.query_one("#consent").has_focus)
        await terminal.press("down", "up")
        await terminal.shows("kept for the next visit", "answered by 李顾问")


async def test_a_delivered_order_tells_guarantee_and_old_parts(sit: "Sit", tui_shop: SmallShop) -> None:
    order = released(tui_shop)
    tui_shop.do("advisor", "deliver", order=order, received_by="周先生", old_parts="shop_keeps")
    async with sit() as terminal:
        shown = await page(terminal, "advisor", order)
        await terminal.shows("Nothing comes after this.", "[delivered]")
        await terminal.press("2")
        await terminal.shows("guarantee until", "3002 km")
        await terminal.press("3", "down", "down")
        await terminal.shows("old part 13", "hazardous")
        assert shown.subject().values.get("old_part")  # type: ignore[union-attr]


async def test_hostile_text_is_shown_as_it_was_typed(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop, belongings="[/] [@click=app.quit]x[/]" * 100)
    async with sit() as terminal:
        await page(terminal, "advisor", order, "zh_CN")
        await terminal.shows("异响 [/red] [b] 🚗", "[@click=app.quit]x[/]")


async def test_a_number_of_no_order_is_told(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit() as terminal:
        await page(terminal, "advisor", "1000000999")
        await terminal.shows("There is no order with this number: 1000000999")
