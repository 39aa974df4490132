"""The manager's figures of a period."""

import asyncio
from collections.abc import Iterator
from typing import ClassVar, Final

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import DataTable, Static

from workshop.domain.figures import Period, Span, period_of
from workshop.domain.reasons import Refused
from workshop.domain.words import N_, Message
from workshop.queries.figures import Definition, Figure, Report, by_definition, figures
from workshop.queries.figures.words import named_terms, terms, title, value
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.menu import Menu
from workshop.tui.messages import Changed
from workshop.tui.numbered import Entry
from workshop.tui.places.figure_bars import bars
from workshop.tui.places.figure_page import FigurePage
from workshop.tui.places.figure_period import ask_period
from workshop.tui.places.figure_saving import Form, save
from workshop.tui.plot import Plot
from workshop.tui.prose import Prose
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.tabs import tab_line
from workshop.tui.workplace import Workplace

DAYS = N_("{first} to {last}, as it was at {time}")
SAVE_AS = N_("Save the figures as")
SAVED = N_("The figures are saved in {file}.")
HINT = N_("Enter on a figure shows what it is made of. F6 saves all of them in a file.")
COLUMNS = (
    Column("figure", N_("figure"), grow=True),
    Column("value", N_("value"), 14, right=True),
    Column("made_of", N_("made of"), 26),
)
_OTHER: Final = "other"
PERIODS: Final[dict[str, Message]] = {**{span.value: span.label for span in Span}, _OTHER: N_("other days")}
_FRESH: Final = 60  # seconds after which figures that others have changed are read again
_FEW_BARS, _MANY_BARS = 8, 31


