"""Orders of the small shop at the points of their life that the front desk looks at."""

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from support.catalogue import VEHICLES
from support.shop import SmallShop
from workshop.commands.perform import utc_now
from workshop.db.tables import CheckAnswer

HOSTILE = "异响 [/red] [b] 🚗 \u202egnp\u202c\x07 ｗｉｄｅ"
"""What a person could type into a note to break a screen."""
_SAFE = {"OIL": ["gloves", "drip_pan"], "WASH": ["inside_covers"]}


def opened(shop: SmallShop, *items: dict[str, Any], car: int = 0, **more: object) -> tuple[str, list[str]]:
    """An order that reception has just opened; its number and its items' numbers."""
    given = {"request": HOSTILE, "odometer": 1000, "promised_at": utc_now() + timedelta(hours=3)}
    done = shop.do("advisor", "open-order", vin=VEHICLES[car]["vin"], items=items, **(given | more))
    return str(done["order"]), [str(number) for number in done["items"]]  # type: ignore[union-attr]


def dispatched(shop: SmallShop, *items: dict[str, Any], car: int = 0, **more: object) -> tuple[str, list[str]]:
    """The same, given to a technician."""
    order, numbers = opened(shop, *(items or ({"operation": "OIL"},)), car=car, **more)
    bay = list(shop.bays.values())[car]
    shop.do("leader", "dispatch", order=order, team="一组", technician=shop.badge("technician"), bay=bay)
    return order, numbers


def confirmed(shop: SmallShop, *items: dict[str, Any], car: int = 0, **more: object) -> tuple[str, list[str]]:
    """The same, its plate proven and its items confirmed."""
    order, numbers = dispatched(shop, *items, car=car, **more)
    shop.do("technician", "verify-plate", order=order, seen=VEHICLES[car]["plate"] or VEHICLES[car]["vin"][-8:])
    shop.do("technician", "confirm-items", order=order)
    return order, numbers


def offered(shop: SmallShop, *, car: int = 0, **more: object) -> str:
    """An order whose self-check is signed and whose hand-over waits for its taker, with an old part at the counter."""
    item = {"operation": "OIL", "parts": [{"part_no": "FILTER"}]}
    order, (number,) = confirmed(shop, item, car=car, **more)
    shop.do("technician", "start-item", item=number, confirmed=_SAFE["OIL"])
    issue = shop.do("clerk", "issue-on-loan", line=1, technician=shop.badge("technician"), reason="先装")["issue"]
    shop.do("technician", "fit-part", issue=issue)
    shop.do("clerk", "receive-old-part", issue=issue)
    shop.do("technician", "finish-item", item=number)
    _answer(shop, "technician", "answer-check")
    shop.do("technician", "sign-self-check", order=order)
    shop.do("technician", "offer-hand-over", order=order, tools_clean=True)
    return order


def released(shop: SmallShop, *, car: int = 0, **more: object) -> str:
    """An order that has passed its final inspection, with an old part at the counter."""
    order = offered(shop, car=car, **more)
    shop.do("leader", "take-over", order=order)
    _answer(shop, "inspector", "answer-inspection")
    shop.do("inspector", "pass-inspection", order=order, odometer=1002)
    return order


def _answer(shop: SmallShop, who: str, command: str) -> None:
    with shop.db.reading() as session:
        checks = session.exec(select(CheckAnswer).where(col(CheckAnswer.answer).is_(None))).all()
    for check in checks:
        shop.do(who, command, check=check.id, answer="ok", **({"value": "2.5"} if check.value_required else {}))
