"""The reference pages made from the code: `python -m workshop.reference docs/reference` writes them.

A test holds that the pages of the repository are those of the code.
"""

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from itertools import groupby
from pathlib import Path
from pkgutil import walk_packages
from typing import Final

import workshop
from workshop.domain.reasons import ReasonKind, all_kinds
from workshop.domain.roles import Role
from workshop.domain.states import Stage
from workshop.doors.listing import LIST_OF, CommandSheet, FieldSheet, sheets
from workshop.i18n import Translator
from workshop.queries.figures import DEFINITIONS
from workshop.queries.figures.model import Definition, Unit
from workshop.tui.keymap import KeyUse, key_uses

_MADE: Final = "<!-- Made by `python -m workshop.reference docs/reference`; do not edit. -->"
_PLACES: Final = {
    "reception": "Reception",
    "vehicles": "Vehicles",
    "dispatch": "Dispatch",
    "bay": "The bay before work",
    "high_voltage": "High voltage",
    "labour": "Work",
    "assemblies": "Removed assemblies",
    "lifting": "Lifts and stands",
    "findings": "Findings",
    "change_requests": "Change requests",
    "approvals": "Approvals",
    "counter": "The parts counter",
    "fitting": "Fitting",
    "old_parts": "Old parts",
    "stock": "Stock",
    "order_tools": "Tools of an order",
    "tool_counts": "Counting tools",
    "self_check": "Self-check",
    "hand_over": "Hand-over",
    "inspection": "Final inspection",
    "delivery": "Delivery",
    "tools": "Tools",
    "tool_catalogue": "The catalogue of tools",
    "cleaning": "Cleaning",
    "spot_checks": "Spot checks and violations",
    "areas": "Areas and cleaning plans",
    "calendar": "The working calendar",
    "damage": "Damage and loss",
    "liability_decisions": "Liability",
    "liability_settlement": "Settling a liability",
    "catalogue": "The catalogue",
    "people": "People",
    "training": "Trainings",
    "shop": "The shop",
    "printing": "Printing",
    "exchange": "Exchange",
}
"""The places of the shop in the order of an order's life, with their headings."""


def pages() -> dict[str, str]:
    """Every page by its file name."""
    said = Translator("en")
    found = sorted(sheets(), key=lambda sheet: list(_PLACES).index(sheet.place))
    return {
        "commands.md": _page("Commands", _commands(found, said)),
        "permissions.md": _page("Who may do what, and when", _permissions(found, said)),
        "refusals.md": _page("Refusals", _refusals(said)),
        "figures.md": _page("The manager's figures", _figures(said)),
        "keys.md": _page("Keys", _keys(said)),
    }


