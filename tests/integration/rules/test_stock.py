"""Stock always adds up: every change is a movement, the quantity is never edited."""

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from support.acting import Floor
from support.shop import STOCK

from workshop.commands.base import commands
from workshop.db.part_facts import stock_of
from workshop.db.tables import Part, StockMovement
from workshop.domain.states import Stage


def _stock(floor: Floor, part_no: str = "PAD") -> int:
    part = floor.rows(Part, Part.part_no == part_no)[0]
    assert part.id is not None
    return stock_of(floor.session, [part.id])[part.id]


def test_receipts_issues_returns_and_counts_add_up(floor: Floor) -> None:
    assert _stock(floor) == STOCK
    floor.do("clerk", "receive-stock", part_no="PAD", quantity=5)
    job = floor.open({"operation": "WASH", "parts": [{"part_no": "PAD", "quantity": 4}]}).to(Stage.ITEMS_CONFIRMED)
    issue = job.issue(job.line().id, quantity=4)
    assert _stock(floor) == STOCK + 1
    floor.do("clerk", "return-part", issue=issue, quantity=3, reason="多领")
    assert _stock(floor) == STOCK + 4
    counted = floor.do("clerk", "count-stock", part_no="PAD", counted=40, reason="盘点少四件")
    assert (counted["difference"], _stock(floor)) == (-4, 40)


def test_a_count_that_agrees_changes_nothing(floor: Floor) -> None:
    assert floor.refused("clerk", "count-stock", part_no="PAD", counted=STOCK, reason="盘点") == ["count_agrees"]


@pytest.mark.parametrize("quantity", [0, -1, 10_000, "1.5", "十", ""])
def test_pieces_are_whole_and_more_than_none(quantity: object) -> None:
    with pytest.raises(ValueError, match="quantity"):
        commands()["receive-stock"](part_no="PAD", quantity=quantity)


def test_a_part_that_nobody_knows_is_not_received(floor: Floor) -> None:
    assert floor.refused("clerk", "receive-stock", part_no="NOWHERE", quantity=1) == ["not_found"]


def test_a_refused_issue_moves_no_stock(floor: Floor) -> None:
    job = floor.open({"operation": "WASH", "parts": [{"part_no": "PAD"}]}).to(Stage.ITEMS_CONFIRMED)
    floor.refused("clerk", "issue-part", line=job.line().id, technician=floor.badge("technician"))
    assert _stock(floor) == STOCK


@pytest.mark.parametrize(
    "change", [sa.update(StockMovement).values(quantity=99), sa.delete(StockMovement)], ids=["edited", "removed"]
)
def test_a_movement_is_neither_edited_nor_removed(floor: Floor, change: sa.Executable) -> None:
    with pytest.raises(DBAPIError, match="append-only"), floor.session.begin_nested():
        floor.session.execute(change)
