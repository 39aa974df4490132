"""Hours sold to hours worked."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction
from typing import Any, Final

import sqlalchemy as sa
from sqlmodel import col

from workshop.db.tables import LabourEntry, OrderItem, Person, RepairOrder, Vehicle
from workshop.domain.figures import between, ratio, shares
from workshop.domain.states import ItemState
from workshop.domain.words import N_, Name
from workshop.queries.figures.model import VEHICLE, About, Case, Definition, Figure, Scope, Subject, Unit

_SOLD: Final = N_("hours sold")
_WORKED: Final = N_("hours worked")
SOLD_TO_WORKED: Final = Definition(
    "hours_sold",
    Subject.HOURS,
    Unit.PERCENT,
    N_("hours sold to hours worked"),
    N_(
        "On the orders delivered in the period. Sold: the agreed hours of the items that were done and charged for. "
        "Worked: what the labour clocks ran on all their items, those done without a charge and those removed included."
    ),
    N_("items of the orders delivered in the period"),
    _SOLD,
    _WORKED,
    measure=_WORKED,
    terms=Unit.TIME,
    told_apart_by="hours_sold_by_technician",
)
BY_TECHNICIAN: Final = Definition(
    "hours_sold_by_technician",
    Subject.HOURS,
    Unit.PERCENT,
    N_("hours sold, by technician"),
    N_(
        "As for the whole workshop; the hours sold of an item that several technicians worked on are shared out among "
        "them by the time that each worked on it."
    ),
    N_("items of the orders delivered in the period that the technician worked on"),
    _SOLD,
    _WORKED,
    measure=_WORKED,
    terms=Unit.TIME,
    of=N_("technician"),
)
DEFINITIONS: Final = (SOLD_TO_WORKED, BY_TECHNICIAN)


@dataclass
class _Item:
    row: Any
    worked: dict[About, timedelta] = field(default_factory=lambda: defaultdict(timedelta))

    @property
    def sold(self) -> int:
        """Minutes sold."""
        return self.row.minutes if self.row.state is ItemState.DONE and self.row.price > 0 else 0

    @property
    def lasted(self) -> timedelta:
        """The time that everybody worked on it."""
        return sum(self.worked.values(), start=timedelta())

    def case(self, amount: timedelta) -> Case:
        """The item as a case, with the time worked on it."""
        row = self.row
        name = Name(row.name_zh, row.name_en)
        who = " ".join(str(one.name) for one in self.worked)
        return Case(row.number, row.vehicle, row.delivered_at, who, name, amount, counts=self.sold > 0)


_Part = tuple[Fraction, _Item, timedelta]
"""Hours sold of an item, the item, and the time worked on it."""


def figures(scope: Scope) -> Iterator[Figure]:
    """Hours sold to hours worked, in all and by technician. The terms are hours."""
    items = _items(scope)
    yield _figure(SOLD_TO_WORKED, [(Fraction(item.sold, 60), item, item.lasted) for item in items])
    by_technician: dict[About, list[_Part]] = defaultdict(list)
    for item in items:
        portions = shares(Fraction(item.sold, 60), [_hours(lasted) for lasted in item.worked.values()])
        for (who, lasted), sold in zip(item.worked.items(), portions, strict=True):
            by_technician[who].append((sold, item, lasted))
    for who, parts in sorted(by_technician.items(), key=lambda pair: pair[0].key):
        yield _figure(BY_TECHNICIAN, parts, who)


def _figure(definition: Definition, parts: Sequence[_Part], about: About | None = None) -> Figure:
    sold = sum((hours for hours, _, _ in parts), start=Fraction(0))
    worked = sum((_hours(lasted) for _, _, lasted in parts), start=Fraction(0))
    return Figure(definition, ratio(sold, worked), tuple(item.case(lasted) for _, item, lasted in parts), about)


def _hours(lasted: timedelta) -> Fraction:
    return Fraction(lasted // timedelta(microseconds=1), 3_600_000_000)


def _items(scope: Scope) -> list[_Item]:
    items: dict[int, _Item] = {}
    for row in scope.session.execute(_ITEMS.where(scope.within(RepairOrder.delivered_at))):
        item = items.setdefault(row.id, _Item(row))
        if row.who is not None:
            item.worked[About(row.badge, row.who)] += between(row.started_at, row.ended_at or scope.now)
    return [item for item in items.values() if item.worked or item.sold]


_ITEMS: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        col(RepairOrder.number),
        VEHICLE,
        col(RepairOrder.delivered_at),
        col(OrderItem.id),
        col(OrderItem.name_zh),
        col(OrderItem.name_en),
        col(OrderItem.state),
        col(OrderItem.minutes),
        col(OrderItem.price),
        col(Person.name).label("who"),
        col(Person.badge),
        col(LabourEntry.started_at),
        col(LabourEntry.ended_at),
    )
    .join(RepairOrder, col(RepairOrder.id) == col(OrderItem.order_id))
    .join(Vehicle, col(Vehicle.id) == col(RepairOrder.vehicle_id))
    .outerjoin(LabourEntry, col(LabourEntry.item_id) == col(OrderItem.id))
    .outerjoin(Person, col(Person.id) == col(LabourEntry.technician_id))
    .order_by(col(RepairOrder.delivered_at), col(OrderItem.id), col(LabourEntry.id))
)
