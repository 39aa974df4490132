"""The tools of the demo: catalogue, carts, pieces, who has what; some are due, one is past its day (W8a)."""

import csv
from datetime import timedelta
from typing import Final

from sqlmodel import col, select

from workshop.commands.order_tools import DrawCart
from workshop.commands.tool_catalogue import AddTool, PutCart
from workshop.commands.tool_counts import CountTools
from workshop.commands.tools import CheckOutTool, PlaceTool
from workshop.db.tables import Cart, OrderCart, Tool
from workshop.demo.data import data_folder
from workshop.demo.director import Director
from workshop.demo.visit import Visit
from workshop.domain.roles import Role
from workshop.domain.tools import CartKind, CountMoment

_LABORATORY: Final = "演示市计量检定所"


def equip(director: Director) -> None:
    """Carts, kits and pieces as the files say, entered and given out by the tool keeper."""
    keeper = director.holders(Role.TOOL_KEEPER)[0].name
    for row in _rows("carts"):
        owner = director.people[row["owner"]].badge if row["owner"] else None
        kind = CartKind(row["kind"])
        director.act(keeper, PutCart(cart_name=row["name"], cart_kind=kind, owner=owner, team=row["team"]))
    today = director.now.date()
    for row in _rows("pieces"):
        # The age is told on the day of the demo; the piece was entered earlier.
        age = timedelta(days=int(row["serviced"])) - (director.end - director.now) if row["serviced"] else None
        given = AddTool(
            tool_code=row["tool_code"],
            serial_no=row["serial_no"],
            home=row["home"],
            serviced_on=None if age is None else today - age,
            serviced_by="" if age is None else _LABORATORY,
        )
        number = str(director.act(keeper, given)["number"])
        if row["holder"]:
            director.act(keeper, CheckOutTool(tool=number, holder=director.people[row["holder"]].badge))
        if row["bay"]:
            director.act(keeper, PlaceTool(tool=number, bay=director.bays[row["bay"]]))


def draw_own_cart(visit: Visit) -> None:
    """The technician draws the own cart for the order, if it is at no other one, and counts it before work."""
    session = visit.director.session
    cart = session.exec(select(Cart).where(Cart.owner_id == visit.technician.id)).first()
    out = select(OrderCart).where(col(OrderCart.back_at).is_(None))
    if cart is None or session.exec(out.where(OrderCart.cart_id == cart.id)).first() is not None:
        return
    inside = session.exec(select(Tool.number).where(Tool.home_cart_id == cart.id).order_by(Tool.number)).all()
    visit.act(visit.technician, DrawCart(order=visit.order, cart=cart.number))
    count = CountTools(order=visit.order, moment=CountMoment.BEFORE_WORK, scanned=tuple(inside))
    visit.act(visit.technician, count)


def _rows(name: str) -> list[dict[str, str]]:
    with (data_folder() / "demo" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))
