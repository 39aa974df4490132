"""What the screens with cleaning lists share: rows answered by a digit, one signature for all (W9, W10a-W10e)."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable, Static

from workshop.commands.base import Command
from workshop.commands.cleaning import (
    AREAS_OPEN,
    LATE_UNTOLD,
    AnswerCleaningLine,
    CountersignCleaningList,
    RecordAsNeeded,
    SignCleaningList,
)
from workshop.commands.perform import Signature
from workshop.commands.spot_checks import RemedySpotCheck
from workshop.commands.tools import CheckInTool, PlaceTool
from workshop.domain.numbers import Kind
from workshop.domain.reasons import Refused
from workshop.domain.words import N_
from workshop.queries.cleaning import AsNeeded, CleaningPage, ListView
from workshop.queries.spot_checks import SpotCheckView
from workshop.queries.tools import ToolRow
from workshop.tui.acts import Subject
from workshop.tui.forms.act import Outcome
from workshop.tui.forms.pin import PinDialog
from workshop.tui.gateway import Gateway
from workshop.tui.keystrokes import DOING
from workshop.tui.places.cleaning_rows import COLUMNS, CleaningRows, Spot, list_key
from workshop.tui.prose import Prose
from workshop.tui.table import KeyedTable
from workshop.tui.workplace import Workplace

NOTHING_TO_SIGN = N_("No list is ready to be signed: answer every line first.")
SIGNED = N_("Lists signed: {lists}.")
NOT_HERE = N_("There is nothing to answer on this row.")
SIGN_ALL = N_("sign the lists that are complete")
_ASKS_WHY = frozenset({AREAS_OPEN.code, LATE_UNTOLD.code})


class CleaningLists(Workplace):
    """Lists of cleaning, answered line by line and signed with one PIN. Subclasses say which."""

    CSS = "CleaningLists #day, CleaningLists #whole { height: auto; padding: 0 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "sign", N_("Sign"), id="step"),
        Binding("f7", "month", N_("Month"), id="page"),
        Binding("1", "answer(True)", N_("Done"), show=False, id="answer_ok"),
        Binding("2", "answer(False)", N_("Not done"), show=False, id="answer_not_ok"),
    ]

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._rows = CleaningRows()
        self._page: CleaningPage | None = None
        self._go_into: str | None = ""  # the list, or all of them, that the cursor goes into

    def body(self) -> ComposeResult:
        """What day it is, everything to do, and the line under the cursor in full."""
        yield Static(id="day", markup=False)
        yield KeyedTable(COLUMNS, id="cleaning")
        yield Static(id="whole", markup=False)

    async def load(self) -> None:
        """The tools in hand, the lists, what waits."""
        tools = await self.tools()
        page = self._page = await self.page()
        self.query_one("#day", Static).update(Prose(self._rows.head(page.today, self.t)))
        table = self.query_one(KeyedTable)
        table.show(self._rows.lay_out(page, tools, self.t))
        if self._go_into is not None and (first := self._rows.first_in(self._go_into)):
            table.point_at(first)
        self._go_into = None
        self._tell_whole()

    async def tools(self) -> list[ToolRow]:
        """The tools to bring back."""
        return []

    @abstractmethod
    async def page(self) -> CleaningPage:
        """The lists to answer and to sign."""

    # --- what the cursor is on ---------------------------------------------------------------------------------------

    @property
    def _key(self) -> str:
        return self.query_one(KeyedTable).current_key or ""

    @property
    def _spot(self) -> Spot | None:
        return self._rows.spots.get(self._key)

    def subject(self) -> Subject | None:
        """The area, list, finding or tool under the cursor."""
        spot = self._spot
        if spot is None:
            return None
        if isinstance(spot.of, ToolRow):
            return Subject(self.t.name(spot.of.piece.name), {"tool": spot.of.piece.number})
        if isinstance(spot.of, SpotCheckView):
            return Subject(spot.of.area, {"area": spot.of.area_number, "spot_check": spot.of.id})
        area = spot.of.area
        given: dict[str, object] = {"area_name": area.name, "team": area.team, "owner": area.owner_badge}
        if isinstance(spot.of, ListView):
            given |= {"list_day": spot.of.due.day, "moment": spot.of.due.moment, "position": spot.position}
        return Subject(area.name, {"area": area.number}, given=given)

    def on_data_table_row_highlighted(self, event: DataTable.RowHighlighted) -> None:
        """Lines are longer than a narrow table."""
        super().on_data_table_row_highlighted(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        self.query_one("#whole", Static).update(Prose(self._rows.whole(self._key, self.t)))

    async def take_scan(self, kind: Kind, number: str) -> bool:
        """A tool in hand is brought back; an area's label leads to its lists."""
        if kind is Kind.TOOL and (spot := self._rows.spots.get(f"tool:{number}")):
            return await self._answer(spot, True)
        first = self._rows.first_of(number) if kind is Kind.AREA else None
        if first is not None:
            self.query_one(KeyedTable).point_at(first)
        return first is not None

    # --- keys --------------------------------------------------------------------------------------------------------

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter: a list opens or closes; anything else is done."""
        event.stop()
        spot = self._spot
        if spot is not None and isinstance(spot.of, ListView) and not spot.position:
            self._rows.turn(self._key)
            self._go_into = self._key
            self.reload()
        else:
            self.action_answer(True)

    @work(exclusive=True, group=DOING)
    async def action_answer(self, done: bool) -> None:
        """Answer what the cursor is on: done, or not done with the reason."""
        spot, key = self._spot, self._key
        if spot is None or not (done or spot.position):
            self.tell(lambda: self.t(NOT_HERE), bad=True)
        elif await self._answer(spot, done) and (following := self._rows.next_open(key)):
            self.query_one(KeyedTable).point_at(following)

    async def _answer(self, spot: Spot, done: bool) -> bool:
        match spot.of:
            case ToolRow(piece=piece, home_number=cart):
                if cart:
                    return await self.do_at_once(PlaceTool, tool=piece.number, cart=cart)
                return await self.do_at_once(CheckInTool, tool=piece.number)
            case SpotCheckView(id=check, finding=finding):
                return await self.do(RemedySpotCheck, known={"spot_check": check}, about=finding) is not None
            case AsNeeded(area=area, line=line):
                return await self.do_at_once(RecordAsNeeded, area=area.number, position=line.position)
            case ListView() if not spot.position:
                self._rows.mark(self._key)
                self.reload()
                return True
            case ListView():
                return await self._answer_line(spot.of, spot.position, done)

    async def _answer_line(self, of: ListView, position: int, done: bool) -> bool:
        known = named(of) | {"position": position, "done": done}
        if done:
            return await self.do_at_once(AnswerCleaningLine, **known)
        line = next(one for one in of.lines if one.position == position)
        return await self.do(AnswerCleaningLine, known=known, about=lambda: self.t.name(line.text)) is not None

    @work(exclusive=True, group=DOING)
    async def action_sign(self) -> None:
        """Sign every list that is complete and countersign every marked one, with one PIN."""
        acts = list(self._to_sign())
        if not acts:
            self.tell(lambda: self.t(NOTHING_TO_SIGN), bad=True)
            return
        signature = await self.house.push_screen_wait(PinDialog(self.gateway, SIGN_ALL))
        if signature is not None:
            await self._sign(acts, signature)

    def _to_sign(self) -> Iterator[Command]:
        page = self._page
        if page is None:
            return
        for one in (*page.today.lists, *page.missed):
            if one.complete and (one in page.today.lists or self._rows.is_open(list_key(one))):
                yield SignCleaningList.model_validate(named(one))
        for one in page.to_countersign:
            if self._rows.is_marked(list_key(one)):
                yield CountersignCleaningList.model_validate(named(one))

    async def _sign(self, acts: list[Command], signature: Signature) -> None:
        for act in acts:
            try:
                await self.gateway.perform(act, signature)
            except Refused as refused:
                asks_why = {reason.code for reason in refused.reasons} <= _ASKS_WHY
                if not asks_why:
                    self.tell_refusal(refused)
                if not asks_why or await self._sign_with_reason(act) is None:
                    break
        else:
            self.tell(lambda: self.t(SIGNED, lists=len(acts)))
        self.reload()

    async def _sign_with_reason(self, act: Command) -> Outcome | None:
        known = act.model_dump(exclude={"late_reason", "open_reason"})
        return await self.do(SignCleaningList, known=known)

    def action_month(self) -> None:
        """The month at a glance, of the area under the cursor."""
        from workshop.tui.places.cleaning_month import CleaningMonth

        subject = self.subject()
        number = str(subject.values.get("area", "")) if subject else ""
        self.house.push_screen(CleaningMonth(self.gateway, number))


def named(one: ListView) -> dict[str, object]:
    """What names a list in an act."""
    return {"area": one.area.number, "list_day": one.due.day, "moment": one.due.moment}
