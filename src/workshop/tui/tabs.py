"""The line of sheets that a screen can turn to: each with its digit, brackets around the one that is shown."""

from collections.abc import Mapping

from rich.style import Style
from rich.text import Text

from workshop.domain.words import Message
from workshop.i18n import Translator


def tab_line(tabs: Mapping[str, Message], current: str, t: Translator) -> Text:
    """The sheets by their keys; a click on one calls the screen's action `turn_to`."""
    text = Text(no_wrap=True, overflow="ellipsis")
    for place, (tab, label) in enumerate(tabs.items(), start=1):
        told = f"{place} {t(label)}"
        style = Style(bold=tab == current, meta={"@click": f"screen.turn_to('{tab}')"})
        text.append(f"[{told}]" if tab == current else f" {told} ", style=style)
        text.append(" ")
    return text
