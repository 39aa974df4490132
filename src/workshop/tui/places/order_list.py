"""Lists of open orders: stage by stage, with what holds each and why, and what is late."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from workshop.domain.words import N_, Message
from workshop.queries.board import BoardRow, board
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

LATE = N_("LATE")
WILL_BE_LATE = N_("will be late")
COVER = N_("cover what is off the car")
NOTHING_MISSING = N_("ready: {move}")
NO_PLATE = "-"

COLUMNS = (
    Column("number", N_("order"), 10),
    Column("stage", N_("stage"), 15),
    Column("plate", N_("plate"), 10),
    Column("vehicle", N_("vehicle"), 18, from_width=130),
    Column("technician", N_("technician"), 10, most=14, from_width=110),
    Column("bay", N_("bay"), 8, most=16, from_width=130),
    Column("promised", N_("promised"), 11),
    Column("why", N_("held up by / missing"), grow=True),
)


class OrderList(Workplace):
    """Open orders, the earliest promise first. Subclasses say which, and what Enter leads to."""

    empty: ClassVar[Message]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._orders: dict[str, BoardRow] = {}

    def body(self) -> ComposeResult:
        """One table."""
        yield KeyedTable(COLUMNS, id="orders")
        yield Static(classes="empty", markup=False)

    async def load(self) -> None:
        """The open orders, the earliest promise first."""
        rows = await self.rows()
        self._orders = {row.number: row for row in rows}
        self.query_one(KeyedTable).show([self._row(row) for row in rows])
        empty = self.query_one(".empty", Static)
        empty.update(self.t(self.empty))
        empty.display = not rows

    async def rows(self) -> list[BoardRow]:
        """The orders to show."""
        return await self.gateway.query(board, self.house.now(), self.gateway.person.roles)

    def subject(self) -> Subject | None:
        """The order under the cursor."""
        row = self._orders.get(self.query_one(KeyedTable).current_key or "")
        return Subject(f"{row.number} {row.vehicle}", {"order": row.number}, stage=row.stage) if row else None

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter on a row."""
        event.stop()
        if event.row_key.value:
            self.chosen(event.row_key.value)

    def chosen(self, number: str) -> None:
        """Open an order's page."""
        from workshop.tui.places import open_order

        open_order(self, number)

    def _row(self, row: BoardRow) -> Row:
        t = self.t
        late = [LATE] if row.lateness.late else [WILL_BE_LATE] if row.lateness.will_be else []
        cover = [COVER] if row.uncovered else []
        why = [f"[{t(one)}]" for one in (*late, *(hold.label for hold in row.holds), *cover)]
        why += [t.reason(one) for one in row.missing]
        if not row.holds and not row.missing and row.step:
            why.append(t(NOTHING_MISSING, move=row.step.move.label))
        return Row(
            row.number,
            (
                row.number,
                t(row.stage.label),
                row.plate or NO_PLATE,
                row.vehicle,
                row.technician,
                row.bay,
                t.clock(row.promised_at, self.house.now()),
                "  ".join(why),
            ),
        )
