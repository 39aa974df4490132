"""W7a, W7c: an answer to a line of a checklist can stand only with its value, its limits and its reason."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.checks import CheckLine, objections
from workshop.domain.states import Answer
from workshop.domain.words import Name

SIGHT = CheckLine(Name("目视", "Sight"))
TORQUE = CheckLine(Name("力矩", "Torque"), "Nm", Decimal(100), Decimal("130.5"), value_required=True)
OPEN = CheckLine(Name("电压", "Voltage"), "V", Decimal("12.4"), None)
VALUES = st.decimals(-1000, 1000, places=2)


def _codes(line: CheckLine, answer: Answer, value: Decimal | None = None, reason: str = "") -> list[str]:
    return [reason.code for reason in objections(line, answer, value, reason)]


@pytest.mark.parametrize(
    ("line", "answer", "value", "reason", "codes"),
    [
        (SIGHT, Answer.OK, None, "", []),
        (SIGHT, Answer.OK, Decimal(1), "", ["value_unasked"]),
        (SIGHT, Answer.NOT_OK, None, "", ["answer_reason_missing"]),
        (SIGHT, Answer.NOT_OK, None, "漏油", []),
        (SIGHT, Answer.NOT_APPLICABLE, None, "", ["answer_reason_missing"]),
        (TORQUE, Answer.OK, None, "", ["value_missing"]),
        (TORQUE, Answer.OK, Decimal(100), "", []),
        (TORQUE, Answer.OK, Decimal("130.5"), "", []),
        (TORQUE, Answer.OK, Decimal("130.51"), "", ["value_outside"]),
        (TORQUE, Answer.OK, Decimal("99.99"), "没关系", ["value_outside"]),
        (TORQUE, Answer.NOT_OK, Decimal(90), "不足", []),
        (TORQUE, Answer.NOT_APPLICABLE, None, "无此螺栓", []),
        (TORQUE, Answer.NOT_APPLICABLE, Decimal(110), "无此螺栓", []),
        (TORQUE, Answer.NOT_APPLICABLE, Decimal(500), "无此螺栓", ["value_outside"]),
        (OPEN, Answer.OK, None, "", []),
        (OPEN, Answer.OK, Decimal(999), "", []),
        (OPEN, Answer.OK, Decimal("12.39"), "", ["value_outside"]),
    ],
)
def test_which_answers_can_stand(
    line: CheckLine, answer: Answer, value: Decimal | None, reason: str, codes: list[str]
) -> None:
    assert _codes(line, answer, value, reason) == codes


@pytest.mark.parametrize(
    ("low", "high", "limits"),
    [
        ("100", "130.50", "100–130.5"),
        ("3", None, ">= 3"),
        (None, "1E+2", "<= 100"),
        (None, None, ""),
        ("0", "0.0", "0–0"),
    ],
)
def test_limits_are_written_as_people_write_them(low: str | None, high: str | None, limits: str) -> None:
    line = CheckLine(Name("", ""), "x", Decimal(low) if low else None, Decimal(high) if high else None)
    assert line.limits == limits


@given(VALUES, VALUES, VALUES)
def test_ok_stands_exactly_for_the_values_within_the_limits(low: Decimal, high: Decimal, value: Decimal) -> None:
    line = CheckLine(Name("值", "Value"), "mm", min(low, high), max(low, high), value_required=True)
    assert (_codes(line, Answer.OK, value) == []) is (min(low, high) <= value <= max(low, high))


@given(st.sampled_from([SIGHT, TORQUE, OPEN]), st.sampled_from([Answer.NOT_OK, Answer.NOT_APPLICABLE]))
def test_nothing_but_ok_stands_without_a_reason(line: CheckLine, answer: Answer) -> None:
    assert _codes(line, answer) == ["answer_reason_missing"]
