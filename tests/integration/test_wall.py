"""What a screen on the wall tells: the whole floor, and nothing that is not everybody's business."""

from datetime import timedelta

import sqlalchemy as sa
from support.acting import Floor

from workshop.domain.roles import Role
from workshop.domain.states import Stage
from workshop.queries.inbox import Matter
from workshop.queries.wall import FloorView, floor_view, wall_view


def view(floor: Floor) -> FloorView:
    return wall_view(floor.session, floor.now)


def test_every_open_order_is_counted_in_its_stage_and_stands_in_its_bay_until_it_is_released(floor: Floor) -> None:
    released = floor.open("WASH", vehicle=1).to(Stage.RELEASED)
    floor.open("WASH", vehicle=3).to(Stage.DELIVERED)
    working = floor.open("OIL").to(Stage.IN_WORK)
    floor.open("WASH", vehicle=2)
    found = view(floor)
    assert {stage: count for stage, count in found.stages.items() if count} == {
        Stage.OPENED: 1,
        Stage.IN_WORK: 1,
        Stage.RELEASED: 1,
    }
    assert list(found.stages) == [stage for stage in Stage if stage not in {Stage.DELIVERED, Stage.CANCELLED}]
    inside = {bay.number: bay.order.number for bay in found.bays if bay.order}
    assert list(inside.values()) == [working.number]
    assert len(found.bays) == len(floor.shop.bays)
    assert released.number in {row.number for row in found.orders}


def test_what_waits_for_the_front_desk_is_told_with_since_when_and_without_what_was_written(floor: Floor) -> None:
    job = floor.open("OIL").to(Stage.IN_WORK)
    job.do("technician", "report-finding", what="客户电话 13800000000", where="发动机", severity="safety")
    since = floor.now
    floor.later(minutes=20)
    job.do("leader", "request-change", reason="建议", add_items=[{"operation": "WASH"}])
    finding, line = view(floor).waiting
    assert (finding.order, finding.matter, finding.since) == (job.number, Matter.FINDING, since)
    assert (line.matter, line.since) == (Matter.LINE, since + timedelta(minutes=20))
    assert finding.plate == "粤B12345"
    assert "13800000000" not in str(view(floor))


def test_a_plate_is_told_once_it_is_proven_and_a_customer_never(floor: Floor) -> None:
    floor.open("OIL").to(Stage.PLATE_VERIFIED)
    held = floor.open("WASH", vehicle=1).to(Stage.DISPATCHED)
    held.do("technician", "verify-plate", seen="粤B00000")
    floor.open("WASH", vehicle=2)
    told = str(view(floor))
    assert "粤B12345" in told
    assert "粤B23456" not in told
    assert "粤BD12345" not in told
    names = floor.session.execute(sa.text("SELECT name FROM customer UNION SELECT phone FROM customer")).scalars()
    assert [name for name in names if name in told] == []
    assert "粤B23456" in str(floor_view(floor.session, floor.now, frozenset({Role.ADVISOR})))
