"""A dialog is drawn over what lies right beneath it, whichever of them changed last."""

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from textual.renderables.background_screen import BackgroundScreen

from workshop.domain.words import Message
from workshop.tui.confirm import Confirm

if TYPE_CHECKING:
    from tui.conftest import Sit


@pytest.mark.parametrize("changed", range(4))
async def test_of_dialogs_on_dialogs_each_is_drawn_over_the_one_beneath_it(sit: "Sit", changed: int) -> None:
    async with sit((100, 30)) as terminal:
        await terminal.admit("advisor")
        for name in ("first", "second", "third"):
            await terminal.app.push_screen(Confirm(Message(name)))
            await terminal.shows(name)
        stack = terminal.app.screen_stack
        stack[changed].refresh()
        for other in stack:
            other._set_dirty()  # painted again as it is remembered
        terminal.screen._compositor.render_update(full=True, screen_stack=terminal.app._background_screens)
        for below, dialog in pairwise(stack):
            drawn = dialog.render()
            assert isinstance(drawn, BackgroundScreen)
            assert drawn.screen is below
        assert terminal.app.gateway.person.name in terminal.text(), "the place is seen around the dialogs"
