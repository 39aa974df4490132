"""Two terminals on one order: who is typing keeps the text and is told."""

from functools import partial
from typing import TYPE_CHECKING

from support.shop import SmallShop
from textual.widgets import TextArea
from tui.test_scans import here, opened

from workshop.commands.base import commands
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.places.board import Board

if TYPE_CHECKING:
    from tui.conftest import Sit

TOLD = "This order has changed meanwhile."


async def test_a_change_from_elsewhere_is_told_in_the_form_and_the_text_stays(sit: "Sit", tui_shop: SmallShop) -> None:
    number = opened(tui_shop)
    async with sit(size=(100, 40)) as terminal:
        await terminal.admit("advisor")
        await terminal.press("f8")
        place = here(terminal)
        place.run_worker(partial(place.do, commands()["cancel-order"], known={"order": number}))
        await terminal.on(FormDialog)
        form = terminal.screen
        form.query_one(TextArea).focus()
        await terminal.type("客户改天再来")
        tui_shop.do("clerk", "receive-stock", part_no="PAD", quantity=1)
        tui_shop.do("advisor2", "change-promise", order=number, promised_at="2031-01-01T10:00:00+08:00", reason="等件")
        await terminal.shows(TOLD)
        assert form.query_one(TextArea).text == "客户改天再来"
        await terminal.press("f12", *"2580", "enter")
        await terminal.on(Board)
        await terminal.shows("cancelled")


async def test_what_happens_to_other_orders_disturbs_nobody(sit: "Sit", tui_shop: SmallShop) -> None:
    number = opened(tui_shop)
    async with sit(size=(100, 40)) as terminal:
        await terminal.admit("advisor")
        await terminal.press("f8")
        place = here(terminal)
        place.run_worker(partial(place.do, commands()["cancel-order"], known={"order": number}))
        await terminal.on(FormDialog)
        latest = terminal.app.latest
        tui_shop.do("clerk", "receive-stock", part_no="PAD", quantity=1)
        await terminal.until(lambda: terminal.app.latest > latest, "the news has come")
        await terminal.settle()
        assert TOLD not in terminal.text()
