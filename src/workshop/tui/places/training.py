"""Trainings and meetings: what is planned, and whose certificates run out (W11)."""

from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from workshop.commands.training import HOLDERS, PlanSession
from workshop.domain.training import SessionState, Standing
from workshop.domain.words import N_
from workshop.queries.training import CertificateView, SessionRow, certificates, sessions
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.places.roll import RollPage
from workshop.tui.places.training_record import RecordPage
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

NO_SESSIONS = N_("No training or meeting was ever planned. F6 plans one.")
DUE = N_("Certificates that have run out or run out soon: {count} (F7)")
NOT_MINE = "-"

SESSION_COLUMNS = (
    Column("start", N_("start"), 11),
    Column("topic", N_("topic"), grow=True),
    Column("state", N_("state"), 20),
    Column("came", N_("came / invited"), 8, right=True),
    Column("mine", N_("you"), 8),
    Column("gives", N_("certificate"), 12, most=19, from_width=100),
    Column("place", N_("place"), 12, from_width=120),
    Column("held_by", N_("held by"), 12, most=18, from_width=120),
)
CERTIFICATE_COLUMNS = (
    Column("badge", N_("badge"), 10),
    Column("name", N_("name"), grow=True),
    Column("training", N_("certificate"), 18),
    Column("until", N_("valid until"), 11),
    Column("standing", N_("state"), 16),
)
_DUE = frozenset({Standing.RUN_OUT, Standing.RUNS_OUT})


class Trainings(Workplace):
    """Trainings and meetings, the next one first. Enter opens the roll, F6 plans one, F7 shows the certificates."""

    CSS = "Trainings #due { height: auto; padding: 0 1; text-style: bold; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "plan", N_("Plan session"), id="step"),
        Binding("f7", "certificates", N_("Certificates"), id="page"),
    ]
    place = N_("Trainings")

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._sessions: dict[str, SessionRow] = {}

    def body(self) -> ComposeResult:
        """What runs out, and the sessions."""
        yield Static(id="due", markup=False)
        yield KeyedTable(SESSION_COLUMNS, id="sessions")
        yield Static(classes="empty", markup=False)

    async def load(self) -> None:
        """The sessions and, for those who plan them, how many certificates are due."""
        now, person = self.house.now(), self.gateway.person
        found = await self.gateway.query(sessions, now, person.id)
        self._sessions = {str(one.session.id): one for one in found}
        self.query_one(KeyedTable).show([self._row(one) for one in found])
        empty, due = self.query_one(".empty", Static), self.query_one("#due", Static)
        empty.update(self.t(NO_SESSIONS))
        empty.display = not found
        only = None if HOLDERS & person.roles else person.id
        held = await self.gateway.query(certificates, now.astimezone(self.t.zone).date(), person_id=only)
        count = sum(one.standing in _DUE for one in held)
        due.update(self.t(DUE, count=count))
        due.display = bool(count)

    def subject(self) -> Subject | None:
        """The session under the cursor."""
        found = self._sessions.get(self.query_one(KeyedTable).current_key or "")
        return Subject(found.session.topic, {"session": found.session.id}) if found else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Planning is offered to those who may."""
        if action == "plan":
            return bool(HOLDERS & self.gateway.person.roles)
        return super().check_action(action, parameters)

    @on(DataTable.RowSelected)
    def _enter(self, event: DataTable.RowSelected) -> None:
        event.stop()
        if event.row_key.value:
            self.house.push_screen(RollPage(self.gateway, int(event.row_key.value)))

    @work(exclusive=True, group=DOING)
    async def action_plan(self) -> None:
        """Plan a session."""
        await self.do(PlanSession)

    def action_certificates(self) -> None:
        """Everybody's certificates for those who plan trainings; one's own for all others."""
        person = self.gateway.person
        mine = not HOLDERS & person.roles
        self.house.push_screen(RecordPage(self.gateway, person.badge) if mine else Certificates(self.gateway))

    def _row(self, one: SessionRow) -> Row:
        t, view = self.t, one.session
        held = view.state is not SessionState.CALLED_OFF
        return Row(
            str(view.id),
            (
                t.clock(view.starts_at, self.house.now()),
                view.topic,
                t.value(view.state),
                f"{one.came} / {one.invited}",
                t.value(one.mine) if held and one.mine else NOT_MINE,
                t.value(view.training),
                view.place,
                view.held_by,
            ),
        )


class Certificates(Workplace):
    """The certificates of everybody who works here, those that run out first at the top. Enter: the person's record."""

    place = N_("Certificates")

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._held: dict[str, CertificateView] = {}

    def body(self) -> ComposeResult:
        """One table."""
        yield KeyedTable(CERTIFICATE_COLUMNS, id="certificates")

    async def load(self) -> None:
        """Of each person and training the one that lasts longest."""
        today = self.house.now().astimezone(self.t.zone).date()
        held = await self.gateway.query(certificates, today)
        self._held = {f"{one.badge} {one.training.value}": one for one in held}
        self.query_one(KeyedTable).show([self._row(key, one) for key, one in self._held.items()])

    def subject(self) -> Subject | None:
        """The person under the cursor, with the training, for a new certificate."""
        one = self._held.get(self.query_one(KeyedTable).current_key or "")
        if one is None:
            return None
        return Subject(f"{one.badge}  {one.name}", {"person": one.badge}, given={"training": one.training})

    @on(DataTable.RowSelected)
    def _enter(self, event: DataTable.RowSelected) -> None:
        event.stop()
        one = self._held.get(event.row_key.value or "")
        if one is not None:
            self.house.push_screen(RecordPage(self.gateway, one.badge))

    def _row(self, key: str, one: CertificateView) -> Row:
        t = self.t
        cells = (one.badge, one.name, t.value(one.training), t.value(one.valid_until), t.value(one.standing))
        return Row(key, cells)
