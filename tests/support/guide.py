"""What sensible people would do next on an order: so that random walks get orders to the end of their lives."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from support.act import Act
from support.catalogue import FITS, VEHICLES
from support.guide_safety import assemblies, high_voltage, lifts, trained_of
from support.milestones import Milestone, Wishes
from support.shop import SmallShop
from support.tool_guide import ToolGuide
from workshop.db.facts import load_facts
from workshop.domain.facts import ItemFacts, OrderFacts, PartLineFacts
from workshop.domain.safety import Precaution
from workshop.domain.states import BEFORE_WORK, TO_DO, ItemState, Stage

CONFIRMED = [precaution.value for precaution in Precaution]
_RECEPTION = ["FILTER", "FILTER", "FILTER", "PAD", "PAD", "BULB", "GREASE", "DASHCAM", "OTHERS"]
_LEAVES_OLD = {"FILTER", "PAD", "BULB", "OTHERS"}
_IN_HOUSE = """
    SELECT v.vin FROM repair_order o JOIN vehicle v ON v.id = o.vehicle_id
    WHERE o.stage NOT IN ('delivered', 'cancelled')
"""
_TAKEN = """
    SELECT b.number FROM repair_order o JOIN bay b ON b.id = o.bay_id
    WHERE o.stage NOT IN ('delivered', 'cancelled')
"""
_TECHNICIANS = """
    SELECT p.id FROM person p JOIN personrole r ON r.person_id = p.id WHERE p.active AND r.role = 'technician'
"""
_AT_WORK = "SELECT technician_id FROM labour_entry WHERE ended_at IS NULL"
_PUT_OFF = """
    SELECT t.number FROM order_item t JOIN repair_order o ON o.id = t.order_id JOIN vehicle v ON v.id = o.vehicle_id
    WHERE v.vin = :vin AND t.state IN ('deferred', 'declined') AND t.taken_up_by_id IS NULL ORDER BY t.id
"""
_LAST = """
    SELECT MAX(o.number) FROM repair_order o JOIN vehicle v ON v.id = o.vehicle_id
    WHERE v.vin = :vin AND o.stage = 'delivered'
"""
_VEHICLE = (
    "SELECT v.make, v.model, v.model_year FROM repair_order o JOIN vehicle v ON v.id = o.vehicle_id WHERE o.id = :id"
)
_WITH = "SELECT order_id FROM order_item WHERE operation IN :codes AND state IN ('approved', 'started', 'done')"
_TO_ISSUE = """
    SELECT t.order_id FROM order_item t JOIN part_line n ON n.item_id = t.id
    WHERE t.state IN ('approved', 'started') AND NOT EXISTS (SELECT 1 FROM part_issue i WHERE i.line_id = n.id)
