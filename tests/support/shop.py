"""A small shop that is open for business: people of every role, bays, operations, parts, stock, vehicles.

It is built through the commands once per run and kind of database, then copied: hashing PINs is slow on purpose.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from support.catalogue import (
    AREAS,
    BAYS,
    CARTS,
    CHECKLISTS,
    CUSTOMERS,
    FITS,
    OPERATIONS,
    PARTS,
    PLANS,
    TEAMS,
    TOOL_MODELS,
    TOOLS,
    VEHICLES,
)
from support.databases import Once, copied
from support.postgres import Server
from workshop.commands.base import Outcome, commands
from workshop.commands.perform import Clock, Done, Signature, perform, utc_now
from workshop.commands.shop import FirstStart, first_start
from workshop.db import schema
from workshop.db.database import Database
from workshop.db.tables import Area, Bay, Cart, Person, Tool
from workshop.domain.calendar import Weekday
from workshop.domain.reasons import Refused
from workshop.domain.roles import Role

PIN = "2580"
STOCK = 40
"""Pieces of every part on the shelf at the beginning."""

# who, name, roles, team
PEOPLE: tuple[tuple[str, str, tuple[Role, ...], str], ...] = (
    ("admin", "管理员", (Role.ADMINISTRATOR,), ""),
    ("manager", "王经理", (Role.MANAGER,), ""),
    ("advisor", "李顾问", (Role.ADVISOR,), ""),
    ("advisor2", "赵顾问", (Role.ADVISOR,), ""),
    ("technician", "张技师", (Role.TECHNICIAN,), "一组"),
    ("technician2", "周技师", (Role.TECHNICIAN,), "一组"),
    ("technician3", "吴技师", (Role.TECHNICIAN,), "二组"),
    ("technician4", "郑技师", (Role.TECHNICIAN,), "二组"),
    ("leader", "刘组长", (Role.TEAM_LEADER,), "一组"),
    ("leader2", "冯组长", (Role.TEAM_LEADER,), "二组"),
    ("inspector", "陈质检", (Role.INSPECTOR,), ""),
    ("inspector2", "褚质检", (Role.INSPECTOR,), ""),
    ("clerk", "孙备件", (Role.PARTS_CLERK,), ""),
    ("keeper", "卫工具", (Role.TOOL_KEEPER,), ""),
    # Who holds every role on the floor is kept apart from himself by the separations of duty alone.
    ("all_rounder", "蒋全能", tuple(Role), "一组"),
)


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody of the small shop."""

    id: int
    badge: str
    name: str
    roles: tuple[Role, ...]
    team: str