class Figures(Workplace):
    """Figures of a period, which 1 to 5 or left and right choose. Enter: what a figure is made of; F6: save a file."""

    CSS_PATH = "figures.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012 — so declared by Textual
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "save", N_("Save"), id="step"),
        *(Binding(str(place), f"turn_to('{tab}')", show=False, id=tab) for place, tab in enumerate(PERIODS, start=1)),
        Binding("left", "turn(-1)", show=False, priority=True, id="sheet_before"),
        Binding("right", "turn(1)", show=False, priority=True, id="sheet_after"),
    ]
    place = N_("Figures")

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._tab = Span.THIS_WEEK.value
        self._other: Period | None = None
        self._report: Report | None = None

    def body(self) -> ComposeResult:
        """The periods, the figures, and beside or below them the one under the cursor."""
        yield Static(id="periods", markup=False)
        yield Static(id="days", markup=False)
        with Horizontal(id="figures"):
            yield KeyedTable(COLUMNS, id="list")
            with VerticalScroll(id="aside", can_focus=False):
                yield Static(id="about", markup=False)
                yield Plot(id="plot")

    # --- the records -------------------------------------------------------------------------------------------------

    @property
    def period(self) -> Period:
        """The days that are looked at, as seen today."""
        if self._tab == _OTHER and self._other is not None:
            return self._other
        return period_of(Span(self._tab), self.house.now().astimezone(self.t.zone).date())

    async def load(self) -> None:
        """The figures of the period."""
        found = await self.gateway.query(figures, self.period, self.house.now(), self.t.zone.key)
        self._report = found
        table = self.query_one("#list", KeyedTable)
        first = table.current_key is None
        table.show(list(self._rows(found)))
        if first:
            table.point_at(found.figures[0].key)
        self._show_period()
        self.call_after_refresh(self._show_figure)

    def on_mount(self) -> None:
        """Look now and then whether the figures have changed."""
        self.set_interval(_FRESH, self._freshen)

    def on_changed(self, event: Changed) -> None:
        """Figures are read again after a while only: that takes its time, and they need not follow every act."""
        event.stop()
        event.prevent_default()

    def _freshen(self) -> None:
        if self.is_current and self._loaded_at != self.house.latest:
            self.reload()

    # --- what is shown -----------------------------------------------------------------------------------------------

    def render_texts(self) -> None:
        """The periods' names too."""
        super().render_texts()
        self._show_period()

    def _show_period(self) -> None:
        self.query_one("#periods", Static).update(tab_line(PERIODS, self._tab, self.t))
        if self._report is not None:
            period, at = self._report.period, self.t.clock(self._report.at, self.house.now())
            self.query_one("#days", Static).update(self.t(DAYS, first=period.first, last=period.last, time=at))

    def _rows(self, report: Report) -> Iterator[Row]:
        subject = None
        for group in by_definition(report.figures):
            definition = group[0].definition
            if definition.subject is not subject:
                subject = definition.subject
                yield Row(f"/{subject.value}", (Text(self.t(subject.label), style="bold underline"), "", ""))
            if definition.of:
                yield Row(definition.id, (f"  {self.t(definition.label)}", "", ""))
            indent = "    " if definition.of else "  "
            for one in group:
                yield Row(one.key, (f"{indent}{title(one, self.t)}", value(one, self.t), terms(one, self.t)))

    @property
    def _here(self) -> tuple[Definition, Figure] | None:
        """The definition under the cursor and its figure: the first one, where the cursor is on the head of several."""
        key = self.query_one("#list", KeyedTable).current_key or ""
        found = self._report.figures if self._report else ()
        one = next((figure for figure in found if key in (figure.key, figure.definition.id)), None)
        return (one.definition, one) if one else None

    @on(DataTable.RowHighlighted)
    def _show_figure(self) -> None:
        here, report, t = self._here, self._report, self.t
        about, plot = self.query_one("#about", Static), self.query_one(Plot)
        if here is None or report is None:
            about.update(t(HINT))
            plot.show("", ())
            return
        definition, figure = here
        wide = self.has_class("-wide")
        lines = [t(definition.label), t(definition.meaning)] if wide else []
        if self.query_one("#list", KeyedTable).current_key == figure.key and (made_of := named_terms(figure, t)):
            lines.append(f"{value(figure, t)} = {made_of}" if definition.denominator else made_of)
        text = Text("\n".join(lines))
        text.stylize("bold", 0, len(lines[0]) if wide else 0)
        about.update(Prose(text))
        plot.show(*bars(report, figure, t, _MANY_BARS if wide else _FEW_BARS))

    def on_resize(self) -> None:
        """More is told where there is more room."""
        self.call_after_refresh(self._show_figure)

    # --- keys --------------------------------------------------------------------------------------------------------

    @on(DataTable.RowSelected)
    def _open(self, event: DataTable.RowSelected) -> None:
        event.stop()
        here = self._here
        if here is not None and event.row_key.value == here[1].key and self._report is not None:
            self.house.push_screen(FigurePage(self.gateway, self._report, here[1]))

    async def action_turn_to(self, tab: str) -> None:
        """Look at another period."""
        if tab == _OTHER:
            self._ask_days()
        else:
            self._tab = tab
            self._show_period()
            self.reload()

    async def action_turn(self, step: int) -> None:
        """The period before or after this one in the line."""
        tabs = list(PERIODS)
        await self.action_turn_to(tabs[(tabs.index(self._tab) + step) % len(tabs)])

    @work(exclusive=True, group=DOING)
    async def _ask_days(self) -> None:
        chosen = await ask_period(self.house)
        if chosen is not None:
            self._tab, self._other = _OTHER, chosen
            self._show_period()
            self.reload()

    @work(exclusive=True, group=DOING)
    async def action_save(self) -> None:
        """Save the figures as a file, and tell where it is."""
        report, t = self._report, self.t
        if report is None:
            return
        entries = [(form.value, form.label) for form in Form]
        chosen = await self.house.push_screen_wait(
            Menu(lambda: self.t(SAVE_AS), lambda: [Entry(key, self.t(label)) for key, label in entries])
        )
        if chosen is None:
            return
        try:
            file = await asyncio.to_thread(save, report, Form(chosen), t)
        except Refused as refused:
            self.tell_refusal(refused)
            return
        self.tell(lambda: self.t(SAVED, file=str(file)))
