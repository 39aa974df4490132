"""The tool crib and everybody's tools: who has what; tools go out and come back by a scan (W8a)."""

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from workshop.commands.tools import CheckInTool, CheckOutTool
from workshop.domain.numbers import Kind
from workshop.domain.roles import Role
from workshop.domain.tools import ToolPlace
from workshop.domain.words import N_
from workshop.queries.tools import ToolRow, ToolView, tool, tools
from workshop.tui.acts import Subject
from workshop.tui.gateway import Gateway
from workshop.tui.places import tool_words
from workshop.tui.places.searched_list import SearchedList
from workshop.tui.scanner import read_code
from workshop.tui.table import Row

SHOWN = N_("Shown: {view} ({count}). F7 shows others.")
GIVE_TO = N_("{tool}: now scan the badge of the person who takes it.")
UNKNOWN = N_("There is no tool with the number {number}.")


class Tools(SearchedList):
    """Every tool and who has it. Scan one, or Enter on it: it is yours, or back in the crib; F4 lists everything.

    The tool keeper scans a tool, then the badge of whoever takes it; a tool that is out comes back with one scan.
    """

    CSS = "Tools #shown { height: 1; padding: 0 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("f7", "other_view", N_("Others"), id="page")]
    place = N_("Tools")
    hint = N_("number, name, initials or holder; whole number and Enter: take or bring back")
    nothing = N_("No tool is found here.")
    columns = tool_words.COLUMNS

    def __init__(self, gateway: Gateway) -> None:
        super().__init__(gateway)
        self._tools: dict[str, ToolRow] = {}
        self._view = ToolView.ALL
        self._to_give = ""

    def body(self) -> ComposeResult:
        """Which tools are shown, above the list."""
        yield Static(id="shown", markup=False)
        yield from super().body()

    async def find(self, text: str) -> list[Row]:
        """The tools that the text and the view find, one's own first."""
        now = self.house.now()
        found = await self.gateway.query(tools, self._today, text, self._view)
        found.sort(key=lambda one: one.piece.person_id != self.gateway.person.id and self._view is not ToolView.DUE)
        self._tools = {one.piece.number: one for one in found}
        self.query_one("#shown", Static).update(self.t(SHOWN, view=self._view, count=len(found)))
        return [tool_words.table_row(one, self.t, self.t.clock(one.since, now)) for one in found]

    def subject(self) -> Subject | None:
        """The tool under the cursor."""
        found = self._current()
        return tool_words.subject(found, self.t) if found else None

    async def take_scan(self, kind: Kind, number: str) -> bool:
        """A tool goes out or comes back; after it, for the tool keeper, a badge says to whom."""
        to_give, self._to_give = self._to_give, ""
        if kind is Kind.TOOL:
            await self._use_number(number)
            return True
        if kind is Kind.BADGE and to_give and to_give == self.current:
            await self.do_at_once(CheckOutTool, tool=to_give, holder=number)
            return True
        return False

    def action_other_view(self) -> None:
        """All tools, those with people, those that are due."""
        views = list(ToolView)
        self._view = views[(views.index(self._view) + 1) % len(views)]
        self.reload()

    # --- out and back ------------------------------------------------------------------------------------------------

    @property
    def _today(self) -> date:
        return self.house.now().astimezone(self.t.zone).date()

    @property
    def _is_keeper(self) -> bool:
        return Role.TOOL_KEEPER in self.gateway.person.roles

    def _current(self) -> ToolRow | None:
        return self._tools.get(self.current)

    async def _use_number(self, number: str) -> None:
        found = await self.gateway.query(tool, number, self._today)
        if found is None:
            self.tell(lambda: self.t(UNKNOWN, number=number), bad=True)
            return
        self.show_only(number)
        await self._use(found)

    async def _use(self, found: ToolRow) -> None:
        piece = found.piece
        mine = piece.person_id == self.gateway.person.id
        if mine or (self._is_keeper and piece.place is ToolPlace.PERSON):
            await self.do_at_once(CheckInTool, tool=piece.number)
        elif self._is_keeper:
            self._to_give = piece.number
            self.tell(lambda: self.t(GIVE_TO, tool=piece.name))
        elif CheckOutTool.roles & self.gateway.person.roles:
            await self.do_at_once(CheckOutTool, tool=piece.number)
        else:
            await self.act_on(tool_words.subject(found, self.t))

    async def entered(self, text: str) -> None:
        """A whole number takes the tool, or brings it back."""
        code = read_code(text)
        if code is not None and code.kind is Kind.TOOL:
            await self._use_number(code.text)
        else:
            await super().entered(text)

    async def chosen(self, key: str) -> None:
        """The same with the tool under the cursor."""
        if key in self._tools:
            await self._use(self._tools[key])
