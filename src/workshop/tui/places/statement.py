"""What people owe and have made good: everybody's balance, and one person's statement line by line (W8a)."""

from textual import on
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from workshop.domain.words import N_
from workshop.i18n import money
from workshop.queries.statements import Statement, StatementLine, statement, statements
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

HEAD = N_("{badge}  {name}: owed {debit}, made good {credit}, still owed {balance}")
NO_LINES = N_("Nothing was ever owed.")
LIABLE = N_("liable")

BALANCE_COLUMNS = (
    Column("badge", N_("badge"), 10),
    Column("name", N_("name"), grow=True),
    Column("debit", N_("was owed"), 12, right=True),
    Column("credit", N_("made good"), 12, right=True),
    Column("balance", N_("still owed"), 12, right=True),
)
LINE_COLUMNS = (
    Column("day", N_("day"), 11),
    Column("case", N_("case"), 10),
    Column("what", N_("what"), grow=True),
    Column("how", N_("how"), 18, from_width=100),
    Column("debit", N_("was owed"), 10, right=True),
    Column("credit", N_("made good"), 10, right=True),
    Column("balance", N_("still owed"), 10, right=True),
)


class Balances(Workplace):
    """Everybody who was ever found liable, who owes the most first. Enter: the person's statement."""

    place = N_("Balances")

    def body(self) -> ComposeResult:
        """One table."""
        yield KeyedTable(BALANCE_COLUMNS, id="balances")
        yield Static(classes="empty", markup=False)

    async def load(self) -> None:
        """Everybody's sums."""
        found = await self.gateway.query(statements)
        self.query_one(KeyedTable).show([_balance(one) for one in found])
        empty = self.query_one(".empty", Static)
        empty.update(self.t(NO_LINES))
        empty.display = not found

    def subject(self) -> Subject | None:
        """The person under the cursor."""
        badge = self.query_one(KeyedTable).current_key
        return Subject(badge, {"person": badge}) if badge else None

    @on(DataTable.RowSelected)
    def _enter(self, event: DataTable.RowSelected) -> None:
        event.stop()
        if event.row_key.value:
            self.house.push_screen(StatementPage(self.gateway, event.row_key.value))


class StatementPage(Workplace):
    """One person's statement: every debit and credit in the order of time, with the balance after each."""

    CSS = "StatementPage #head { height: auto; padding: 0 1; text-style: bold; }"
    place = N_("Statement")

    def __init__(self, gateway: Gateway, badge: str) -> None:
        super().__init__(gateway)
        self._badge = badge

    def body(self) -> ComposeResult:
        """Whose it is with the sums, and one table."""
        yield Static(id="head", markup=False)
        yield KeyedTable(LINE_COLUMNS, id="lines")
        yield Static(classes="empty", markup=False)

    async def load(self) -> None:
        """The statement as it adds up by now."""
        found = await self.gateway.query(statement, self._badge)
        if found is None:
            return
        self.query_one("#head", Static).update(self._head(found))
        self.query_one(KeyedTable).show([self._row(place, one) for place, one in enumerate(found.lines)])
        empty = self.query_one(".empty", Static)
        empty.update(self.t(NO_LINES))
        empty.display = not found.lines

    def subject(self) -> Subject | None:
        """The person, for the printed statement."""
        return Subject(self._badge, {"person": self._badge})

    def _head(self, found: Statement) -> str:
        sums = {"debit": money(found.debit), "credit": money(found.credit), "balance": money(found.balance)}
        return self.t(HEAD, badge=found.person.badge, name=found.person.name, **sums)

    def _row(self, place: int, line: StatementLine) -> Row:
        t, entry = self.t, line.account.entry
        pieces = f"{line.pieces} × " if line.pieces > 1 else ""
        cells = (
            t.clock(entry.at, self.house.now()),
            entry.case,
            f"{pieces}{t.name(line.thing)}",
            t.value(entry.method) if entry.method else t(LIABLE),
            money(entry.debit) if entry.debit else "",
            money(entry.credit) if entry.credit else "",
            money(line.account.balance),
        )
        return Row(str(place), cells)


def _balance(one: Statement) -> Row:
    sums = (money(one.debit), money(one.credit), money(one.balance))
    return Row(one.person.badge, (one.person.badge, one.person.name, *sums))
