"""`workshop export`: orders, catalogue and stock as CSV or Excel. What can be imported is written as it is read."""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlmodel import Session, col

from workshop.commands.perform import ROLE_MISSING
from workshop.commands.tx import Actor
from workshop.db.part_facts import stock_of
from workshop.db.tables import Operation, Part, RepairOrder
from workshop.domain.reasons import Refused
from workshop.domain.roles import EVERYONE, Role
from workshop.domain.words import N_
from workshop.doors.sheets import COLUMNS, ExportKind, SheetKind
from workshop.i18n import Translator
from workshop.queries.orders import OrderView, order
from workshop.queries.spreadsheets import Cell, Sheet, write_csv, write_excel

READERS: Final = frozenset({Role.ADVISOR, Role.PARTS_CLERK, Role.MANAGER, Role.ADMINISTRATOR})
WRITTEN: Final = N_("Lines written to {file}: {rows}")
_ORDER_HEADS: Final = [
    "number",
    "stage",
    "opened_at",
    "promised_at",
    "delivered_at",
    "plate",
    "vin",
    "vehicle",
    "customer",
    "phone",
    "advisor",
    "technician",
    "odometer_in",
    "odometer_out",
    "request",
    "items",
    "labour",
    "parts",
    "total",
    "certificate_no",
]
_STOCK_HEADS: Final = ["number", "part_no", "name_zh", "name_en", "in_stock", "unit", "price", "value"]


def export(session: Session, kind: ExportKind, reader: Actor, file: Path, said: Translator, now: datetime) -> str:
    """Write a table into a new file, by its ending CSV or Excel; how many lines. `Refused` unless they may."""
    if not reader.roles & READERS:
        raise Refused(ROLE_MISSING(roles=tuple(role.label for role in sorted(READERS))))
    heads, rows = _TABLES[kind](session, said, now)
    sheet = Sheet(kind.value, tuple(heads), tuple(rows))
    if file.suffix.lower() == ".xlsx":
        write_excel([sheet], file)
    else:
        write_csv(sheet, file)
    return said(WRITTEN, rows=len(sheet.rows), file=str(file))


Table = tuple[list[str], Iterator[tuple[Cell, ...]]]


def _operations(session: Session, _said: Translator, _now: datetime) -> Table:
    heads = [name.rstrip("*") for name in COLUMNS[SheetKind.OPERATIONS].split()]
    rows = session.execute(sa.select(Operation).order_by(col(Operation.code))).scalars()
    return heads, (tuple(_cell(getattr(row, name)) for name in heads) for row in rows)


def _parts(session: Session, _said: Translator, _now: datetime) -> Table:
    """With what is in stock as opening stock, which counts where the part never moved."""
    heads = [name.rstrip("*") for name in COLUMNS[SheetKind.PARTS].split()]
    rows = list(session.execute(sa.select(Part).order_by(col(Part.part_no))).scalars())
    pieces = stock_of(session, [row.id or 0 for row in rows])
    more: dict[str, Callable[[Part], object]] = {
        "waste": lambda row: "hazardous" if row.hazardous else "none",
        "opening_stock": lambda row: pieces.get(row.id or 0, 0),
    }
    return heads, (
        tuple(_cell(more[name](row) if name in more else getattr(row, name)) for name in heads) for row in rows
    )


def _stock(session: Session, _said: Translator, _now: datetime) -> Table:
    rows = list(session.execute(sa.select(Part).order_by(col(Part.part_no))).scalars())
    pieces = stock_of(session, [row.id or 0 for row in rows])
    return list(_STOCK_HEADS), (
        (row.number, row.part_no, row.name_zh, row.name_en, count, row.unit, row.price, row.price * count)
        for row in rows
        for count in (pieces.get(row.id or 0, 0),)
    )


def _orders(session: Session, said: Translator, now: datetime) -> Table:
    numbers = list(session.execute(sa.select(col(RepairOrder.number)).order_by(col(RepairOrder.id))).scalars())
    views = (order(session, number, now, EVERYONE - {Role.TECHNICIAN}) for number in numbers)
    return list(_ORDER_HEADS), (_order_row(view, said) for view in views if view is not None)


def _order_row(view: OrderView, said: Translator) -> tuple[Cell, ...]:
    agreed = [item for item in view.items if item.facts.agreed]
    labour = sum((item.price for item in agreed), start=Decimal(0))
    return (
        view.facts.number,
        said.value(view.facts.stage),
        _clock(view.facts.opened_at, said),
        _clock(view.facts.promised_at, said),
        _clock(view.delivered_at, said),
        view.plate or "",
        view.vin,
        view.vehicle,
        view.customer,
        view.phone,
        view.advisor,
        view.technician,
        view.odometer_in,
        view.odometer_out,
        view.request,
        "; ".join(said.name(item.facts.name) for item in agreed),
        labour,
        view.total - labour,
        view.total,
        view.certificate_no or "",
    )


def _clock(value: datetime | None, said: Translator) -> datetime | None:
    """As the shop's clocks show it."""
    return value.astimezone(said.zone).replace(tzinfo=None) if value else None


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, int | Decimal):
        return value
    return str(value)


_TABLES: Final[dict[ExportKind, Callable[[Session, Translator, datetime], Table]]] = {
    ExportKind.ORDERS: _orders,
    ExportKind.OPERATIONS: _operations,
    ExportKind.PARTS: _parts,
    ExportKind.STOCK: _stock,
}
