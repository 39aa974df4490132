"""The order's tools on the work page: their rows, and what a scanned tool or cart does there (W8a, W8b)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workshop.commands.order_tools import DrawCart, DrawTool, PutCartBack
from workshop.commands.tool_counts import FoundTool
from workshop.commands.tools import CheckInTool
from workshop.domain.order_tools import OrderTool, ToolFacts
from workshop.domain.tools import CountMoment, ToolClass
from workshop.domain.words import N_, Name
from workshop.i18n import Translator
from workshop.queries.search import Found, find
from workshop.queries.tools import tool
from workshop.tui.table import Row

if TYPE_CHECKING:
    from workshop.tui.workplace import Workplace

MISSING = N_("missing!")
SIGNED_FOR = N_("missing, signed for")
KEPT = N_("kept")
COUNTED = N_("counted {count} of {all}")
UNCOUNTED = N_("not counted yet")
MEASURES = N_("{tool} is noted with every value measured from now on.")


def tool_rows(facts: ToolFacts, t: Translator) -> Iterator[Row]:
    """The order's tools below its items, each with the counts that saw it."""
    missing = {one.id for one in facts.missing}
    for one in facts.own:
        counts = sum(one.id in facts.counted.get(moment, ()) for moment in CountMoment)
        state = t(COUNTED, count=counts, all=len(CountMoment)) if counts else t(UNCOUNTED)
        if one.id in facts.signed:
            state = t(SIGNED_FOR)
        elif one.id in missing:
            state = t(MISSING)
        elif one.kept:
            state = t(KEPT)
        yield Row(row_key(one), (t.name(one.name), state, one.number))


def row_key(one: OrderTool) -> str:
    """The key of a tool's row."""
    return f"tool:{one.number}"


def values_of(one: OrderTool, facts: ToolFacts) -> dict[str, object]:
    """What acts on a tool of the order may need, by kind."""
    values: dict[str, object] = {"tool": one.number}
    if one in facts.out:
        values["tool_out"] = one.number
    if one.id in {missing.id for missing in facts.missing}:
        values["missing_tool"] = one.number
    return values


async def instrument_of(page: "Workplace", number: str) -> Name | None:
    """The name of the measuring instrument with this number; None if it is none."""
    today = page.house.now().astimezone(page.t.zone).date()
    found = await page.gateway.query(tool, number, today)
    return found.piece.name if found is not None and found.piece.tool_class is ToolClass.INSTRUMENT else None


async def tool_scanned(page: "Workplace", order: str, facts: ToolFacts, number: str, *, measures: bool) -> bool:
    """Draw a tool that is not the order's; bring one back that is, unless it measures; find a missing one.

    False if it is refused.
    """
    if any(one.number == number for one in facts.missing):
        return await page.do_at_once(FoundTool, order=order, tool=number)
    if all(one.number != number for one in facts.own):
        return await page.do_at_once(DrawTool, order=order, tool=number)
    return measures or await page.do_at_once(CheckInTool, tool=number)


async def cart_scanned(page: "Workplace", order: str, facts: ToolFacts, number: str) -> None:
    """A cart that is not drawn for the order is; one that is goes back."""
    hits = await page.gateway.query(find, number, page.gateway.person.roles)
    drawn = any(hit.found is Found.CART and hit.title in facts.carts for hit in hits)
    await page.do_at_once(PutCartBack if drawn else DrawCart, order=order, cart=number)
