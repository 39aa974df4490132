"""The workplaces, and how to get from one to another. To add one: its module here, and a line in `PLACES`."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from workshop.domain.roles import EVERYONE, Role
from workshop.domain.states import ON_THE_FLOOR
from workshop.domain.words import N_, Message
from workshop.queries.figures import READERS
from workshop.queries.search import Found, Hit
from workshop.tui.acts import Subject
from workshop.tui.menu import Menu
from workshop.tui.numbered import Entry
from workshop.tui.workplace import Workplace

if TYPE_CHECKING:
    from workshop.tui.gateway import Gateway

TITLE = N_("Where to")
OTHER_ACTS = N_("other acts …")
_ACTS = "acts"


@dataclass(frozen=True, slots=True)
class Place:
    """A workplace: its id, its name in the menu, whose it is, and its screen as `module:Class`."""

    id: str
    label: Message
    roles: frozenset[Role]
    screen: str


_ADVISOR: Final = frozenset({Role.ADVISOR})
_LEADERS: Final = frozenset({Role.TEAM_LEADER, Role.MANAGER})
_TAKERS: Final = frozenset({Role.TEAM_LEADER, Role.INSPECTOR})
_AT_THE_CAR: Final = _TAKERS | {Role.TECHNICIAN}
_CLERK: Final = frozenset({Role.PARTS_CLERK})
_LIABILITY: Final = frozenset({Role.MANAGER, Role.ADMINISTRATOR, Role.TOOL_KEEPER, Role.PARTS_CLERK})
_TOOLS: Final = _AT_THE_CAR | {Role.TOOL_KEEPER, Role.MANAGER}
_KEEPERS: Final = frozenset({Role.ADMINISTRATOR, Role.MANAGER})
_PRINTERS: Final = _KEEPERS | _ADVISOR | _CLERK | {Role.TOOL_KEEPER}
"""Not those at the car: a paper in the queue may be called by a plate that they are still to prove (W1)."""

PLACES: Final = (
    Place("board", N_("Board of the floor"), EVERYONE, "workshop.tui.places.board:Board"),
    Place("reception", N_("Reception"), _ADVISOR, "workshop.tui.places.reception:Reception"),
    Place("approvals", N_("Approvals inbox"), _ADVISOR, "workshop.tui.places.approvals:Approvals"),
    Place("delivery", N_("Delivery"), _ADVISOR, "workshop.tui.places.delivery:Delivery"),
    Place("dispatch", N_("Dispatch"), _LEADERS, "workshop.tui.places.floor_lists:DispatchList"),
    Place("bay", N_("Bay"), frozenset({Role.TECHNICIAN}), "workshop.tui.places.floor_lists:Bay"),
    Place("inspection", N_("Hand-over and inspection"), _TAKERS, "workshop.tui.places.floor_lists:InspectionList"),
    Place("counter", N_("Parts counter"), _CLERK, "workshop.tui.places.counter:Counter"),
    Place("old_parts", N_("Old parts"), _CLERK | _ADVISOR, "workshop.tui.places.shelves:OldParts"),
    Place("stock", N_("Stock"), _CLERK | {Role.MANAGER}, "workshop.tui.places.shelves:Stock"),
    Place("tools", N_("Tools"), _TOOLS, "workshop.tui.places.tools:Tools"),
    Place("carts", N_("Tool carts"), _TOOLS, "workshop.tui.places.carts:Carts"),
    Place("cleaning", N_("Cleaning"), EVERYONE, "workshop.tui.places.cleaning:Cleaning"),
    Place("cleaning_month", N_("Cleaning month"), EVERYONE, "workshop.tui.places.cleaning_month:CleaningMonth"),
    Place(
        "cleaning_watch",
        N_("Spot checks and who owes what"),
        _LEADERS,
        "workshop.tui.places.cleaning_watch:CleaningWatch",
    ),
    Place("trainings", N_("Trainings"), EVERYONE, "workshop.tui.places.training:Trainings"),
    Place("figures", N_("Figures"), READERS, "workshop.tui.places.figures:Figures"),
    Place("liability", N_("Liability cases"), _LIABILITY, "workshop.tui.places.liability:Liability"),
    Place("my_liability", N_("My liability"), EVERYONE, "workshop.tui.places.liability:MyLiability"),
    Place("staff", N_("People"), _KEEPERS, "workshop.tui.places.staff:Staff"),
    Place("exchange", N_("Health record exchange"), _KEEPERS, "workshop.tui.places.exchange:Exchange"),
    Place("print_queue", N_("Print queue"), _PRINTERS, "workshop.tui.places.print_queue:PrintQueue"),
)
"""Everybody's first place stands first. Screens take the gateway: `Board(gateway)`."""

