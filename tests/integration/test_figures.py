"""The figures of small hand-made histories whose answers are known, on both databases."""

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import col
from support.acting import CONSENT, Floor, Job, moment

from workshop.db.stays import load_stays
from workshop.db.tables import RepairOrder
from workshop.domain.figures import Period, Ratio, Spread, ratio
from workshop.domain.states import Stage
from workshop.queries.figures import DEFINITIONS, Figure, Report, figures

MONDAY = moment("2026-03-02T01:00")
"""Nine in the morning of a Monday in the shop's zone."""
WEEK = Period(date(2026, 3, 2), date(2026, 3, 8))
ZONE = "Asia/Shanghai"


@pytest.fixture
def week(floor: Floor) -> Floor:
    """The floor on that Monday."""
    floor.now = MONDAY
    return floor


def report(floor: Floor, period: Period = WEEK) -> Report:
    return figures(floor.session, period, floor.now, ZONE)


def found(floor: Floor, key: str, period: Period = WEEK) -> Figure:
    """The figure with this key."""
    return next(one for one in report(floor, period).figures if one.key == key)


def ratio_of(floor: Floor, key: str, period: Period = WEEK) -> tuple[int, int]:
    """Numerator and denominator."""
    amount = found(floor, key, period).amount
    assert isinstance(amount, Ratio)
    return int(amount.numerator), int(amount.denominator)


def spread_of(floor: Floor, key: str) -> tuple[int, float, float]:
    """Cases, median and ninth tenth in minutes."""
    amount = found(floor, key).amount
    assert isinstance(amount, Spread)
    minute = timedelta(minutes=1)
    return amount.cases, amount.median / minute, amount.ninety / minute


def after(floor: Floor, minutes: int, step: Callable[..., Any], *args: Any, **fields: Any) -> Any:
    """Let minutes pass, then do something."""
    floor.later(minutes=minutes)
    return step(*args, **fields)


def bring_into_work(floor: Floor, job: Job) -> None:
    """50 minutes: 30 opened, 10 dispatched, 5 proven, 5 confirmed."""
    after(floor, 30, job.dispatch)
    after(floor, 10, job.verify)
    after(floor, 5, job.confirm)
    after(floor, 5, job.start)


def fail(job: Job, *items: int) -> None:
    """The inspector finds a defect in each of these items."""
    defects = [{"item": job.items[index], "defect_class": "function", "note": "松动"} for index in items]
    job.do("inspector", "fail-inspection", odometer=1001, defects=defects)


def failed_once(floor: Floor, **fields: Any) -> Job:
    """An order that is opened and delivered 205 minutes later: its first inspection fails. 85 minutes of work."""
    job = floor.open("OIL", **fields)
    bring_into_work(floor, job)
    after(floor, 60, job.self_check)
    after(floor, 10, job.hand_over)
    after(floor, 15, fail, job, 0)
    after(floor, 5, job.start)
    after(floor, 20, job.self_check)
    after(floor, 10, job.hand_over)
    after(floor, 5, job.release)
    after(floor, 30, job.deliver)
    return job


def test_time_in_a_stage_is_all_the_time_spent_there_also_after_a_failed_inspection(week: Floor) -> None:
    failed_once(week)
    minutes = {stage: spread_of(week, f"time_in_stage/{stage}") for stage in Stage if stage in range_of_stages()}
    assert minutes == {
        stage: (1, minutes, minutes)
        for stage, minutes in zip(range_of_stages(), (30, 10, 5, 5, 85, 20, 20, 30), strict=True)
    }
    assert spread_of(week, "time_in_shop") == (1, 205, 205)


def range_of_stages() -> list[Stage]:
    """From opened to released."""
    return list(Stage)[: list(Stage).index(Stage.DELIVERED)]


