"""How the terminal looks: readable in every theme, and on consoles that draw line signs wide."""

from typing import TYPE_CHECKING

import pytest
from textual.color import Color
from textual.theme import Theme

from workshop.tui.looks import NAMES, THEMES, after
from workshop.tui.menu import Menu

if TYPE_CHECKING:
    from tui.conftest import Sit

# What stands on what: text, dimmed text and error text on each ground; the words of the bars and under the cursor.
PAIRS = (
    ("foreground", "background"),
    ("foreground", "surface"),
    ("foreground", "panel"),
    ("text-muted", "background"),
    ("text-muted", "surface"),
    ("text-error", "background"),
    ("text-error", "surface"),
    ("block-cursor-foreground", "block-cursor-background"),
)


def contrast(theme: Theme, above: str, below: str) -> float:
    """The contrast of two colours of a theme, by the formula of WCAG 2.1."""
    colours = {**theme.to_color_system().generate(), **theme.variables}
    ground, ink = Color.parse(colours[below]), Color.parse(colours[above])
    return _ratio(ground + ink, ground)


def _ratio(one: Color, other: Color) -> float:
    lights = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _luminance(colour: Color) -> float:
    parts = [value / 255 for value in colour.rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", THEMES, ids=NAMES)
@pytest.mark.parametrize(("above", "below"), PAIRS)
def test_text_stands_out_from_its_ground(theme: Theme, above: str, below: str) -> None:
    assert contrast(theme, above, below) >= (7 if theme.name == "contrast" else 4.5)


def test_the_themes_follow_one_another() -> None:
    assert [after(name) for name in NAMES] == [*NAMES[1:], NAMES[0]]
    assert after("another") == NAMES[0]


async def test_the_colours_change_with_a_key(sit: "Sit") -> None:
    async with sit(theme="light") as terminal:
        assert terminal.app.theme == "light"
        await terminal.press("ctrl+t")
        assert terminal.app.theme == "contrast"


async def test_with_ascii_borders_no_line_sign_is_drawn(sit: "Sit") -> None:
    async with sit(borders="ascii") as terminal:
        await terminal.admit("advisor")
        await terminal.press("f3")
        await terminal.on(Menu)
        assert "+--" in terminal.text()
        assert not [sign for sign in terminal.text() if "\u2500" <= sign <= "\u257f"]
