"""S3: removed assemblies are cleaned, lie on trays, are covered if left long, and go back before anybody signs."""

from datetime import timedelta

import pytest
from pydantic import ValidationError
from support.acting import CONSENT, Floor, Job
from support.grounds import ENGINE_COVER

from workshop.db.tables import RemovedAssembly
from workshop.domain.assemblies import COVER_AFTER, AssemblyEnd
from workshop.domain.states import Stage
from workshop.queries.board import board


@pytest.fixture
def job(floor: Floor) -> Job:
    """An order with an item that is worked on."""
    return floor.open("WASH").to(Stage.IN_WORK)


def take_off(job: Job, who: str = "technician", **more: object) -> int:
    """Something comes off; its id."""
    outcome = job.floor.do(who, "register-assembly", item=job.items[0], **ENGINE_COVER | more)
    return int(str(outcome["assembly"]))


def kept(job: Job) -> list[RemovedAssembly]:
    return job.floor.rows(RemovedAssembly)


def test_what_comes_off_is_kept_with_its_place(job: Job) -> None:
    take_off(job)
    row = kept(job)[0]
    assert (row.what, row.rest.value, row.place, row.removed_by_id) == (
        "发动机护板",
        "tray",
        "3号托盘",
        job.technician_id,
    )


def test_nothing_is_put_down_dirty_or_on_the_floor(job: Job) -> None:
    given = {"item": job.items[0], **ENGINE_COVER}
    assert job.floor.refused("technician", "register-assembly", **given | {"cleaned": False}) == ["assembly_dirty"]
    for wrong in ({"rest": "floor"}, {"where": " "}, {"removed": ""}):
        with pytest.raises(ValidationError):
            take_off(job, **wrong)
    assert kept(job) == []


def test_things_come_off_for_started_work_by_the_orders_own_team(job: Job) -> None:
    floor = job.floor
    assert floor.refused("technician3", "register-assembly", item=job.items[0], **ENGINE_COVER) == ["not_your_order"]
    job.finish()
    assert floor.refused("technician", "register-assembly", item=job.items[0], **ENGINE_COVER) == ["item_not_at_work"]


def test_the_car_is_not_signed_for_in_pieces(job: Job) -> None:
    first, second = take_off(job), take_off(job, removed="蓄电池托架")
    job.finish()
    job.check()
    assert job.refused("technician", "sign-self-check") == ["assembly_off"] * 2
    job.floor.do("technician", "refit-assembly", assembly=first)
    taken = {"became": "replaced", "note": "托架锈穿，换新"}
    job.floor.do("technician2", "account-for-assembly", assembly=second, **taken)
    job.do("technician", "sign-self-check")
    assert [(row.ended, row.note) for row in kept(job)] == [
        (AssemblyEnd.REFITTED, ""),
        (AssemblyEnd.REPLACED, "托架锈穿，换新"),
    ]


def test_an_order_is_not_cancelled_in_pieces(job: Job) -> None:
    off = take_off(job)
    job.floor.do("technician", "pause-item", item=job.items[0], reason="waiting_approval")
    assert job.refused("advisor", "cancel-order", reason="客户取消") == ["assembly_off"]
    job.floor.do("technician", "refit-assembly", assembly=off)
    job.do("advisor", "cancel-order", reason="客户取消")


def test_what_came_off_for_withdrawn_work_still_goes_back(floor: Floor) -> None:
    job = floor.open("WASH", "LEVEL2").to(Stage.IN_WORK)
    off = take_off(job)
    floor.do("technician", "pause-item", item=job.items[0], reason="waiting_approval")
    line = job.do("leader", "request-change", reason="不做", remove=[job.items[0]])["lines"][0]  # type: ignore[index, call-overload]
    floor.do("advisor", "decide-line", line=line, decision="approved", note="已拆护板", **CONSENT)
    job.finish(1)
    job.check(1)
    assert job.refused("technician", "sign-self-check") == ["assembly_off"]
    floor.do("technician", "refit-assembly", assembly=off)
    job.do("technician", "sign-self-check")


def test_the_board_asks_for_a_cover_when_something_lies_open_for_long(job: Job) -> None:
    floor = job.floor
    off = take_off(job)
    roles = frozenset(floor.shop.people["manager"].roles)

    def uncovered() -> int:
        floor.session.expunge_all()
        return next(row.uncovered for row in board(floor.session, floor.now, roles) if row.number == job.number)

    assert uncovered() == 0
    floor.now += COVER_AFTER
    assert uncovered() == 1
    floor.do("technician", "cover-assembly", assembly=off)
    assert uncovered() == 0
    assert floor.refused("technician", "cover-assembly", assembly=off) == ["covered_already"]
    floor.later(days=3)
    assert uncovered() == 0
    assert kept(job)[0].covered_at == floor.now - timedelta(days=3)


def test_what_is_accounted_for_stays_so(job: Job) -> None:
    off = take_off(job)
    job.floor.do("technician", "refit-assembly", assembly=off)
    for command, more in (
        ("refit-assembly", {}),
        ("cover-assembly", {}),
        ("account-for-assembly", {"became": "taken", "note": "x"}),
    ):
        assert job.floor.refused("technician", command, assembly=off, **more) == ["assembly_ended"]


def test_what_does_not_go_back_needs_a_word(job: Job) -> None:
    off = take_off(job)
    for wrong in ({"became": "refitted", "note": "x"}, {"became": "taken", "note": " "}, {"became": "taken"}):
        with pytest.raises(ValidationError):
            job.floor.do("technician", "account-for-assembly", assembly=off, **wrong)
