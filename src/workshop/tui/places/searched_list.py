"""A workplace that is one long list with a line above it: a few letters find what is looked for."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.widgets import DataTable, Input, Static

from workshop.domain.words import Message
from workshop.tui.keystrokes import DOING
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.workplace import Workplace


class SearchedList(Workplace):
    """Type to find; Enter goes to the list, and on a row does what the row is for. Subclasses find, and tell rows."""

    hint: ClassVar[Message]
    nothing: ClassVar[Message]
    columns: ClassVar[Sequence[Column]]

    @abstractmethod
    async def find(self, text: str) -> Sequence[Row]:
        """What the text finds, as rows."""

    async def chosen(self, key: str) -> None:  # noqa: ARG002 — for those that do more than list the acts
        """Enter on a row: what can be done with it."""
        subject = self.subject()
        if subject is not None:
            await self.act_on(subject)

    async def entered(self, text: str) -> None:  # noqa: ARG002 — for those that take a whole number
        """Enter in the line: on to the list."""
        self.query_one(KeyedTable).focus()

    def body(self) -> ComposeResult:
        """The line, the list, and what stands there while it is empty."""
        yield Input(id="search", compact=True, max_length=60)
        yield KeyedTable(self.columns, id="found")
        yield Static(classes="empty", markup=False)

    async def load(self) -> None:
        """Find anew."""
        rows = await self.find(self.searched)
        self.query_one(KeyedTable).show(rows)
        empty = self.query_one(".empty", Static)
        empty.update(self.t(self.nothing))
        empty.display = not rows

    def render_texts(self) -> None:
        """The hint in the line too."""
        super().render_texts()
        self.query_one("#search", Input).placeholder = self.t(self.hint)

    @property
    def searched(self) -> str:
        """What stands in the line."""
        return self.query_one("#search", Input).value.strip()

    @property
    def current(self) -> str:
        """The key of the row under the cursor; empty where there is none."""
        return self.query_one(KeyedTable).current_key or ""

    def show_only(self, text: str) -> None:
        """Look for this text, the cursor in the list."""
        self.query_one("#search", Input).value = text
        self.query_one(KeyedTable).focus()

    @on(Input.Changed, "#search")
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.reload()

    @on(Input.Submitted, "#search")
    @work(exclusive=True, group=DOING)
    async def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        await self.entered(event.value.strip())

    @on(DataTable.RowSelected, "#found")
    @work(exclusive=True, group=DOING)
    async def _selected(self, event: DataTable.RowSelected) -> None:
        event.stop()
        await self.chosen(event.row_key.value or "")
