"""People acting on orders, for the tests of the rules: drive an order to a stage, try an act, undo it."""

import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, SQLModel, col, select

from support.catalogue import TORQUE, VEHICLES
from support.postgres import Server
from support.shop import SmallShop
from workshop.commands.base import Outcome, commands
from workshop.commands.perform import Done, Signature, perform_in, utc_now
from workshop.db.facts import load_facts
from workshop.db.tables import CheckAnswer, OrderItem, RepairOrder
from workshop.domain.facts import ItemFacts, OrderFacts, PartLineFacts
from workshop.domain.high_voltage import PowerUpStep, ShutdownStep
from workshop.domain.reasons import Reason, Refused
from workshop.domain.safety import Precaution
from workshop.domain.states import AGREED, TO_DO, Stage

Standing = Callable[[str], SmallShop]

ALL_ON = [precaution.value for precaution in Precaution]
CONSENT = {"channel": "telephone", "consented_by": "周先生"}
_WAY = (
    Stage.OPENED,
    Stage.DISPATCHED,
    Stage.PLATE_VERIFIED,
    Stage.ITEMS_CONFIRMED,
    Stage.IN_WORK,
    Stage.SELF_CHECKED,
    Stage.HANDED_OVER,
    Stage.RELEASED,
    Stage.DELIVERED,
)


class _Undone(Exception):
    """Rolls a test's transaction back."""


