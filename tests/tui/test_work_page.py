"""The work page and the lists that lead to it: what the people at the car do, by keys."""

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from support.desk import confirmed, dispatched, opened
from support.shop import SmallShop
from textual.widgets import SelectionList

from workshop.commands.perform import utc_now
from workshop.domain.assemblies import COVER_AFTER
from workshop.tui.bars import KeyBar
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.places.counter import Counter
from workshop.tui.places.floor_lists import Bay, DispatchList
from workshop.tui.places.start_item import ConfirmStart
from workshop.tui.places.work_page import WorkPage
from workshop.tui.table import KeyedTable

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal

OIL = {"operation": "OIL", "parts": [{"part_no": "FILTER"}]}


async def sign_in(terminal: "Terminal", who: str) -> None:
    """Somebody at the terminal who reads English."""
    assert terminal.shop is not None
    terminal.shop.do(who, "choose-language", language="en")
    await terminal.admit(who)


async def at_the_car(terminal: "Terminal", who: str, order: str) -> WorkPage:
    """The work page of an order."""
    await sign_in(terminal, who)
    page = WorkPage(terminal.app.gateway, order)
    await terminal.app.push_screen(page)
    await terminal.on(WorkPage)
    await terminal.shows(order)
    return page


async def point(terminal: "Terminal", page: WorkPage, key: str) -> None:
    """Put the cursor on a row once it is there."""
    table = page.query_one(KeyedTable)
    await terminal.until(lambda: key in {row.key for row in table._rows}, key)
    table.point_at(key)
    await terminal.settle()


