"""Tool carts and kits: whose they are, what is in them against what belongs in them (W8a, W8b)."""

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.widgets import DataTable, Static

from workshop.commands.tools import CheckOutTool, PlaceTool
from workshop.domain.numbers import Kind
from workshop.domain.words import N_, Message
from workshop.queries.tools import CartContents, CartRow, ToolRow, cart, carts
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.places import tool_words
from workshop.tui.places.searched_list import SearchedList
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

NOTHING_IN_IT = N_("Nothing is in it, and nothing belongs in it.")
HEAD = N_("{kind}, {owner}. Tools in it: {inside}, elsewhere: {missing}.")
NOBODYS = N_("nobody's")
DRAWN_FOR = N_("Drawn for the order {order}.")
IN_PLACE, ELSEWHERE, FOREIGN = N_("in place"), N_("elsewhere"), N_("does not belong here")

CONTENTS = (
    Column("number", N_("number"), 10),
    Column("tool", N_("tool"), grow=True),
    Column("state", N_("state"), 14, most=22),
    Column("where", N_("where"), 14, most=26),
    Column("note", N_("note"), 8, most=22, from_width=100),
    Column("until", N_("valid until"), 10, from_width=110),
)


class Carts(SearchedList):
    """Every tool cart and kit. Enter, or a scan, opens one with its contents."""

    place = N_("Tool carts")
    hint = N_("number, name or owner")
    nothing = N_("No tool cart is found here.")
    columns = (
        Column("number", N_("number"), 10),
        Column("name", N_("tool cart"), grow=True),
        Column("kind", N_("kind"), 8, most=12, from_width=100),
        Column("owner", N_("whose it is"), 8, most=20),
        Column("inside", N_("in it"), 4, right=True),
        Column("missing", N_("elsewhere"), 4, right=True),
        Column("order", N_("order"), 10),
    )

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._carts: dict[str, CartRow] = {}

    async def find(self, text: str) -> list[Row]:
        """The carts that the text finds."""
        found = await self.gateway.query(carts, text)
        self._carts = {one.number: one for one in found}
        return [self._row(one) for one in found]

    def subject(self) -> Subject | None:
        """The cart under the cursor."""
        found = self._carts.get(self.current)
        return Subject(f"{found.number}  {found.name}", {"cart": found.number}) if found else None

    async def chosen(self, key: str) -> None:
        """The cart's page."""
        self.house.push_screen(CartPage(self.gateway, key))

    def _row(self, found: CartRow) -> Row:
        counts = (str(found.inside), str(found.missing or ""))
        cells = (found.number, found.name, self.t.value(found.kind), found.owner, *counts, found.order_number)
        return Row(found.number, cells)


class CartPage(Workplace):
    """One tool cart or kit. Scan a tool: it goes in, or, if it is in it, out to you. Enter: what to do with a tool."""

    CSS = "CartPage #head { height: auto; padding: 0 1; }"
    place = N_("Tool cart")

    def __init__(self, gateway: Gateway, number: str) -> None:
        super().__init__(gateway)
        self.number = number
        self._tools: dict[str, ToolRow] = {}
        self._inside: frozenset[str] = frozenset()

    def body(self) -> ComposeResult:
        """Whose it is, and its tools."""
        yield Static(id="head", markup=False)
        yield KeyedTable(CONTENTS, id="contents")
        yield Static(classes="empty", markup=False)

    async def load(self) -> None:
        """What is in it, what is missing, what is foreign."""
        found = await self.gateway.query(cart, self.number, self._today)
        if found is None:
            return
        states = ((FOREIGN, found.foreign), (ELSEWHERE, found.missing), (IN_PLACE, found.in_place))
        self._tools = {one.piece.number: one for _, ones in states for one in ones}
        self._inside = frozenset(one.piece.number for one in (*found.in_place, *found.foreign))
        self.query_one(KeyedTable).show([self._row(one, state) for state, ones in states for one in ones])
        self.query_one("#head", Static).update(self._head(found))
        empty = self.query_one(".empty", Static)
        empty.update(self.t(NOTHING_IN_IT))
        empty.display = not self._tools

    @property
    def _today(self) -> date:
        return self.house.now().astimezone(self.t.zone).date()

    def _head(self, found: CartContents) -> str:
        one, t = found.cart, self.t
        counts = {"inside": one.inside, "missing": one.missing}
        head = f"{one.number}  {one.name}  {t(HEAD, kind=one.kind, owner=one.owner or t(NOBODYS), **counts)}"
        return f"{head}\n{t(DRAWN_FOR, order=one.order_number)}" if one.order_number else head

    def subject(self) -> Subject | None:
        """The tool under the cursor, or the cart."""
        found = self._tools.get(self.query_one(KeyedTable).current_key or "")
        return tool_words.subject(found, self.t) if found else Subject(self.number, {"cart": self.number})

    async def take_scan(self, kind: Kind, number: str) -> bool:
        """A tool goes into the cart, or out of it to the person."""
        if kind is not Kind.TOOL or not CheckOutTool.roles & self.gateway.person.roles:
            return kind is Kind.CART and number == self.number
        if number in self._inside:
            await self.do_at_once(CheckOutTool, tool=number)
        else:
            await self.do_at_once(PlaceTool, tool=number, cart=self.number)
        return True

    @on(DataTable.RowSelected)
    def _enter(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.action_acts()

    def _row(self, found: ToolRow, state: Message) -> Row:
        t = self.t
        until = found.until.isoformat() if found.until else ""
        cells = (t.name(found.piece.name), t(state), tool_words.where(found, t), tool_words.note(found, t), until)
        return Row(found.piece.number, (found.piece.number, *cells))
