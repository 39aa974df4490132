"""Who watches over cleaning: who owes what today, closing lists left open, spot checks, violations (W10a-W10e, S8)."""

from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from workshop.commands.spot_checks import RecordSpotCheck, RecordViolation
from workshop.domain.cleaning import ListState
from workshop.domain.numbers import Kind
from workshop.domain.words import N_
from workshop.queries import cleaning_watch
from workshop.queries.cleaning import ListView
from workshop.queries.spot_checks import SpotCheckView, ViolationView
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.places.cleaning import CleaningDay
from workshop.tui.places.cleaning_month import EVERYBODYS
from workshop.tui.places.cleaning_rows import list_key
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

OWED = N_("Who owes what today")
LEFT_OPEN = N_("Closing lists left open")
CHECKS = N_("Findings of spot checks")
VIOLATIONS = N_("Violations, 60 days")
ALL_SIGNED = N_("Every list of today is signed.")
LINES = N_("{open} of {all} to go")
LOOK_AGAIN = N_("look again: {remedy}")
NOT_REMEDIED = N_("not remedied yet")

_HEADINGS = {"left": LEFT_OPEN, "list": OWED, "check": CHECKS, "violation": VIOLATIONS}

COLUMNS = (
    Column("what", N_("what"), grow=True),
    Column("who", N_("whose"), 10, most=18),
    Column("state", N_("state"), 20, most=34),
    Column("day", N_("day"), 11, from_width=90),
)


class CleaningWatch(Workplace):
    """Who owes what. F6: a spot check of the area under the cursor, F7: a violation. Enter opens the area's day."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "check", N_("Spot check"), id="step"),
        Binding("f7", "violation", N_("Violation"), id="page"),
    ]
    place = N_("Spot checks and who owes what")

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._seen: dict[str, ListView | SpotCheckView | ViolationView] = {}

    def body(self) -> ComposeResult:
        """One table."""
        yield KeyedTable(COLUMNS, id="watch")
        yield Static(classes="empty", markup=False)

    async def load(self) -> None:
        """What is open, then what was seen."""
        found = await self.gateway.query(cleaning_watch.watch, self.house.now())
        owed = [one for one in found.today.lists if one.state is ListState.OPEN and one.due.until == found.today.day]
        self._seen = {f"left:{list_key(one)}": one for one in found.open_closings}
        self._seen |= {list_key(one): one for one in owed}
        self._seen |= {f"check:{one.id}": one for one in found.checks}
        self._seen |= {f"violation:{one.id}": one for one in found.violations}
        self.query_one(KeyedTable).show(list(self._rows()))
        empty = self.query_one(".empty", Static)
        empty.update(self.t(ALL_SIGNED))
        empty.display = not owed and found.today.working

    def subject(self) -> Subject | None:
        """The area, finding or person under the cursor."""
        seen = self._seen.get(self.query_one(KeyedTable).current_key or "")
        match seen:
            case ListView(area=area, due=due):
                given: dict[str, object] = {"area_name": area.name, "team": area.team, "owner": area.owner_badge}
                given |= {"list_day": due.day, "moment": due.moment}
                return Subject(area.name, {"area": area.number}, given=given)
            case SpotCheckView(area=name, area_number=number, id=check):
                return Subject(name, {"area": number, "spot_check": check})
            case ViolationView(badge=badge, name=name):
                return Subject(f"{badge}  {name}", {"person": badge})
        return None

    async def take_scan(self, kind: Kind, number: str) -> bool:
        """An area's label: a spot check of it."""
        return kind is Kind.AREA and await self.do(RecordSpotCheck, known={"area": number}) is not None

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter: the day of a list; what can be done with anything else."""
        event.stop()
        seen = self._seen.get(event.row_key.value or "")
        if isinstance(seen, ListView):
            self.house.push_screen(CleaningDay(self.gateway, seen.area.number, seen.due.until))
        else:
            self.action_acts()

    @work(exclusive=True, group=DOING)
    async def action_check(self) -> None:
        """A spot check, of the area under the cursor unless another is named."""
        subject = self.subject()
        area = subject.values.get("area") if subject else None
        await self.do(RecordSpotCheck, given={"area": area} if area else {})

    @work(exclusive=True, group=DOING)
    async def action_violation(self) -> None:
        """A violation that was seen."""
        await self.do(RecordViolation)

    def _rows(self) -> Iterator[Row]:
        before = ""
        for key, seen in self._seen.items():
            kind, _, _ = key.partition(":")
            if kind != before:
                yield Row(f"heading:{kind}", (Text(self.t(_HEADINGS[kind]), style="bold underline"), "", "", ""))
            yield Row(key, self._cells(seen))
            before = kind

    def _cells(self, seen: ListView | SpotCheckView | ViolationView) -> tuple[str, str, str, str]:
        t, now = self.t, self.house.now()
        match seen:
            case ListView(area=area, due=due, lines=lines, open_lines=open_lines):
                whose = area.whose or t(EVERYBODYS)
                told = t(LINES, open=open_lines, all=len(lines))
                return f"  {area.name}  {t(due.moment.label)}", whose, told, f"{due.until:%m-%d}"
            case SpotCheckView():
                told = t(LOOK_AGAIN, remedy=seen.remedy) if seen.remedy else t(NOT_REMEDIED)
                who = seen.remedied_by or seen.checked_by
                return f"  {seen.area}  {seen.finding}", who, told, t.clock(seen.checked_at, now)
            case ViolationView():
                told = " ".join(filter(None, (t(seen.kind.label), seen.note)))
                return f"  {seen.name}  {seen.place}", seen.seen_by, told, t.clock(seen.seen_at, now)
