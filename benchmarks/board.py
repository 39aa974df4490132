"""The board of a hundred open orders, against the same rows read as objects, one relation at a time."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from sqlmodel import Session, SQLModel, select

from benchmarks.floor import NOW, ORDERS, crowd, demo
from benchmarks.measure import Result, compare, timed
from workshop.db.tables import (
    Bay,
    ChangeLine,
    ChangeRequest,
    CheckAnswer,
    Discrepancy,
    Finding,
    HandOver,
    Inspection,
    LabourEntry,
    OrderItem,
    Part,
    PartFitting,
    PartIssue,
    PartLine,
    PartReturn,
    Person,
    PlateCheck,
    PlateCorrection,
    RepairOrder,
    SelfCheck,
    StockMovement,
    Team,
    Vehicle,
)
from workshop.db.tables.orders import OPEN_ORDERS
from workshop.domain.roles import Role
from workshop.queries.board import board

_READER: Final = frozenset({Role.ADVISOR})


def run() -> Result:
    """The board with holds, lateness and everything that is missing; the baseline only reads."""
    with demo() as db:
        crowd(db)
        shown = _once(db.reading, lambda session: board(session, NOW, _READER))
        if len(shown()) != ORDERS:
            raise AssertionError(f"{len(shown())} orders on the board")
        return compare("board", timed(shown), timed(_once(db.reading, one_by_one)))


def _once(reading: Callable[[], Any], read: Callable[[Session], list[Any]]) -> Callable[[], list[Any]]:
    def whole() -> list[Any]:
        with reading() as session:
            return read(session)

    return whole


def one_by_one(session: Session) -> list[RepairOrder]:
    """Every row that the board looks at, as an object, found from the one it belongs to."""
    orders = list(session.exec(select(RepairOrder).where(OPEN_ORDERS)))
    for order in orders:
        session.get(Vehicle, order.vehicle_id)
        _known(session, (Team, order.team_id), (Person, order.technician_id), (Bay, order.bay_id))
        for table in (PlateCheck, PlateCorrection, Discrepancy, Finding, HandOver, SelfCheck, CheckAnswer, Inspection):
            _of(session, table, "order_id", order.id)
        for request in _of(session, ChangeRequest, "order_id", order.id):
            _of(session, ChangeLine, "request_id", request.id)
        for item in _of(session, OrderItem, "order_id", order.id):
            _of(session, LabourEntry, "item_id", item.id)
            _of(session, CheckAnswer, "item_id", item.id)
            _part_lines(session, item.id)
    return orders


def _part_lines(session: Session, item_id: int) -> None:
    for line in _of(session, PartLine, "item_id", item_id):
        session.get(Part, line.part_id)
        _of(session, StockMovement, "part_id", line.part_id)
        for issue in _of(session, PartIssue, "line_id", line.id):
            _of(session, PartReturn, "issue_id", issue.id)
            _of(session, PartFitting, "issue_id", issue.id)


def _of(session: Session, table: type[SQLModel], column: str, owner: int | None) -> Iterable[Any]:
    return session.exec(select(table).where(getattr(table, column) == owner)).all()


def _known(session: Session, *wanted: tuple[type[SQLModel], int | None]) -> None:
    for table, row_id in wanted:
        if row_id is not None:
            session.get(table, row_id)
