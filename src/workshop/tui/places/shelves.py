"""What lies in the parts store: old parts whose life is not over, and the stock (W6b)."""

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from workshop.commands.old_parts import MoveOldPart
from workshop.domain.numbers import Kind
from workshop.domain.units import unit_word
from workshop.domain.words import N_
from workshop.queries.counter import HeldOldPart, StockRow, held_old_parts, stock
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.places.searched_list import SearchedList
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

NO_OLD_PARTS = N_("No old part is at the counter.")
HAZARDOUS = N_("hazardous")

OLD_COLUMNS = (
    Column("tag", N_("tag"), 10),
    Column("part", N_("part"), grow=True),
    Column("pieces", N_("pieces"), 6, right=True),
    Column("state", N_("state"), 8, most=22),
    Column("waste", N_("waste"), 5, most=10),
    Column("since", N_("received"), 11),
    Column("order", N_("order"), 10, from_width=100),
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

    async def take_scan(self, kind: Kind, number: str) -> bool:
        """A tag is taken a step on, as Enter does."""
        if kind is not Kind.OLD_PART or number not in self._parts:
            return False
        self.query_one(KeyedTable).point_at(number)
        await self._move(number)
        return True

    @on(DataTable.RowSelected)
    @work(exclusive=True, group=DOING)
    async def _enter(self, event: DataTable.RowSelected) -> None:
        event.stop()
        await self._move(event.row_key.value or "")

    async def _move(self, tag: str) -> None:
        found = self._parts.get(tag)
        if found is not None:
            await self.do(MoveOldPart, known={"tag": tag}, about=lambda: self.t.name(found.name))

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


class Stock(SearchedList):
    """Every part with what is on the shelf. Type to find one; Enter or F4 on it: receive, count, change."""

    place = N_("Stock")
    hint = N_("part number, name or pinyin initials")
    nothing = N_("No such part.")
    columns = (
        Column("part_no", N_("part number"), 20),
        Column("name", N_("part"), grow=True),
        Column("stock", N_("stock"), 7, right=True),
        Column("unit", N_("unit"), 6),
        Column("number", N_("number"), 10),
    )

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._parts: dict[str, StockRow] = {}

    async def find(self, text: str) -> list[Row]:
        """The parts that the text finds."""
        rows = await self.gateway.query(stock, text)
        self._parts = {one.part_no: one for one in rows}
        return [self._row(one) for one in rows]

    def subject(self) -> Subject | None:
        """The part under the cursor."""
        found = self._parts.get(self.current)
        if found is None:
            return None
        return Subject(f"{found.part_no}  {self.t.name(found.name)}", {"part": found.part_no})

    async def take_scan(self, kind: Kind, number: str) -> bool:
        """A part's label finds the part."""
        if kind is not Kind.PART:
            return False
        self.show_only(number)
        return True

    def _row(self, found: StockRow) -> Row:
        cells = (
            found.part_no,
            self.t.name(found.name),
            str(found.in_stock),
            self.t(unit_word(found.unit)),
            found.number,
        )
        return Row(found.part_no, cells)