"""
_LEADING = {
    "LEVEL2": Milestone.COMPLETION_CERTIFICATE,
    "BATTERY": Milestone.POWERED_UP,
    "BRAKE": Milestone.INSTRUMENT_CITED,
}
"""Operations, by what nothing but an order with one leads to."""
_WITH_PARTS = (
    Milestone.FITTED,
    Milestone.LOAN_PAID,
    Milestone.OLD_FOR_NEW,
    Milestone.UNUSED_BACK,
    Milestone.WRITTEN_OFF,
)
_CONSENT = {"channel": "telephone", "consented_by": "周先生"}


class Guide:
    """Plans the next acts on one order, as its people would, with the mistakes that people make."""

    def __init__(self, shop: SmallShop, rng: random.Random, wishes: Wishes, now: datetime) -> None:
        self.shop = shop
        self.rng = rng
        self.wishes = wishes
        self.now = now
        self.technicians: set[int] = set()
        self.tools = ToolGuide(shop, rng, wishes)

    def chance(self, share: float, *leads_to: Milestone) -> bool:
        """True in this share of cases; in more of them while one of these milestones is wished for."""
        return self.rng.random() < self.wishes.share(share, *leads_to)

    def open_order(self, session: Session, now: datetime, odometer: int) -> Act:
        """A customer brings a vehicle; what was put off at earlier visits may be taken up."""
        in_house = set(session.execute(sa.text(_IN_HOUSE)).scalars())
        elsewhere = [one for one in VEHICLES if one["vin"] not in in_house or self.chance(0.05)]
        vehicle = self.rng.choice(elsewhere or VEHICLES)
        operations = self._operations()
        wanted = [self.rng.choice(_RECEPTION) for _ in range(self.rng.randint(0, 3))]
        wanted += ["FILTER"] if self.chance(0, *_WITH_PARTS) else []
        parts = [{"part_no": part_no, "quantity": self.rng.randint(1, 2)} for part_no in wanted]
        items = [{"operation": operations[0], "parts": parts}, *({"operation": code} for code in operations[1:])]
        given = {"vin": vehicle["vin"], "request": "保养", "odometer": odometer, "odometer_lower": True, "items": items}
        given["promised_at"] = now + timedelta(minutes=self.rng.randint(30, 600))
        given["old_parts"] = self.rng.choice(["customer_takes", "shop_keeps", "no_old_parts"])
        earlier = {"vin": vehicle["vin"]}
        given["deferred"] = list(session.execute(sa.text(_PUT_OFF), earlier).scalars()) if self.chance(0.5) else []
        given["comeback_of"] = session.execute(sa.text(_LAST), earlier).scalar() if self.chance(0.3) else None
        return Act("advisor", "open-order", given)

    def _operations(self) -> list[str]:
        """One or two; the first of them is one that leads to what is wished for."""
        usual = self.rng.sample(
            ["OIL", "BRAKE", "LEVEL2", "GEARBOX", "WASH", "BATTERY", "BATTERY"], k=self.rng.randint(1, 2)
        )
        drawn = [code for code in self._wished() if self.chance(0.6)] + usual
        return list(dict.fromkeys(drawn))[: max(1, len(usual))]

    def _wished(self) -> list[str]:
        return [code for code, milestone in _LEADING.items() if self.wishes.want(milestone)]

    def leading(self, session: Session) -> set[int]:
        """The ids of the orders with an operation that leads to something wished for."""
        wished = self._wished()
        query = sa.text(_WITH).bindparams(sa.bindparam("codes", expanding=True))
        found = set(session.execute(query, {"codes": wished}).scalars()) if wished else set()
        return found | (set(session.execute(sa.text(_TO_ISSUE)).scalars()) if self.wishes.want(*_WITH_PARTS) else set())

    def plan(self, session: Session, order_id: int, now: datetime) -> list[Act]:
        """The acts that may come next, the first ones first."""
        self.now = now
        self.technicians = set(session.execute(sa.text(_TECHNICIANS)).scalars())
        facts = load_facts(session, [order_id], now)[order_id]
        plans = {
            Stage.OPENED: self._dispatch,
            Stage.DISPATCHED: self._plate,
            Stage.PLATE_VERIFIED: self._items,
            Stage.ITEMS_CONFIRMED: self._work,
            Stage.IN_WORK: self._work,
            Stage.SELF_CHECKED: self._hand_over,
            Stage.HANDED_OVER: self._inspect,
            Stage.RELEASED: self._deliver,
        }
        if facts.stage in BEFORE_WORK and self.chance(0.03, Milestone.CANCELLED):
            return [Act("manager", "cancel-order", {"order": facts.number, "reason": "客户取消"})]
        acts = list(plans[facts.stage](session, facts))
        return acts[-1:] if self.chance(0.1) else acts  # the impatient go straight for the next stage

    def _crew(self, facts: OrderFacts) -> list[str]:
        first = self.shop.people["technician"]
        mine = (
            ["technician", "technician2", "all_rounder"]
            if _team(self.shop, facts.technician_id) == first.team
            else ["technician3", "technician4"]
        )
        crew = [who for who in mine if who != "all_rounder" or self.chance(0.35)]
        return self._still_technicians(crew) or crew

    def _name(self, ids: frozenset[int], facts: OrderFacts) -> str:
        names = [who for who, worker in self.shop.people.items() if worker.id in ids]
        return self.rng.choice(self._still_technicians(names) or names or self._crew(facts))

    def _still_technicians(self, names: list[str]) -> list[str]:
        """Those who may do it: the walk takes roles away from people."""
        return [who for who in names if self.shop.people[who].id in self.technicians or self.chance(0.05)]

    def _dispatch(self, session: Session, facts: OrderFacts) -> Iterator[Act]:
        trained = facts.safety.high_voltage and self.chance(0.9)
        technician = self.rng.choice(["technician", "technician", "all_rounder", *([] if trained else ["technician3"])])
        team = self.shop.people[technician].team
        taken = set(session.execute(sa.text(_TAKEN)).scalars())
        bays = sorted(self.shop.bays.values())
        bay = self.rng.choice([one for one in bays if one not in taken or self.chance(0.05)] or bays)
        yield Act(
            "leader",
            "dispatch",
            {"order": facts.number, "team": team, "technician": self.shop.badge(technician), "bay": bay},
        )

    def _plate(self, session: Session, facts: OrderFacts) -> Iterator[Act]:
        query = "SELECT v.plate, v.vin FROM repair_order o JOIN vehicle v ON v.id = o.vehicle_id WHERE o.id = :id"
        plate, vin = session.execute(sa.text(query), {"id": facts.id}).one()
        if facts.plate_held:
            yield Act("advisor", "correct-plate", {"order": facts.number, "plate": plate, "reason": "看错一位"})
        seen = plate or vin[-8:]
        if self.chance(0.15, Milestone.WRONG_PLATE):
            seen = "粤B00000" if plate else "00000000"
        yield Act(self.rng.choice(self._crew(facts)), "verify-plate", {"order": facts.number, "seen": seen})

    def _items(self, session: Session, facts: OrderFacts) -> Iterator[Act]:
        who = self.rng.choice(self._crew(facts))
        yield from self._answers(session, facts)
        if self.chance(0.15):
            yield Act(who, "report-discrepancy", {"order": facts.number, "note": "客户说异响"})
        yield Act(who, "confirm-items", {"order": facts.number})

    def _answers(self, session: Session, facts: OrderFacts) -> Iterator[Act]:
        """The front desk answers what waits for it, if not at once."""
        answers = (Milestone.FINDING_ANSWERED, Milestone.APPROVED, Milestone.NOT_APPROVED, *_WITH_PARTS)
        if not self.chance(0.5 if facts.agreed_items else 0.9, *answers):
            return
        query = "SELECT id FROM discrepancy WHERE order_id = :id AND answered_at IS NULL ORDER BY id"
        for number in session.execute(sa.text(query), {"id": facts.id}).scalars():
            yield Act("advisor", "answer-discrepancy", {"discrepancy": number, "answer": "按实际修"})
        if facts.undecided:
            yield from self._decisions(session, facts)
        for finding in facts.findings if not facts.undecided or self.chance(0.1) else ():
            end = self.rng.choice(["declined", "next_visit"])
            yield Act("advisor2", "close-finding", {"finding": finding.id, "end": end})

    def _decisions(self, session: Session, facts: OrderFacts) -> Iterator[Act]:
        query = """
            SELECT l.id, q.raised_by_id FROM change_line l JOIN change_request q ON q.id = l.request_id
            WHERE q.order_id = :id AND l.decision IS NULL ORDER BY l.id
        """
        for line, raiser in session.execute(sa.text(query), {"id": facts.id}):
            who = "advisor2" if raiser == self.shop.people["advisor"].id else "advisor"
            wished = [
                decision
                for decision, milestone in (("approved", Milestone.APPROVED), ("deferred", Milestone.NOT_APPROVED))
                if self.wishes.want(milestone)
            ]
            decision = self.rng.choice(wished or ["approved", "approved", "declined", "deferred"])
            note = "已拆下护板" if self.chance(0.8) else ""
            yield Act(who, "decide-line", {"line": line, "decision": decision, "note": note} | _CONSENT)

    def _work(self, session: Session, facts: OrderFacts) -> Iterator[Act]:
        yield from self._answers(session, facts)
        crew = self._crew(facts)
        done = not any(item.state in TO_DO for item in facts.items)
        yield from self.tools.plan(session, facts, crew, done=done)
        if not facts.findings and self.chance(0.08, Milestone.FINDING_ANSWERED):
            yield self._finding(facts)
        if not facts.undecided and not facts.agreed_items:
            yield Act(
                "advisor",
                "request-change",
                {"order": facts.number, "reason": "加项", "add_items": [{"operation": "OIL"}]},
            )
        elif not facts.undecided and not any(line.to_issue for line in facts.lines) and self.chance(0, *_WITH_PARTS):
            parts = [{"item": self.rng.choice(facts.agreed_items).number, "part_no": "FILTER"}]
            yield Act("advisor", "request-change", {"order": facts.number, "reason": "加件", "add_parts": parts})
        elif not facts.undecided and self.chance(0.05, Milestone.APPROVED, Milestone.NOT_APPROVED):
            yield self._change(facts)
        yield from high_voltage(self.shop, self.rng, session, facts, self.now, self.wishes)
        yield from assemblies(self.rng, facts, crew, self.wishes)
        yield from lifts(self.rng, session, facts, crew, self.now, self.wishes)
        at_work = set(session.execute(sa.text(_AT_WORK)).scalars())
        for item in facts.agreed_items:
            for line in item.lines:
                yield from self._parts(session, item, line, facts)
            able = trained_of(crew, facts, item)
            yield from self._clock(
                item, facts, [who for who in able if self.shop.people[who].id not in at_work] or able
            )
        yield from self._checks(session, facts)
        if done or self.chance(0.1):
            yield Act(self._name(facts.workers, facts), "sign-self-check", {"order": facts.number})

    def _finding(self, facts: OrderFacts) -> Act:
        proposals = [{"operation": "WASH", "parts": [{"part_no": "GREASE"}]}] if self.chance(0.5) else []
        who = self.rng.choice([*self._crew(facts), "inspector", "leader"])
        given = {"order": facts.number, "what": "漏油", "where": "发动机", "severity": "soon", "proposals": proposals}
        return Act(who, "report-finding", given)

    def _change(self, facts: OrderFacts) -> Act:
        item = self.rng.choice(facts.agreed_items)
        asked = self.rng.choice(
            [
                *([{"remove": [item.number]}] if len(facts.agreed_items) > 1 else []),
                {"add_parts": [{"item": item.number, "part_no": "GREASE", "quantity": 2}]},
                {"add_items": [{"operation": "OIL"}]},
                {"reprice": [{"item": item.number, "minutes": 60, "price": "200"}]},
            ]
        )
        return Act(
            self.rng.choice(["advisor", *self._crew(facts)]),
            "request-change",
            {"order": facts.number, "reason": "加项"} | asked,
        )

    def _fits(self, session: Session, facts: OrderFacts, line: PartLineFacts) -> bool:
        """Whether the counter would find that it does; a bulb is signed for, since there is nothing to be found."""
        make, model, year = session.execute(sa.text(_VEHICLE), {"id": facts.id}).one()
        return line.part_no == "BULB" or any(
            fit.get("make", make) == make
            and fit.get("model", model) == model
            and fit.get("year_from", 0) <= (year or -1)
            for fit in FITS.get(line.part_no, ())
        )

    def _parts(self, session: Session, item: ItemFacts, line: PartLineFacts, facts: OrderFacts) -> Iterator[Act]:
        who = self.rng.choice(self._crew(facts))
        badge = self.shop.badge(who)
        if line.to_issue:
            if line.part_no == "BULB" and self.chance(0.5):
                yield Act("clerk", "sign-without-fit-data", {"line": line.id, "reason": "目录无资料"})
                yield Act(who, "accept-without-fit-data", {"line": line.id, "reason": "实物比对"})
            fits = self._fits(session, facts, line)
            if self.chance(0.1 if fits else 0.8):
                yield Act(who, "mark-not-needed", {"line": line.id, "reason": "尚好"})
                return
            given = {"line": line.id, "quantity": self.rng.randint(1, line.to_issue), "technician": badge}
            at_once = self.wishes.want(Milestone.OLD_FOR_NEW) and not self.wishes.want(Milestone.LOAN_PAID)
            if line.part_no in _LEAVES_OLD and self.chance(0.1 if at_once else 0.6):
                yield Act("clerk", "issue-on-loan", given | {"reason": "装复后换下"})
                if self.chance(0.8):
                    return
            yield Act("clerk", "issue-part", given | {"old_part_here": True})
        for issue in line.issues:
            if issue.unfitted > 0 and self.chance(0.1, Milestone.UNUSED_BACK):
                yield Act("clerk", "return-part", {"issue": issue.id, "quantity": 1, "reason": "多领"})
            elif item.workers and (pieces := issue.unfitted if self.chance(0.1) else issue.in_hand):
                yield Act(self._name(item.workers, facts), "fit-part", {"issue": issue.id, "quantity": pieces})
            paid = 0.5 if item.state is ItemState.DONE else 0.02
            if issue.awaited and not issue.unfitted and self.chance(paid, Milestone.LOAN_PAID):
                pieces = self.rng.randint(1, issue.awaited)
                yield Act("clerk", "receive-old-part", {"issue": issue.id, "quantity": pieces})

    def _clock(self, item: ItemFacts, facts: OrderFacts, crew: list[str]) -> Iterator[Act]:
        if item.state is ItemState.DONE:
            return
        if item.running and self.chance(0.25):
            yield Act(self._name(item.running, facts), "pause-item", {"item": item.number, "reason": "break"})
        elif item.running or (item.workers and self.chance(0.3)):
            yield Act(self._name(item.running or item.workers, facts), "finish-item", {"item": item.number})
            if self.chance(0.9):
                return
        if not item.running or self.chance(0.1):
            start = {"item": item.number, "confirmed": CONFIRMED, "watcher": self.shop.badge("leader")}
            yield Act(self.rng.choice(crew), "start-item", start)

    def _checks(self, session: Session, facts: OrderFacts) -> Iterator[Act]:
        for item in facts.agreed_items:
            if item.unanswered:
                where = "c.item_id = :item AND c.round = (SELECT round FROM order_item WHERE id = :item)"
                for given in self._lines(session, where, {"item": item.id}, wrong=0.1):
                    yield Act(self._name(item.workers, facts), "answer-check", given)

    def _lines(self, session: Session, where: str, ids: dict[str, int], wrong: float) -> Iterator[dict[str, Any]]:
        query = (
            f"SELECT c.id, c.unit, c.low, c.high FROM check_answer c WHERE {where} AND c.answer IS NULL ORDER BY c.id"
        )
        for line, unit, low, high in session.execute(sa.text(query), ids):
            if self.chance(wrong, Milestone.NOT_OK):
                answer = (
                    "not_ok" if self.wishes.want(Milestone.NOT_OK) else self.rng.choice(["not_ok", "not_applicable"])
                )
                yield {"check": line, "answer": answer, "reason": "松动"}
            else:
                value = high if self.chance(0.2) and high else low or high or "1"
                measured = {"value": value} | self.tools.instrument(session, self.now) if unit else {}
                yield {"check": line, "answer": "ok"} | measured

    def _hand_over(self, session: Session, facts: OrderFacts) -> Iterator[Act]:
        yield from self._answers(session, facts)
        yield from self.tools.bring_back(session, facts)
        yield from lifts(self.rng, session, facts, self._crew(facts), self.now, self.wishes)
        taker = self.rng.choice(["leader", "leader2", "inspector", "all_rounder"])
        if facts.offered_by is None:
            yield Act(
                self._name(facts.workers, facts),
                "offer-hand-over",
                {"order": facts.number, "tools_clean": self.chance(0.9)},
            )
        elif self.chance(0.2, Milestone.SENT_BACK):
            yield Act(taker, "send-back", {"order": facts.number, "reason": "未清理", "defects": self._defects(facts)})
        elif self.chance(0.15):
            yield self._finding(facts)
        else:
            yield Act(taker, "take-over", {"order": facts.number})

    def _defects(self, facts: OrderFacts) -> list[dict[str, Any]]:
        item = self.rng.choice(facts.agreed_items)
        return [{"item": item.number, "defect_class": "function", "note": "异响"}]

    def _inspect(self, session: Session, facts: OrderFacts) -> Iterator[Act]:
        yield from self._answers(session, facts)
        who = self.rng.choice(["inspector", "inspector", "inspector2", "all_rounder"])
        if self.chance(0.1):
            yield self._finding(facts)
        odometer = 10_000_000 if self.chance(0.02) else 900_000
        if self.chance(0.22, Milestone.FAILED_INSPECTION):
            yield Act(
                who, "fail-inspection", {"order": facts.number, "odometer": odometer, "defects": self._defects(facts)}
            )
            return
        where = "c.order_id = :id AND c.item_id IS NULL AND c.round = :round"
        for given in self._lines(session, where, {"id": facts.id, "round": facts.round}, wrong=0.02):
            yield Act(who, "answer-inspection", given)
        yield Act(who, "pass-inspection", {"order": facts.number, "odometer": odometer})

    def _deliver(self, session: Session, facts: OrderFacts) -> Iterator[Act]:
        for tag in self._tags(session, facts):
            if self.chance(0.5):
                target = self.rng.choice(["shown", "scrapped", "hazardous_waste", "returned_to_maker"])
                yield Act("clerk", "move-old-part", {"tag": tag, "target": target})
        choice = self.rng.choice(["customer_takes", "shop_keeps", "no_old_parts"])
        yield Act("advisor", "deliver", {"order": facts.number, "received_by": "周先生", "old_parts": choice})

    def _tags(self, session: Session, facts: OrderFacts) -> list[str]:
        query = """
            SELECT p.number FROM old_part p JOIN part_line n ON n.id = p.line_id JOIN order_item t ON t.id = n.item_id
            WHERE t.order_id = :id ORDER BY p.id
        """
        return list(session.execute(sa.text(query), {"id": facts.id}).scalars())


def _team(shop: SmallShop, person_id: int | None) -> str:
    return next((worker.team for worker in shop.people.values() if worker.id == person_id), "")
