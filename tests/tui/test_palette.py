"""Ctrl+P finds every act that a person may do here, by its words in both languages and by pinyin initials."""

from typing import TYPE_CHECKING

import pytest
from support.shop import SmallShop
from tui.test_cleaning import place_number
from tui.test_scans import opened

from workshop.domain.roles import Role
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.lock import LockScreen
from workshop.tui.palette import Palette
from workshop.tui.places.board import Board
from workshop.tui.places.cleaning import Cleaning
from workshop.tui.places.reception import Reception
from workshop.tui.table import KeyedTable

if TYPE_CHECKING:
    from tui.conftest import Sit


@pytest.mark.parametrize("letters", ["接车", "jc", "recep"])
async def test_a_place_is_found_in_either_language_and_by_pinyin_initials(sit: "Sit", letters: str) -> None:
    async with sit() as terminal:
        await terminal.admit("advisor")
        await terminal.press("ctrl+p")
        await terminal.on(Palette)
        await terminal.type(letters)
        await terminal.shows("1  接车")
        await terminal.press("enter")
        await terminal.on(Reception)


async def test_what_must_wait_is_listed_with_its_reason(sit: "Sit", tui_shop: SmallShop) -> None:
    opened(tui_shop)
    async with sit(size=(120, 40)) as terminal:
        await terminal.admit("technician")
        await terminal.press("f8")
        await terminal.until(lambda: terminal.screen.query_one(KeyedTable).current_key)
        await terminal.press("ctrl+p")
        await terminal.on(Palette)
        await terminal.type("sign self")
        await terminal.shows("Not now:", "sign self-check  W7a", "The order is opened; this is possible only when")


async def test_an_act_is_done_from_it_and_a_key_is_pressed_from_it(sit: "Sit") -> None:
    async with sit() as terminal:
        await terminal.admit("clerk")
        await terminal.press("ctrl+p")
        await terminal.on(Palette)
        await terminal.type("receive st")
        await terminal.press("enter")
        await terminal.on(FormDialog)
        await terminal.press("escape")
        await terminal.on(Board)
        await terminal.press("ctrl+p")
        await terminal.on(Palette)
        await terminal.type("锁定")
        await terminal.press("enter")
        await terminal.on(LockScreen)


async def test_a_key_is_found_in_either_language_and_told_in_the_one_of_the_moment(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    tui_shop.do("clerk", "choose-language", language="en")
    async with sit() as terminal:
        await terminal.admit("clerk")
        await terminal.press("ctrl+p")
        await terminal.on(Palette)
        for letters in ("锁定", "sd", "lock"):
            await terminal.press("ctrl+u")
            await terminal.type(letters)
            await terminal.shows("Lock  (keys)")
        await terminal.press("f8")
        await terminal.shows("锁定  (按键)")


async def test_an_act_on_what_the_cursor_is_on_is_not_listed_a_second_time_without_it(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    tui_shop.do("leader", "choose-language", language="en")
    async with sit() as terminal:
        await terminal.admit("leader")
        await terminal.on(Board)
        await terminal.press("f3", place_number("cleaning", Role.TEAM_LEADER))
        await terminal.on(Cleaning)
        await terminal.until(lambda: terminal.screen.query_one(KeyedTable).current_key)
        await terminal.press("ctrl+p")
        await terminal.on(Palette)
        await terminal.type("cleaning l")
        await terminal.shows("answer cleaning line", "sign cleaning list")
        assert terminal.text().count("answer cleaning line") == 1


async def test_nobody_finds_what_is_not_his(sit: "Sit") -> None:
    async with sit() as terminal:
        await terminal.admit("clerk")
        await terminal.press("ctrl+p")
        await terminal.on(Palette)
        await terminal.type("add person")
        await terminal.shows("没有您可做的")
