"""Ctrl+O: print a paper about what the cursor is on, look at it first, or show its bar code to be scanned."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from workshop.commands.printing import PrintPaper
from workshop.domain import numbers
from workshop.domain.numbers import NumberError
from workshop.domain.papers import RULES, About, Paper, papers_about
from workshop.domain.printers import parse_printers
from workshop.domain.reasons import Refused
from workshop.domain.words import N_, Message
from workshop.tui.acts import Subject
from workshop.tui.bars import KeyBar
from workshop.tui.menu import Menu
from workshop.tui.numbered import Entry
from workshop.tui.spoken import Dialog

if TYPE_CHECKING:
    from workshop.documents.blocks import Document
    from workshop.documents.printing import Print
    from workshop.tui.workplace import Workplace

WHICH = N_("Print about {what}")
WHICH_FREE = N_("Print")
LANGUAGE, BOTH = N_("Language of the paper"), N_("both languages")
WHERE = N_("{paper}: where to?")
WAY = N_("F3, Print queue")
LOOK, AS_FILE, SHOW_CODE = N_("look at it here first"), N_("save as a file"), N_("show the bar code here")
OWN_LANGUAGE = {"zh_CN": Message("中文"), "en": Message("English"), "both": BOTH}
_CODE, _LOOK, _FILE, _PRINTER, _PAPER = "show-code", "look", "file", "printer:", "paper:"
_ABOUT: Final = (
    ("old_part", About.OLD_PART),
    ("part", About.PART),
    ("person", About.BADGE),
    ("bay", About.BAY),
    ("tool", About.TOOL),
    ("cart", About.CART),
    ("area", About.AREA),
    ("area", About.MONTH),
    ("liability_case", About.CASE),
    ("vin", About.VEHICLE),
    ("order", About.ORDER),
)
"""What of a subject a paper can be about, from the special to the general."""
_WIDE: Final = 72


async def print_about(here: "Workplace", subject: Subject | None) -> None:
    """Ask which paper, in which language, where to; print it and tell what became of it. Only in a worker."""
    offered = papers_of(here, subject)
    chosen = await here.house.push_screen_wait(
        Menu(lambda: _title(here, subject), lambda: _entries(here, offered, _code_of(subject)))
    )
    await print_chosen(here, offered, subject, chosen)


async def print_chosen(
    here: "Workplace", offered: Sequence[tuple[Paper, str]], subject: Subject | None, chosen: str | None
) -> None:
    """Do what was chosen of `print_entries`, if anything of them was. Only in a worker."""
    if chosen == _CODE:
        await here.house.push_screen_wait(CodeDialog(_code_of(subject)))
    for paper, about in offered:
        if chosen == f"{_PAPER}{paper.value}":
            await print_paper(here, paper, about)


async def print_paper(here: "Workplace", paper: Paper, about: str) -> None:
    """Ask in which language and where to; print it and tell what became of it. Only in a worker."""
    language = await here.house.push_screen_wait(Menu(lambda: here.t(LANGUAGE), lambda: _languages(here)))
    if language is None:
        return
    command = PrintPaper(paper=paper, paper_about=about)
    asked = Menu(lambda: here.t(WHERE, paper=paper.label), lambda: _places(here, paper))
    while (where := await here.house.push_screen_wait(asked)) == _LOOK:
        await _look(here, command, language)
        asked = Menu(lambda: here.t(WHERE, paper=paper.label), lambda: _places(here, paper))
    if where is not None:
        await _print(here, command, language, where)


def print_entries(here: "Workplace", offered: Sequence[tuple[Paper, str]], subject: Subject | None) -> list[Entry]:
    """What can be printed, or shown to be scanned, under a heading of its own among the acts; none, where nothing."""
    entries = _entries(here, offered, _code_of(subject))
    return [Entry("", here.t(WHICH_FREE), heading=True), *entries] if entries else []


def papers_of(here: "Workplace", subject: Subject | None) -> list[tuple[Paper, str]]:
    """The papers that this person can print now about the subject, or about nothing in particular."""
    roles = here.gateway.person.roles
    if subject is None:
        today = here.house.now().astimezone(here.t.zone).date().isoformat()
        free = [(paper, "") for paper in papers_about(About.NOTHING, roles)]
        return [*((paper, today) for paper in papers_about(About.DAY, roles)), *free]
    found: list[tuple[Paper, str]] = []
    for kind, about in _ABOUT:
        if kind in subject.values:
            stage = subject.stage if about is About.ORDER else None
            found += [(paper, str(subject.values[kind])) for paper in papers_about(about, roles, stage)]
    return found


def _code_of(subject: Subject | None) -> str:
    """The number of the most special thing of the subject that has one; or empty."""
    for value in reversed(list(subject.values.values()) if subject else []):
        try:
            return numbers.parse(str(value)).text
        except NumberError:
            continue
    return ""


def _title(here: "Workplace", subject: Subject | None) -> str:
    return here.t(WHICH, what=subject.title) if subject else here.t(WHICH_FREE)


def _entries(here: "Workplace", offered: Sequence[tuple[Paper, str]], code: str) -> list[Entry]:
    entries = [Entry(f"{_PAPER}{paper.value}", here.t(paper.label), about) for paper, about in offered]
    return [*entries, Entry(_CODE, here.t(SHOW_CODE), code)] if code else entries


def _languages(here: "Workplace") -> list[Entry]:
    """The person's own language first."""
    first = here.t.language
    order = [first, *(one for one in OWN_LANGUAGE if one != first)]
    return [Entry(one, here.t(OWN_LANGUAGE[one])) for one in order]


