"""The approvals inbox: everything that waits for an advisor, the longest wait first (W1, W2, W4, W5)."""

from collections.abc import Mapping
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from workshop.commands.approvals import DecideLine
from workshop.domain.roles import Role
from workshop.domain.words import N_
from workshop.i18n import money
from workshop.queries.inbox import InboxEntry, Matter, inbox
from workshop.queries.story import HIDDEN
from workshop.tui.acts import Subject
from workshop.tui.forms.act import Outcome
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.places.answers import ANSWERS, Answer, price_of
from workshop.tui.places.inbox_words import LONGEST, entry_text, waited
from workshop.tui.places.order_words import short
from workshop.tui.prose import Prose
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

EMPTY = N_("Nothing waits for the front desk. What technicians report appears here by itself.")

COLUMNS = (
    Column("waited", N_("waits"), 6, right=True),
    Column("severity", N_("severity"), 9),
    Column("matter", N_("matter"), 8, most=20),
    Column("order", N_("order"), 10, from_width=100),
    Column("plate", N_("plate"), 9, from_width=110),
    Column("what", N_("what"), grow=True),
    Column("price", N_("price"), 10, right=True),
    Column("raised_by", N_("raised by"), 10, from_width=110),
)
_TICK = 20.0


class Approvals(Workplace):
    """What waits for the front desk. 1, 2 and 3 answer the entry under the cursor; Enter opens its order."""

    CSS_PATH = "approvals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(str(digit), f"answer({digit})", show=False, id=f"answer_{digit}") for digit in (1, 2, 3)
    ]
    place = N_("Approvals inbox")

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._waiting: dict[str, InboxEntry] = {}
        self._consents: dict[str, Mapping[str, object]] = {}

    def body(self) -> ComposeResult:
        """The entries, and below them the one under the cursor in full."""
        yield KeyedTable(COLUMNS, id="inbox")
        yield Static(id="entry", markup=False)

    def on_mount(self) -> None:
        """Let the waits grow."""
        self.set_interval(_TICK, self._show)

    async def load(self) -> None:
        """Everything that waits."""
        found = await self.gateway.query(inbox, self.house.now())
        self._waiting = {f"{entry.matter.value}:{entry.id}": entry for entry in found}
        self._show()

    def _show(self) -> None:
        self.query_one(KeyedTable).show([self._row(key, entry) for key, entry in self._waiting.items()])
        self.call_after_refresh(self._show_entry)

    def _row(self, key: str, entry: InboxEntry) -> Row:
        t = self.t
        return Row(
            key,
            (
                "{}:{:02}".format(*divmod(waited(entry, self.house.now()), 60)),
                t.value(entry.severity),
                t.value(entry.kind or entry.matter),
                entry.order_number,
                self._plate(entry),
                "  ".join(filter(None, (t.value(entry.item), entry.text))),
                "" if entry.price is None else money(entry.price),
                entry.raised_by,
            ),
        )

    def _plate(self, entry: InboxEntry) -> str:
        """W1: who also proves plates is not shown them here, where orders may still await their check."""
        return HIDDEN if Role.TECHNICIAN in self.gateway.person.roles else entry.plate or ""

    # --- the entry under the cursor ----------------------------------------------------------------------------------

    @property
    def _entry(self) -> InboxEntry | None:
        return self._waiting.get(self.query_one(KeyedTable).current_key or "")

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._show_entry()

    def _show_entry(self) -> None:
        entry = self._entry
        told = Text(self.t(EMPTY))
        if entry is not None:
            own = entry.raised_by_id == self.gateway.person.id
            told = entry_text(entry, self._plate(entry), self.t, self.house.now(), own=own)
        self.query_one("#entry", Static).update(Prose(told))

    # --- answering ---------------------------------------------------------------------------------------------------

    def action_answer(self, digit: int) -> None:
        """Answer the entry under the cursor."""
        entry = self._entry
        if entry is not None and digit <= len(ANSWERS[entry.matter]):
            self._answer(entry, ANSWERS[entry.matter][digit - 1])

    @work(exclusive=True, group=DOING)
    async def _answer(self, entry: InboxEntry, answer: Answer) -> None:
        consent = self._consents.get(entry.order_number, {})

        def about() -> str:
            told = (self.t(answer.words), entry.order_number, self.t.value(entry.item), short(entry.text, LONGEST))
            return "  ".join(filter(None, told))

        outcome = await self.do(
            answer.command,
            known=answer.known(entry),
            given=answer.given(entry, consent, self._plate(entry)),
            context={"order": entry.order_number},
            about=about,
        )
        self._remember(entry, outcome)

    def _remember(self, entry: InboxEntry, outcome: Outcome | None) -> None:
        """The next line of the same order was most likely decided in the same breath."""
        if outcome is not None and isinstance(outcome.command, DecideLine):
            decided = outcome.command
            self._consents[entry.order_number] = {
                "channel": decided.channel.value,
                "consented_by": decided.consented_by,
            }

    @on(DataTable.RowSelected)
    def _open(self, event: DataTable.RowSelected) -> None:
        event.stop()
        if (entry := self._entry) is not None:
            from workshop.tui.places import open_order

            open_order(self, entry.order_number)

    def subject(self) -> Subject | None:
        """The entry under the cursor."""
        entry = self._entry
        if entry is None:
            return None
        kind = {Matter.LINE: "change_line", Matter.PLATE: ""}.get(entry.matter, entry.matter.value)
        values: dict[str, object] = {"order": entry.order_number}
        if entry.item_number:
            values["item"] = entry.item_number
        if kind:
            values[kind] = entry.id
        given = {"price": price_of(entry), **self._consents.get(entry.order_number, {})}
        return Subject(f"{entry.order_number}  {self.t.value(entry.item) or entry.text}", values, given=given)