def test_the_stages_told_by_the_acts_are_those_that_the_order_was_in(week: Floor) -> None:
    job = week.open("OIL", "WASH")

    def told() -> Stage:
        return load_stays(week.session, col(RepairOrder.number) == job.number)[job.number][-1].stage

    def again(bay: int) -> None:
        job.dispatch(bay=bay)

    steps: list[Callable[[], object]] = [
        job.dispatch,
        lambda: job.do("technician", "verify-plate", seen="粤B00000"),
        lambda: job.do("advisor", "correct-plate", plate="粤B12345", reason="看错"),
        job.verify,
        lambda: again(1),
        job.verify,
        job.confirm,
        lambda: again(1),
        lambda: again(2),
        lambda: job.to(Stage.SELF_CHECKED),
        lambda: job.do("technician", "offer-hand-over", tools_clean=True),
        lambda: send_back(job),
        lambda: job.to(Stage.HANDED_OVER),
        lambda: fail(job, 1),
        lambda: job.to(Stage.HANDED_OVER),
        lambda: add(job),
        lambda: job.to(Stage.DELIVERED),
    ]
    entered = []
    for step in steps:
        after(week, 1, step)
        entered.append(job.stage)
        assert told() is job.stage
    assert {Stage.DISPATCHED, Stage.ITEMS_CONFIRMED, Stage.IN_WORK, Stage.DELIVERED} <= set(entered)
    other = week.open("WASH", vehicle=1).to(Stage.CANCELLED)
    assert load_stays(week.session)[other.number][-1].stage is Stage.CANCELLED


def send_back(job: Job) -> None:
    defect = {"item": job.items[0], "defect_class": "appearance", "note": "油污"}
    job.do("leader", "send-back", reason="未清理", defects=[defect])


def add(job: Job) -> None:
    """An item is found at the inspection, and the customer agrees."""
    asked = job.do("inspector", "request-change", reason="灯泡", add_items=[{"operation": "WASH"}])
    lines = asked["lines"]
    assert isinstance(lines, list)
    job.floor.do("advisor", "decide-line", line=lines[0], decision="approved", **CONSENT)


def test_orders_are_counted_on_the_day_of_the_shop_on_which_they_were_delivered(week: Floor) -> None:
    job = week.open("WASH").to(Stage.RELEASED)
    week.now = moment("2026-03-08T15:59")  # Sunday, a minute before midnight
    job.deliver()
    late = week.open("WASH", vehicle=1).to(Stage.RELEASED)
    week.now = moment("2026-03-08T16:00")  # Monday
    late.deliver()
    assert [case.order for case in found(week, "orders_delivered").cases] == [job.number]
    after_it = Period(date(2026, 3, 9), date(2026, 3, 15))
    assert [case.order for case in found(week, "orders_delivered", after_it).cases] == [late.number]
    assert ratio_of(week, "delivered_per_day") == (1, 7)
    assert ratio_of(week, "delivered_per_day", after_it) == (1, 1)  # one day of it has begun


def test_an_order_is_on_time_by_the_last_promise_and_to_the_minute(week: Floor) -> None:
    exactly = week.open("WASH", promised_at=MONDAY + timedelta(hours=1)).to(Stage.RELEASED)
    moved = week.open("WASH", vehicle=1, promised_at=MONDAY + timedelta(minutes=5)).to(Stage.IN_WORK)
    moved.do("advisor", "change-promise", promised_at=MONDAY + timedelta(hours=2), reason="等件")
    late = week.open("WASH", vehicle=2, promised_at=MONDAY + timedelta(minutes=30))
    week.later(hours=1)
    exactly.deliver()
    moved.to(Stage.DELIVERED)
    late.to(Stage.RELEASED)
    after(week, 60, late.deliver)
    assert ratio_of(week, "ready_on_time") == (2, 3)
    assert ratio_of(week, "delivered_on_time") == (2, 3)
    cases = found(week, "delivered_on_time").cases
    assert {case.order: case.amount for case in cases} == {
        exactly.number: timedelta(),
        moved.number: timedelta(hours=-1),
        late.number: timedelta(minutes=90),
    }
    assert cases[-1].order == late.number