def _places(here: "Workplace", paper: Paper) -> list[Entry]:
    printers = parse_printers(here.house.settings.printers).values()
    able = [one for one in printers if not one.labels_only or RULES[paper].is_label]
    return [
        *(Entry(f"{_PRINTER}{one.name}", one.name, here.t(one.kind.label)) for one in able),
        Entry(_FILE, here.t(AS_FILE), str(here.house.settings.paper_folder)),
        Entry(_LOOK, here.t(LOOK)),
    ]


async def _print(here: "Workplace", command: PrintPaper, language: str, where: str) -> None:
    from workshop.documents.desk import SAVED, desk_of, told
    from workshop.documents.printing import document

    desk = desk_of(here.house.settings)
    try:
        if where.startswith(_PRINTER):
            desk.require(where.removeprefix(_PRINTER), command.paper)
        else:
            await asyncio.to_thread(desk.require_room, None)
        done = await here.gateway.perform(command)
        printing = _printing(here, command, done.outcome, language)
        made: Document = await here.gateway.query(document, printing)
        if where == _FILE:
            file = await asyncio.to_thread(desk.save, made, desk.file_for(printing))
            here.tell(here.t(SAVED, file=str(file)))
            return
        sent = await asyncio.to_thread(desk.send, made, printing, where.removeprefix(_PRINTER), here.t)
        bad = any(one.state is not None for one in sent)
        here.tell(lambda: "  ".join(told(sent, here.t, lambda _: here.t(WAY))), bad=bad)
        here.reload()  # what lists the queue shows what has come into it
    except Refused as refused:
        here.tell("; ".join(here.t.reason(one) for one in refused.reasons), bad=True)


async def _look(here: "Workplace", command: PrintPaper, language: str) -> None:
    from workshop.documents.lines import preview
    from workshop.documents.printing import document

    try:
        outcome = await here.gateway.rehearse(command)
        made: Document = await here.gateway.query(document, _printing(here, command, outcome, language))
    except Refused as refused:
        here.tell("; ".join(here.t.reason(one) for one in refused.reasons), bad=True)
        return
    await here.house.push_screen_wait(PaperDialog(command.paper, preview(made, _WIDE)))


def _printing(here: "Workplace", command: PrintPaper, outcome: Mapping[str, object], language: str) -> "Print":
    from workshop.documents.printing import printing_of

    person, terminal = here.gateway.person.name, here.gateway.door.terminal
    return printing_of(outcome, command.paper, language, here.house.now(), person, terminal)


class PaperDialog(Dialog[None]):
    """A paper to look at before it is printed. Arrows scroll, Esc goes back."""

    def __init__(self, paper: Paper, lines: Sequence[str]) -> None:
        super().__init__()
        self._paper = paper
        self._lines = lines

    def compose(self) -> ComposeResult:
        """Its lines, to scroll in."""
        with Vertical(classes="dialog"):
            yield Static(classes="title", markup=False)
            with VerticalScroll(id="entries"):
                yield Static(Text("\n".join(self._lines), no_wrap=True), markup=False)
            yield KeyBar()

    def on_mount(self) -> None:
        """Let the arrows scroll."""
        self.query_one(VerticalScroll).focus()

    def render_texts(self) -> None:
        """The paper's name."""
        self.query_one(".title", Static).update(self.t(self._paper.label))


class CodeDialog(Dialog[None]):
    """A number as a bar code, to be scanned from the glass by a telephone or another terminal. Esc goes back."""

    CSS = "CodeDialog > .dialog { width: 118; }"

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number

    def compose(self) -> ComposeResult:
        """The code with its digits."""
        with Vertical(classes="dialog"):
            yield Static(classes="title", markup=False)
            yield Static(id="code", markup=False)
            yield KeyBar()

    def on_resize(self) -> None:
        """A code that was drawn for more room is cut, and cannot be scanned."""
        self.render_texts()

    def render_texts(self) -> None:
        """The digits above, the code in the middle."""
        from workshop.documents.codes import cells

        self.query_one(".title", Static).update(self._number)
        row = Text(no_wrap=True)
        room = min(self.app.size.width - 8, 112)
        for sign, dark, ground in cells(self._number, room):
            row.append(sign, f"{_colour(dark=dark)} on {_colour(dark=ground)}")
        self.query_one("#code", Static).update(Text("\n").join([row] * 6))


def _colour(*, dark: bool) -> str:
    """True colours: what a terminal calls black and white may be grey on grey."""
    return "#000000" if dark else "#ffffff"
