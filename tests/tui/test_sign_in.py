"""Signing in, locking, signing out; the first start of an empty shop."""

import asyncio
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from support.shop import SmallShop
from textual.widgets import Input, TextArea
from tui.at_the_demo import seated

from workshop.commands.base import commands
from workshop.commands.shop import FirstStart, first_start
from workshop.db import schema
from workshop.db.database import Database
from workshop.tui.confirm import Confirm
from workshop.tui.forms.dialog import FormDialog
from workshop.tui.lock import LockScreen
from workshop.tui.numbered import NumberedList
from workshop.tui.places.board import Board
from workshop.tui.sign_in import SignInScreen

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal

HEAVY = ("sqlmodel", "sqlalchemy", "pydantic", "workshop.db", "workshop.commands", "workshop.queries")


async def sign_in(terminal: "Terminal", badge: str, pin: str = "2580") -> None:
    """Type badge and PIN."""
    await terminal.on(SignInScreen)
    await terminal.until(lambda: terminal.app.door is not None, "the records are open")
    await terminal.type(badge)
    await terminal.press("enter", *pin, "enter")


def test_the_sign_in_is_there_before_anything_heavy_is_imported() -> None:
    asked = f"import sys, workshop.tui.app; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_a_wrong_pin_is_told_in_place_and_the_right_one_opens_the_board(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit() as terminal:
        await sign_in(terminal, tui_shop.badge("advisor"), "1397")
        await terminal.shows("! Badge or PIN is wrong.")
        await terminal.press(*"2580", "enter")
        await terminal.on(Board)
        await terminal.shows("李顾问")


async def test_a_badge_typed_at_a_demo_is_no_choice_among_its_people(own_demo: Path) -> None:
    async with seated(own_demo, (80, 24)) as seat:
        people = seat.screen.query_one("#people", NumberedList)
        await seat.until(lambda: people.has_focus, "the people of the demo")
        for digit in "3000000017":
            await seat.press(digit)
        assert seat.screen.query_one("#badge", Input).value == "3000000017"
        assert seat.screen.query_one("#pin", Input).value == ""


async def test_the_pin_is_never_on_the_screen(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit() as terminal:
        await terminal.until(lambda: terminal.app.door is not None)
        await terminal.press("tab", *"739182")
        assert terminal.screen.query_one("#pin", Input).value == "739182"
        assert "7391" not in terminal.text()


async def test_the_same_person_returns_to_a_half_filled_form_after_the_lock(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit() as terminal:
        await terminal.admit("advisor")
        board = terminal.screen
        assert isinstance(board, Board)
        board.run_worker(partial(board.do, commands()["open-order"]))
        await terminal.on(FormDialog)
        form = terminal.screen
        await terminal.press("tab")
        await terminal.type("半句话 [/red]")
        await terminal.press("f9")
        await terminal.on(LockScreen)
        assert "半句话" not in terminal.text()
        await terminal.press(*"2580", "enter")
        await terminal.on(FormDialog)
        assert terminal.screen is form
        assert form.query_one(TextArea).text == "半句话 [/red]"
        assert form.query_one(TextArea).has_focus


async def test_somebody_else_signs_in_after_a_confirmation_and_the_first_finds_the_form_again(
    sit: "Sit", tui_shop: SmallShop
) -> None:
    async with sit() as terminal:
        await terminal.admit("advisor")
        board = terminal.screen
        assert isinstance(board, Board)
        board.run_worker(partial(board.do, commands()["open-order"]))
        await terminal.on(FormDialog)
        form = terminal.screen
        await terminal.press("f9")
        await terminal.on(LockScreen)
        await terminal.type(tui_shop.badge("clerk"))
        await terminal.press("enter")
        await terminal.on(Confirm)
        await terminal.press("enter")
        await terminal.on(SignInScreen)
        assert terminal.screen.query_one("#badge", Input).value == tui_shop.badge("clerk")
        await terminal.press(*"2580", "enter")
        await terminal.on(Board)
        await terminal.shows("孙备件")
        await terminal.press("f10")
        await sign_in(terminal, tui_shop.badge("advisor"))
        await terminal.on(FormDialog)
        assert terminal.screen is form


async def test_the_terminal_locks_when_nobody_presses_a_key(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit(idle_minutes=0.001) as terminal:
        await terminal.admit("advisor")
        await terminal.on(LockScreen)
        await terminal.shows("李顾问")


async def test_signing_out_gives_up_the_screens_and_ctrl_q_does_not_leave(sit: "Sit", tui_shop: SmallShop) -> None:
    async with sit() as terminal:
        await terminal.admit("advisor")
        board = terminal.screen
        await terminal.press("ctrl+q")
        assert terminal.screen is board
        await terminal.press("f10")
        await terminal.on(SignInScreen)
        await terminal.until(lambda: not board.is_running, "the screens are gone")


async def test_an_empty_shop_is_set_up_and_its_administrator_signs_in(tmp_path: Path) -> None:
    from tui.conftest import sitting

    url = f"sqlite:///{tmp_path / 'empty.db'}"
    db = Database(url)
    schema.create(db)
    db.close()
    async with sitting(url, None, (80, 24)) as terminal:
        await terminal.on(FormDialog)
        await terminal.type("张江店")
        for _ in range(4):
            await terminal.press("down")
        await terminal.press("down")
        await terminal.type("管理员")
        await terminal.press("enter", *"2580", "f12")
        await terminal.on(SignInScreen)
        await terminal.shows("3000000017", "张江店")
        await terminal.press(*"2580", "enter")
        await terminal.on(Board)


async def test_a_demo_says_who_to_sign_in_as(tmp_path: Path) -> None:
    from tui.conftest import sitting

    url = f"sqlite:///{tmp_path / 'demo.db'}"
    db = Database(url)
    schema.create(db)
    await asyncio.to_thread(
        first_start, db, FirstStart(shop="演示", administrator="王[/red]", pin="2580", demo=True), "t"
    )
    db.close()
    async with sitting(url, None, (80, 24)) as terminal:
        await terminal.shows("王[/red]", "2580")
        await terminal.press("enter", "enter")
        await terminal.on(Board)