class SmallShop:
    """The shop at a database; any process can stand in it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.db = Database(url)
        self.people: dict[str, Worker] = {}
        with self.db.reading() as session:
            there = session.exec(select(Person.id, Person.badge).order_by(Person.badge))
            for (who, name, roles, team), (person_id, badge) in zip(PEOPLE, there, strict=False):
                self.people[who] = Worker(person_id or 0, badge, name, roles, team)
            self.bays = {bay.name: bay.number for bay in session.exec(select(Bay))}
            self.carts = {cart.name: cart.number for cart in session.exec(select(Cart))}
            self.tools = list(session.exec(select(Tool.number).order_by(Tool.number)))
            self.areas = {area.name: area.number for area in session.exec(select(Area))}

    def badge(self, who: str) -> str:
        """The badge number of somebody."""
        return self.people[who].badge

    def act(
        self, who: str, command: str, *, command_id: str | None = None, clock: Clock = utc_now, **fields: object
    ) -> Done:
        """Do one act as somebody who has just signed for it."""
        person = self.people[who].id
        act = commands()[command](**fields)
        signature = Signature(person, clock())
        return perform(self.db, act, person, "bench", signature=signature, command_id=command_id, clock=clock)

    def do(self, who: str, command: str, **fields: object) -> Outcome:
        """The same, for what came of it."""
        return self.act(who, command, **fields).outcome  # type: ignore[arg-type]

    def refusal(self, who: str, command: str, **fields: object) -> list[str]:
        """The codes of the reasons for which an act is refused; the test fails if it is not."""
        with pytest.raises(Refused) as refused:
            self.act(who, command, **fields)  # type: ignore[arg-type]
        return [reason.code for reason in refused.value.reasons]

    def close(self) -> None:
        """Leave the database."""
        self.db.close()


def build(url: str) -> None:
    """Set the shop up in an empty database, by the acts that people would do."""
    db = Database(url)
    schema.create(db)
    first_start(db, FirstStart(shop="测试店", administrator=PEOPLE[0][1], pin=PIN), "bench")
    db.close()
    shop = SmallShop(url)
    shop.do("admin", "add-person", person=PEOPLE[1][1], has_roles=PEOPLE[1][2], pin=PIN)
    shop.close()
    shop = SmallShop(url)
    for team in TEAMS:
        shop.do("manager", "add-team", team=team)
    for bay in BAYS:
        shop.do("manager", "add-bay", bay=bay)
    for _who, name, roles, team in PEOPLE[2:]:
        shop.do("admin", "add-person", person=name, has_roles=roles, team=team, pin=PIN)
    shop.close()
    shop = SmallShop(url)
    _stock_up(shop)
    _equip(shop)
    _keep_clean(shop)
    shop.close()


def _stock_up(shop: SmallShop) -> None:
    for checklist, lines in CHECKLISTS.items():
        shop.do("manager", "put-checklist", checklist=checklist, lines=lines)
    for operation in OPERATIONS:
        shop.do("manager", "put-operation", **operation)
    for part in PARTS:
        shop.do("clerk", "put-part", **part)
        shop.do("clerk", "receive-stock", part_no=part["part_no"], quantity=STOCK)
    for part_no, fits in FITS.items():
        shop.do("clerk", "put-fits", part_no=part_no, fits=fits)
    for vehicle, (customer, phone) in zip(VEHICLES, CUSTOMERS, strict=True):
        shop.do("advisor", "register-vehicle", **vehicle, customer=customer, phone=phone)
    today = utc_now().date()
    for who in ("technician", "all_rounder"):
        valid = {"valid_from": today - timedelta(days=30), "valid_until": today + timedelta(days=300)}
        shop.do("manager", "grant-certificate", badge=shop.badge(who), training="high_voltage", **valid)


def _equip(shop: SmallShop) -> None:
    """Carts, kits and tools, in the order of `TOOLS`."""
    for model in TOOL_MODELS:
        shop.do("keeper", "put-tool-model", **model)
    carts: dict[str, object] = {"": ""}
    for name, kind, owner in CARTS:
        badge = shop.badge(owner) if owner else None
        carts[name] = shop.do("keeper", "put-cart", cart_name=name, cart_kind=kind, owner=badge)["number"]
    for code, home, ago in TOOLS:
        tool = shop.do("keeper", "add-tool", tool_code=code, home=carts[home])["number"]
        if ago is not None:
            done_on = utc_now().date() - timedelta(days=ago)
            shop.do("keeper", "record-tool-service", tool=tool, done_on=done_on, done_by="市计量院")


def _keep_clean(shop: SmallShop) -> None:
    """Areas with their plans; the shop works every day, so that tests can run on any."""
    shop.do("manager", "set-working-week", weekdays=list(Weekday))
    for plan, lines in PLANS.items():
        shop.do("manager", "put-cleaning-plan", plan=plan, lines=lines)
    for area, plan, team in AREAS:
        shop.do("manager", "add-area", area_name=area, plan=plan, team=team)


@pytest.fixture(scope="session")
def shop_file(once: Once) -> Path:
    """A SQLite file with the small shop, to be copied."""
    return once.shop_file("shop", build)


@pytest.fixture(scope="session")
def shop_template(postgres: Server, once: Once) -> str:
    """The name of a PostgreSQL database with the small shop, to be copied."""
    return once.template(postgres, "shop", build)


@pytest.fixture
def shop_url(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a small shop of the test's own, once on each kind of database."""
    with copied(kind, "shop", tmp_path, request) as url:
        yield url


@pytest.fixture
def shop(shop_url: str) -> Iterator[SmallShop]:
    """A small shop of the test's own, once on each kind of database."""
    here = SmallShop(shop_url)
    yield here
    here.close()
