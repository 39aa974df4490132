"""The screen on the wall: the floor, read-only, with nobody signed in and nobody touching it.

It never locks and never gives up: while the database does not answer, it shows what it knew and says since when.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from workshop.domain.reasons import Refused
from workshop.domain.words import N_
from workshop.tui.app import WorkshopApp
from workshop.tui.bars import KeyBar, MessageBar, TopBar
from workshop.tui.clock import utc_now
from workshop.tui.messages import Changed
from workshop.tui.once_more import OnceMore
from workshop.tui.pane import TURN, Pane
from workshop.tui.places import board_rows as rows
from workshop.tui.prose import Flow
from workshop.tui.sign_in import OPENING
from workshop.tui.spoken import Spoken
from workshop.tui.terminal_settings import RunSettings, TerminalSettings
from workshop.tui.trouble import write_report

if TYPE_CHECKING:
    from workshop.queries.board import BoardRow
    from workshop.queries.wall import FloorView
    from workshop.tui.gateway import Door

TITLE = N_("Board of the floor")
AWAY = N_("The database has not answered since {time}. This is how it was then.")
LEAVE = N_("Leave the program")

_AGAIN: Final = 20.0  # seconds after which lateness and waits are counted anew, with or without news
_SILENT: Final = timedelta(seconds=2.5 * _AGAIN)
_RETRY: Final = 5.0  # seconds between two tries to open the records, or to start again after an error
_NEW: Final = timedelta(seconds=90)  # for how long a change is marked
_WIDE, _HIGH = 120, 30


class WallScreen(Spoken[None]):
    """The board for everybody who passes by. It turns its pages by itself."""

    CSS_PATH = "wall.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f10", "app.quit", LEAVE, id="quit")]

    def __init__(self, turn: float) -> None:
        super().__init__()
        self._turn = turn
        self._view: FloorView | None = None
        self._answered: datetime | None = None
        self._why: Refused | None = None
        self._reading = OnceMore(self._read)
        self._place = 0
        self._told: object = None
        self._known: dict[str, tuple[object, datetime | None]] = {}

    def compose(self) -> ComposeResult:
        """The stages with their counts above four panes."""
        yield TopBar(lambda moment: self.t.clock(moment, moment), self.house.now)
        yield Static(id="stages")
        with Horizontal(id="panes"):
            yield Pane(rows.PROMISES, rows.PROMISE_COLUMNS, rows.NO_ORDERS, id="promises")
            with Vertical(id="right"):
                yield Pane(rows.BAYS, rows.BAY_COLUMNS, rows.NO_BAYS, id="bays")
                yield Pane(rows.WAITING, rows.WAITING_COLUMNS, rows.NOTHING_WAITS, id="waiting")
                yield Pane(rows.LISTS, rows.LIST_COLUMNS, rows.NO_LISTS, id="lists")
        yield MessageBar()
        yield KeyBar()

    def on_mount(self) -> None:
        """Turn the pages, and count anew now and then: time runs on without news."""
        self.set_interval(self._turn, self._turn_page)
        self.set_interval(_AGAIN, self.reload)
        self.set_interval(1, self._tell_silence)

    # --- the records -------------------------------------------------------------------------------------------------

    def on_changed(self, event: Changed) -> None:
        """Something was done on the floor."""
        event.stop()
        self.reload()

    def reload(self) -> None:
        """Read the floor again."""
        if self._reading.ask():
            self.run_worker(self._load, group="load")

    async def _load(self) -> None:
        try:
            await self._reading.run()
        except Refused as refused:
            self._why = refused
        self._tell_silence()

    async def _read(self) -> None:
        from workshop.queries.wall import wall_view

        if self.house.door is None:
            return
        now = self.house.now()
        self._view = await self.house.door.query(wall_view, now)
        self._answered, self._why = now, None
        self._note_changes(now)
        self._show()

    def _note_changes(self, now: datetime) -> None:
        before, first = self._known, not self._known
        self._known = {}
        for row in self._view.orders if self._view else ():
            mark = _mark(row)
            known = before.get(row.number)
            changed = None if first else known[1] if known is not None and known[0] == mark else now
            self._known[row.number] = (mark, changed)

    def _new(self, now: datetime) -> frozenset[str]:
        return frozenset(number for number, (_, at) in self._known.items() if at is not None and now - at < _NEW)

    def tell_refusal(self, refused: Refused) -> None:
        """Say why the records cannot be opened yet."""
        self._why = refused
        self._tell_silence()

    def _tell_silence(self) -> None:
        bar, why, answered = self.query_one(MessageBar), self._why, self._answered
        silent = answered is not None and (why is not None or self.house.now() - answered > _SILENT)
        told = (why, answered if silent else answered is None)
        if told == self._told:
            return  # a bar that is told the same again would be drawn again, every second
        self._told = told
        if answered is not None:
            bar.tell(lambda: self.t(AWAY, time=self.t.clock(answered, self.house.now())) if silent else "", bad=silent)
        elif why is not None:
            bar.tell(lambda: "; ".join(self.t.reason(one) for one in why.reasons), bad=True)
        else:
            bar.tell(lambda: self.t(OPENING))

    # --- what is shown -----------------------------------------------------------------------------------------------

    def render_texts(self) -> None:
        """Everything in the language of the moment."""
        shop = self.house.shop
        self.query_one(TopBar).left = "  ".join(filter(None, (self.t(TITLE), shop.name if shop else "")))
        for pane in self.query(Pane):
            pane.render_texts(self.t)
        self.query_one(MessageBar).refresh()
        self._tell_silence()
        self._show()

    def _show(self) -> None:
        view, t, now = self._view, self.t, self.house.now()
        if view is None:
            return
        self.query_one("#stages", Static).update(Flow(rows.stages(view.stages, t)))
        self.query_one("#promises", Pane).show(rows.promise_rows(view.orders, self._new(now), t, now))
        self.query_one("#bays", Pane).show(rows.bay_rows(view, t))
        self.query_one("#waiting", Pane).show(rows.waiting_rows(view, t, now))
        self.query_one("#lists", Pane).show(rows.list_rows(view, t))

    def on_resize(self) -> None:
        """All panes side by side where there is room, else one after the other."""
        self._lay_out()

    @property
    def _wide(self) -> bool:
        return self.size.width >= _WIDE and self.size.height >= _HIGH

    def _lay_out(self) -> None:
        wide, panes = self._wide, list(self.query(Pane))
        self.set_class(wide, "-wide")
        for place, pane in enumerate(panes):
            pane.display = wide or place == self._place
        self.query_one("#right").display = wide or self._place > 0

    def _turn_page(self) -> None:
        panes = list(self.query(Pane))
        if self._wide:
            for pane in panes:
                pane.turn()
        elif not panes[self._place].turn():
            full = [place for place, pane in enumerate(panes) if pane.rows or place == 0]
            self._place = next((place for place in full if place > self._place), 0)
            self._lay_out()


def _mark(row: "BoardRow") -> object:
    """What is new when it changes; not the time that runs."""
    return row.stage, row.holds, row.promised_at, row.bay, row.technician, row.plate


class WallApp(WorkshopApp):
    """A terminal that nobody signs in at."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", LEAVE, show=False, id="leave_hint", priority=True)
    ]

    def __init__(
        self,
        settings: TerminalSettings,
        open_door: "Callable[[], Door]",
        now: Callable[[], datetime] = utc_now,
        *,
        turn: float = TURN,
    ) -> None:
        super().__init__(settings, open_door, now)
        self._wall = WallScreen(turn)

    def begin(self) -> None:
        """Nobody is asked who they are."""
        self.push_screen(self._wall)

    def tell_not_opened(self, refused: Refused) -> None:
        """Say why, and try again until the records can be opened."""
        self._wall.tell_refusal(refused)
        self.set_timer(_RETRY, self.open_records)

    async def _opened(self, door: "Door") -> None:
        self.door = door
        self.run_worker(self._follow_feed, thread=True, name="feed")
        try:
            await self.learn_shop()
        except Refused as refused:
            self._wall.tell_refusal(refused)
        self._wall.render_texts()
        self._wall.reload()

    def action_help_quit(self) -> None:
        """Ctrl+C does not end it: a wall that is touched by accident stays."""


def run(settings: RunSettings, turn: float = TURN) -> None:
    """Show the board until somebody leaves it. After an error of the program it starts again."""

    def open_door() -> "Door":
        from workshop.tui.gateway import open_door

        return open_door(settings.database, settings.terminal, settings.witness_file)

    while True:
        app = WallApp(settings, open_door, turn=turn)
        app.run()
        if app.door is not None:
            app.door.close()
        if app.failure is None:
            return
        write_report(settings.report_folder, app.failure, utc_now(), f"{settings.terminal} wall")
        time.sleep(_RETRY)
