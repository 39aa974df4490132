"""The screen on the wall: nobody touches it, everybody reads it, and it says when what it shows is old."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from functools import partial

import pytest
from support.catalogue import VEHICLES
from support.desk import dispatched, opened
from support.postgres import Server
from support.shop import SmallShop
from tui.conftest import Settings, Terminal, watched

from workshop.commands.perform import utc_now
from workshop.domain.reasons import Refused
from workshop.tui.bars import MessageBar
from workshop.tui.gateway import SILENT
from workshop.tui.pane import Pane
from workshop.tui.table import KeyedTable
from workshop.tui.wall import WallApp


@asynccontextmanager
async def wall(
    shop: SmallShop, size: tuple[int, int] = (160, 45), *, turn: float = 3600, failures: int = 0
) -> AsyncIterator[Terminal]:
    """A wall on a shop, in English; its records open after so many failures."""
    app, doors = watched(partial(WallApp, turn=turn), Settings(), shop.url, "wall", failures)
    async with app.run_test(size=size) as pilot:
        yield Terminal(app, pilot, shop)
        app.exit()
    await asyncio.get_running_loop().shutdown_default_executor()  # what is still being read gives its connection back
    for door in doors:
        door.close()


def pane(terminal: Terminal, name: str) -> Pane:
    return terminal.screen.query_one(f"#{name}", Pane)


async def test_the_floor_is_there_without_anybody_signing_in_and_follows_what_happens(tui_shop: SmallShop) -> None:
    order, _ = dispatched(tui_shop)
    async with wall(tui_shop) as terminal:
        await terminal.shows("dispatched 1", order, "1号工位", "free", "Nothing waits for the front desk.")
        table = pane(terminal, "promises").query_one(KeyedTable)
        assert str(table.get_cell(order, "new")).strip() == ""
        assert VEHICLES[0]["plate"] not in terminal.text()  # W1: nobody has proven it
        tui_shop.do("technician", "verify-plate", order=order, seen=VEHICLES[0]["plate"])
        await terminal.shows("plate verified 1", VEHICLES[0]["plate"])
        assert str(table.get_cell(order, "new")).strip() == "*"
        tui_shop.do("technician", "report-discrepancy", order=order, note="客户电话 13800000000")
        await terminal.shows("Waiting for the front desk (1)", "discrepancy")
        assert "13800000000" not in terminal.text()
        assert "先生" not in terminal.text()


async def test_only_the_row_that_changed_is_touched(tui_shop: SmallShop, monkeypatch: pytest.MonkeyPatch) -> None:
    order, _ = opened(tui_shop, {"operation": "WASH"})
    other, _ = opened(tui_shop, {"operation": "WASH"}, car=1)
    async with wall(tui_shop) as terminal:
        await terminal.shows(order, other)
        touched: list[str] = []
        table = pane(terminal, "promises").query_one(KeyedTable)
        update = table.update_cell

        def watched(key: str, *more: object, **how: object) -> None:
            touched.append(key)
            update(key, *more, **how)  # type: ignore[arg-type]

        monkeypatch.setattr(table, "update_cell", watched)
        monkeypatch.setattr(table, "clear", lambda **_how: touched.append("all"))
        tui_shop.do("advisor", "cancel-order", order=other, reason="改天")
        later = (utc_now() + timedelta(days=2)).isoformat()
        tui_shop.do("advisor", "change-promise", order=order, promised_at=later, reason="等件")
        await terminal.until(lambda: len(pane(terminal, "promises").rows) == 1 and touched)
        assert set(touched) == {order}


async def test_on_a_small_screen_it_turns_to_every_order_and_every_pane_by_itself(tui_shop: SmallShop) -> None:
    orders = [opened(tui_shop, {"operation": "WASH"}, car=car)[0] for car in range(8)]
    async with wall(tui_shop, (80, 12), turn=0.2) as terminal:
        seen: set[str] = set()
        wanted = {*orders, "8号工位", "Cleaning lists", "page 2 of"}

        def everything() -> bool:
            seen.update(text for text in (*wanted, "Waiting for") if text in terminal.text())
            return wanted <= seen

        await terminal.until(everything, "every order, the last bay, the lists")
        assert "Waiting for" not in seen  # a pane with nothing in it is passed over


async def test_it_waits_for_a_database_that_cannot_be_opened_yet(tui_shop: SmallShop) -> None:
    order, _ = opened(tui_shop, {"operation": "WASH"})
    async with wall(tui_shop, failures=2) as terminal:
        await terminal.shows("The database does not answer.")
        await terminal.shows(order)
        await terminal.until(lambda: not terminal.screen.query_one(MessageBar).has_class("-bad"))


async def test_while_the_database_is_away_it_says_since_when_and_then_goes_on(
    tui_shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, _ = opened(tui_shop, {"operation": "WASH"})
    async with wall(tui_shop) as terminal:
        await terminal.shows(order)
        door = terminal.app.door
        assert door is not None

        async def away(*_: object) -> object:
            raise Refused(SILENT())

        with monkeypatch.context() as patched:
            patched.setattr(door, "query", away)
            later, _ = opened(tui_shop, {"operation": "WASH"}, car=1)
            await terminal.shows("The database has not answered since", order)
        terminal.screen.reload()  # type: ignore[attr-defined]
        await terminal.shows(later)
        await terminal.until(lambda: "has not answered" not in terminal.text())


async def test_a_server_that_lets_nobody_in_for_a_while_is_waited_for(served_shop: SmallShop, postgres: Server) -> None:
    order, _ = opened(served_shop, {"operation": "WASH"})
    async with wall(served_shop) as terminal:
        await terminal.shows(order)
        with postgres.silent(str(served_shop.db.url.database)):
            await terminal.shows("The database has not answered since", order)
        await terminal.until(lambda: "has not answered" not in terminal.text())
        served_shop.db.close()
        later, _ = opened(served_shop, {"operation": "WASH"}, car=1)
        await terminal.shows(later)


async def test_it_is_left_with_f10(tui_shop: SmallShop) -> None:
    async with wall(tui_shop) as terminal:
        await terminal.shows("F10")
        await terminal.press("f8")
        await terminal.shows("退出程序")
        await terminal.press("f10")
        await terminal.until(lambda: not terminal.app.is_running or terminal.app._exit)
