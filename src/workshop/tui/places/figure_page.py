"""What one figure is made of, case by case."""

from collections.abc import Iterator

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from workshop.domain.words import N_
from workshop.queries.figures import Case, Figure, Report, figures
from workshop.queries.figures.words import measured, named_terms, title, value
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.prose import Prose
from workshop.tui.table import MOST_ROWS, Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

FIGURE_OF = N_("{figure}: {of}")
DAYS = N_("{first} to {last}")
AMOUNT_IS = N_("amount: {measure}")
MORE = N_("{shown} of {count} are shown; the saved file has them all.")
NO_CASES = N_("Nothing stands behind this figure.")
COLUMNS = (
    Column("order", N_("order"), 10),
    Column("time", N_("time"), 11),
    Column("counts", N_("counted"), 7),
    Column("amount", N_("amount"), 15, right=True),
    Column("who", N_("person"), 10),
    Column("what", N_("what"), grow=True),
    Column("vehicle", N_("vehicle"), 20, from_width=100),
)


class FigurePage(Workplace):
    """The cases behind a figure. Enter opens the order; F5 reads the figure again."""

    CSS = "FigurePage #head { height: auto; max-height: 7; padding: 0 1; }"
    place = N_("Figure")

    def __init__(self, gateway: Gateway, report: Report, figure: Figure) -> None:
        super().__init__(gateway)
        self._report = report
        self._figure = figure
        self._again = False

    def body(self) -> ComposeResult:
        """What the figure is, and its cases."""
        yield Static(id="head", markup=False)
        yield KeyedTable(COLUMNS, id="cases")
        yield Static(classes="empty", markup=False)

    def concerns(self, orders: frozenset[str]) -> bool:  # noqa: ARG002 — it stays as it was counted until F5
        """What is shown is what was counted."""
        return False

    async def load(self) -> None:
        """Show the figure as it was counted."""
        if self._again:
            await self._count_again()
        self.query_one("#head", Static).update(Prose(self._head()))
        self.query_one(KeyedTable).show(list(self._rows()))
        empty = self.query_one(".empty", Static)
        empty.update(self.t(NO_CASES))
        empty.display = not self._figure.cases

    def action_refresh(self) -> None:
        """Count again."""
        self._again = True
        self.reload()

    async def _count_again(self) -> None:
        self._again = False
        found = await self.gateway.query(figures, self._report.period, self.house.now(), self.t.zone.key)
        same = (one for one in found.figures if one.key == self._figure.key)
        self._report, self._figure = found, next(same, self._figure)

    def _head(self) -> Text:
        t, figure, period = self.t, self._figure, self._report.period
        definition, made_of = figure.definition, named_terms(figure, t)
        label = t(definition.label)
        text = Text(t(FIGURE_OF, figure=label, of=title(figure, t)) if figure.about else label, style="bold")
        text.append(f"  {value(figure, t)}")
        text.append(f" = {made_of}" if definition.denominator else f"  {made_of}", style="not bold")
        text.append(f"\n{t(definition.meaning)}", style="not bold dim")
        days = "" if definition.now else t(DAYS, first=period.first, last=period.last)
        amount = t(AMOUNT_IS, measure=definition.measure) if definition.measure else ""
        many = len(figure.cases) > MOST_ROWS
        more = t(MORE, shown=MOST_ROWS, count=len(figure.cases)) if many else ""
        for line in ((days, t(definition.cases)), (amount, more)):
            if told := "  ".join(filter(None, line)):
                text.append(f"\n{told}", style="not bold")
        return text

    def subject(self) -> Subject | None:
        """The order under the cursor."""
        case = self._case(self.query_one(KeyedTable).current_key)
        return Subject(f"{case.order}  {case.vehicle}", {"order": case.order}) if case and case.order else None

    @on(DataTable.RowSelected)
    def _enter(self, event: DataTable.RowSelected) -> None:
        from workshop.tui.places import open_order

        event.stop()
        case = self._case(event.row_key.value)
        if case is not None and case.order:
            open_order(self, case.order)

    def _case(self, key: str | None) -> Case | None:
        return self._figure.cases[int(key)] if key else None

    def _rows(self) -> Iterator[Row]:
        t, now = self.t, self.house.now()
        share = bool(self._figure.definition.denominator)
        for place, case in enumerate(self._figure.cases[:MOST_ROWS]):
            yield Row(
                str(place),
                (
                    case.order,
                    t.clock(case.at, now),
                    t.value(case.counts) if share else "",
                    measured(case, t),
                    case.who,
                    t.value(case.what),
                    case.vehicle,
                ),
            )
