"""The manager's figures on the screen: chosen, looked into, saved."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from pydantic import ValidationError
from support.desk import opened, released
from support.shop import SmallShop

from workshop.domain.roles import EVERYONE, Role
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.places import PLACES, go_to
from workshop.tui.places.figure_page import FigurePage
from workshop.tui.places.figure_period import BACKWARDS, FromTo
from workshop.tui.places.figures import Figures
from workshop.tui.places.order_page import OrderPage
from workshop.tui.plot import Plot
from workshop.tui.table import KeyedTable
from workshop.tui.workplace import Workplace

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal


async def at_the_figures(terminal: "Terminal") -> Workplace:
    """The manager has gone to the figures, in English."""
    await terminal.admit("manager")
    await terminal.press("f8")
    here = terminal.screen
    assert isinstance(here, Workplace)
    go_to(here, "figures")
    await terminal.on(Figures)
    await terminal.shows("orders opened")
    screen = terminal.screen
    assert isinstance(screen, Workplace)
    return screen


def test_figures_are_for_managers() -> None:
    place = next(one for one in PLACES if one.id == "figures")
    assert place.roles == {Role.MANAGER} != EVERYONE


async def test_a_figure_leads_to_its_cases_and_each_to_its_order(sit: "Sit", tui_shop: SmallShop) -> None:
    order = released(tui_shop)
    tui_shop.do("advisor", "deliver", order=order, received_by="周先生", old_parts="shop_keeps")
    opened(tui_shop, {"operation": "WASH"}, car=1)
    async with sit() as terminal:
        screen = await at_the_figures(terminal)
        table = screen.query_one(KeyedTable)
        rows = {key.value: [cell.plain.strip() for cell in table.get_row(key)] for key in table.rows}
        assert rows["orders_delivered"][1:] == ["1", ""]
        assert rows["orders_opened"][1:] == ["2", ""]
        assert rows["delivered_on_time"][1:] == ["100.0%", "1 / 1"]
        table.point_at("time_in_shop")
        await terminal.until(lambda: len(screen.query_one(Plot)._bars) == 8)
        await terminal.shows("from opening to delivery, by stage")
        table.point_at("delivered_on_time")
        await terminal.shows("1 (delivered by the last promise) / 1 (orders delivered)")
        await terminal.press("enter")
        await terminal.on(FigurePage)
        await terminal.shows(order, "orders delivered in the period", "amount: after the promised time")
        await terminal.press("enter")
        await terminal.on(OrderPage)
        await terminal.shows(order)


async def test_another_period_is_chosen_by_its_digit_or_by_its_days(sit: "Sit", tui_shop: SmallShop) -> None:
    opened(tui_shop, {"operation": "WASH"})
    async with sit() as terminal:
        screen = await at_the_figures(terminal)
        table = screen.query_one(KeyedTable)

        def count() -> str:
            return str(table.get_row("orders_opened")[1]).strip()

        assert count() == "1"
        await terminal.press("2")
        await terminal.until(lambda: count() == "0", "last week")
        await terminal.press("left")
        await terminal.until(lambda: count() == "1", "this week")
        await terminal.press("5")
        await terminal.on(FormDialog)
        await terminal.type("2020-02-01")
        await terminal.press("enter")
        await terminal.type("2020-02-29")
        await terminal.press("f12")
        await terminal.on(Figures)
        await terminal.shows("2020-02-01 to 2020-02-29")
        await terminal.until(lambda: count() == "0", "February 2020")


def test_days_that_run_backwards_are_refused_where_they_are_typed() -> None:
    with pytest.raises(ValidationError) as wrong:
        FromTo(first=date(2020, 2, 2), last=date(2020, 2, 1))
    assert wrong.value.errors()[0]["msg"] == BACKWARDS


async def test_the_figures_are_saved_in_the_documents_and_where_is_told(
    sit: "Sit", tui_shop: SmallShop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workshop.tui.places.figure_saving.user_documents_path", lambda: tmp_path / "papers")
    opened(tui_shop, {"operation": "WASH"})
    async with sit(size=(160, 45)) as terminal:
        await at_the_figures(terminal)
        for choice in ("1", "2", "2"):
            await terminal.press("f6")
            await terminal.shows("CSV: the figures")
            await terminal.press(choice)
            await terminal.on(Figures)
            await terminal.shows(f"The figures are saved in {tmp_path}")
        books, tables = (sorted((tmp_path / "papers").glob(f"*.{end}")) for end in ("xlsx", "csv"))
        assert (len(books), len(tables)) == (1, 2)  # the second did not write over the first
        with ZipFile(books[0]) as packed:
            assert "orders opened" in packed.read("xl/sharedStrings.xml").decode()
