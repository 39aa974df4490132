"""Eight processes at the same five orders: no lost update, no double act, a whole ledger."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import sqlalchemy as sa
from sqlmodel import Session
from support.catalogue import VEHICLES
from support.hammer import SAME, Acknowledged, hammer
from support.processes import together
from support.shop import SmallShop

from workshop.commands.perform import utc_now
from workshop.db import ledger
from workshop.db.invariants import check

PROCESSES = 8
ORDERS = 5
ACTS = 36

_PART_OF = {
    "part_no": "SELECT part_no FROM part WHERE part_no = :key",
    "line": "SELECT p.part_no FROM part p JOIN part_line n ON n.part_id = p.id WHERE n.id = :key",
    "issue": "SELECT p.part_no FROM part p JOIN part_issue i ON i.part_id = p.id WHERE i.id = :key",
    "case": "SELECT p.part_no FROM part p JOIN part_issue i ON i.part_id = p.id "
    "JOIN liability_case c ON c.issue_id = i.id WHERE c.number = :key",
}
_STOCK = "SELECT p.part_no, SUM(m.quantity) FROM stock_movement m JOIN part p ON p.id = m.part_id GROUP BY p.part_no"


def open_orders(shop: SmallShop) -> None:
    """Five vehicles come in with parts to be fitted."""
    items = [
        {"operation": "OIL", "parts": [{"part_no": "FILTER", "quantity": 3}, {"part_no": "GREASE", "quantity": 3}]},
        {"operation": "LEVEL2", "parts": [{"part_no": "DASHCAM", "quantity": 2}]},
    ]
    promised = utc_now() + timedelta(days=365)
    for vehicle in VEHICLES[:ORDERS]:
        given = {"vin": vehicle["vin"], "request": "保养", "odometer": 100, "promised_at": promised, "items": items}
        shop.do("advisor", "open-order", **given)


def stock(session: Session) -> Counter[str]:
    """Pieces by part."""
    return Counter({part_no: int(pieces) for part_no, pieces in session.execute(sa.text(_STOCK))})


def moved(session: Session, acts: Sequence[Acknowledged]) -> Counter[str]:
    """The pieces that acknowledged acts moved, by part."""
    pieces: Counter[str] = Counter()
    for act in acts:
        if act.moved is not None and not act.repeated:
            by, key, quantity = act.moved
            pieces[str(session.execute(sa.text(_PART_OF[by]), {"key": key}).scalar_one())] += quantity
    return pieces


def hammer_together(url: str) -> list[Acknowledged]:
    """Everything that was acknowledged to any of the processes."""
    with together(PROCESSES) as pool:
        runs = [pool.submit(hammer, url, seed, ACTS) for seed in range(PROCESSES)]
        return [act for run in runs for act in run.result(timeout=240)]


def test_eight_processes_at_five_orders_lose_nothing_and_do_nothing_twice(shop: SmallShop) -> None:
    open_orders(shop)
    with shop.db.reading() as session:
        before, head = stock(session), ledger.head(session)

    told = hammer_together(shop.url)

    assert_same_acts_once(told)
    once = [act for act in told if not act.repeated]
    with shop.db.reading() as session:
        lines = ledger.after(session, head.number, most=10_000)
        kept = {(line.command_id, line.number, line.command) for line in lines}
        assert kept == {(act.command_id, act.number, act.command) for act in once}
        assert len(lines) == len(once) == ledger.head(session).number - head.number
        change = moved(session, once)
        assert stock(session) == {part_no: pieces + change[part_no] for part_no, pieces in before.items()}
        assert ledger.verify(session, [head]) is None
        assert [str(breach) for breach in check(session)] == []
    assert len({act.command for act in once}) > 10, "the acts were mixed"


def assert_same_acts_once(told: Sequence[Acknowledged]) -> None:
    """A command id that every process sent was acted on once, and every process was told the same line."""
    for turn in range(SAME):
        answers = [act for act in told if act.command_id == f"same-{turn}"]
        assert len(answers) == PROCESSES
        assert len({act.number for act in answers}) == 1
        assert sum(not act.repeated for act in answers) == 1