class Floor:
    """The floor of a small shop, with a clock that the test moves.

    Everything happens in one transaction that is undone after the test, each act within a savepoint of its own: so that
    a refused act leaves as little behind as it does through `perform`, and hundreds of tests share one shop.
    """

    def __init__(self, shop: SmallShop, session: Session) -> None:
        self.shop = shop
        self.session = session
        self.now = utc_now()

    def later(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    @property
    def today(self) -> date:
        """The shop's own day."""
        return self.now.astimezone(ZoneInfo("Asia/Shanghai")).date()

    def area(self, name: str) -> str:
        """The number of an area of the small shop."""
        return self.shop.areas[name]

    def badge(self, who: str) -> str:
        """The badge of somebody."""
        return self.shop.badge(who)

    def tool(self, index: int) -> str:
        """The number of a tool, by its place in `TOOLS`."""
        return self.shop.tools[index]

    def cart(self, name: str) -> str:
        """The number of a cart or kit."""
        return self.shop.carts[name]

    def person(self, who: str) -> int:
        """The id of somebody."""
        return self.shop.people[who].id

    def signature(self, who: str) -> Signature:
        """A signature made this moment."""
        return Signature(self.person(who), self.now)

    def do(self, who: str, command: str, **fields: object) -> Outcome:
        """Do one act, signed just now; what came of it."""
        return self.send(who, command, self.signature(who), **fields).outcome

    def send(self, who: str, command: str, signature: Signature | None, **fields: object) -> Done:
        """The same with another signature, or none."""
        act = commands()[command](**fields)
        try:
            with self.session.begin_nested():
                return perform_in(self.session, act, self.person(who), "bench", self.now, signature)
        finally:
            self.session.expunge_all()

    def refused(self, who: str, command: str, **fields: object) -> list[str]:
        """The codes for which an act is refused; the test fails if it is done."""
        return [reason.code for reason in self.reasons(who, command, **fields)]

    def reasons(self, who: str, command: str, **fields: object) -> tuple[Reason, ...]:
        """The same with rules and arguments."""
        with pytest.raises(Refused) as refused:
            self.do(who, command, **fields)
        return refused.value.reasons

    @contextmanager
    def undone(self) -> Iterator[Session]:
        """What is done inside is undone at the end."""
        with suppress(_Undone), self.session.begin_nested():
            yield self.session
            raise _Undone
        self.session.expunge_all()

    def open(self, *items: str | dict[str, Any], vehicle: int = 0, **fields: object) -> "Job":
        """Open an order on a car; operations by their code."""
        given: dict[str, Any] = {"vin": VEHICLES[vehicle]["vin"], "request": "保养", "odometer": 1000}
        given["promised_at"] = self.now + timedelta(hours=3)
        given["items"] = [{"operation": item} if isinstance(item, str) else item for item in items or ("WASH",)]
        outcome = self.do("advisor", "open-order", **given | fields)
        numbers = outcome["items"]
        assert isinstance(numbers, list)
        return Job(self, str(outcome["order"]), [str(number) for number in numbers], vehicle)

    def rows(self, table: type[SQLModel], *conditions: Any) -> list[Any]:
        """Rows of the database that meet the conditions."""
        found = list(self.session.exec(select(table).where(*conditions)).all())
        self.session.expunge_all()
        return found


@dataclass
class Job:
    """One order in hand; `technician` works on it, in the bay of his own."""

    floor: Floor
    number: str
    items: list[str]
    vehicle: int
    technician: str = "technician"
    parts: list[int] = field(default_factory=list)

    @property
    def facts(self) -> OrderFacts:
        """What the gates see now."""
        key = self.row.id or 0
        return load_facts(self.floor.session, [key], self.floor.now)[key]

    @property
    def stage(self) -> Stage:
        """Where it stands."""
        return self.row.stage

    @property
    def row(self) -> RepairOrder:
        """Its row."""
        found: RepairOrder = self.floor.rows(RepairOrder, RepairOrder.number == self.number)[0]
        return found

    @property
    def rows(self) -> list[OrderItem]:
        """The rows of its items."""
        return sorted(self.floor.rows(OrderItem, OrderItem.order_id == self.row.id), key=lambda row: row.number)

    def item(self, index: int = 0) -> ItemFacts:
        """One of its items."""
        return self.facts.items[index]

    def line(self, index: int = 0) -> PartLineFacts:
        """One of its part lines."""
        return self.facts.lines[index]

    def do(self, who: str, command: str, **fields: object) -> Outcome:
        """An act that names the order."""
        return self.floor.do(who, command, order=self.number, **fields)

    def refused(self, who: str, command: str, **fields: object) -> list[str]:
        """The codes for which an act that names the order is refused."""
        return self.floor.refused(who, command, order=self.number, **fields)

    def to(self, stage: Stage) -> "Job":
        """Take it as far as this stage, as its people would."""
        if stage is Stage.CANCELLED:
            self.do("advisor", "cancel-order", reason="客户取消")
            return self
        steps = (
            self.dispatch,
            self.verify,
            self.confirm,
            self.start,
            self.self_check,
            self.hand_over,
            self.release,
            self.deliver,
        )
        for step in steps[_WAY.index(self.stage) : _WAY.index(stage)]:
            step()
        return self

    def dispatch(self, technician: str = "", bay: int | None = None) -> None:
        """Give it to the technician's team, in a bay of this vehicle's own."""
        self.technician = technician or self.technician
        bays = sorted(self.floor.shop.bays.values())
        team = self.floor.shop.people[self.technician].team
        badge, number = self.floor.badge(self.technician), bays[self.vehicle if bay is None else bay]
        self.do("leader", "dispatch", team=team, technician=badge, bay=number)

    def verify(self) -> None:
        """Type what is on the car."""
        car = VEHICLES[self.vehicle]
        self.do(self.technician, "verify-plate", seen=car["plate"] or car["vin"][-8:])

    def confirm(self) -> None:
        """The items agree with the fault."""
        self.do(self.technician, "confirm-items")

    def start(self, index: int = 0, who: str = "") -> None:
        """Start an item with everything confirmed and watched."""
        if self.item(index).id in self.facts.safety.high_voltage and not self.dead:
            self.make_dead()
        watcher = self.floor.badge("leader2")
        number = self.rows[index].number
        self.floor.do(who or self.technician, "start-item", item=number, confirmed=ALL_ON, watcher=watcher)

    @property
    def dead(self) -> bool:
        """Whether somebody may reach into the high voltage."""
        shutdown = self.facts.safety.shutdown
        return shutdown is not None and shutdown.dead

    def shut_down(self, who: str = "", **more: object) -> Outcome:
        """Take the high voltage off, a second trained person watching."""
        given = {"shutdown_steps": list(ShutdownStep), "watcher": self.floor.badge("all_rounder")}
        return self.do(who or self.technician, "shut-down-high-voltage", **given | more)

    def make_dead(self) -> "Job":
        """Take the high voltage off and prove it."""
        self.shut_down()
        self.measure()
        return self

    def measure(self, volts: str = "0.4", wait: float = 11) -> Outcome:
        """Wait, then measure."""
        self.floor.later(minutes=wait)
        return self.do(self.technician, "measure-voltage", volts=volts, instrument=self.floor.tool(TORQUE))

    def power_up(self, **more: object) -> Outcome:
        """Put the high voltage back on."""
        given = {"insulation": "550", "power_up_steps": list(PowerUpStep), "watcher": self.floor.badge("all_rounder")}
        return self.do(self.technician, "power-up", **given | more)

    def fit_all(self, index: int = 0) -> None:
        """Have every part of an item issued for its old one, and fit it."""
        self._fit_lines(self.item(index))

    def _fit_lines(self, item: ItemFacts) -> None:
        for line in item.lines:
            for issue in line.issues:
                self._fit(issue.id, issue.unfitted)
            if line.to_issue:
                self._fit(self.issue(line.id, quantity=line.to_issue), line.to_issue)

    def issue(self, line: int, **fields: object) -> int:
        """Issue pieces of a line, the old part being there."""
        given: dict[str, object] = {"line": line, "technician": self.floor.badge(self.technician)}
        outcome = self.floor.do("clerk", "issue-part", **given | {"old_part_here": True} | fields)
        return int(str(outcome["issue"]))

    def _fit(self, issue: int, quantity: int) -> None:
        if quantity:
            self.floor.do(self.technician, "fit-part", issue=issue, quantity=quantity)

    def finish(self, index: int = 0) -> None:
        """Finish an item, parts and all."""
        item = self.item(index)
        if self.technician_id not in item.running:
            self.start(index)
        self._fit_lines(item)
        self.floor.do(self.technician, "finish-item", item=item.number)

    @property
    def technician_id(self) -> int:
        """Who works on it."""
        return self.floor.person(self.technician)

    def check(self, index: int = 0) -> None:
        """Answer every line of an item's self-check as OK."""
        for row in self.checks(index):
            self.floor.do(self.technician, "answer-check", **ok(row))

    def checks(self, index: int | None = None) -> list[CheckAnswer]:
        """The unanswered lines: of an item, or (None) of the final inspection."""
        of = self.row if index is None else self.rows[index]
        mine = CheckAnswer.order_id == of.id if isinstance(of, RepairOrder) else CheckAnswer.item_id == of.id
        rows = self.floor.rows(
            CheckAnswer,
            mine,
            CheckAnswer.round == of.round,
            col(CheckAnswer.answer).is_(None),
            col(CheckAnswer.item_id).is_(None) if index is None else True,
        )
        return sorted(rows, key=lambda row: row.position)

    def self_check(self) -> None:
        """Do what is still to do, check it in detail and sign."""
        for index, item in enumerate(self.rows):
            if item.state in TO_DO:
                self.finish(index)
            if item.state in AGREED:
                self.check(index)
        if self.facts.safety.shutdown:
            self.power_up()
        self.do(self.technician, "sign-self-check")

    def hand_over(self, taker: str = "leader") -> None:
        """Two signatures."""
        self.do(self.technician, "offer-hand-over", tools_clean=True)
        self.do(taker, "take-over")

    def inspect(self, who: str = "inspector") -> None:
        """Answer every line of the final inspection as OK."""
        for row in self.checks():
            self.floor.do(who, "answer-inspection", **ok(row))

    def release(self, who: str = "inspector", odometer: int = 1100) -> None:
        """Pass the final inspection."""
        self.inspect(who)
        self.do(who, "pass-inspection", odometer=odometer)

    def deliver(self, old_parts: str = "shop_keeps") -> None:
        """Back to the customer."""
        self.do("advisor", "deliver", received_by="周先生", old_parts=old_parts)


def ok(row: CheckAnswer) -> dict[str, Any]:
    """The answer OK to a line, with a value inside its limits where one is asked for."""
    value = (row.low if row.low is not None else row.high or Decimal(1)) if row.value_required else None
    return {"check": row.id, "answer": "ok", "value": value}


def moment(text: str) -> datetime:
    """A time of a test, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.fixture(scope="session")
def standing_shop(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing]:
    """The small shop of each kind of database in which no test leaves anything behind."""
    shops: dict[str, SmallShop] = {}

    def of(kind: str) -> SmallShop:
        if kind not in shops:
            shops[kind] = SmallShop(url(kind))
        return shops[kind]

    def url(kind: str) -> str:
        if kind == "sqlite":
            path = tmp_path_factory.mktemp("standing") / "shop.db"
            shutil.copyfile(request.getfixturevalue("shop_file"), path)
            return f"sqlite:///{path}"
        server: Server = request.getfixturevalue("postgres")
        name = f"standing_{uuid.uuid4().hex[:12]}"  # it goes with the server at the end of the run
        server.create_database(name, template=request.getfixturevalue("shop_template"))
        return server.url(name)

    yield of
    for shop in shops.values():
        shop.close()


@pytest.fixture
def floor(kind: str, standing_shop: Standing) -> Iterator[Floor]:
    """The floor of a small shop, once on each kind of database; what the test does there is undone."""
    shop = standing_shop(kind)
    try:
        with shop.db.writing() as session:
            yield Floor(shop, session)
            raise _Undone
    except _Undone:
        pass
