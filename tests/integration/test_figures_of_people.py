"""The figures of compensation and of cleaning, from small histories whose answers are known, on both databases."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from support.acting import Floor
from support.blame import Blame, reported
from support.catalogue import SPARE, TORQUE

from workshop.domain.figures import Period, Ratio
from workshop.domain.states import Stage
from workshop.queries.figures import Figure, figures

AREA, SHOP = "一组工位", "全车间"


def found(floor: Floor, key: str, first: date | None = None, last: date | None = None) -> Figure:
    """The figure with this key, of the days given, else of today."""
    period = Period(first or floor.today, last or first or floor.today)
    return next(one for one in figures(floor.session, period, floor.now, "Asia/Shanghai").figures if one.key == key)


def money(floor: Floor, key: str, *days: date) -> str:
    amount = found(floor, key, *days).amount
    assert isinstance(amount, Decimal)
    return f"{amount:.2f}"


def ratio_of(floor: Floor, key: str, *days: date) -> tuple[int, int]:
    amount = found(floor, key, *days).amount
    assert isinstance(amount, Ratio)
    return int(amount.numerator), int(amount.denominator)


def test_compensation_counts_from_the_day_on_which_the_decision_stands(floor: Floor) -> None:
    first = floor.today
    one, other = reported(floor, SPARE), reported(floor, TORQUE)
    assert found(floor, "damage_reported").amount == 2
    one.decide("100", ("technician", "60"), ("technician2", "40"))
    assert money(floor, "compensation_decided") == "0.00", "nobody has acknowledged it"
    one.do("technician", "acknowledge-liability")
    one.do("technician2", "acknowledge-liability")
    other.decide("50.05")
    assert (money(floor, "compensation_decided"), money(floor, "compensation_open")) == ("100.00", "100.00")
    assert [case.amount for case in found(floor, "compensation_decided").cases] == [Decimal("60.00"), Decimal("40.00")]
    floor.later(days=1)
    one.pay("25.50")
    assert money(floor, "compensation_settled") == "25.50"
    assert money(floor, "compensation_settled", first) == "0.00"
    assert money(floor, "compensation_open", first) == "74.50", "what is owed now is owed in every period"
    one.pay("34.50")
    assert [(case.who, case.amount) for case in found(floor, "compensation_open").cases] == [
        ("周技师", Decimal("40.00"))
    ]


def test_an_objection_takes_the_first_decision_away_and_the_second_managers_counts(floor: Floor) -> None:
    case = reported(floor, SPARE)
    case.decide("100")
    case.do("technician", "object-to-liability", statement="本来就裂了")
    assert money(floor, "compensation_decided") == "0.00"
    case.decide("30", who="all_rounder")
    assert (money(floor, "compensation_decided"), money(floor, "compensation_open")) == ("30.00", "30.00")


def test_the_final_decision_on_a_lost_old_part_takes_it_off_those_owed(floor: Floor) -> None:
    parts = [{"part_no": "PAD", "quantity": 2}]
    job = floor.open({"operation": "WASH", "parts": parts}).to(Stage.IN_WORK)
    given = {"line": job.line().id, "technician": floor.badge("technician"), "quantity": 2, "reason": "先装后拆"}
    issue = floor.do("clerk", "issue-on-loan", **given)["issue"]
    lost = {"cause": "loss", "circumstances": "旧件被误扔", "side": "old", "pieces": 1}
    case = Blame(floor, floor.do("clerk", "report-part-loss", issue=issue, **lost)["case"])
    assert found(floor, "loans_open").amount == 2
    case.final("88.80", cause="loss")
    assert found(floor, "loans_open").amount == 1
    (share,) = found(floor, "compensation_decided").cases
    assert (share.order, share.amount) == (job.number, Decimal("88.80"))


def clean(floor: Floor, moment: str, *positions: int, done: bool = True, **more: Any) -> None:
    """The technician answers a list of today line by line and signs it."""
    name = {"area": floor.area(AREA), "list_day": floor.today, "moment": moment}
    for position in positions:
        reason = "" if done else "来不及"
        floor.do("technician", "answer-cleaning-line", position=position, done=done, reason=reason, **name)
    floor.do("technician", "sign-cleaning-list", **name, late_reason="", open_reason="", **more)


def test_a_list_is_kept_if_it_was_signed_in_time_with_every_line_done(floor: Floor) -> None:
    while floor.today.weekday() != 1:  # a Tuesday: none of its lists is a Friday's or the last of a week's
        floor.later(days=1)
    today = floor.today
    clean(floor, "before_work", 1)
    clean(floor, "before_leaving", 2, 3, done=False)
    assert ratio_of(floor, "lists_kept") == (1, 2), "of today those that are signed"
    floor.later(days=1)
    assert ratio_of(floor, f"lists_kept_by_area/{floor.area(AREA)}", today) == (1, 2)
    assert ratio_of(floor, f"lists_kept_by_area/{floor.area(SHOP)}", today)[0] == 0
    assert ratio_of(floor, "lists_kept", today)[1] > 2, "what nobody signed was missed"
    cases = {
        tuple(map(str, case.what))[1:]: case.counts for case in found(floor, "lists_kept", today).cases if case.who
    }
    assert cases[("on arriving", "all done")]
    assert not cases[("before leaving", "partly done")]
    assert ratio_of(floor, "lists_kept", today + timedelta(days=30)) == (0, 0), "nothing that is to come was missed"


def test_spot_checks_and_violations_are_counted(floor: Floor) -> None:
    floor.do("leader", "record-spot-check", area=floor.area(AREA), passed=True)
    floor.do("leader", "record-spot-check", area=floor.area(AREA), passed=False, found="地面有油")
    given = {"badge": floor.badge("technician"), "violation": "smoking", "where": "院内"}
    floor.do("leader", "record-violation", **given)
    assert ratio_of(floor, "spot_checks_passed") == (1, 2)
    assert found(floor, "violations").amount == 1
    assert [case.who for case in found(floor, "violations").cases] == ["张技师"]
