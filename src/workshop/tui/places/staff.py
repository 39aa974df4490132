"""The people of the shop: who works here, in which roles, with which certificates."""

from textual import on
from textual.app import ComposeResult
from textual.widgets import DataTable

from workshop.domain.numbers import Kind
from workshop.domain.words import N_
from workshop.queries.shop import PersonView, staff
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

LEFT = N_("no longer works here")

COLUMNS = (
    Column("badge", N_("badge"), 10),
    Column("name", N_("name"), 6, most=14),
    Column("roles", N_("roles"), grow=True),
    Column("team", N_("team"), 6, most=12),
    Column("trainings", N_("certificates"), 12, most=33),
    Column("state", N_("state"), 14, from_width=110),
)


class Staff(Workplace):
    """Everybody who works or worked here. Enter or F4: change the record, a new PIN, a certificate."""

    place = N_("People")

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._people: dict[str, PersonView] = {}

    def body(self) -> ComposeResult:
        """One table."""
        yield KeyedTable(COLUMNS, id="people")

    async def load(self) -> None:
        """Everybody, in the order in which they came."""
        people = await self.gateway.query(staff)
        self._people = {one.badge: one for one in people}
        self.query_one(KeyedTable).show([self._row(one) for one in people])

    def subject(self) -> Subject | None:
        """The person under the cursor."""
        found = self._people.get(self.query_one(KeyedTable).current_key or "")
        if found is None:
            return None
        given: dict[str, object] = {
            "person": found.name,
            "has_roles": [str(role) for role in found.roles],
            "team": found.team,
            "active": found.active,
        }
        return Subject(f"{found.badge}  {found.name}", {"person": found.badge}, given=given)

    async def take_scan(self, kind: Kind, number: str) -> bool:
        """A badge finds its person."""
        if kind is not Kind.BADGE or number not in self._people:
            return False
        self.query_one(KeyedTable).point_at(number)
        return True

    @on(DataTable.RowSelected)
    def _enter(self, event: DataTable.RowSelected) -> None:
        event.stop()
        self.action_acts()

    def _row(self, found: PersonView) -> Row:
        return Row(
            found.badge,
            (
                found.badge,
                found.name,
                self.t.value(found.roles),
                found.team,
                self.t.value(found.trainings),
                "" if found.active else self.t(LEFT),
            ),
        )
