"""One order from reception to delivery with everything that can befall it, so that nearly every table has rows."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from support.catalogue import VEHICLES
from support.databases import Once, copied
from support.postgres import Server
from support.shop import SmallShop
from workshop.commands.perform import utc_now
from workshop.db.tables import CheckAnswer

SIGHT = {"answer": "ok"}
_SAFE = {"confirmed": ["gloves", "drip_pan"]}


def drive(shop: SmallShop) -> str:
    """Drive it; its number."""
    car = VEHICLES[0]
    opened = shop.do(
        "advisor",
        "open-order",
        vin=car["vin"],
        request="保养",
        odometer=1000,
        promised_at=utc_now() + timedelta(hours=3),
        items=[{"operation": "OIL", "parts": [{"part_no": "FILTER"}, {"part_no": "GREASE"}]}],
    )
    order, item = str(opened["order"]), opened["items"][0]  # type: ignore[index, call-overload]
    technician = shop.badge("technician")
    shop.do("leader", "dispatch", order=order, team="一组", technician=technician, bay=next(iter(shop.bays.values())))
    shop.do("technician", "verify-plate", order=order, seen="粤B12346")
    shop.do("advisor", "correct-plate", order=order, plate="粤B12345", reason="看错")
    shop.do("technician", "verify-plate", order=order, seen="粤B12345")
    shop.do("technician", "confirm-items", order=order)
    shop.do("technician", "start-item", item=item, **_SAFE)
    loan = shop.do("clerk", "issue-on-loan", line=1, technician=technician, reason="先装")["issue"]
    greased = shop.do("clerk", "issue-part", line=2, technician=technician)["issue"]
    shop.do("technician", "fit-part", issue=loan)
    shop.do("clerk", "return-part", issue=greased, quantity=1, reason="未用")
    shop.do("technician", "mark-not-needed", line=2, reason="未用")
    shop.do("clerk", "receive-old-part", issue=loan)
    finding = {"what": "漏油 [/red] 🚗", "where": "发动机", "severity": "safety"}
    shop.do("technician", "report-finding", order=order, **finding, proposals=[{"operation": "WASH"}])
    shop.do("advisor", "decide-line", line=1, decision="declined", channel="telephone", consented_by="周先生")
    shop.do("technician", "finish-item", item=item)
    _hand_over(shop, order)
    defects = [{"item": item, "defect_class": "safety", "note": "松"}]
    shop.do("inspector", "fail-inspection", order=order, odometer=1001, defects=defects)
    shop.do("technician", "start-item", item=item, **_SAFE)
    shop.do("technician", "finish-item", item=item)
    _hand_over(shop, order)
    _answer(shop, "inspector", "answer-inspection")
    shop.do("inspector", "pass-inspection", order=order, odometer=1002)
    shop.do("advisor", "deliver", order=order, received_by="周先生", old_parts="shop_keeps")
    return order


def _hand_over(shop: SmallShop, order: str) -> None:
    _answer(shop, "technician", "answer-check")
    shop.do("technician", "sign-self-check", order=order)
    shop.do("technician", "offer-hand-over", order=order, tools_clean=True)
    shop.do("leader", "take-over", order=order)


def _answer(shop: SmallShop, who: str, command: str) -> None:
    inspection = command == "answer-inspection"
    with shop.db.reading() as session:
        query = select(CheckAnswer).where(col(CheckAnswer.answer).is_(None))
        checks = [row for row in session.exec(query) if (row.item_id is None) == inspection]
        last = max(row.round for row in checks)
    for check in (row for row in checks if row.round == last):
        shop.do(who, command, check=check.id, **SIGHT, **({"value": "2.5"} if check.value_required else {}))


@pytest.fixture(scope="session")
def delivered_file(shop_file: Path, once: Once) -> Path:
    """A SQLite file with the small shop in which that order was delivered, to be copied."""
    return once.shop_file("delivered", _drive_at, of=shop_file)


@pytest.fixture(scope="session")
def delivered_template(postgres: Server, once: Once, shop_template: str) -> str:
    """The name of a PostgreSQL database with the same, to be copied."""
    return once.template(postgres, "delivered", _drive_at, of=shop_template)


def _drive_at(url: str) -> None:
    shop = SmallShop(url)
    drive(shop)
    shop.close()


@pytest.fixture
def delivered_shop(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[SmallShop]:
    """A shop of the test's own in which that order was delivered, once on each kind of database."""
    with copied(kind, "delivered", tmp_path, request) as url:
        here = SmallShop(url)
        yield here
        here.close()
