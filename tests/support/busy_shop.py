"""A small shop on a busy day: an order in every kind of state, with everything that can befall one."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from support.busy_cleaning import BusyCleaning
from support.catalogue import AT_BAY, IN_KIT, KIT, LIFT, TORQUE, VEHICLES
from support.databases import Once
from support.postgres import Server
from support.shop import SmallShop, Worker
from workshop.commands.perform import utc_now
from workshop.db.tables import CheckAnswer, OrderItem, PartLine, RepairOrder
from workshop.domain.high_voltage import PowerUpStep, ShutdownStep
from workshop.domain.safety import Precaution
from workshop.domain.states import Answer

SAFE: dict[str, Any] = {"confirmed": [precaution.value for precaution in Precaution]}
CONSENT = {"channel": "telephone", "consented_by": "周先生"}


class BusyDay:
    """Brings orders along."""

    def __init__(self, shop: SmallShop) -> None:
        self.shop = shop
        self.bays = iter(shop.bays.values())
        self.vehicles = iter(VEHICLES)

    def run(self) -> None:
        """One delivered order, one each in work, cancelled, opened, dispatched and self-checked; broken tools."""
        self.delivered()
        self.in_work()
        cancelled, _ = self.opened("WASH")
        self.shop.do("manager", "cancel-order", order=cancelled, reason="客户取消")
        self.opened("GEARBOX")
        self.printed()
        self.dispatched("OIL", technician=self.shop.people["technician3"])
        self.self_checked()
        self.trained()
        self.liability()
        self.electric()

    def printed(self) -> None:
        """A repair order twice, a settlement, a certificate, a badge; the health record sent twice."""
        with self.shop.db.reading() as session:
            order = session.exec(select(RepairOrder.number).where(RepairOrder.stage == "delivered")).one()
        for paper in ("repair-order", "repair-order", "settlement", "certificate"):
            self.shop.do("advisor", "print-paper", paper=paper, paper_about=order)
        given = {"order": order, "receiver": "folder", "receiver_said": "N.json"}
        for result in ("unanswered", "accepted"):
            self.shop.do("advisor", "record-exchange", exchange_result=result, **given)
        self.shop.do("admin", "print-paper", paper="badge", paper_about=self.shop.badge("clerk"))

    def opened(self, *operations: str, parts: tuple[tuple[str, int], ...] = ()) -> tuple[str, list[str]]:
        """An order and its items; the parts are the first item's."""
        asked = [{"part_no": part_no, "quantity": pieces} for part_no, pieces in parts]
        items: list[dict[str, Any]] = [{"operation": code} for code in operations]
        items[0]["parts"] = asked
        promised = utc_now() + timedelta(hours=3)
        given = {"vin": next(self.vehicles)["vin"], "request": "保养", "odometer": 1000, "promised_at": promised}
        outcome: Any = self.shop.do("advisor", "open-order", items=items, **given)
        return outcome["order"], outcome["items"]

    def dispatched(self, *operations: str, technician: Worker, parts: Any = ()) -> tuple[str, list[str]]:
        """An order on the floor."""
        order, items = self.opened(*operations, parts=parts)
        given = {"team": technician.team, "technician": technician.badge, "bay": next(self.bays)}
        self.shop.do("leader", "dispatch", order=order, **given)
        return order, items

    def started(self, who: str, *operations: str, parts: Any = ()) -> tuple[str, list[str]]:
        """An order in work: a plate that did not match at first, a discrepancy, every item started and finished but
        the last, which runs.
        """
        order, items = self.dispatched(*operations, technician=self.shop.people[who], parts=parts)
        with self.shop.db.reading() as session:
            plate = session.exec(select(RepairOrder.plate).where(RepairOrder.number == order)).one()
        self.shop.do(who, "verify-plate", order=order, seen="粤B00000")
        self.shop.do("advisor", "correct-plate", order=order, plate=plate, reason="看错")
        self.shop.do(who, "verify-plate", order=order, seen=plate)
        doubt: Any = self.shop.do(who, "report-discrepancy", order=order, note="无异响")["discrepancy"]
        self.shop.do("advisor", "answer-discrepancy", discrepancy=doubt, answer="按单修")
        self.shop.do(who, "confirm-items", order=order)
        return order, items

    def start(self, who: str, item: str) -> None:
        """The clock runs."""
        self.shop.do(who, "start-item", item=item, watcher=self.shop.badge("leader"), **SAFE)

    def answer(self, who: str, order: str, command: str) -> None:
        """Answer every open line of the order's lists."""
        of_inspection = command == "answer-inspection"
        with self.shop.db.reading() as session:
            query = select(CheckAnswer).join(RepairOrder, col(RepairOrder.id) == col(CheckAnswer.order_id))
            query = query.where(RepairOrder.number == order, col(CheckAnswer.answer).is_(None))
            rows = [row for row in session.exec(query) if (row.item_id is None) == of_inspection]
        last = max(row.round for row in rows)
        for row in (row for row in rows if row.round == last or not of_inspection):
            value: dict[str, Any] = {"value": row.high or row.low} if row.unit else {}
            if row.unit and not of_inspection:
                value["instrument"] = self.shop.tools[TORQUE]
            self.shop.do(who, command, check=row.id, answer=Answer.OK, **value)

    def hand_over(self, who: str, order: str) -> None:
        """Self-check and hand-over, both signed by who worked on it."""
        self.answer(who, order, "answer-check")
        self.shop.do(who, "sign-self-check", order=order)
        self.shop.do(who, "offer-hand-over", order=order, tools_clean=True)

    def draw(self, who: str, order: str, *tools: int, cart: str = "") -> None:
        """Tools for the order, by their place in `TOOLS`, and a cart or kit."""
        for tool in tools:
            self.shop.do(who, "draw-tool", order=order, tool=self.shop.tools[tool])
        if cart:
            self.shop.do(who, "draw-cart", order=order, cart=self.shop.carts[cart])

    def count(self, who: str, order: str, moment: str, *seen: int) -> None:
        """Count the order's tools."""
        self.shop.do(who, "count-tools", order=order, moment=moment, scanned=[self.shop.tools[one] for one in seen])

    def lost_and_found(self, who: str, order: str) -> None:
        """A tool of the kit is missing before the covers close, and found; the torque wrench goes back."""
        self.count(who, order, "before_close", TORQUE)
        self.shop.do(who, "found-tool", order=order, tool=self.shop.tools[IN_KIT])
        self.count(who, order, "after_work", IN_KIT, TORQUE)
        self.shop.do(who, "check-in-tool", tool=self.shop.tools[TORQUE])

    def lost_and_kept(self, who: str, order: str) -> None:
        """Of two tools one stays missing, the team leader having signed, and one is knowingly kept."""
        self.draw(who, order, TORQUE, AT_BAY)
        self.count(who, order, "before_close", TORQUE)
        self.shop.do("leader", "sign-missing-tool", order=order, tool=self.shop.tools[AT_BAY], reason="全车查找未见")
        self.count(who, order, "after_work", TORQUE)
        self.shop.do(who, "keep-tool", order=order, tool=self.shop.tools[TORQUE], reason="接着用")

    def lines(self, item: str) -> dict[int, PartLine]:
        """The part lines of an item, in order."""
        with self.shop.db.reading() as session:
            query = select(PartLine).join(OrderItem, col(OrderItem.id) == col(PartLine.item_id))
            return dict(enumerate(session.exec(query.where(OrderItem.number == item).order_by(col(PartLine.id)))))

    def delivered(self) -> None:
        """An order with a loan, an exception, findings, a removal, a hand-over sent back, a failed inspection."""
        do, who = self.shop.do, "technician"
        badge = self.shop.badge(who)
        parts = (("FILTER", 1), ("PAD", 2), ("GREASE", 2), ("BULB", 1))
        order, (oil, level2, wash) = self.started(who, "OIL", "LEVEL2", "WASH", parts=parts)
        self.draw(who, order, TORQUE, cart=KIT)
        self.count(who, order, "before_work", IN_KIT, TORQUE)
        self.start(who, wash)
        do(who, "pause-item", item=wash, reason="other_order")
        removal: Any = do("leader", "request-change", order=order, reason="不做", remove=[wash])
        do("advisor", "decide-line", line=removal["lines"][0], decision="approved", note="已冲洗一半", **CONSENT)
        self.start(who, oil)
        lines = self.lines(oil)
        issued: list[Any] = [do("clerk", "issue-part", line=lines[0].id, technician=badge, old_part_here=True)]
        issued.append(do("clerk", "issue-on-loan", line=lines[1].id, quantity=2, technician=badge, reason="先装"))
        issued.append(do("clerk", "issue-part", line=lines[2].id, quantity=2, technician=badge))
        do("clerk", "sign-without-fit-data", line=lines[3].id, reason="无资料")
        do(who, "accept-without-fit-data", line=lines[3].id, reason="实物比对")
        issued.append(do("clerk", "issue-part", line=lines[3].id, technician=badge, old_part_here=True))
        do("clerk", "return-part", issue=issued[2]["issue"], quantity=1, reason="多领")
        do(who, "mark-not-needed", line=lines[2].id, reason="多领")
        for issue, pieces in zip(issued, (1, 2, 1, 1), strict=True):
            do(who, "fit-part", issue=issue["issue"], quantity=pieces)
        do("clerk", "receive-old-part", issue=issued[1]["issue"], quantity=2)
        finding = {"order": order, "what": "漏油", "where": "发动机", "severity": "soon"}
        found: Any = do(who, "report-finding", **finding, proposals=[{"operation": "BRAKE"}, {"operation": "WASH"}])
        do("advisor", "decide-line", line=found["lines"][0], decision="approved", **CONSENT)
        do("advisor", "decide-line", line=found["lines"][1], decision="declined", **CONSENT)
        with self.shop.db.reading() as session:
            brake = session.exec(select(OrderItem.number).where(OrderItem.operation == "BRAKE")).one()
        do(who, "finish-item", item=oil)
        for item in (level2, brake):
            self.start(who, item)
            do(who, "finish-item", item=item)
        defects = [{"item": oil, "defect_class": "function", "note": "松动"}]
        self.lost_and_found(who, order)
        self.hand_over(who, order)
        do("leader", "send-back", order=order, reason="未清理", defects=defects)
        do(who, "finish-item", item=oil)
        self.hand_over(who, order)
        do("leader", "take-over", order=order)
        do("inspector", "fail-inspection", order=order, odometer=1001, defects=defects)
        self.lost_and_kept(who, order)
        do(who, "finish-item", item=oil)
        self.hand_over(who, order)
        do("leader", "take-over", order=order)
        self.answer("inspector", order, "answer-inspection")
        do("inspector", "pass-inspection", order=order, odometer=1002)
        do("advisor", "deliver", order=order, received_by="周先生", old_parts="customer_takes")

    def in_work(self) -> None:
        """A running clock, an open loan, an undecided line; of two pads lent one is spoilt, one old one lost."""
        order, (oil,) = self.started("technician", "OIL", parts=(("FILTER", 1), ("PAD", 2)))
        self.start("technician", oil)
        badge = self.shop.badge("technician")
        self.shop.do("clerk", "issue-on-loan", line=self.lines(oil)[0].id, technician=badge, reason="先装")
        self.shop.do("leader", "request-change", order=order, reason="建议", add_items=[{"operation": "WASH"}])
        pads = {"line": self.lines(oil)[1].id, "technician": badge, "quantity": 2}
        issue = self.shop.do("clerk", "issue-on-loan", **pads, reason="先装")["issue"]
        given = {"issue": issue, "cause": "loss", "circumstances": "敲裂"}
        spoilt = self.shop.do("technician", "report-part-loss", side="new", **given)["case"]
        self.liable("manager", spoilt, "88.80", "technician")
        self.shop.do("technician", "acknowledge-liability", case=spoilt)
        self.shop.do("admin", "record-payment", case=spoilt, debtor=badge, amount="30")
        self.shop.do("clerk", "report-part-loss", side="old", **given)
        self.draw("technician", order, cart="1号工具车")

    def self_checked(self) -> None:
        """A hand-over that waits for its taker."""
        order, (wash,) = self.started("technician2", "WASH")
        self.start("technician2", wash)
        self.shop.do("technician2", "finish-item", item=wash)
        self.hand_over("technician2", order)

    def electric(self) -> None:
        """High voltage taken off, measured live, then dead, put back; two covers came off; waits for its taker."""
        who, begin = "all_rounder", utc_now()
        order, (battery,) = self.started(who, "BATTERY")
        watcher = {"watcher": self.shop.badge("technician")}
        self.shop.do(who, "shut-down-high-voltage", order=order, shutdown_steps=list(ShutdownStep), **watcher)
        for minutes, volts in ((15, "380"), (30, "0.4"), (31, "0.3")):
            at = begin + timedelta(minutes=minutes)
            meter = {"volts": volts, "instrument": self.shop.tools[TORQUE]}
            self.shop.act(who, "measure-voltage", clock=lambda at=at: at, order=order, **meter)
        self.start(who, battery)
        lift = {"lift": self.shop.tools[LIFT]}
        self.shop.do(who, "lift-vehicle", order=order, weight=2100, **lift)
        self.shop.do(who, "lower-vehicle", **lift)
        self.shop.do(who, "lift-vehicle", order=order, **lift)
        for became in ({}, {"became": "replaced", "note": "壳体开裂，换新"}):
            cover = {"removed": "电池护板", "rest": "shelf", "where": "高压区2层", "cleaned": True}
            off = self.shop.do(who, "register-assembly", item=battery, **cover)["assembly"]
            self.shop.do(who, "cover-assembly", assembly=off)
            self.shop.do(who, "account-for-assembly" if became else "refit-assembly", assembly=off, **became)
        self.shop.do(who, "finish-item", item=battery)
        given = {"insulation": "550", "power_up_steps": list(PowerUpStep)}
        self.shop.do(who, "power-up", order=order, **given, **watcher)
        self.hand_over(who, order)

    def trained(self) -> None:
        """A closed session with a certificate, a late comer, an excuse and somebody absent; and one that is planned."""
        begin, badge = utc_now(), self.shop.badge
        invited = [badge(who) for who in ("technician2", "technician3", "technician4", "inspector")]
        given = {"topic": "冷媒操作", "room": "培训室", "held_by": "厂家讲师", "invited": invited}
        plan = given | {"starts_at": begin + timedelta(minutes=5), "ends_at": begin + timedelta(minutes=65)}
        session = self.shop.do("manager", "plan-session", **plan, gives="gas", certificate_days=365)["session"]
        excuse = {"excused": badge("inspector"), "reason": "外出路试"}
        self.shop.do("manager", "excuse-from-session", session=session, **excuse)
        for minutes, who in ((4, "technician2"), (9, "technician3")):
            at = begin + timedelta(minutes=minutes)
            self.shop.act("leader", "call-roll", clock=lambda at=at: at, session=session, attendee=badge(who))
        self.shop.act("leader", "close-session", clock=lambda: begin + timedelta(minutes=70), session=session)
        tomorrow = {"starts_at": begin + timedelta(days=1), "ends_at": begin + timedelta(days=1, hours=1)}
        self.shop.do("leader", "plan-session", **given | tomorrow)

    def liability(self) -> None:
        """A tool each: objected to and being paid off, worn out, found again and then broken; see `TOOLS`."""
        do, tools = self.shop.do, self.shop.tools
        given = {"cause": "improper_use", "circumstances": "掉落"}
        mine, worn, found = (do("leader", "report-damage", tool=tools[at], **given)["case"] for at in (0, 2, 5))
        self.liable("manager", mine, "110", "technician", "technician2")
        do("technician2", "object-to-liability", case=mine, statement="没用过")
        self.liable("all_rounder", mine, "60", "technician")
        do("manager", "record-payment", case=mine, debtor=self.shop.badge("technician"), amount="20.50")
        do("manager", "close-without-liability", case=worn, ground="wear", reason="用了六年")
        do("keeper", "release-tool", case=worn, fate="out_of_use")
        do("manager", "close-without-liability", case=found, ground="unfounded", reason="找到了")
        do("keeper", "check-out-tool", tool=tools[5], holder=self.shop.badge("technician3"))
        do("leader", "report-damage", tool=tools[5], **given)

    def liable(self, manager: str, case: object, amount: str, *who: str) -> None:
        """A manager finds these people liable, in equal shares."""
        shares = [{"badge": self.shop.badge(one), "percent": 100 / len(who)} for one in who]
        given = {"cause": "improper_use", "amount": amount, "shares": shares, "reason": "操作不当"}
        self.shop.do(manager, "decide-liability", case=case, **given)


def fill(url: str) -> None:
    """Let the small shop at this address have its busy day."""
    shop = SmallShop(url)
    BusyDay(shop).run()
    BusyCleaning(shop).run()
    shop.close()


@pytest.fixture(scope="session")
def busy_file(shop_file: Path, once: Once) -> Path:
    """A SQLite file with the busy shop, to be copied."""
    return once.shop_file("busy", fill, of=shop_file)


@pytest.fixture(scope="session")
def busy_template(postgres: Server, once: Once, shop_template: str) -> str:
    """The name of a PostgreSQL database with the busy shop, to be copied."""
    return once.template(postgres, "busy", fill, of=shop_template)
