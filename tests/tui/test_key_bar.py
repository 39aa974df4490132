"""The line of keys below every screen, for those who use a mouse."""

from typing import TYPE_CHECKING

from textual.pilot import Pilot

from workshop.tui.bars import KeyBar
from workshop.tui.help import HelpScreen

if TYPE_CHECKING:
    from tui.conftest import Sit, Terminal


def where(terminal: "Terminal", key: str) -> tuple[int, int]:
    """Where on its bar a key stands."""
    bar = terminal.screen.query_one(KeyBar)
    return terminal.text().splitlines()[bar.region.y].index(f"{key} "), 0


async def test_a_key_is_marked_under_the_mouse_and_pressed_by_a_click(sit: "Sit") -> None:
    async with sit() as terminal:
        await terminal.admit("advisor")
        await terminal.shows("F1 帮助")
        mouse: Pilot[None] = terminal.pilot
        bar = terminal.screen.query_one(KeyBar)
        await mouse.hover(KeyBar, where(terminal, "F1"))
        assert bar.under_mouse == "f1"
        plain, marked = (
            bar.render().get_style_at_offset(terminal.app.console, bar.render().plain.index(key))
            for key in ("F2", "F1")
        )
        assert plain.bgcolor is None
        assert marked.bgcolor is not None
        await mouse.hover("#body")
        assert not bar.under_mouse
        await mouse.click(KeyBar, where(terminal, "F1"))
        await terminal.on(HelpScreen)


async def test_a_click_beside_the_keys_presses_none(sit: "Sit") -> None:
    async with sit(size=(160, 24)) as terminal:
        await terminal.admit("advisor")
        await terminal.shows("F1 帮助")
        here = terminal.screen
        await terminal.pilot.click(KeyBar, (158, 0))
        await terminal.settle()
        assert terminal.screen is here
