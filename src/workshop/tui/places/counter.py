"""The parts counter: parts to issue, old parts owed, parts that may come back (W6b)."""

from textual import work
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from workshop.commands.counter import IssuePart, ReceiveOldPart, ReturnPart
from workshop.domain.numbers import Kind
from workshop.domain.states import OldPartClass
from workshop.domain.words import N_
from workshop.queries.counter import CounterLine, counter_lines
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

EMPTY = N_("Nothing to issue and nothing owed.")
NOBODY_WAITS = N_("No order waits for this part: {number}")
OUT_OF_STOCK = N_("none")

COLUMNS = (
    Column("order", N_("order"), 10),
    Column("part", N_("part"), grow=True),
    Column("issue", N_("to issue"), 8, right=True),
    Column("stock", N_("stock"), 6, right=True),
    Column("owed", N_("old owed"), 8, right=True),
    Column("out", N_("in hand"), 7, right=True),
    Column("old", N_("old part"), 9, most=17, from_width=90),
    Column("technician", N_("technician"), 10, from_width=100),
    Column("item", N_("item"), 20, from_width=130),
)


class Counter(Workplace):
    """Every part that an order waits for or owes. Enter does what the row is for; F4 lists all, such as a loan."""

    place = N_("Parts counter")

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._lines: dict[str, CounterLine] = {}

    def body(self) -> ComposeResult:
        """One table."""
        yield KeyedTable(COLUMNS, id="lines")
        yield Static(classes="empty", markup=False)

    async def load(self) -> None:
        """The lines of every open order, the oldest order first."""
        lines = await self.gateway.query(counter_lines, self.house.now())
        self._lines = {str(one.line.id): one for one in lines}
        self.query_one(KeyedTable).show([self._row(one) for one in lines])
        empty = self.query_one(".empty", Static)
        empty.update(self.t(EMPTY))
        empty.display = not lines

    def subject(self) -> Subject | None:
        """The part line under the cursor, with the issue that is owed or in somebody's hands."""
        found = self._current()
        if found is None:
            return None
        values: dict[str, object] = {
            "part": found.line.part_no,
            "order": found.order_number,
            "item": found.item_number,
            "part_line": found.line.id,
        }
        issue = next((one for one in found.line.issues if one.debt or one.unfitted), None)
        if issue is not None:
            values["issue"] = issue.id
        given = {"technician": found.technician_badge, "quantity": found.line.to_issue or 1}
        return Subject(f"{found.order_number}  {self.t.name(found.line.name)}", values, stage=found.stage, given=given)

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter on a row."""
        event.stop()
        self._enter()

    async def take_scan(self, kind: Kind, number: str) -> bool:
        """A part goes to the line that waits for it, or owes its old one: the one under the cursor first."""
        if kind is not Kind.PART:
            return False
        found = self._waiting_for(number)
        if found is None:
            self.tell(self.t(NOBODY_WAITS, number=number), bad=True)
        else:
            self.query_one(KeyedTable).point_at(str(found.line.id))
            await self._do_line(found)
        return True

    def _waiting_for(self, number: str) -> CounterLine | None:
        mine = [one for one in self._lines.values() if one.part_number == number]
        current = self._current()
        return current if current in mine else next(iter(mine), None)

    @work(exclusive=True, group=DOING)
    async def _enter(self) -> None:
        found = self._current()
        if found is not None:
            await self._do_line(found)

    async def _do_line(self, found: CounterLine) -> None:
        line = found.line

        def about() -> str:
            return f"{found.order_number}  {line.part_no}  {self.t.name(line.name)}"

        issue = next((one for one in line.issues if one.debt or one.unfitted), None)
        if line.to_issue:
            known: dict[str, object] = {"line": line.id}
            if found.old_part is not OldPartClass.RETURNABLE:
                known["old_part_here"] = False
            given = {"technician": found.technician_badge, "quantity": min(line.to_issue, max(line.in_stock, 1))}
            await self.do(IssuePart, known=known, given=given, about=about, context={"order": found.order_number})
        elif issue is not None:
            command = ReceiveOldPart if issue.debt else ReturnPart
            given = {"quantity": issue.debt or issue.unfitted}
            await self.do(command, known={"issue": issue.id}, given=given, about=about)

    def _current(self) -> CounterLine | None:
        return self._lines.get(self.query_one(KeyedTable).current_key or "")

    def _row(self, found: CounterLine) -> Row:
        line, t = found.line, self.t
        in_hand = sum(issue.unfitted for issue in line.issues)
        return Row(
            str(line.id),
            (
                found.order_number,
                f"{line.part_no}  {t.name(line.name)}",
                str(line.to_issue or ""),
                str(line.in_stock) if line.in_stock else t(OUT_OF_STOCK) if line.to_issue else "0",
                str(line.debt or ""),
                str(in_hand or ""),
                t.value(found.old_part),
                found.technician,
                t.name(found.item),
            ),
        )
