"""A month as a calendar of boxes, as large as there is room: what became of each day, in a word and a colour."""

from collections.abc import Callable
from datetime import date
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.style import Style
from rich.text import Text
from textual.widget import Widget

from workshop.domain.calendar import Weekday
from workshop.domain.cleaning import CleaningMoment, ListState
from workshop.domain.words import N_
from workshop.i18n import Translator
from workshop.queries.cleaning_watch import DayCell, MonthView

OFF = N_("off")
NOTHING = N_("no list")
_MARKS: Final = {CleaningMoment.FRIDAY: N_("walls"), CleaningMoment.WEEKLY: N_("week")}
"""What is not due every day is named in its box."""
_SHORT: Final = {ListState.OPEN: N_("to do")}
"""What is too long for a box of a small screen."""
_SIGNS: Final = {
    ListState.AHEAD: " ",
    ListState.DONE: "v",
    ListState.PARTLY: "~",
    ListState.LATE: "+",
    ListState.OPEN: "?",
    ListState.MISSED: "x",
}
_STYLES: Final = {
    ListState.AHEAD: Style(),
    ListState.DONE: Style(color="black", bgcolor="green", bold=True),
    ListState.PARTLY: Style(color="black", bgcolor="cyan", bold=True),
    ListState.LATE: Style(color="black", bgcolor="yellow", bold=True),
    ListState.OPEN: Style(color="black", bgcolor="white", bold=True),
    ListState.MISSED: Style(color="white", bgcolor="red", bold=True),
}
_DIM: Final = Style(dim=True)
_HERE: Final = Style(reverse=True, bold=True)


class MonthGrid(Widget):
    """The boxes of a month, Monday first; the one that the cursor is on has its number reversed."""

    def __init__(self, translator: Callable[[], Translator]) -> None:
        super().__init__()
        self._translator = translator
        self._view: MonthView | None = None
        self._here: date | None = None

    def show(self, view: MonthView | None, here: date | None) -> None:
        """Show a month, with the cursor on a day."""
        self._view, self._here = view, here
        self.refresh()

    def render(self) -> Text:
        """Weekdays, then week by week."""
        view, t = self._view, self._translator()
        if view is None:
            return Text()
        width = max(self.size.width // 7, 6)
        weeks = _weeks(view)
        height = max((self.size.height - 1) // len(weeks), 2)
        lines = [Text.assemble(*(_box(t(day.label), width, Style(bold=True, underline=True)) for day in Weekday))]
        for week in weeks:
            empty = [_box("", width, Style())] * height
            boxes = [self._lines(cell, t, width, height) if cell else empty for cell in week]
            lines += [Text.assemble(*(box[number] for box in boxes)) for number in range(height)]
        return Text("\n", no_wrap=True).join(lines)

    def _lines(self, cell: DayCell, t: Translator, width: int, height: int) -> list[Text]:
        style = _STYLES[cell.state] if cell.state else _DIM
        number = _box(f"{cell.day.day:<2}", 3, _HERE if cell.day == self._here else style)
        first = Text.assemble(number, _box(_name(cell, t) if cell.working else "", width - 3, style))
        rest = [_word(cell, t), " ".join(t(_MARKS[moment]) for moment, _ in cell.lists if moment in _MARKS)]
        told = [_box(one, width, style) for one in rest[: height - 1]]
        return [first, *told, *[_box("", width, style)] * (height - 1 - len(told))]


def _weeks(view: MonthView) -> list[list[DayCell | None]]:
    before: list[DayCell | None] = [None] * (view.first.isoweekday() - 1)
    boxes = [*before, *view.cells]
    boxes += [None] * (-len(boxes) % 7)
    return [boxes[place : place + 7] for place in range(0, len(boxes), 7)]


def _word(cell: DayCell, t: Translator) -> str:
    if not cell.working:
        return _name(cell, t) or t(OFF)
    if cell.state is None:
        return t(NOTHING)
    return f"{_SIGNS[cell.state]} {t(_SHORT.get(cell.state, cell.state.label))}".strip()


def _name(cell: DayCell, t: Translator) -> str:
    return t.name(cell.name) if cell.name else ""


def _box(text: str, width: int, style: Style) -> Text:
    """The text in a box one cell narrower than its column, so that boxes do not touch."""
    room = width - 1
    if cell_len(text) > room:
        text = set_cell_size(text, max(room - 1, 0)) + "…"
    return Text.assemble((set_cell_size(text, room), style), " ")
