"""A month of an area as a calendar that can be read across the room (W10a-W10e)."""

from datetime import date, timedelta
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from workshop.domain.cleaning import Area
from workshop.domain.numbers import Kind
from workshop.domain.words import N_
from workshop.queries.cleaning_watch import MonthView, areas_in_use, month
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.menu import Menu
from workshop.tui.month_grid import MonthGrid
from workshop.tui.numbered import Entry
from workshop.tui.places.cleaning import CleaningDay
from workshop.tui.places.cleaning_rows import YEAR_UNKNOWN
from workshop.tui.workplace import Workplace

CHOOSE = N_("Which area")
EVERYBODYS = N_("everybody's")
NO_AREA = N_("There is no area yet. The workshop manager enters them: F3, other acts.")
TITLE = N_("{area}  {month}  {whose}")


class CleaningMonth(Workplace):
    """The month of an area, a day a box. Arrows and Enter open a day, PgUp and PgDn turn the month, F6 the area."""

    CSS = """
    CleaningMonth #title { height: auto; padding: 0 1; text-style: bold; }
    CleaningMonth MonthGrid { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "area", N_("Area"), id="step"),
        Binding("pageup", "turn(-1)", N_("Earlier"), id="month_before"),
        Binding("pagedown", "turn(1)", N_("Later"), id="month_after"),
        Binding("left", "go(-1)", show=False, id="day_before"),
        Binding("right", "go(1)", show=False, id="day_after"),
        Binding("up", "go(-7)", show=False, id="week_before"),
        Binding("down", "go(7)", show=False, id="week_after"),
        Binding("enter", "day", N_("Open day"), show=False, id="day"),
    ]
    place = N_("Cleaning month")

    def __init__(self, gateway: Gateway, area_number: str = "") -> None:
        super().__init__(gateway)
        self._number = area_number
        self._day: date | None = None
        self._areas: list[Area] = []
        self._view: MonthView | None = None

    def body(self) -> ComposeResult:
        """Whose month it is, and the month."""
        yield Static(id="title", markup=False)
        yield MonthGrid(lambda: self.t)

    async def load(self) -> None:
        """The area's month; the first area of all where none was asked for."""
        now = self.house.now()
        day = self._day = self._day or now.astimezone(self.t.zone).date()
        self._areas = await self.gateway.query(areas_in_use, now)
        number = self._number or next((one.number for one in self._areas), "")
        self._view = await self.gateway.query(month, now, number, day) if number else None
        self._show()

    def _show(self) -> None:
        title, grid = self.query_one("#title", Static), self.query_one(MonthGrid)
        grid.show(self._view, self._day)
        if self._view is None:
            title.update(self.t(NO_AREA))
            return
        area, first = self._view.area, self._view.first
        whose = area.whose or self.t(EVERYBODYS)
        lines = [self.t(TITLE, area=area.name, month=f"{first:%Y-%m}", whose=whose)]
        if not all(cell.known for cell in self._view.cells):
            lines.append(self.t(YEAR_UNKNOWN, year=str(first.year)))
        title.update("\n".join(lines))

    def subject(self) -> Subject | None:
        """The area."""
        if self._view is None:
            return None
        area = self._view.area
        given = {"area_name": area.name, "team": area.team, "owner": area.owner_badge}
        return Subject(area.name, {"area": area.number}, given=given)

    async def take_scan(self, kind: Kind, number: str) -> bool:
        """An area's label shows its month."""
        if kind is not Kind.AREA:
            return False
        self._number = number
        self.reload()
        return True

    # --- keys --------------------------------------------------------------------------------------------------------

    def action_go(self, days: int) -> None:
        """To another day."""
        if self._day is not None:
            self._go_to(self._day + timedelta(days=days))

    def action_turn(self, months: int) -> None:
        """To the first day of another month."""
        if self._day is not None:
            year, number = divmod(self._day.year * 12 + self._day.month - 1 + months, 12)
            self._go_to(date(year, number + 1, 1))

    def _go_to(self, day: date) -> None:
        before, self._day = self._day, day
        if before is not None and (before.year, before.month) == (day.year, day.month):
            self._show()
        else:
            self.reload()

    @work(exclusive=True, group=DOING)
    async def action_area(self) -> None:
        """Choose the area."""
        entries = [Entry(one.number, one.name, one.whose or self.t(EVERYBODYS)) for one in self._areas]
        chosen = await self.house.push_screen_wait(Menu(lambda: self.t(CHOOSE), lambda: entries))
        if chosen is not None:
            self._number = chosen
            self.reload()

    def action_day(self) -> None:
        """The lists of the day, line by line."""
        if self._view is not None and self._day is not None:
            self.house.push_screen(CleaningDay(self.gateway, self._view.area.number, self._day))