def test_turnaround_is_from_the_request_to_the_decision_of_each_line_that_was_decided(week: Floor) -> None:
    job = week.open("OIL").to(Stage.IN_WORK)
    for waited in (10, 20, 60):
        asked: Any = job.do("leader", "request-change", reason="建议", add_items=[{"operation": "WASH"}])
        week.later(minutes=waited)
        week.do("advisor", "decide-line", line=asked["lines"][0], decision="declined", **CONSENT)
    cancelled = week.open("WASH", vehicle=1)
    cancelled.do("leader", "request-change", reason="建议", add_items=[{"operation": "OIL"}])
    after(week, 600, cancelled.to, Stage.CANCELLED)
    job.do("leader", "request-change", reason="未定", add_items=[{"operation": "WASH"}])
    assert spread_of(week, "approval_turnaround") == (3, 20, 60)
    doubt = job.do("technician", "report-discrepancy", note="无异响")["discrepancy"]
    after(week, 7, week.do, "advisor", "answer-discrepancy", discrepancy=doubt, answer="按单修")
    assert spread_of(week, "discrepancy_turnaround") == (1, 7, 7)


def test_comebacks_are_counted_among_the_orders_opened(week: Floor) -> None:
    first = week.open("WASH").to(Stage.DELIVERED)
    back = week.open("WASH", comeback_of=first.number, odometer=1200)
    assert ratio_of(week, "comebacks") == (1, 2)
    case = found(week, "comebacks").cases[0]
    assert (case.order, case.counts) == (back.number, True)
    assert first.number in case.what
    assert all(one.counts and not one.what for one in found(week, "orders_opened").cases)


def test_a_failed_inspection_counts_for_those_who_worked_on_what_was_faulty(week: Floor) -> None:
    job = week.open("OIL", "BRAKE", "WASH").to(Stage.ITEMS_CONFIRMED)
    job.start(1, who="technician2")
    after(week, 30, week.do, "technician2", "pause-item", item=job.items[1], reason="other_order")
    job.to(Stage.HANDED_OVER)
    fail(job, 1)
    job.to(Stage.DELIVERED)
    week.open("WASH", vehicle=1).to(Stage.DELIVERED)
    assert ratio_of(week, "inspections_failed") == (1, 3)
    assert ratio_of(week, "first_pass") == (1, 2)
    one, other = week.badge("technician"), week.badge("technician2")
    assert ratio_of(week, f"failed_by_technician/{one}") == (1, 3)
    assert ratio_of(week, f"failed_by_technician/{other}") == (1, 2)
    assert {key: ratio_of(week, f"failed_by_operation/{key}") for key in ("OIL", "BRAKE", "WASH")} == {
        "OIL": (0, 2),
        "BRAKE": (1, 2),
        "WASH": (0, 3),
    }
    technicians = [one.key for one in report(week).figures if one.definition.id == "failed_by_technician"]
    assert technicians == [f"failed_by_technician/{one}", f"failed_by_technician/{other}"]


def test_an_item_that_was_removed_or_came_later_is_not_held_against_an_inspection(week: Floor) -> None:
    job = week.open("OIL", "WASH").to(Stage.ITEMS_CONFIRMED)
    job.start(1, who="technician2")
    week.do("technician2", "pause-item", item=job.items[1], reason="other_order")
    asked: Any = job.do("leader", "request-change", reason="不做", remove=[job.items[1]])
    week.do("advisor", "decide-line", line=asked["lines"][0], decision="approved", note="冲洗一半", **CONSENT)
    job.to(Stage.HANDED_OVER)
    fail(job, 0)
    after(week, 5, add_brake, job)
    job.to(Stage.DELIVERED)
    operations = {one.key for one in report(week).figures if one.definition.id == "failed_by_operation"}
    assert operations == {"failed_by_operation/OIL", "failed_by_operation/BRAKE"}
    assert ratio_of(week, "failed_by_operation/OIL") == (1, 2)
    assert ratio_of(week, "failed_by_operation/BRAKE") == (0, 1)
    assert f"failed_by_technician/{week.badge('technician2')}" not in {one.key for one in report(week).figures}


def add_brake(job: Job) -> None:
    asked: Any = job.do("leader", "request-change", reason="建议", add_items=[{"operation": "BRAKE"}])
    job.floor.do("advisor", "decide-line", line=asked["lines"][0], decision="approved", **CONSENT)


def hours(floor: Floor, key: str) -> tuple[Fraction, Fraction]:
    """Hours sold and hours worked."""
    amount = found(floor, key).amount
    assert isinstance(amount, Ratio)
    return amount.numerator, amount.denominator


