"""The rows of the work page: items with their clocks, their parts, and the lines of the checklist to answer."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from workshop.domain.facts import IssueFacts, ItemFacts, PartLineFacts
from workshop.domain.states import Answer, ItemState
from workshop.domain.words import N_
from workshop.i18n import Translator
from workshop.queries.checks import CheckView
from workshop.queries.orders import OrderView
from workshop.tui.places.safety_rows import assembly_rows
from workshop.tui.places.work_tools import tool_rows
from workshop.tui.table import Column, Row

MY_CLOCK = N_("your clock runs")
CLOCK = N_("clock runs")
TO_ISSUE = N_("{pieces} to issue")
TO_FIT = N_("{pieces} to fit")
OWED = N_("{pieces} old owed")
FITTED = N_("fitted")
NOT_NEEDED = N_("not needed")
OPEN_LINE = N_("? 1 OK  2 not OK  3 n/a")

ROWS = (
    Column("what", N_("work"), grow=True),
    Column("state", N_("state"), 16, most=28),
    Column("asked", N_("asked / measured"), 17, most=24, right=True),
)


def work_rows(view: OrderView, checks: Sequence[CheckView], person_id: int, t: Translator, now: datetime) -> list[Row]:
    """Items, below each its parts, what came off for it, its self-check; the order's tools; the inspection's lines."""
    rows: list[Row] = []
    for item in view.facts.items:
        if not item.agreed:
            continue
        rows.append(_item(item, person_id, t))
        rows += [row for line in item.lines for row in _line(line, t)]
        rows += assembly_rows(view.facts, item, t, now)
        rows += [_check(check, t) for check in checks if check.item_number == item.number]
    rows += tool_rows(view.facts.tools, t)
    rows += [_check(check, t) for check in checks if not check.item_number]
    return rows


def first_open(checks: Sequence[CheckView]) -> str | None:
    """The key of the first line without an answer."""
    return next((check_key(check) for check in checks if check.answer is None), None)


def check_key(check: CheckView) -> str:
    """The key of a line's row."""
    return f"check:{check.id}"


def _item(item: ItemFacts, person_id: int, t: Translator) -> Row:
    state = t.value(item.state)
    if person_id in item.running:
        state = t(MY_CLOCK)
    elif item.running:
        state = t(CLOCK)
    hours = f"{t.minutes(item.worked)} / {t.minutes(item.minutes)}"
    return Row(f"item:{item.number}", (t.name(item.name), state, hours))


def _line(line: PartLineFacts, t: Translator) -> Iterator[Row]:
    """The part, and below it only those issues that still ask for something."""
    if not line.agreed:
        return
    states = [t(TO_ISSUE, pieces=line.to_issue)] if line.to_issue else []
    states += [t(NOT_NEEDED)] if line.not_needed else []
    states += [t(FITTED)] if line.fitted and line.fitted == line.kept else []
    yield Row(
        f"line:{line.id}",
        (f"  {line.quantity} × {t.name(line.name)}", ", ".join(states), line.part_no),
    )
    yield from (_issue(issue, line, t) for issue in line.issues if issue.unfitted or issue.debt)


def _issue(issue: IssueFacts, line: PartLineFacts, t: Translator) -> Row:
    states = [t(TO_FIT, pieces=issue.unfitted)] if issue.unfitted else []
    states += [t(OWED, pieces=issue.debt)] if issue.debt else []
    return Row(f"issue:{issue.id}", (f"    {issue.kept} × {t.value(issue.basis)}", ", ".join(states), line.part_no))


def _check(check: CheckView, t: Translator) -> Row:
    line = check.line
    asked = " ".join(filter(None, (line.limits, line.unit)))
    said = (t.value(check.answer), check.reason, t.name(check.instrument) if check.instrument else "")
    state = t(OPEN_LINE) if check.answer is None else " ".join(filter(None, said))
    if check.value is not None:
        asked = f"{check.value.normalize():f} {line.unit}"
    mark = "x" if check.answer is Answer.NOT_OK else "v" if check.answer else "-"
    return Row(check_key(check), (f"  [{mark}] {t.name(line.text)}", state, asked))


def doable(item: ItemFacts) -> bool:
    """Whether the item can still be worked on."""
    return item.state in {ItemState.APPROVED, ItemState.STARTED}
