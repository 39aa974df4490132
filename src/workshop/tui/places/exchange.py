"""The exchange of vehicle health records: what waits, why, since when, what was answered; and sending now."""

import asyncio
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from workshop.documents.receivers import AWAY, LEFT, NOTHING, Receiver, Unreachable, attempt, receiver_of
from workshop.domain.health_record import ExchangeResult
from workshop.domain.reasons import Refused
from workshop.domain.states import Stage
from workshop.domain.words import N_
from workshop.queries.health_exchange import ExchangeRow, exchange_rows
from workshop.queries.health_records import ToSend, to_send
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.places import open_order
from workshop.tui.prose import Prose
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

NEVER = N_("waits: not sent yet")
GOES_TO = N_("Records waiting: {count}. F6 sends to {receiver}.")
ANSWERED = N_("{moment}  {name}, to {receiver}: {result}. {answer}")
EMPTY = N_("No order has been delivered yet, so there is nothing to send.")
SENDING = N_("Sending: {done} of {count} …")
IS_SENDING = N_("The records are being sent already.")

COLUMNS = (
    Column("order", N_("order"), 10),
    Column("delivered", N_("delivered on"), 16),
    Column("result", N_("result"), 18, most=22),
    Column("attempts", N_("attempts"), 8, right=True),
    Column("at", N_("last attempt"), 16, from_width=100),
    Column("answer", N_("answer"), grow=True),
)


class Exchange(Workplace):
    """Records of delivered orders, those first that no receiver has accepted. F6 sends them now; Enter opens the order.

    What was refused or got no answer is sent again with the rest; a record that may have arrived before is sent again
    too, and its order's history tells each attempt.
    """

    CSS = "Exchange #head, Exchange #detail { height: auto; padding: 0 1; } Exchange #detail { max-height: 30%; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f6", "step", N_("Send now"), id="step")]
    place = N_("Health record exchange")

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._rows: dict[str, ExchangeRow] = {}
        self._sending = False

    def body(self) -> ComposeResult:
        """Where to, the list, and the last answer to what the cursor is on."""
        yield Static(id="head", markup=False)
        yield KeyedTable(COLUMNS, id="records")
        yield Static(id="detail", markup=False)
        yield Static(classes="empty", markup=False)

    async def load(self) -> None:
        """What waits and what was answered."""
        rows = await self.gateway.query(exchange_rows)
        self._rows = {row.order_number: row for row in rows}
        self.query_one(KeyedTable).show([self._row(row) for row in rows])
        self.query_one("#head", Static).update(Prose(Text(self._head())))
        self._show_detail()
        empty = self.query_one(".empty", Static)
        empty.update(self.t(EMPTY))
        empty.display = not rows

    def subject(self) -> Subject | None:
        """The order under the cursor."""
        number = self.query_one(KeyedTable).current_key
        return Subject(number, {"order": number}, stage=Stage.DELIVERED) if number else None

    def _head(self) -> str:
        try:
            receiver = receiver_of(self.house.settings)
        except Refused as refused:
            return "; ".join(self.t.reason(one) for one in refused.reasons)
        count = sum(row.waits for row in self._rows.values())
        return self.t(GOES_TO, count=count, receiver=receiver.name) if count else self.t(NOTHING)

    def _row(self, row: ExchangeRow) -> Row:
        t = self.t
        sent = t.moment(row.sent_at) if row.sent_at else ""
        result = t(row.result.label) if row.result else t(NEVER)
        mark = "! " if row.attempts and row.waits else ""
        attempts = str(row.attempts or "")
        delivered = t.moment(row.delivered_at)
        return Row(row.order_number, (row.order_number, delivered, mark + result, attempts, sent, row.answer))

    @on(DataTable.RowHighlighted)
    def _show_detail(self) -> None:
        row = self._rows.get(self.query_one(KeyedTable).current_key or "")
        detail = self.query_one("#detail", Static)
        detail.display = row is not None and row.result is not None
        if row is not None and row.sent_at is not None:
            told = self.t(
                ANSWERED,
                moment=row.sent_at,
                name=row.sent_by,
                receiver=row.receiver,
                result=row.result,
                answer=row.answer,
            )
            detail.update(Prose(Text(told)))

    @on(DataTable.RowSelected)
    def _enter(self, event: DataTable.RowSelected) -> None:
        event.stop()
        if event.row_key.value:
            open_order(self, event.row_key.value)

    def action_step(self) -> None:
        """Send what waits now."""
        if self._sending:
            self.tell(lambda: self.t(IS_SENDING), bad=True)
        else:
            self._sending = True
            self._send()

    @work(group="sending")
    async def _send(self) -> None:
        try:
            receiver = receiver_of(self.house.settings)
            await self._send_to(receiver)
        except Refused as refused:
            self.tell_refusal(refused)
        finally:
            self._sending = False
            self.reload()

    async def _send_to(self, receiver: Receiver) -> None:
        waiting = await self.gateway.query(to_send, self.house.now())
        left = len(waiting)
        for done, one in enumerate(waiting):
            self.tell(self.t(SENDING, done=done + 1, count=len(waiting)))
            try:
                # Whoever leaves meanwhile does not leave a record without its answer.
                left -= await asyncio.shield(self._send_one(receiver, one)) is ExchangeResult.ACCEPTED
            except Unreachable as error:
                self._tell_away(one.order_number, str(error))
                return
        self.tell(lambda: self.t(LEFT, count=left) if left else self.t(NOTHING), bad=bool(left))

    def _tell_away(self, order: str, detail: str) -> None:
        self.tell(lambda: self.t(AWAY, order=order, detail=detail), bad=True)

    async def _send_one(self, receiver: Receiver, one: ToSend) -> ExchangeResult:
        answered = await asyncio.to_thread(attempt, receiver, one)
        await self.gateway.perform(answered)
        return answered.exchange_result
