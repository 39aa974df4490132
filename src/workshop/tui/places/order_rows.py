"""The rows of an order's page: items, part lines with issues and old parts, and what was asked of the customer."""

from collections.abc import Iterator, Sequence

from workshop.domain.words import N_
from workshop.i18n import Translator, money
from workshop.queries.consent import ConsentEntry
from workshop.queries.orders import ItemView, LineView, OldPartView, OrderView
from workshop.tui.table import Column, Row

RUNNING = N_("running")
WORKED = N_("{worked} / {allowed} min")
NOT_AGREED = N_("not agreed")
NOT_NEEDED = N_("not needed")
NO_FIT_DATA = N_("no fitment data, signed")
IN_STOCK = N_("{pieces} in stock")
OLD_PART = N_("old part {number}")
HAZARDOUS = N_("hazardous")
OPEN = N_("open")
GUARANTEE = N_("guarantee until {date} or {odometer} km")
UNANSWERED = N_("self-check, lines unanswered: {lines} of {all}")
WORK_DONE = N_("done before it was removed: {work}")
RAISED = N_("{name}, {time}")
ANSWERED = N_("answered by {name}")
CONSENT = N_("{name} ({channel})")

ITEMS = (
    Column("name", N_("item"), grow=True),
    Column("state", N_("state"), 10),
    Column("worked", N_("worked / hours"), 15, right=True),
    Column("clock", N_("clock"), 7),
    Column("price", N_("labour"), 10, right=True, from_width=90),
    Column("total", N_("with parts"), 11, right=True),
    Column("number", N_("number"), 10, from_width=100),
)
PARTS = (
    Column("name", N_("part"), grow=True),
    Column("state", N_("state"), 14),
    Column("wanted", N_("wanted"), 6, right=True),
    Column("issued", N_("issued"), 6, right=True),
    Column("fitted", N_("fitted"), 6, right=True),
    Column("owed", N_("owed"), 5, right=True),
    Column("price", N_("each"), 10, right=True, from_width=90),
)
CONSENTS = (
    Column("matter", N_("matter"), 12),
    Column("text", N_("what"), grow=True),
    Column("severity", N_("severity"), 8),
    Column("price", N_("price"), 10, right=True),
    Column("answer", N_("answer"), 12),
)


def item_rows(view: OrderView, t: Translator) -> list[Row]:
    """One row an item; its key is the item's number."""
    return [
        Row(
            item.facts.number,
            (
                t.name(item.facts.name),
                t.value(item.facts.state),
                t(WORKED, worked=item.facts.worked, allowed=item.facts.minutes),
                t(RUNNING) if item.facts.running else "",
                money(item.price),
                money(item.total),
                item.facts.number,
            ),
        )
        for item in view.items
    ]


def item_detail(item: ItemView, t: Translator) -> str:
    """What the row of an item has no room for."""
    facts = item.facts
    told = [t.name(facts.name), t.value(item.repair_class)]
    if facts.unanswered:
        told.append(t(UNANSWERED, lines=facts.unanswered, all=facts.checks))
    if item.guarantee_until is not None:
        told.append(t(GUARANTEE, date=item.guarantee_until, odometer=item.guarantee_odometer))
    if item.work_done:
        told.append(t(WORK_DONE, work=item.work_done))
    return "  ".join(told)


def part_rows(view: OrderView, t: Translator) -> list[Row]:
    """A row for every part line, below it its issues; at the end the old parts. Keys: `kind:number`."""
    rows = [row for item in view.items for line in item.lines for row in _line_rows(line, t)]
    for old in view.old_parts:
        name = f"{t(OLD_PART, number=old.number)}  {t.name(old.name)}"
        rows.append(Row(f"old_part:{old.number}", (name, t.value(old.state), str(old.quantity), "", "", "", "")))
    return rows


def _line_rows(line: LineView, t: Translator) -> Iterator[Row]:
    facts = line.facts
    counts = (str(facts.quantity), str(facts.kept or ""), str(facts.fitted or ""), str(facts.debt or ""))
    yield Row(
        f"part_line:{facts.id}", (f"{facts.part_no}  {t.name(facts.name)}", _state(line, t), *counts, money(line.price))
    )
    for issue in facts.issues:
        counts = ("", str(issue.kept), str(issue.fitted or ""), str(issue.debt or ""))
        yield Row(f"issue:{issue.id}", (f"  - {t.value(issue.basis)}", "", *counts, ""))


def _state(line: LineView, t: Translator) -> str:
    if line.facts.not_needed:
        return t(NOT_NEEDED)
    if not line.facts.agreed:
        return t(NOT_AGREED)
    if line.without_fit_data:
        return t(NO_FIT_DATA)
    return t(IN_STOCK, pieces=line.facts.in_stock) if line.facts.to_issue else ""


def part_detail(view: OrderView, key: str, t: Translator) -> str:
    """What the row with this key has no room for."""
    kind, _, number = key.partition(":")
    if kind == "old_part":
        return next((_old_part(old, t) for old in view.old_parts if old.number == number), "")
    lines = (line for item in view.items for line in item.lines)
    return next((_line(line, t) for line in lines if kind == "part_line" and str(line.facts.id) == number), "")


def _old_part(old: OldPartView, t: Translator) -> str:
    told = (t(OLD_PART, number=old.number), t.name(old.name), t.value(old.state), t(HAZARDOUS) if old.hazardous else "")
    return "  ".join(filter(None, told))


def _line(line: LineView, t: Translator) -> str:
    return "  ".join(filter(None, (line.facts.part_no, t.name(line.facts.name), _state(line, t))))


def consent_rows(entries: Sequence[ConsentEntry], t: Translator) -> list[Row]:
    """A row for every discrepancy, finding and change line. Keys: `kind:id`."""
    return [
        Row(
            consent_key(entry),
            (
                t.value(entry.kind or entry.matter),
                "  ".join(filter(None, (t.value(entry.item), entry.text))),
                t.value(entry.severity),
                "" if entry.price is None else money(entry.price),
                t(OPEN) if entry.open else t.value(entry.answer) or entry.note,
            ),
        )
        for entry in entries
    ]


def consent_key(entry: ConsentEntry) -> str:
    """The key of its row: the kind by which acts name it, and its number."""
    kind = "change_line" if entry.kind else entry.matter.value
    return f"{kind}:{entry.id}"


def consent_detail(entry: ConsentEntry, t: Translator) -> str:
    """An entry in full: who raised it, what was asked, how it was answered."""
    told = [t(RAISED, name=entry.raised_by, time=entry.at), t.value(entry.item)]
    told += [t.minutes(entry.minutes) if entry.minutes else "", entry.text]
    if not entry.open:
        told += [t.value(entry.answer), t(ANSWERED, name=entry.answered_by)]
        told += [t(CONSENT, name=entry.consented_by, channel=entry.channel) if entry.channel else "", entry.note]
    return "  ".join(filter(None, told))
