"""A bell and a line where somebody must act, once for each thing."""

from typing import TYPE_CHECKING

import pytest
from support.desk import confirmed, opened
from support.shop import SmallShop

from workshop.tui.app import LOCK

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal


def rung(terminal: "Terminal", monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Every time that the terminal's bell rings."""
    bells: list[bool] = []
    monkeypatch.setattr(terminal.app, "bell", lambda: bells.append(True))
    return bells


async def test_it_rings_once_for_what_is_new_and_not_for_what_waited_before(
    sit: "Sit", tui_shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    order, _ = confirmed(tui_shop)
    tui_shop.do("technician", "report-discrepancy", order=order, note="早先的")
    async with sit() as terminal:
        bells = rung(terminal, monkeypatch)
        await terminal.admit("advisor")
        await terminal.press("f8")
        tui_shop.do("technician", "report-finding", order=order, what="漏油", where="发动机", severity="soon")
        await terminal.shows(f"New for the front desk: finding, order {order}.")
        await terminal.press("f8")
        await terminal.shows(f"前台有新事项：发现问题，工单 {order}。")
        later, _ = opened(tui_shop, {"operation": "WASH"}, car=1)
        await terminal.shows(later)
        assert bells == [True]


async def test_what_came_while_it_was_locked_is_read_when_its_person_returns(
    sit: "Sit", tui_shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit(language="en") as terminal:
        bells = rung(terminal, monkeypatch)
        await terminal.admit("leader")
        await terminal.press("f8", "f9")
        await terminal.until(lambda: terminal.app.current_mode == LOCK)
        order, _ = opened(tui_shop, {"operation": "WASH"})
        await terminal.until(lambda: bells, "it rings")
        assert order not in terminal.text()
        await terminal.admit("leader")
        await terminal.shows("dispatched: " + order)


async def test_it_does_not_ring_where_the_settings_forbid_it(
    sit: "Sit", tui_shop: SmallShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with sit(bell=False) as terminal:
        bells = rung(terminal, monkeypatch)
        await terminal.admit("leader")
        order, _ = opened(tui_shop, {"operation": "WASH"})
        await terminal.shows(f"有新工单待派工：{order}。")
        assert bells == []
