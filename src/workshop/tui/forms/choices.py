"""What a field that names something may choose from, found by a few letters of number, name or pinyin.

A provider is a function `(gateway, text, context) -> suggestions`; `context` holds what is already known, by kind (the
order of an item, the VIN of a part's car). Fields without a provider are simply typed or scanned.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import available_timezones

from workshop.domain.initials import initials
from workshop.domain.order_tools import OrderTool, ToolFacts
from workshop.domain.tools import ToolClass
from workshop.domain.words import Message, Name
from workshop.i18n import Translator, money
from workshop.queries import choices, search, tools, vehicles
from workshop.queries.orders import order
from workshop.tui.clock import utc_now
from workshop.tui.gateway import Gateway

Context = Mapping[str, object]
MOST = 50


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A value with its name, and something to tell it from others."""

    value: str
    name: Name
    detail: str = ""
    minutes: int = 0

    def label(self, t: Translator) -> Message:
        """How it is shown."""
        time = t.minutes(self.minutes) if self.minutes else ""
        return Message("  ".join(filter(None, (self.short(t), time, self.detail))))

    def short(self, t: Translator) -> str:
        """Its value and its name."""
        name = t.name(self.name)
        return name if self.value == name else f"{self.value}  {name}".strip()


Provider = Callable[[Gateway, str, Context], Awaitable[Sequence[Suggestion]]]


def matching(found: Sequence[Suggestion], text: str) -> list[Suggestion]:
    """Those whose value, name or pinyin initials hold the text."""
    wanted = text.strip().casefold()
    return [one for one in found if not wanted or wanted in _searched(one)][:MOST]


def _searched(one: Suggestion) -> str:
    return f"{one.value}\n{one.name.zh}\n{one.name.en}\n{initials(one.name.zh)}\n{one.detail}".casefold()


async def _operations(gateway: Gateway, text: str, _context: Context) -> list[Suggestion]:
    found = await gateway.query(choices.operations, text)
    return [Suggestion(one.code, one.name, money(one.price), one.minutes) for one in found]


async def _parts(gateway: Gateway, text: str, context: Context) -> list[Suggestion]:
    found = await gateway.query(choices.parts, text, str(context.get("vin") or ""))
    return [Suggestion(one.part_no, one.name, f"{money(one.price)}  x{one.in_stock}") for one in found]


async def _technicians(gateway: Gateway, text: str, context: Context) -> list[Suggestion]:
    found = await gateway.query(choices.technicians, str(context.get("team") or ""))
    return matching([_plain(one) for one in found], text)


async def _people(gateway: Gateway, text: str, _context: Context) -> list[Suggestion]:
    return matching([_plain(one) for one in await gateway.query(choices.people)], text)


async def _teams(gateway: Gateway, text: str, _context: Context) -> list[Suggestion]:
    return matching([_plain(one) for one in await gateway.query(choices.teams)], text)


async def _bays(gateway: Gateway, text: str, _context: Context) -> list[Suggestion]:
    return matching([_plain(one) for one in await gateway.query(choices.bays)], text)


async def _areas(gateway: Gateway, text: str, _context: Context) -> list[Suggestion]:
    return matching([_plain(one) for one in await gateway.query(choices.areas)], text)


async def _cleaning_plans(gateway: Gateway, text: str, _context: Context) -> list[Suggestion]:
    return matching([_plain(one) for one in await gateway.query(choices.cleaning_plans)], text)


async def _items(gateway: Gateway, text: str, context: Context) -> list[Suggestion]:
    if not context.get("order"):
        return []
    view = await gateway.query(order, str(context["order"]), utc_now(), gateway.person.roles)
    items = view.facts.items if view else ()
    return matching([Suggestion(one.number, one.name) for one in items], text)


async def _waiting(gateway: Gateway, text: str, context: Context) -> list[Suggestion]:
    card = await gateway.query(vehicles.vehicle, str(context.get("vin") or ""), utc_now().date())
    lines = card.waiting if card else ()
    return matching([Suggestion(one.item_number, one.name, money(one.price)) for one in lines], text)


async def _vehicles(gateway: Gateway, text: str, _context: Context) -> list[Suggestion]:
    hits = await gateway.query(search.find, text, gateway.person.roles)
    return [
        Suggestion(hit.key, Name(hit.title, hit.title), hit.detail) for hit in hits if hit.found is search.Found.VEHICLE
    ]


async def _zones(_gateway: Gateway, text: str, _context: Context) -> list[Suggestion]:
    wanted = text.strip().casefold().replace(" ", "_")
    return [Suggestion(one, Name(one, one)) for one in sorted(available_timezones()) if wanted in one.casefold()][:MOST]


async def _tools(gateway: Gateway, text: str, _context: Context) -> list[Suggestion]:
    return [_tool(one) for one in await gateway.query(tools.tools, utc_now().date(), text)][:MOST]


async def _instruments(gateway: Gateway, text: str, _context: Context) -> list[Suggestion]:
    found = await gateway.query(tools.tools, utc_now().date(), text)
    return [_tool(one) for one in found if one.piece.tool_class is ToolClass.INSTRUMENT][:MOST]


async def _carts(gateway: Gateway, text: str, _context: Context) -> list[Suggestion]:
    found = await gateway.query(tools.carts, text)
    return [Suggestion(one.number, Name(one.name, one.name), one.owner) for one in found][:MOST]


async def _order_carts(gateway: Gateway, text: str, context: Context) -> list[Suggestion]:
    found = await gateway.query(tools.carts, text)
    mine = [one for one in found if one.order_number and one.order_number == context.get("order")]
    return [Suggestion(one.number, Name(one.name, one.name), one.owner) for one in mine]


async def _tool_models(gateway: Gateway, text: str, _context: Context) -> list[Suggestion]:
    found = await gateway.query(choices.tool_models, text)
    return [Suggestion(one.value, one.name, one.detail) for one in found]


def _of_order(which: Callable[[ToolFacts], Sequence[OrderTool]]) -> Provider:
    """Tools of the order that the form is about."""

    async def provide(gateway: Gateway, text: str, context: Context) -> list[Suggestion]:
        if not context.get("order"):
            return []
        view = await gateway.query(order, str(context["order"]), utc_now(), gateway.person.roles)
        found = which(view.facts.tools) if view else ()
        return matching([Suggestion(one.number, one.name) for one in found], text)

    return provide


def _tool(one: tools.ToolRow) -> Suggestion:
    return Suggestion(one.piece.number, one.piece.name, one.piece.holder)


def _plain(one: choices.Choice) -> Suggestion:
    return Suggestion(one.value, one.name, one.detail)


PROVIDERS: Final[Mapping[str, Provider]] = {
    "operation": _operations,
    "part": _parts,
    "technician": _technicians,
    "person": _people,
    "team": _teams,
    "bay": _bays,
    "area": _areas,
    "cleaning_plan": _cleaning_plans,
    "item": _items,
    "waiting_line": _waiting,
    "vin": _vehicles,
    "timezone": _zones,
    "tool": _tools,
    "instrument": _instruments,
    "cart": _carts,
    "order_cart": _order_carts,
    "tool_model": _tool_models,
    "order_tool": _of_order(lambda tools: tools.expected),
    "tool_out": _of_order(lambda tools: tools.out),
    "missing_tool": _of_order(lambda tools: tools.missing),
}
