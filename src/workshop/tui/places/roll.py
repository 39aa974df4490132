"""The roll of one session: badges are scanned one after another (W11)."""

from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Input, Static

from workshop.commands.training import HOLDERS, CallRoll, CloseSession
from workshop.domain.numbers import Kind
from workshop.domain.training import Presence, SessionState
from workshop.domain.words import N_
from workshop.queries.training import Roll, RollLine, roll
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.places.training_record import RecordPage
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

SCAN = N_("Scan the badges one after another; Enter after a typed one.")
HEAD = N_("{start} to {end}, {place}, held by {held_by}")
GIVES = N_("gives the certificate: {training}")
CALLED_OFF = N_("called off: {reason}")
COUNT = N_("{presence} {count}")
GUEST = N_("not invited")

COLUMNS = (
    Column("badge", N_("badge"), 10),
    Column("name", N_("name"), 12),
    Column("presence", N_("attendance"), 10),
    Column("came", N_("came"), 11),
    Column("note", N_("note"), grow=True),
    Column("team", N_("team"), 12, from_width=100),
)


class RollPage(Workplace):
    """One session. Scan badges to call the roll; F6 signs and closes it; F4: excuse, call off."""

    CSS = """
    RollPage #head { height: auto; padding: 0 1; }
    RollPage #badge { margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "close_roll", N_("Close roll"), id="step"),
        Binding("f7", "record", N_("Record"), id="page"),
    ]
    place = N_("Roll")

    def __init__(self, gateway: Gateway, session_id: int) -> None:
        super().__init__(gateway)
        self._session = session_id
        self._roll: Roll | None = None
        self._lines: dict[str, RollLine] = {}

    def body(self) -> ComposeResult:
        """Which session, the line for badges, the roll."""
        yield Static(id="head", markup=False)
        yield Input(id="badge", compact=True, max_length=20)
        yield KeyedTable(COLUMNS, id="roll")

    def on_mount(self) -> None:
        """The line for badges has the cursor where the roll can be called."""
        self.query_one("#badge", Input).display = self._calls_roll
        if self._calls_roll:
            self.query_one("#badge", Input).focus()

    def render_texts(self) -> None:
        """The hint in the line for badges too."""
        super().render_texts()
        self.query_one("#badge", Input).placeholder = self.t(SCAN)

    async def load(self) -> None:
        """The session with its roll."""
        found = await self.gateway.query(roll, self._session, self.house.now())
        if found is None:
            return
        self._roll, self._lines = found, {one.badge: one for one in found.lines}
        self.query_one("#head", Static).update(self._head(found))
        self.query_one("#badge", Input).display = self._calls_roll and self._open
        self.query_one(KeyedTable).show([self._row(one) for one in found.lines])

    @property
    def _calls_roll(self) -> bool:
        return bool(HOLDERS & self.gateway.person.roles)

    @property
    def _open(self) -> bool:
        ended = {SessionState.CLOSED, SessionState.CALLED_OFF}
        return self._roll is not None and self._roll.session.state not in ended

    def subject(self) -> Subject | None:
        """The session, with the person under the cursor."""
        if self._roll is None:
            return None
        values: dict[str, object] = {"session": self._session}
        title, line = self._roll.session.topic, self._current()
        if line is not None:
            title, values = f"{title}  {line.name}", {"person": line.badge} | values
        return Subject(title, values)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The roll is closed by those who may, once; a record is shown to them and to the person itself."""
        if action == "close_roll":
            return self._calls_roll and self._open
        if action == "record":
            line = self._current()
            return line is not None and (self._calls_roll or line.badge == self.gateway.person.badge)
        return super().check_action(action, parameters)

    async def take_scan(self, kind: Kind, number: str) -> bool:
        """A badge puts its bearer on the roll."""
        if kind is not Kind.BADGE or not (self._calls_roll and self._open):
            return False
        await self.do_at_once(CallRoll, session=self._session, attendee=number)
        return True

    @on(Input.Submitted, "#badge")
    @work(exclusive=True, group=DOING)
    async def _badge_typed(self, event: Input.Submitted) -> None:
        event.stop()
        event.input.value = ""
        await self.do_at_once(CallRoll, session=self._session, attendee=event.value.strip())

    @on(DataTable.RowSelected)
    def _enter(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.action_acts()

    @work(exclusive=True, group=DOING)
    async def action_close_roll(self) -> None:
        """Sign the roll."""
        if self._roll is not None:
            await self.do(CloseSession, known={"session": self._session}, about=self._roll.session.topic)

    def action_record(self) -> None:
        """What the person under the cursor attended."""
        line = self._current()
        if line is not None:
            self.house.push_screen(RecordPage(self.gateway, line.badge))

    def _current(self) -> RollLine | None:
        return self._lines.get(self.query_one(KeyedTable).current_key or "")

    def _head(self, found: Roll) -> Text:
        t, view, now = self.t, found.session, self.house.now()
        text = Text(f"{view.topic}  ", style="bold")
        text.append(f"[{t.value(view.state)}]")
        start, end = t.clock(view.starts_at, now), t.clock(view.ends_at, view.starts_at)
        text.append("\n" + t(HEAD, start=start, end=end, place=view.place, held_by=view.held_by), style="not bold")
        if view.training:
            text.append("  " + t(GIVES, training=view.training), style="not bold")
        if view.called_off:
            text.append("\n" + t(CALLED_OFF, reason=view.called_off), style="not bold")
            return text
        counts = [(how, found.count(how)) for how in Presence]
        told = "  ".join(t(COUNT, presence=how, count=count) for how, count in counts if count)
        text.append(f"\n{told}", style="not bold")
        return text

    def _row(self, one: RollLine) -> Row:
        t, now = self.t, self.house.now()
        came = t.clock(one.came_at, now) if one.came_at else ""
        note = one.excuse or ("" if one.invited else t(GUEST))
        return Row(one.badge, (one.badge, one.name, t.value(one.presence), came, note, one.team))