async def test_the_bay_lists_the_own_teams_orders_without_their_plates(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    async with sit(size=(120, 30)) as terminal:
        await sign_in(terminal, "technician")
        await terminal.app.push_screen(Bay(terminal.app.gateway))
        await terminal.on(Bay)
        await terminal.shows(order, "dispatched")
        assert "粤B" not in terminal.text()
        await terminal.press("enter")
        await terminal.on(WorkPage)
        await terminal.shows("type or scan the plate")


async def test_another_teams_bay_does_not_list_it(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    async with sit() as terminal:
        await sign_in(terminal, "technician3")
        await terminal.app.push_screen(Bay(terminal.app.gateway))
        await terminal.shows("No order is dispatched to your team")
        assert order not in terminal.text()


async def test_a_wrong_plate_holds_the_order_and_says_so(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    async with sit(size=(100, 30)) as terminal:
        await at_the_car(terminal, "technician", order)
        await terminal.press("f6")
        await terminal.on(FormDialog)
        await terminal.type("粤B00000")
        await terminal.press("enter")
        await terminal.shows("it does not match", "The plate did not match")


async def test_an_item_starts_only_with_every_precaution_confirmed(sit: "Sit", tui_shop: SmallShop) -> None:
    order, items = confirmed(tui_shop, OIL)
    async with sit(size=(100, 30)) as terminal:
        page = await at_the_car(terminal, "technician", order)
        await point(terminal, page, f"item:{items[0]}")
        await terminal.press("enter")
        await terminal.on(ConfirmStart)
        boxes = terminal.screen.query_one(SelectionList).option_count
        assert boxes > 0
        await terminal.press("f12")
        await terminal.shows("S1")
        await terminal.press("enter")
        await terminal.on(ConfirmStart)
        await terminal.press(*["enter"] * boxes)
        await terminal.shows("your clock runs")


async def test_a_page_that_is_being_taken_away_is_not_asked_for_its_keys(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = confirmed(tui_shop, OIL)
    async with sit() as terminal:
        page = await at_the_car(terminal, "technician", order)
        bar, app = page.query_one(KeyBar), terminal.app
        app._screen_stacks[app.current_mode].remove(page)
        await page.query_one(KeyedTable).remove()
        bar._says = ()
        bar.say_anew()
        assert not bar.shown
        await page.remove()


async def test_a_line_outside_its_limits_is_refused_and_the_value_stays(sit: "Sit", tui_shop: SmallShop) -> None:
    order, items = confirmed(tui_shop, {"operation": "GEARBOX"})
    start_and_finish(tui_shop, items[0])
    async with sit(size=(100, 30)) as terminal:
        page = await at_the_car(terminal, "technician", order)
        await terminal.until(lambda: any(one.line.unit for one in page._checks.values()), "a measured line")
        measured = next(key for key, one in page._checks.items() if one.line.unit)
        await point(terminal, page, measured)
        await terminal.press("1")
        await terminal.on(FormDialog)
        await terminal.type("0.5")
        await terminal.press("f12")
        await terminal.shows("W7a", "0.5")
        assert isinstance(terminal.screen, FormDialog)


async def test_lines_are_answered_by_digits_and_the_cursor_goes_on(sit: "Sit", tui_shop: SmallShop) -> None:
    order, items = confirmed(tui_shop, {"operation": "OIL"})
    start_and_finish(tui_shop, items[0])
    async with sit(size=(100, 30)) as terminal:
        page = await at_the_car(terminal, "technician", order)
        await terminal.until(lambda: page._checks, "the list")
        plain = next(key for key, one in page._checks.items() if not one.line.unit)
        await point(terminal, page, plain)
        await terminal.press("1")
        await terminal.until(lambda: page._checks[plain].answer is not None, "the answer")
        await terminal.until(lambda: page.query_one(KeyedTable).current_key != plain, "the next line")


async def test_a_cursor_that_was_moved_while_an_answer_was_kept_stays(
    sit: "Sit", tui_shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, items = confirmed(tui_shop, {"operation": "OIL"})
    start_and_finish(tui_shop, items[0])
    async with sit(size=(100, 30)) as terminal:
        page = await at_the_car(terminal, "technician", order)
        await terminal.until(lambda: page._checks, "the list")
        table, keep = page.query_one(KeyedTable), page.do_at_once
        done = asyncio.Event()

        async def kept_late(*args: Any, **fields: Any) -> Any:
            outcome = await keep(*args, **fields)
            table.point_at(f"item:{items[0]}")
            done.set()
            return outcome

        monkeypatch.setattr(page, "do_at_once", kept_late)
        await point(terminal, page, next(key for key, one in page._checks.items() if not one.line.unit))
        await terminal.press("1")
        await done.wait()
        await terminal.settle()
        assert table.current_key == f"item:{items[0]}"


async def test_not_ok_asks_for_the_reason_and_sends_the_item_back(sit: "Sit", tui_shop: SmallShop) -> None:
    order, items = confirmed(tui_shop, {"operation": "OIL"})
    start_and_finish(tui_shop, items[0])
    async with sit(size=(100, 30)) as terminal:
        page = await at_the_car(terminal, "technician", order)
        await terminal.until(lambda: page._checks, "the list")
        plain = next(key for key, one in page._checks.items() if not one.line.unit)
        await point(terminal, page, plain)
        await terminal.press("2")
        await terminal.on(FormDialog)
        await terminal.type("渗漏 [/red]")
        await terminal.press("f12")
        await terminal.shows("started", "渗漏 [/red]")


async def test_the_next_step_of_somebody_else_is_named_not_done(sit: "Sit", tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    async with sit(size=(100, 30)) as terminal:
        await at_the_car(terminal, "leader", order)
        await terminal.press("f6")
        await terminal.shows("The next step is another's: technician")


async def test_a_team_leader_dispatches_from_the_list(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit(size=(100, 30)) as terminal:
        await sign_in(terminal, "leader")
        await terminal.app.push_screen(DispatchList(terminal.app.gateway))
        await terminal.shows("Nothing waits to be dispatched.")
        order, _ = opened(tui_shop, {"operation": "OIL"})
        await terminal.shows(order, "ready: dispatch")
        await terminal.press("enter")
        await terminal.on(FormDialog)
        await terminal.shows("team", "technician", "bay")


async def test_an_order_is_given_to_others_from_what_it_was_given_to(sit: "Sit", tui_shop: SmallShop) -> None:
    dispatched(tui_shop)
    async with sit(size=(100, 30)) as terminal:
        await sign_in(terminal, "leader")
        await terminal.app.push_screen(DispatchList(terminal.app.gateway))
        await terminal.until(lambda: terminal.screen.query_one(KeyedTable).current_key, "the order")
        await terminal.press("enter")
        await terminal.on(FormDialog)
        await terminal.shows("一组", tui_shop.badge("technician"), next(iter(tui_shop.bays.values())))


async def test_the_counter_refuses_a_new_part_without_the_old_one(sit: "Sit", tui_shop: SmallShop) -> None:
    order, items = confirmed(tui_shop, OIL)
    tui_shop.do("technician", "start-item", item=items[0], confirmed=SAFE)
    async with sit(size=(120, 30)) as terminal:
        await sign_in(terminal, "clerk")
        await terminal.app.push_screen(Counter(terminal.app.gateway))
        await terminal.shows(order, "FILTER")
        await terminal.press("enter")
        await terminal.on(FormDialog)
        await terminal.press("f12")
        await terminal.shows("W6b", "Put the old Oil filter on the counter first")


def start_and_finish(shop: SmallShop, item: str) -> None:
    """Work that is done, its self-check laid out."""
    shop.do("technician", "start-item", item=item, confirmed=SAFE)
    shop.do("technician", "finish-item", item=item)


SAFE = [
    "safety_shoes",
    "gloves",
    "goggles",
    "mask",
    "ear_protection",
    "face_shield",
    "insulating_gloves",
    "insulating_shoes",
    "drip_pan",
    "outside_covers",
    "inside_covers",
]


async def test_what_lies_open_too_long_is_covered_with_one_key(sit: "Sit", tui_shop: SmallShop) -> None:
    order, items = confirmed(tui_shop, OIL)
    before = utc_now() - COVER_AFTER
    tui_shop.do("technician", "start-item", item=items[0], confirmed=["gloves", "drip_pan"])
    given = {"item": items[0], "removed": "护板 [/]", "rest": "tray", "where": "3号", "cleaned": True}
    off = tui_shop.act("technician", "register-assembly", clock=lambda: before, **given).outcome  # type: ignore[arg-type]
    async with sit(size=(100, 30)) as terminal:
        page = await at_the_car(terminal, "technician", order)
        await terminal.shows("off the car: 护板 [/]", "cover it! tray 3号", "Refit it or account for it")
        await point(terminal, page, f"assembly:{off['assembly']}")
        await terminal.press("enter")
        await terminal.shows("tray 3号, covered", "covered 护板 [/]")
        await terminal.press("enter")
        await terminal.shows("refit assembly  S3", "account for assembly  S3")
