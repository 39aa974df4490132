"""What this terminal has for printers and they have not taken: why, since when; send it again, or give it up."""

import asyncio
from collections.abc import Callable
from typing import ClassVar, TypeVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from workshop.documents.desk import PrintingDesk, desk_of, told
from workshop.documents.spool import Job, JobState
from workshop.domain.reasons import Refused
from workshop.domain.words import N_
from workshop.tui.confirm import Confirm
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.menu import Menu
from workshop.tui.numbered import Entry
from workshop.tui.printing import WAY
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

EMPTY = N_("Nothing waits to be printed.")
NOTHING_TO_SEND = N_("There is nothing that could be sent without somebody's decision.")
AGAIN, AGAIN_TOLD = (
    N_("send it again"),
    N_("It may be on paper: look first. What comes out now says that it may be there twice."),
)
SEND, SEND_TOLD = N_("send now"), N_("With everything else that waits; nothing of it is on paper.")
DROP, DROP_TOLD = N_("give it up"), N_("It is not printed from here. Printing it anew makes a copy.")
SURE = N_("Give up: {title}?")
DROPPED = N_("Given up: {title}")
NO_PRINTER = N_("The settings name no printer {printer}.")
T = TypeVar("T")
_AGAIN, _SEND, _DROP = "again", "send", "drop"

COLUMNS = (
    Column("title", N_("paper"), grow=True),
    Column("printer", N_("printer"), 8, most=14),
    Column("state", N_("state"), 24, most=46),
    Column("since", N_("waits since"), 16),
    Column("tries", N_("attempts"), 8, right=True, from_width=120),
    Column("cause", N_("why"), 20, most=60, from_width=120),
)


class PrintQueue(Workplace):
    """What waits for a printer of this terminal. F6 sends it now; Enter on one: send it again, or give it up.

    What broke off in the middle may be on paper. It is never sent again by itself.
    """

    CSS = "PrintQueue #why { height: auto; padding: 0 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f6", "step", N_("Send now"), id="step")]
    place = N_("Print queue")

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._jobs: dict[str, Job] = {}

    def body(self) -> ComposeResult:
        """The list, and why the one under the cursor is still there."""
        yield KeyedTable(COLUMNS, id="jobs")
        yield Static(id="why", markup=False)
        yield Static(classes="empty", markup=False)

    async def load(self) -> None:
        """What lies in the queue's folder."""
        jobs = await asyncio.to_thread(self._desk.spool.jobs)
        self._jobs = {job.id: job for job in jobs}
        self.query_one(KeyedTable).show([self._row(job) for job in jobs])
        self._show_why()
        empty = self.query_one(".empty", Static)
        empty.update(self.t(EMPTY))
        empty.display = not jobs

    @property
    def _desk(self) -> PrintingDesk:
        return desk_of(self.house.settings)

    @property
    def _job(self) -> Job | None:
        return self._jobs.get(self.query_one(KeyedTable).current_key or "")

    def _row(self, job: Job) -> Row:
        t = self.t
        state = ("! " if job.state is JobState.DOUBT else "") + t(job.state.label)
        tries = str(job.tries or "")
        return Row(job.id, (job.title, job.printer, state, t.moment(job.queued_at), tries, self._why(job)))

    def _why(self, job: Job) -> str:
        return job.cause if job.printer in self._desk.printers else self.t(NO_PRINTER, printer=job.printer)

    @on(DataTable.RowHighlighted)
    def _show_why(self) -> None:
        why = self.query_one("#why", Static)
        text = self._why(self._job) if self._job else ""
        why.update(text)
        why.display = bool(text)

    @on(DataTable.RowSelected)
    def _enter(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.action_acts()

    @work(exclusive=True, group=DOING)
    async def action_acts(self) -> None:
        """Send the paper under the cursor again, or give it up."""
        job = self._job
        if job is None:
            await self.act_freely()
            return
        chosen = await self.house.push_screen_wait(Menu(lambda: job.title, lambda: self._ways(job)))
        if chosen == _DROP:
            if await self.house.push_screen_wait(Confirm(SURE, title=job.title)):
                await self._change(lambda desk: desk.spool.drop(job.id))
                self.tell(lambda: self.t(DROPPED, title=job.title))
        elif chosen is not None:
            await self._change(lambda desk: desk.spool.again(job.id) if chosen == _AGAIN else None)
            await self._send()

    def _ways(self, job: Job) -> list[Entry]:
        t = self.t
        doubtful = job.state is not JobState.WAITING
        send = Entry(_AGAIN, t(AGAIN), t(AGAIN_TOLD)) if doubtful else Entry(_SEND, t(SEND), t(SEND_TOLD))
        return [send, Entry(_DROP, t(DROP), t(DROP_TOLD))]

    @work(exclusive=True, group="sending")
    async def action_step(self) -> None:
        """Send what waits now."""
        await self._send()

    async def _send(self) -> None:
        sent = await self._change(lambda desk: desk.flush(self.t))
        if sent:
            bad = any(one.state is not None for one in sent)
            self.tell(lambda: "  ".join(told(sent, self.t, lambda _: self.t(WAY))), bad=bad)
        elif sent is not None:
            self.tell(lambda: self.t(NOTHING_TO_SEND if self._jobs else EMPTY))

    async def _change(self, act: Callable[[PrintingDesk], T]) -> T | None:
        """Do something to the queue, off the screen's own loop; None if it was refused, which is told."""
        try:
            return await asyncio.to_thread(act, self._desk)
        except Refused as refused:
            self.tell_refusal(refused)
            return None
        finally:
            self.reload()