PAGES: Final[dict[Found, str]] = {
    Found.ORDER: "workshop.tui.places.order_page:OrderPage",
    Found.CART: "workshop.tui.places.carts:CartPage",
    Found.AREA: "workshop.tui.places.cleaning_month:CleaningMonth",
}
"""What opens a thing that was found: a screen taking the gateway and the thing's key: `OrderPage(gateway, number)`."""

_KINDS: Final = {
    Found.ORDER: "order",
    Found.VEHICLE: "vin",
    Found.PART: "part",
    Found.OPERATION: "operation",
    Found.PERSON: "person",
    Found.TOOL: "tool",
}


def places_of(roles: frozenset[Role]) -> list[Place]:
    """The workplaces of somebody in these roles."""
    return [place for place in PLACES if place.roles & roles]


def first_screen(gateway: "Gateway") -> Workplace:
    """Where a person begins."""
    return _loaded(PLACES[0].screen)(gateway)


async def go_elsewhere(here: Workplace) -> None:
    """Let the person choose a workplace and go there. Only in a worker."""
    mine = places_of(here.gateway.person.roles)

    def entries() -> list[Entry]:
        places = [Entry(place.id, here.t(place.label)) for place in mine]
        return [*places, Entry(_ACTS, here.t(OTHER_ACTS))]

    chosen = await here.house.push_screen_wait(Menu(lambda: here.t(TITLE), entries))
    if chosen == _ACTS:
        await here.act_freely()
    elif chosen is not None:
        go_to(here, chosen)


def go_to(here: Workplace, place_id: str) -> None:
    """Show a workplace. Where it was before, it is as it was left: table cursors, texts, everything."""
    house, gateway = here.house, here.gateway
    while len(house.screen_stack) > 1:
        house.pop_screen()
    if place_id == PLACES[0].id:
        return
    name = f"{gateway.person.id}-{place_id}"
    if not house.is_screen_installed(name):
        place = next(one for one in PLACES if one.id == place_id)
        house.install_screen(_loaded(place.screen)(gateway), name)
        gateway.installed.append(name)
    house.push_screen(name)


async def open_hit(here: Workplace, hit: Hit) -> None:
    """Open what was found: its page, or the acts on it. Only in a worker."""
    page = PAGES.get(hit.found)
    if hit.stage in ON_THE_FLOOR and here.gateway.person.roles & _AT_THE_CAR:
        page = "workshop.tui.places.work_page:WorkPage"
    if page is not None:
        await here.house.push_screen(_loaded(page)(here.gateway, hit.key))
    else:
        await here.act_on(Subject(f"{hit.key} {hit.title}", {_KINDS[hit.found]: hit.key}, stage=hit.stage))


def open_order(here: Workplace, number: str) -> None:
    """Open an order's page on top of this screen."""
    here.house.push_screen(_loaded(PAGES[Found.ORDER])(here.gateway, number))


def _loaded(path: str) -> Callable[..., Workplace]:
    module, _, name = path.partition(":")
    found: Callable[..., Workplace] = getattr(import_module(module), name)
    return found
