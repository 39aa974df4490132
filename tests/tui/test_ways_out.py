"""However small the terminal, the key that leads away is in sight; and what is pasted harms no screen."""

from typing import TYPE_CHECKING

import pytest
from support.shop import SmallShop
from textual.widgets import Input
from tui.test_frame import open_order

from workshop.tui.find import Find
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.help import HelpScreen
from workshop.tui.palette import Palette
from workshop.tui.places.reception import Reception
from workshop.tui.table import KeyedTable

if TYPE_CHECKING:
    from tui.conftest import Sit

SMALL = (60, 18)


async def test_a_key_bar_without_room_for_all_keeps_the_way_out(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit(size=SMALL) as terminal:
        await terminal.admit("advisor")
        await terminal.shows("F10 退出登录")
        await terminal.press("f3", "2")
        await terminal.on(Reception)
        await terminal.shows("Esc 返回")


@pytest.mark.parametrize(("key", "dialog"), [("ctrl+p", Palette), ("f1", HelpScreen)])
async def test_a_long_dialog_keeps_its_keys_in_sight(
    sit: "Sit", tui_shop: SmallShop, key: str, dialog: type[Palette | HelpScreen]
) -> None:
    async with sit(size=(160, 45)) as terminal:
        await terminal.admit("manager")
        await terminal.press(key)
        await terminal.on(dialog)
        await terminal.pilot.resize_terminal(*SMALL)
        await terminal.shows("Esc 返回")


async def test_a_form_keeps_its_keys_in_sight_when_errors_and_a_refusal_come(sit: "Sit", tui_shop: SmallShop) -> None:
    order = open_order(tui_shop)
    async with sit(size=SMALL) as terminal:
        await terminal.admit("advisor")
        await terminal.until(lambda: terminal.screen.query_one(KeyedTable).current_key)
        await terminal.press("f4", "1")
        await terminal.on(FormDialog)
        await terminal.shows("F12 完成")
        await terminal.press("f12")
        await terminal.shows("此项必填")
        await terminal.scan(order)
        await terminal.shows("扫到的是", "Esc 返回", "F12 完成")


async def test_what_is_pasted_brings_no_control_and_no_reordering_characters(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit() as terminal:
        await terminal.admit("advisor")
        await terminal.press("f2")
        await terminal.on(Find)
        await terminal.type("\x1b[31m粤\x00\u202eB\x9b ")
        assert terminal.screen.query_one(Input).value == "[31m粤B "
