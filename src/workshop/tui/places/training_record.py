"""What one person attended, and the certificates held (W11)."""

from textual.app import ComposeResult
from textual.widgets import Static

from workshop.domain.words import N_
from workshop.queries.training import record
from workshop.tui.gateway import Gateway
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

UNTIL = N_("until {date}")
NOTHING = N_("Nothing is on record.")

COLUMNS = (
    Column("date", N_("day"), 16),
    Column("what", N_("training or meeting"), grow=True),
    Column("state", N_("state"), 16),
)


class RecordPage(Workplace):
    """One person's certificates, then the sessions, the latest first."""

    CSS = "RecordPage #who { height: auto; padding: 0 1; text-style: bold; }"
    place = N_("Training record")

    def __init__(self, gateway: Gateway, badge: str) -> None:
        super().__init__(gateway)
        self._badge = badge

    def body(self) -> ComposeResult:
        """Who it is, and one table."""
        yield Static(id="who", markup=False)
        yield KeyedTable(COLUMNS, id="record")
        yield Static(classes="empty", markup=False)

    async def load(self) -> None:
        """The person's record."""
        t, now = self.t, self.house.now()
        found = await self.gateway.query(record, self._badge, now, now.astimezone(t.zone).date())
        if found is None:
            return
        self.query_one("#who", Static).update(f"{found.badge}  {found.name}")
        rows = [
            Row(
                f"certificate:{one.training.value}",
                (t(UNTIL, date=one.valid_until), t.value(one.training), t.value(one.standing)),
            )
            for one in found.certificates
        ]
        rows += [
            Row(f"session:{view.id}", (t.moment(view.starts_at), view.topic, t.value(how)))
            for view, how in found.sessions
        ]
        self.query_one(KeyedTable).show(rows)
        empty = self.query_one(".empty", Static)
        empty.update(t(NOTHING))
        empty.display = not rows
