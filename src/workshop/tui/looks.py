"""How the terminal looks: one set of colours for dark and light rooms, and one of high contrast.

State is told by words and marks; colour only repeats it. `dark` and `light` keep text at a contrast of 4.5 to 1 or more
against what it stands on, `contrast` at 7 to 1 (WCAG 2.1, levels AA and AAA); a test measures it.
"""

from typing import Final

from textual.theme import Theme

THEMES: Final = (
    Theme(
        name="dark",
        primary="#0178d4",
        secondary="#5ea6e0",
        accent="#ffa62b",
        foreground="#e4e4e4",
        background="#121212",
        surface="#1e1e1e",
        panel="#24292f",
        warning="#ffa62b",
        error="#b3364a",
        success="#3fa66a",
        dark=True,
        variables={"text-muted": "#a9a9a9", "block-cursor-foreground": "#ffffff"},
    ),
    Theme(
        name="light",
        primary="#0b5cad",
        secondary="#2f6f9f",
        accent="#8a4b00",
        foreground="#1b1b1b",
        background="#f6f6f4",
        surface="#e9e9e6",
        panel="#dcdcd8",
        warning="#8a4b00",
        error="#a3182f",
        success="#1d6b3a",
        dark=False,
        variables={"text-muted": "#595959", "block-cursor-foreground": "#ffffff"},
    ),
    Theme(
        name="contrast",
        primary="#ffff00",
        secondary="#00ffff",
        accent="#ffffff",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#202020",
        warning="#ffff00",
        error="#ff8080",
        success="#80ff80",
        dark=True,
        variables={"text-muted": "#e0e0e0", "block-cursor-foreground": "#000000"},
    ),
)
NAMES: Final = tuple(theme.name for theme in THEMES)
ASCII: Final = "-ascii"
"""The app's class under which borders are drawn with - | +, for consoles that draw line signs two cells wide."""


def after(name: str) -> str:
    """The theme that comes after this one."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else NAMES[0]