def test_hours_sold_are_the_agreed_hours_of_what_was_done_and_charged_for(week: Floor) -> None:
    failed_once(week)  # 30 minutes sold; the clock ran 60 and 20
    free = week.open({"operation": "WASH", "price": "0"}, vehicle=1).to(Stage.IN_WORK)
    after(week, 12, free.to, Stage.DELIVERED)
    week.open("WASH", vehicle=2).to(Stage.IN_WORK)
    assert hours(week, "hours_sold") == (Fraction(1, 2), Fraction(92, 60))


def test_hours_sold_are_shared_out_by_the_time_that_each_worked(week: Floor) -> None:
    job = week.open("OIL").to(Stage.ITEMS_CONFIRMED)
    job.start(who="technician2")
    after(week, 10, week.do, "technician2", "pause-item", item=job.items[0], reason="break")
    job.start()
    after(week, 20, job.to, Stage.DELIVERED)
    parts = [hours(week, f"hours_sold_by_technician/{week.badge(who)}") for who in ("technician2", "technician")]
    assert parts == [(Fraction(1, 6), Fraction(1, 6)), (Fraction(1, 3), Fraction(1, 3))]
    assert hours(week, "hours_sold") == (Fraction(1, 2), Fraction(1, 2))


def test_old_parts_owed_are_those_of_loans_that_nothing_has_settled(week: Floor) -> None:
    parts = [{"part_no": "FILTER", "quantity": 3}, {"part_no": "PAD"}]
    job = week.open({"operation": "OIL", "parts": parts}).to(Stage.IN_WORK)
    filters, pad = (line.id for line in job.facts.lines)
    badge = week.badge("technician")
    loan = week.do("clerk", "issue-on-loan", line=filters, quantity=3, technician=badge, reason="先装")["issue"]
    job.issue(pad)
    assert found(week, "loans_open").amount == 3
    week.do("clerk", "return-part", issue=loan, quantity=1, reason="多领")
    week.do("clerk", "receive-old-part", issue=loan, quantity=1)
    figure = found(week, "loans_open")
    assert (figure.amount, [(case.order, case.amount) for case in figure.cases]) == (1, [(job.number, 1)])
    week.do("clerk", "receive-old-part", issue=loan, quantity=1)
    assert found(week, "loans_open").amount == 0
    assert ratio_of(week, "issued_on_loan") == (1, 2)


def test_a_period_in_which_nothing_happened_has_figures_of_nothing(week: Floor) -> None:
    failed_once(week)
    long_ago = report(week, Period(date(2020, 1, 1), date(2020, 1, 31)))
    for figure in long_ago.figures:
        share = figure.amount.share if isinstance(figure.amount, Ratio) else figure.amount
        assert not share, figure.key
        assert figure.cases == ()
    assert {one.definition for one in long_ago.figures} >= {one for one in DEFINITIONS if not one.of}


def test_the_figures_of_parts_of_a_period_add_up_to_those_of_the_whole(week: Floor) -> None:
    failed_once(week)
    week.later(days=2)
    failed_once(week, vehicle=1)
    days = [Period(day, day) for day in WEEK]
    for key in ("inspections_failed", "first_pass", "ready_on_time", "issued_on_loan", "hours_sold", "comebacks"):
        terms = [found(week, key, period).amount for period in (*days, WEEK)]
        *parts, whole = [one for one in terms if isinstance(one, Ratio)]
        assert ratio(sum(one.numerator for one in parts), sum(one.denominator for one in parts)) == whole


def test_no_figure_names_a_customer_or_a_plate(week: Floor) -> None:
    failed_once(week)
    told = str(report(week))
    names = week.session.execute(sa.text("SELECT name FROM customer UNION SELECT phone FROM customer")).scalars()
    assert [name for name in names if name in told] == []
    assert "粤B" not in told


def test_days_are_those_of_the_shops_own_zone(week: Floor) -> None:
    failed_once(week)
    sunday = Period(date(2026, 3, 1), date(2026, 3, 1))
    assert figures(week.session, sunday, week.now, "America/Los_Angeles").figures[0].amount == 1
    assert figures(week.session, sunday, week.now, ZONE).figures[0].amount == 0
