"""One grammar of keys over all screens, which a shop may change."""

from typing import TYPE_CHECKING

import pytest

from workshop.tui.find import Find
from workshop.tui.keymap import key_uses, unknown_keys

if TYPE_CHECKING:
    from tui.conftest import Sit

GRAMMAR = {
    "f1": {"help"},
    "f2": {"find"},
    "f3": {"places"},
    "f4": {"acts"},
    "f5": {"refresh"},
    "f6": {"step", "set_up", "somebody_else"},  # what comes next here
    "f7": {"page"},
    "f8": {"language"},
    "f9": {"lock"},
    "f10": {"sign_out", "quit"},  # leave
    "f12": {"submit", "start"},  # do it
    "escape": {"back", "leave"},
    "ctrl+o": {"print"},
    "ctrl+p": {"palette"},
    "ctrl+q": {"leave_hint"},
    "ctrl+s": {"submit_too"},
    "ctrl+t": {"theme"},
}
"""What a key may mean, written by hand: no function key means one thing here and another there."""
WITHIN = {
    "up",
    "down",
    "left",
    "right",
    "pageup",
    "pagedown",
    "enter",
    "space",
    "delete",
    "backspace,delete",
    *"123456789",
}
"""Keys that move within a screen and choose there."""
USES = key_uses()


def test_a_key_means_the_same_on_every_screen() -> None:
    found: dict[str, set[str]] = {}
    for use in USES:
        found.setdefault(use.key, set()).add(use.id)
    assert {key: names for key, names in found.items() if key not in WITHIN} == GRAMMAR


@pytest.mark.parametrize("name", sorted({use.id for use in USES}))
def test_a_name_stands_for_one_key_and_is_explained(name: str) -> None:
    mine = [use for use in USES if use.id == name]
    assert len({use.key for use in mine}) == 1
    assert all(use.words for use in mine)


async def test_a_shop_chooses_its_own_keys(sit: "Sit") -> None:
    async with sit(size=(160, 24), keys={"find": "f11"}) as terminal:
        await terminal.admit("advisor")
        await terminal.until(lambda: "F11" in terminal.text())
        assert "F2 " not in terminal.text()
        await terminal.press("f2")
        assert not isinstance(terminal.screen, Find)
        await terminal.press("f11")
        await terminal.on(Find)


def test_a_key_that_is_none_is_noticed() -> None:
    assert unknown_keys({"find": "f11", "findd": "f2"}) == ["findd"]
