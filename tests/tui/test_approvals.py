"""The approvals inbox: what waits, in few keys answered, with the consent that was given."""

from typing import TYPE_CHECKING

from support.catalogue import VEHICLES
from support.desk import HOSTILE, confirmed, dispatched
from support.shop import SmallShop

from workshop.domain.states import Channel, Decision
from workshop.queries.consent import consent
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.places import go_to
from workshop.tui.places.approvals import Approvals
from workshop.tui.places.order_page import OrderPage
from workshop.tui.workplace import Workplace

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal

FINDING = {"what": HOSTILE, "where": "发动机 [/]", "severity": "safety"}


async def inbox(terminal: "Terminal", who: str = "advisor", language: str = "en") -> Approvals:
    """The inbox, as the menu of places opens it."""
    assert terminal.shop is not None
    terminal.shop.do(who, "choose-language", language=language)
    await terminal.admit(who)
    assert isinstance(terminal.screen, Workplace)
    go_to(terminal.screen, "approvals")
    await terminal.on(Approvals)
    assert isinstance(terminal.screen, Approvals)
    return terminal.screen


def proposed(shop: SmallShop, *operations: str) -> str:
    """An order with a finding that proposes these; its number."""
    order, _ = confirmed(shop, {"operation": "OIL"})
    proposals = [{"operation": one, "parts": [{"part_no": "PAD", "quantity": 2}]} for one in operations]
    shop.do("technician", "report-finding", order=order, **FINDING, proposals=proposals)
    return order


async def test_an_empty_inbox_says_that_things_appear_by_themselves_and_they_do(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    async with sit() as terminal:
        await inbox(terminal)
        await terminal.shows("appears here by")
        proposed(tui_shop, "BRAKE")
        await terminal.shows("Brake pads", "[safety]", "30 min", "¥120.00", "2 × Brake pad, ¥88.80 each")


async def test_the_second_line_of_an_order_takes_two_keys(sit: "Sit", tui_shop: SmallShop) -> None:
    order = proposed(tui_shop, "BRAKE", "WASH")
    async with sit() as terminal:
        await inbox(terminal)
        await terminal.shows("1 approve   2 decline   3 defer")
        await terminal.press("1")
        await terminal.on(FormDialog)
        await terminal.press("2", "tab")
        await terminal.type("周先生")
        await terminal.press("f12")
        await terminal.on(Approvals)
        await terminal.until(lambda: "Brake pads" not in terminal.text().split("----")[0])
        await terminal.shows("add item  Wash")
        await terminal.press("2")
        await terminal.on(FormDialog)
        await terminal.shows(f"decline  {order}  Wash")
        await terminal.press("f12")
        await terminal.shows("Nothing waits")
    with tui_shop.db.reading() as session:
        lines = {one.item.en: one for one in consent(session, order) if one.item is not None}
    assert lines["Brake pads"].answer is Decision.APPROVED
    assert lines["Wash"].answer is Decision.DECLINED
    assert {(one.channel, one.consented_by) for one in lines.values()} == {(Channel.TELEPHONE, "周先生")}


async def test_a_refused_decision_keeps_what_was_typed(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = confirmed(tui_shop, {"operation": "OIL"})
    tui_shop.do("advisor", "request-change", order=order, add_items=[{"operation": "WASH"}])
    async with sit() as terminal:
        await inbox(terminal)
        await terminal.shows("You raised this yourself")
        await terminal.press("1")
        await terminal.on(FormDialog)
        await terminal.press("1", "tab")
        await terminal.type("周先生")
        await terminal.press("f12")
        await terminal.shows("another advisor must decide it", "周先生")


async def test_a_wrong_plate_is_shown_place_by_place_and_corrected(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    tui_shop.do("technician", "verify-plate", order=order, seen="粤B12354")
    async with sit() as terminal:
        await inbox(terminal)
        await terminal.shows("粤 B 1 2 3 5^ 4^", "粤 B 1 2 3 4^ 5^", "places that differ (^): 6, 7")
        await terminal.press("1")
        await terminal.on(FormDialog)
        await terminal.shows(VEHICLES[0]["plate"])
        await terminal.press("tab")
        await terminal.type("登记时看错")
        await terminal.press("f12")
        await terminal.shows("Nothing waits")


async def test_who_also_checks_plates_is_not_shown_the_orders_plate(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    tui_shop.do("technician", "verify-plate", order=order, seen="粤B12354")
    async with sit(size=(160, 45)) as terminal:
        await inbox(terminal, "all_rounder")
        await terminal.shows("●●●", "粤B12354")
        assert "粤B12345" not in terminal.text()
        await terminal.press("1")
        await terminal.on(FormDialog)
        assert "粤B12345" not in terminal.text()


async def test_a_discrepancy_is_answered_and_a_finding_closed(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    tui_shop.do("technician", "verify-plate", order=order, seen="粤B12345")
    tui_shop.do("technician", "report-discrepancy", order=order, note=HOSTILE)
    tui_shop.do("technician", "report-finding", order=order, **FINDING)
    async with sit() as terminal:
        await inbox(terminal)
        await terminal.shows("1 answer discrepancy", "[/red] [b]")
        await terminal.press("1")
        await terminal.on(FormDialog)
        await terminal.type("按客户说的做")
        await terminal.press("f12")
        await terminal.shows("3 keep for the next visit")
        await terminal.press("3")
        await terminal.on(FormDialog)
        await terminal.press("f12")
        await terminal.shows("Nothing waits")


async def test_however_long_a_finding_is_the_keys_stay_in_sight(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = confirmed(tui_shop, {"operation": "OIL"})
    long = {"what": "漏[/red]\n" * 500, "where": "前", "severity": "advisory"}
    tui_shop.do("technician", "report-finding", order=order, **long, proposals=[{"operation": "WASH"}])
    async with sit() as terminal:
        await inbox(terminal)
        await terminal.shows("1 approve   2 decline   3 defer", "add item  Wash", "漏[/red] 漏[/red]", "…")
        await terminal.press("1")
        await terminal.on(FormDialog)
        await terminal.shows("who decided", "agreed price")


async def test_enter_opens_the_order(sit: "Sit", tui_shop: SmallShop) -> None:
    order = proposed(tui_shop, "WASH")
    async with sit(size=(160, 45)) as terminal:
        await inbox(terminal, language="zh_CN")
        await terminal.shows(order)
        await terminal.press("enter")
        await terminal.on(OrderPage)
        await terminal.shows(order)
