"""What lies in the parts store: old parts whose life is not over, and the stock (W6b)."""

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import DataTable, Input, Static

from workshop.commands.old_parts import MoveOldPart
from workshop.domain.words import N_
from workshop.queries.counter import HeldOldPart, StockRow, held_old_parts, stock
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

NO_OLD_PARTS = N_("No old part is at the counter.")
NO_PARTS = N_("No such part.")
SEARCH = N_("part number, name or pinyin initials")
HAZARDOUS = N_("hazardous")

OLD_COLUMNS = (
    Column("tag", N_("tag"), 10),
    Column("part", N_("part"), grow=True),
    Column("pieces", N_("pieces"), 6, right=True),
    Column("state", N_("state"), 22),
    Column("waste", N_("waste"), 10),
    Column("since", N_("received"), 11),
    Column("order", N_("order"), 10),
)
STOCK_COLUMNS = (
    Column("part_no", N_("part number"), 20),
    Column("name", N_("part"), grow=True),
    Column("stock", N_("stock"), 7, right=True),
    Column("unit", N_("unit"), 6),
    Column("number", N_("number"), 10),
)


class OldParts(Workplace):
    """Old parts at the counter. Enter takes the one under the cursor a step on."""

    place = N_("Old parts")

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._parts: dict[str, HeldOldPart] = {}

    def body(self) -> ComposeResult:
        """One table."""
        yield KeyedTable(OLD_COLUMNS, id="old-parts")
        yield Static(classes="empty", markup=False)

    async def load(self) -> None:
        """What is held or was shown, the oldest first."""
        parts = await self.gateway.query(held_old_parts)
        self._parts = {one.number: one for one in parts}
        self.query_one(KeyedTable).show([self._row(one) for one in parts])
        empty = self.query_one(".empty", Static)
        empty.update(self.t(NO_OLD_PARTS))
        empty.display = not parts

    def subject(self) -> Subject | None:
        """The old part under the cursor."""
        found = self._parts.get(self.query_one(KeyedTable).current_key or "")
        if found is None:
            return None
        values: dict[str, object] = {"order": found.order_number, "old_part": found.number}
        return Subject(f"{found.number}  {self.t.name(found.name)}", values)

    @on(DataTable.RowSelected)
    @work(exclusive=True, group="keys")
    async def _enter(self, event: DataTable.RowSelected) -> None:
        event.stop()
        found = self._parts.get(event.row_key.value or "")
        if found is not None:
            await self.do(MoveOldPart, known={"tag": found.number}, about=self.t.name(found.name))

    def _row(self, found: HeldOldPart) -> Row:
        return Row(
            found.number,
            (
                found.number,
                self.t.name(found.name),
                str(found.quantity),
                self.t.value(found.state),
                self.t(HAZARDOUS) if found.hazardous else "",
                self.t.clock(found.received_at, self.house.now()),
                found.order_number,
            ),
        )


class Stock(Workplace):
    """Every part with what is on the shelf. Type to find one; Enter or F4 on it: receive, count, change."""

    place = N_("Stock")

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._parts: dict[str, StockRow] = {}

    def body(self) -> ComposeResult:
        """A line to search by, and the table."""
        yield Input(id="search", compact=True, max_length=60)
        yield KeyedTable(STOCK_COLUMNS, id="stock")
        yield Static(classes="empty", markup=False)

    async def load(self) -> None:
        """The parts that the text finds."""
        rows = await self.gateway.query(stock, self.query_one("#search", Input).value.strip())
        self._parts = {one.part_no: one for one in rows}
        self.query_one(KeyedTable).show([self._row(one) for one in rows])
        empty = self.query_one(".empty", Static)
        empty.update(self.t(NO_PARTS))
        empty.display = not rows

    def render_texts(self) -> None:
        """The hint in the search line too."""
        super().render_texts()
        self.query_one("#search", Input).placeholder = self.t(SEARCH)

    def subject(self) -> Subject | None:
        """The part under the cursor."""
        found = self._parts.get(self.query_one(KeyedTable).current_key or "")
        if found is None:
            return None
        return Subject(f"{found.part_no}  {self.t.name(found.name)}", {"part": found.part_no})

    @on(Input.Changed, "#search")
    def _searched(self, event: Input.Changed) -> None:
        event.stop()
        self.reload()

    @on(Input.Submitted, "#search")
    def _found(self, event: Input.Submitted) -> None:
        event.stop()
        self.query_one(KeyedTable).focus()

    @on(DataTable.RowSelected)
    def _enter(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.action_acts()

    def _row(self, found: StockRow) -> Row:
        cells = (found.part_no, self.t.name(found.name), str(found.in_stock), found.unit, found.number)
        return Row(found.part_no, cells)
