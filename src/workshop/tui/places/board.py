"""The board of the floor, which everybody sees first."""

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from workshop.domain.roles import Role
from workshop.domain.words import N_
from workshop.queries.board import BoardRow
from workshop.queries.cleaning_watch import open_closings
from workshop.queries.wall import floor_view
from workshop.tui.pane import TURN, Pane
from workshop.tui.places import board_rows
from workshop.tui.places.order_list import OrderList
from workshop.tui.prose import Flow

LEFT_OPEN = N_("Nobody signed the closing list: {lists}")


class Board(OrderList):
    """Every open order with its stage, what holds it and what is late. Enter opens it; F4: what can be done with it."""

    CSS_PATH = "board.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (150, "-wide")]  # noqa: RUF012 — so declared by Textual
    place = N_("Board of the floor")
    empty = board_rows.NO_ORDERS

    def body(self) -> ComposeResult:
        """A notice, the stages with their counts, the orders, and beside them, where there is room, everything else."""
        yield Static(id="notice", markup=False)
        yield Static(id="stages")
        with Horizontal(id="floor"):
            with Vertical(id="orders-and-none"):
                yield from super().body()
            with Vertical(id="side"):
                yield Pane(board_rows.BAYS, board_rows.BAY_COLUMNS, board_rows.NO_BAYS, id="bays")
                yield Pane(board_rows.WAITING, board_rows.WAITING_COLUMNS, board_rows.NOTHING_WAITS, id="waiting")
                yield Pane(board_rows.LISTS, board_rows.LIST_COLUMNS, board_rows.NO_LISTS, id="lists")

    def on_mount(self) -> None:
        """What does not fit at the side is shown page by page."""
        self.set_interval(TURN, self._turn)

    def _turn(self) -> None:
        if self.has_class("-wide"):
            for pane in self.query(Pane):
                pane.turn()

    async def load(self) -> None:
        """The orders; for the manager also the closing lists of earlier days that nobody signed (W10e)."""
        await super().load()
        found = []
        if Role.MANAGER in self.gateway.person.roles:
            found = await self.gateway.query(open_closings, self.house.now())
        notice = self.query_one("#notice", Static)
        lists = tuple(f"{one.area.name} {one.due.day.isoformat()}" for one in found[:3])
        notice.update(f"! W10e  {self.t(LEFT_OPEN, lists=lists)}")
        notice.display = bool(found)

    async def rows(self) -> list[BoardRow]:
        """Every open order; the rest of the floor is shown on the way."""
        now, t = self.house.now(), self.t
        view = await self.gateway.query(floor_view, now, self.gateway.person.roles)
        self.query_one("#stages", Static).update(Flow(board_rows.stages(view.stages, t)))
        self.query_one("#bays", Pane).show(board_rows.bay_rows(view, t))
        self.query_one("#waiting", Pane).show(board_rows.waiting_rows(view, t, now))
        self.query_one("#lists", Pane).show(board_rows.list_rows(view, t))
        return list(view.orders)

    def render_texts(self) -> None:
        """The panes too."""
        super().render_texts()
        for pane in self.query(Pane):
            pane.render_texts(self.t)
