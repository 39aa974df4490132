"""Final inspections passed and failed, also by who had worked and by what had been done (W7c)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from workshop.db.tables import Defect, Inspection, LabourEntry, OrderItem, Person, RepairOrder
from workshop.domain.states import AGREED
from workshop.domain.words import N_, Name
from workshop.queries.figures.model import About, Case, Definition, Figure, Scope, Subject, Unit, on_order, share_of

_INSPECTIONS: Final = N_("final inspections in the period")
_FAILED: Final = N_("failed")
FAILED: Final = Definition(
    "inspections_failed",
    Subject.QUALITY,
    Unit.PERCENT,
    N_("final inspections failed"),
    N_("Of the final inspections in the period, those that the vehicle failed."),
    _INSPECTIONS,
    _FAILED,
    N_("inspections"),
)
FIRST: Final = Definition(
    "first_pass",
    Subject.QUALITY,
    Unit.PERCENT,
    N_("passed at the first inspection"),
    N_("Of the orders whose first final inspection was in the period, those that passed it."),
    N_("first inspections in the period"),
    N_("passed"),
    N_("orders inspected for the first time"),
)
BY_TECHNICIAN: Final = Definition(
    "failed_by_technician",
    Subject.QUALITY,
    Unit.PERCENT,
    N_("failed, by technician"),
    N_(
        "Of the final inspections in the period of orders on which the technician had worked, those that were failed "
        "for a defect in an item that this technician had worked on."
    ),
    _INSPECTIONS,
    _FAILED,
    N_("inspections of this technician's orders"),
    of=N_("technician"),
)
BY_OPERATION: Final = Definition(
    "failed_by_operation",
    Subject.QUALITY,
    Unit.PERCENT,
    N_("failed, by operation"),
    N_(
        "Of the final inspections in the period of orders on which the operation had been done, those that were failed "
        "for a defect in it."
    ),
    _INSPECTIONS,
    _FAILED,
    N_("inspections of orders with this operation"),
    of=N_("operation"),
)
DEFINITIONS: Final = (FAILED, FIRST, BY_TECHNICIAN, BY_OPERATION)


@dataclass(frozen=True, slots=True)
class _Inspected:
    """An item as an inspection met it: who had worked on it, and whether a defect was found in it."""

    operation: About
    name: Name
    workers: frozenset[About]
    defect: bool


def figures(scope: Scope) -> Iterator[Figure]:
    """Inspections failed: in all, at the first time, by technician, by operation."""
    rows = _inspections(scope)
    cases = {row.id: _case(row) for row in rows}
    yield share_of(FAILED, cases.values())
    yield share_of(FIRST, (_passed(cases[row.id]) for row in rows if row.before == 0))
    items = _items(scope)
    technicians: dict[About, list[Case]] = defaultdict(list)
    operations: dict[About, list[Case]] = defaultdict(list)
    for row in rows:
        met = items.get(row.id, [])
        for who in {worker for item in met for worker in item.workers}:
            technicians[who].append(_failed_for(cases[row.id], [item for item in met if who in item.workers]))
        for operation in {item.operation for item in met}:
            mine = [item for item in met if item.operation == operation]
            operations[operation].append(_failed_for(cases[row.id], mine))
    yield from _worst_first(share_of(BY_TECHNICIAN, found, who) for who, found in technicians.items())
    yield from _worst_first(share_of(BY_OPERATION, found, what) for what, found in operations.items())


def _worst_first(found: Iterable[Figure]) -> list[Figure]:
    def rank(figure: Figure) -> tuple[int, int, str]:
        return -sum(case.counts for case in figure.cases), -len(figure.cases), figure.key

    return sorted(found, key=rank)


def _case(row: Any) -> Case:
    return Case(row.number, row.vehicle, row.at, row.who, row.note, counts=not row.passed)


def _passed(case: Case) -> Case:
    return replace(case, counts=not case.counts)


def _failed_for(case: Case, items: Iterable[_Inspected]) -> Case:
    """The inspection as it counts for these items of it."""
    faulty = tuple(item.name for item in items if item.defect)
    return replace(case, what=faulty, counts=bool(faulty))


def _inspections(scope: Scope) -> list[Any]:
    earlier = aliased(Inspection)
    before = (
        sa.select(sa.func.count())
        .where(col(earlier.order_id) == col(Inspection.order_id), col(earlier.round) < col(Inspection.round))
        .correlate(Inspection)
        .scalar_subquery()
        .label("before")
    )
    query = (
        on_order(
            col(Inspection.id),
            col(Inspection.at),
            col(Inspection.passed),
            col(Inspection.note),
            col(Person.name).label("who"),
            before,
        )
        .join(Inspection, col(Inspection.order_id) == col(RepairOrder.id))
        .join(Person, col(Person.id) == col(Inspection.inspector_id))
        .where(scope.within(Inspection.at))
        .order_by(col(Inspection.at), col(Inspection.id))
    )
    return list(scope.session.execute(query))


def _items(scope: Scope) -> dict[int, list[_Inspected]]:
    """The items that each inspection met: worked on before it, and still agreed, or found faulty by it."""
    defects = {
        (row.inspection_id, row.item_id)
        for row in scope.session.execute(
            sa.select(col(Defect.inspection_id), col(Defect.item_id))
            .join(Inspection, col(Inspection.id) == col(Defect.inspection_id))
            .where(scope.within(Inspection.at))
        )
    }
    workers: dict[tuple[int, int], set[About]] = defaultdict(set)
    items: dict[int, Any] = {}
    for row in scope.session.execute(_WORKED.where(scope.within(Inspection.at))):
        if row.state in AGREED or (row.inspection_id, row.id) in defects:
            workers[row.inspection_id, row.id].add(About(row.badge, row.who))
            items[row.id] = row
    operations = {item.operation: Name(item.name_zh, item.name_en) for item in items.values()}
    found: dict[int, list[_Inspected]] = defaultdict(list)
    for (inspection_id, item_id), who in workers.items():
        item = items[item_id]
        name, faulty = Name(item.name_zh, item.name_en), (inspection_id, item_id) in defects
        found[inspection_id].append(
            _Inspected(About(item.operation, operations[item.operation]), name, frozenset(who), faulty)
        )
    return found


_WORKED: sa.Select[*tuple[Any, ...]] = (
    sa.select(
        col(Inspection.id).label("inspection_id"),
        col(OrderItem.id),
        col(OrderItem.operation),
        col(OrderItem.name_zh),
        col(OrderItem.name_en),
        col(OrderItem.state),
        col(Person.name).label("who"),
        col(Person.badge),
    )
    .join(OrderItem, col(OrderItem.order_id) == col(Inspection.order_id))
    .join(LabourEntry, col(LabourEntry.item_id) == col(OrderItem.id))
    .join(Person, col(Person.id) == col(LabourEntry.technician_id))
    .where(col(LabourEntry.started_at) <= col(Inspection.at))
    .distinct()
)
