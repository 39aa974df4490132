"""What lists of liability cases share: the case under the cursor in full, and its next step on Enter (W8a, W6c)."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import DataTable, Static

from workshop.domain.numbers import Kind
from workshop.domain.words import N_, Message
from workshop.i18n import money
from workshop.queries.liability import CaseView
from workshop.tui.acts import Offer, Subject
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.places import case_words
from workshop.tui.places.case_steps import given, steps
from workshop.tui.prose import Prose
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace

NOTHING_TO_DO = N_("There is nothing for you to do on this case now. It stands at: {state}")
NEXT_STEP = N_("What to do with case {case}")

COLUMNS = (
    Column("number", N_("case"), 10),
    Column("thing", N_("what"), grow=True),
    Column("state", N_("state"), 14),
    Column("who", N_("custodian or liable"), 14),
    Column("money", N_("price or owed"), 11, right=True),
    Column("since", N_("reported"), 11, from_width=100),
    Column("order", N_("order"), 10, from_width=120),
)


class CaseList(Workplace):
    """Liability cases, the oldest first, with the one under the cursor in full below (Tab goes there to read on)."""

    DEFAULT_CSS = """
    CaseList #cases { height: 1fr; min-height: 5; }
    CaseList #case { height: auto; max-height: 60%; border-top: ascii $primary; padding: 0 1; }
    CaseList #case { scrollbar-gutter: stable; }
    CaseList #told { height: auto; }
    """
    empty: ClassVar[Message]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._cases: dict[str, CaseView] = {}

    @abstractmethod
    async def cases(self) -> Sequence[CaseView]:
        """The cases of this list."""

    def body(self) -> ComposeResult:
        """The table, and the case under the cursor."""
        yield KeyedTable(COLUMNS, id="cases")
        with VerticalScroll(id="case"):
            yield Static(id="told", markup=False)

    async def load(self) -> None:
        """The cases with all that was said and done."""
        self._cases = {one.number: one for one in await self.cases()}
        self.query_one(KeyedTable).show([self._row(one) for one in self._cases.values()])
        self.call_after_refresh(self._show_case)

    def _row(self, view: CaseView) -> Row:
        t = self.t
        cells = (
            view.number,
            case_words.thing(view, t),
            t.value(view.state),
            case_words.people(view),
            money(case_words.at_stake(view)),
            t.clock(view.at, self.house.now()),
            view.order_number,
        )
        return Row(view.number, cells)

    @property
    def _case(self) -> CaseView | None:
        return self._cases.get(self.query_one(KeyedTable).current_key or "")

    @on(DataTable.RowHighlighted)
    def _moved(self) -> None:
        self._show_case()

    def _show_case(self) -> None:
        view = self._case
        told = Prose(case_words.case_text(view, self.t, self.house.now())) if view else self.t(self.empty)
        self.query_one("#told", Static).update(told)

    def subject(self) -> Subject | None:
        """The case under the cursor."""
        view = self._case
        if view is None:
            return None
        return Subject(
            f"{view.number}  {case_words.thing(view, self.t)}", {"liability_case": view.number}, given=given(view)
        )

    async def take_scan(self, kind: Kind, number: str) -> bool:
        """The number of a case, or of a tool with one, puts the cursor on it."""
        found = next((one for one in self._cases.values() if number in {one.number, one.thing_no}), None)
        if found is None or kind not in {Kind.CASE, Kind.TOOL}:
            return False
        self.query_one(KeyedTable).point_at(found.number)
        return True

    @on(DataTable.RowSelected)
    @work(exclusive=True, group=DOING)
    async def _enter(self, event: DataTable.RowSelected) -> None:
        event.stop()
        view, subject = self._case, self.subject()
        if view is None or subject is None:
            return
        open_now = [Offer(one, {"case": view.number}) for one in steps(view, self.gateway.person)]
        if not open_now:
            self.tell(lambda: self.t(NOTHING_TO_DO, state=view.state), bad=True)
            return
        title = lambda: self.t(NEXT_STEP, case=view.number)  # noqa: E731 — told anew at a switch of language
        offer = open_now[0] if len(open_now) == 1 else await self._choose(title, open_now, subject)
        if offer is not None:
            await self.do_offer(offer, subject)
