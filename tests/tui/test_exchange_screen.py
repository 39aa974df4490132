"""The exchange's screen: which health records wait and why, what was answered, and sending them now."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from integration.test_exchange import _answers, office
from support.one_order import drive
from support.shop import SmallShop
from tui.test_scans import here

from workshop.tui.places import go_to
from workshop.tui.places.exchange import Exchange
from workshop.tui.places.order_page import OrderPage

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal


async def exchange(terminal: "Terminal") -> None:
    """The screen, before the manager."""
    assert terminal.shop is not None
    terminal.shop.do("manager", "choose-language", language="en")
    await terminal.admit("manager")
    go_to(here(terminal), "exchange")
    await terminal.on(Exchange)


async def test_a_record_waits_until_it_is_sent_and_accepted(sit: "Sit", tui_shop: SmallShop, tmp_path: Path) -> None:
    order = drive(tui_shop)
    async with sit(size=(130, 30), health_folder=tmp_path / "out") as terminal:
        await exchange(terminal)
        await terminal.shows(order, "waits: not sent yet", "Records waiting: 1. F6 sends to")
        await terminal.press("f6")
        await terminal.shows("Every health record has been accepted.", "accepted", f"{order}.json")
        assert json.loads((tmp_path / "out" / f"{order}.json").read_text("utf-8"))["basicInfo"]["costlistcode"] == order
        await terminal.press("enter")
        await terminal.on(OrderPage)


async def test_a_refusal_stands_there_with_its_words_and_the_record_is_sent_again(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    order = drive(tui_shop)
    with office(_answers("0")) as there:
        async with sit(
            size=(130, 30), health_address=there.address, health_company="C", health_password="P"
        ) as terminal:
            await exchange(terminal)
            await terminal.shows(order)
            for attempts in (1, 2):
                await terminal.press("f6")
                await terminal.shows("! refused", "收到", "Health records that wait to be sent: 1.")
                sent = [path for path, _ in there.got if path.endswith("add")]
                assert len(sent) == attempts
                terminal.screen.query_one("MessageBar").tell("")  # type: ignore[attr-defined]
                await terminal.settle()
            await terminal.until(lambda: "  2 " in next(line for line in terminal.text().splitlines() if order in line))


async def test_a_receiver_that_is_away_and_one_that_nobody_named_are_told(sit: "Sit", tui_shop: SmallShop) -> None:
    order = drive(tui_shop)
    async with sit(size=(130, 30), health_address="http://127.0.0.1:9") as terminal:
        await exchange(terminal)
        await terminal.shows(order)
        await terminal.press("f6")
        await terminal.shows("the receiver cannot be reached", "waits: not sent yet")
    async with sit(size=(80, 24)) as terminal:
        await exchange(terminal)
        await terminal.shows("The settings name no receiver")
        await terminal.press("f6")
        await terminal.shows("! The settings name no receiver")
