"""Builds the made-up shop, by the acts that people would do: nothing gets into its database by another way."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Final

from pydantic import SecretStr

from workshop.commands.people import GrantCertificate
from workshop.commands.shop import AddBay, AddTeam, FirstStart, first_start
from workshop.db.database import Database
from workshop.demo.cleaning import cleaning, first_morning
from workshop.demo.data import ShopFile, data_folder, plans, shop_file
from workshop.demo.director import DemoDataWrong, Director, Pauses
from workshop.demo.high_voltage import enter_figures
from workshop.demo.liability import cases
from workshop.demo.stories import STORIES
from workshop.demo.tools import equip
from workshop.demo.training import trainings
from workshop.demo.visit import Visit
from workshop.domain.demo import DEMO_PIN
from workshop.domain.roles import Role
from workshop.domain.words import N_, Message
from workshop.doors.importing import import_sheet
from workshop.doors.sheets import SheetKind, read_sheet

PEOPLE = N_("People, bays and cars come …")
CATALOGUE = N_("Operations, checklists and parts are entered …")
ORDERS = N_("The orders of the last days happen …")

Teller = Callable[[Message], None]

_OPENED_BEFORE: Final = timedelta(days=30)
_CERTIFICATES: Final = timedelta(days=730)
_TERMINAL: Final = "office"

# Which file holds what, and the role that enters it.
_HOUSE: Final = (
    (SheetKind.PEOPLE, "demo/people.csv", Role.ADMINISTRATOR),
    (SheetKind.VEHICLES, "demo/vehicles.csv", Role.ADMINISTRATOR),
)
_CATALOGUE: Final = (
    (SheetKind.CHECKLISTS, "checklists.csv", Role.MANAGER),
    (SheetKind.OPERATIONS, "operations.csv", Role.MANAGER),
    (SheetKind.PARTS, "parts.csv", Role.PARTS_CLERK),
    (SheetKind.FITS, "fits.csv", Role.PARTS_CLERK),
    (SheetKind.USUAL_PARTS, "operation_parts.csv", Role.PARTS_CLERK),
    (SheetKind.TOOLS, "tools.csv", Role.TOOL_KEEPER),
    (SheetKind.CALENDAR, "calendar.csv", Role.MANAGER),
    (SheetKind.CLEANING_PLANS, "cleaning_plan.csv", Role.MANAGER),
)
_AREAS: Final = ((SheetKind.AREAS, "demo/areas.csv", Role.MANAGER),)


def _nobody_listens(_message: Message) -> None:
    """Build in silence."""


def build(db: Database, now: datetime, tell: Teller = _nobody_listens) -> None:
    """Build the shop in an empty database, as it stands at `now`. Refused where a shop is set up already.

    `tell` hears what is being done. The same `now` gives the same shop, but for the salt of the PINs and the ids of
    imported acts.
    """
    given, begin = shop_file(), now - _OPENED_BEFORE
    tell(PEOPLE)
    first_start(db, _first(given), _TERMINAL, lambda: begin)
    with db.writing() as session:
        director = Director(session, begin, now)
        _house(director, given)
        tell(CATALOGUE)
        _load(director, _CATALOGUE)
        equip(director)
        enter_figures(director)
        tell(ORDERS)
        director.play(_stories(director))


def _first(given: ShopFile) -> FirstStart:
    return FirstStart(
        shop=given.name,
        address=given.address,
        phone=given.phone,
        administrator=given.administrator,
        pin=SecretStr(DEMO_PIN),
        demo=True,
    )


def _house(director: Director, given: ShopFile) -> None:
    """Teams, bays, people with their certificates, the cars that are known."""
    for team in given.teams:
        director.act(given.administrator, AddTeam(team=team))
    for bay in given.bays:
        director.act(given.administrator, AddBay(bay=bay))
    _load(director, _HOUSE)
    director.look_around()
    today = director.now.date()
    for training, names in given.certificates.items():
        for name in names:
            badge, until = director.people[name].badge, today + _CERTIFICATES
            certificate = GrantCertificate(badge=badge, training=training, valid_from=today, valid_until=until)
            director.act(given.administrator, certificate)


def _load(director: Director, files: Iterable[tuple[SheetKind, str, Role]]) -> None:
    """Import data files; all of the demo's are right, or it is not built."""
    for kind, file, role in files:
        sheet = read_sheet(kind, (data_folder() / file).read_bytes())
        who = director.holders(role)[0]
        report = import_sheet(director.session, sheet, who.id, _TERMINAL, director.now)
        if report.problems:
            raise DemoDataWrong(f"{file}: {report.problems}")


def _stories(director: Director) -> Iterator[tuple[datetime, Pauses]]:
    for place, plan in enumerate(plans()):
        yield director.end - timedelta(minutes=plan.opened), STORIES[plan.story](Visit(director, plan, place))
    yield from trainings(director)
    yield from cases(director)
    yield first_morning(director), _areas(director)
    yield from cleaning(director)


def _areas(director: Director) -> Pauses:
    """The areas are entered; from then on their lists are due."""
    _load(director, _AREAS)
    yield 1
