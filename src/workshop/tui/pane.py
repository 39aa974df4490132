"""A titled table that nobody touches: where it does not fit, it is shown page by page."""

from collections.abc import Sequence
from typing import Final

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from workshop.domain.words import N_, Message
from workshop.i18n import Translator
from workshop.tui.table import Column, KeyedTable, Row
from workshop.tui.while_there import WhileThere

PAGE = N_("{title} ({count}), page {page} of {pages}")
COUNTED = N_("{title} ({count})")


TURN: Final = 12.0
"""Seconds for which a page stands before the next is shown."""
_HEADS: Final = 2  # the lines that the title and the headings take


class _Still(KeyedTable):
    """A table without a cursor."""

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__(columns)
        self.can_focus = False
        self.cursor_type = "none"


class Pane(WhileThere, Vertical):
    """A title, the rows that fit, and what is said where there are none. `turn` goes on to the next page."""

    DEFAULT_CSS = """
    Pane { height: 1fr; }
    Pane > .pane-title { height: 1; text-style: bold; background: $boost; padding: 0 1; }
    Pane > .empty { padding: 0 1; }
    """

    def __init__(self, title: Message, columns: Sequence[Column], nothing: Message, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title = title
        self._columns = columns
        self._nothing = nothing
        self._rows: tuple[Row, ...] = ()
        self._page = 0
        self._known = False
        self._t: Translator | None = None

    def compose(self) -> ComposeResult:
        """The title above the table."""
        yield Static(classes="pane-title", markup=False)
        yield _Still(self._columns)
        yield Static(classes="empty", markup=False)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Everything that it has to show, on all its pages."""
        return self._rows

    @property
    def pages(self) -> int:
        """How many pages its rows take."""
        return max(-(-len(self._rows) // self._room), 1)

    @property
    def _room(self) -> int:
        return max(self.size.height - _HEADS, 1) if self.size.height else max(len(self._rows), 1)

    def render_texts(self, t: Translator) -> None:
        """Title and headings in a language."""
        self._t = t
        self.query_one(_Still).render_texts(t)
        self._draw()

    def show(self, rows: Sequence[Row]) -> None:
        """Other rows; the page stays where it is, if there still is one."""
        self._known = True
        self._rows = tuple(rows)
        self._draw()

    def turn(self) -> bool:
        """Show the next page; False if that is the first again."""
        self._page = (self._page + 1) % self.pages
        self._draw()
        return self._page > 0

    def on_resize(self) -> None:
        """As many rows as fit now."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        t, table, nothing = self._t, self.query_one(_Still), self.query_one(".empty", Static)
        if t is None or not self._known:
            nothing.display = table.display = False
            return
        self._page = min(self._page, self.pages - 1)
        first = self._page * self._room
        table.show(self._rows[first : first + self._room])
        count, pages = len(self._rows), self.pages
        if pages > 1:
            words = t(PAGE, title=self._title, count=count, page=self._page + 1, pages=pages)
        else:
            words = t(COUNTED, title=self._title, count=count)
        self.query_one(".pane-title", Static).update(Text(words, no_wrap=True, overflow="ellipsis"))
        nothing.update(t(self._nothing))
        nothing.display, table.display = not self._rows, bool(self._rows)