def write(folder: Path) -> None:
    """Write the pages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def _page(title: str, lines: Iterator[str]) -> str:
    return "\n".join([_MADE, "", f"# {title}", "", *lines, ""])


def _commands(found: Sequence[CommandSheet], said: Translator) -> Iterator[str]:
    yield "Everything that a person can do, as `workshop do` and the terminal take it. Fields marked * are needed."
    for place, group in groupby(found, key=lambda sheet: sheet.place):
        yield from ("", f"## {_PLACES[place]}")
        for sheet in group:
            yield from _command(sheet, said)


def _command(sheet: CommandSheet, said: Translator) -> Iterator[str]:
    yield from ("", f"### `{sheet.name}`: {said(sheet.label)}", "", said(sheet.help), "")
    yield f"- Who: {said.value(sheet.roles)}"
    yield f"- When: {_when(sheet, said)}"
    yield f"- Rule: {sheet.rule}"
    if sheet.signature:
        yield "- A signature: the PIN is asked for again."
    if sheet.fields:
        yield ""
        yield from _table(("field", "meaning", "takes", "otherwise"), _field_rows(sheet.fields, said, ""))


def _when(sheet: CommandSheet, said: Translator) -> str:
    if not sheet.stages:
        return "at any time"
    return "the order is " + said.value(tuple(stage for stage in Stage if stage in sheet.stages))


def _field_rows(found: Sequence[FieldSheet], said: Translator, before: str) -> Iterator[tuple[str, ...]]:
    for one in found:
        takes = " / ".join(f"`{choice}`" for choice in one.choices) or said(one.type)
        name = f"{before}{one.name}"
        yield (
            f"`{name}`{' *' if one.needed else ''}",
            said(one.label),
            said(LIST_OF, what=takes) if one.many else takes,
            _otherwise(one),
        )
        yield from _field_rows(one.fields, said, f"{name}[]." if one.many else f"{name}.")


def _otherwise(one: FieldSheet) -> str:
    if one.needed or one.default in (None, "", []):
        return ""
    return f"`{str(one.default).lower() if isinstance(one.default, bool) else one.default}`"


def _permissions(found: Sequence[CommandSheet], said: Translator) -> Iterator[str]:
    yield "● may do it; ✎ may do it and signs with the PIN. Separations of duty hold between persons besides."
    yield from ("", "## By role", "")
    yield from _table(("command", *(said(role.label) for role in Role)), (_role_row(sheet) for sheet in found))
    yield from ("", "## By stage of the order", "", "Commands that belong to no stage can be done at any time.", "")
    staged = [sheet for sheet in found if sheet.stages]
    yield from _table(("command", *(said(stage.label) for stage in Stage)), (_stage_row(sheet) for sheet in staged))


def _role_row(sheet: CommandSheet) -> tuple[str, ...]:
    mark = "✎" if sheet.signature else "●"
    return f"`{sheet.name}`", *(mark if role in sheet.roles else "" for role in Role)


def _stage_row(sheet: CommandSheet) -> tuple[str, ...]:
    return f"`{sheet.name}`", *("●" if stage in sheet.stages else "" for stage in Stage)


def _refusals(said: Translator) -> Iterator[str]:
    yield "Every reason for which an act is refused: its rule, its code, what it says, and who can mend it."
    yield ""
    kinds = sorted(_all_kinds(), key=lambda kind: (kind.rule, kind.code))
    rows = ((kind.rule, f"`{kind.code}`", said(kind.text), said.value(kind.by)) for kind in kinds)
    yield from _table(("rule", "code", "what it says", "mended by"), rows)


def _figures(said: Translator) -> Iterator[str]:
    yield _ABOUT_FIGURES
    for subject, found in groupby(DEFINITIONS, lambda one: one.subject):
        yield from ("", f"## {said(subject.label)}", "")
        yield from _table(("figure", "what it is", "numerator / denominator", "behind it"), map(_figure_row, found))


def _figure_row(one: Definition) -> tuple[str, ...]:
    if one.denominator:
        made_of = f"{one.numerator} / {one.denominator}"
    else:
        made_of = "median, 90th percentile" if one.unit is Unit.TIME else "a count"
    return one.label, one.meaning, made_of, one.cases


_ABOUT_FIGURES: Final = """\
Figures are of a period of the shop's calendar, in its own time zone: this or last week (from Monday), this or last
month, or days that are given. Enter on a figure shows what stands behind it, case by case; Enter on a case opens its
order.

- A share is told with both its terms. Where there is nothing to divide by there is no share.
- The median is the middle case in order of length, half-way between the two in the middle where their number is even.
- The 90th percentile is the nearest rank: the shortest time that at least nine in ten cases do not exceed.
- Times are by the clock, nights and days off included; they are never less than nothing, since the clocks of two
  terminals may differ.
- The times in stages come from the acts in the ledger, the one record of every entry into every stage. `workshop db
  check` holds the stage that each order is in against the acts that led it there.
- Two technicians with one name are told apart: people are counted by their badge.
- In CSV files, text that begins like a formula has an apostrophe before it; in Excel files it is text."""


def _keys(said: Translator) -> Iterator[str]:
    yield "Every key by the name that the settings know it by. Another key for it, in `config.toml`:"
    yield from ("", "```toml", "[keys]", 'find = "f11"', "```", "")
    yield from _table(("name", "key", "does", "where"), (_key_row(use, said) for use in key_uses()))


def _key_row(use: KeyUse, said: Translator) -> tuple[str, ...]:
    return f"`{use.id}`", f"`{use.key}`", said(use.words), use.owner.__name__


def _all_kinds() -> tuple[ReasonKind, ...]:
    """Every kind of refusal in the program: each module that may declare one is loaded first."""
    for module in walk_packages(workshop.__path__, f"{workshop.__name__}."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            import_module(module.name)
    return all_kinds()


def _table(head: Sequence[str], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield _row(head)
    yield _row(["---"] * len(head))
    for row in rows:
        yield _row(row)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference"))
