"""The gates: everything that stands between an order and its next stage, and nothing else (W1 to W7c)."""

from collections.abc import Callable

import pytest
from hypothesis import given
from support.facts import FINDING, ORDERS, issue, item, line, order

from workshop.domain import gates
from workshop.domain.facts import OrderFacts
from workshop.domain.reasons import Reason
from workshop.domain.states import IssueBasis, ItemState

Gate = Callable[[OrderFacts], list[Reason]]
LOAN = IssueBasis.LOAN


@pytest.mark.parametrize(
    ("gate", "facts", "told"),
    [
        (gates.has_items, order(item(state=ItemState.DECLINED)), [("W3", "no_items")]),
        (gates.has_items, order(item(state=ItemState.PROPOSED)), [("W3", "no_items")]),
        (gates.plate_not_held, order(plate_held=True), [("W1", "plate_held")]),
        (gates.plate_verified, order(plate_held=True, plate_verified=False), [("W1", "plate_held")]),
        (gates.plate_verified, order(plate_verified=False), [("W1", "plate_unverified")]),
        (gates.discrepancies_answered, order(discrepancies=("a", "b")), [("W2", "discrepancy_open")] * 2),
        (gates.items_done, order(item(state=ItemState.APPROVED)), [("W3", "item_undone")]),
        (gates.items_done, order(item(state=ItemState.STARTED)), [("W3", "item_undone")]),
        (gates.items_done, order(item(running=frozenset({5}))), [("W3", "clock_running")]),
        (gates.clocks_stopped, order(item(running=frozenset({5}))), [("W3", "clock_running")]),
        (gates.parts_fitted, order(item(line())), [("W3", "part_missing")]),
        (gates.parts_fitted, order(item(line(issue(fitted=0)))), [("W3", "part_unfitted")]),
        (gates.parts_fitted, order(item(line(issue(), quantity=2))), [("W3", "part_missing")]),
        (gates.findings_answered, order(findings=(FINDING,)), [("W4", "finding_open")]),
        (gates.changes_decided, order(undecided=2), [("W5", "change_undecided")]),
        (gates.loans_settled, order(item(line(issue(basis=LOAN)))), [("W6b", "loan_open")]),
        (gates.self_checks_answered, order(item(unanswered=1)), [("W7a", "check_incomplete")]),
        (gates.handover_offered, order(offered_by=None), [("W7b", "not_offered")]),
        (gates.inspection_answered, order(inspection_unanswered=1), [("W7c", "inspection_incomplete")]),
        (gates.nothing_fitted, order(item(line(issue()))), [("W5", "part_fitted")]),
        (gates.nothing_fitted, order(item(line(issue(fitted=0)))), [("W6b", "part_out")]),
    ],
)
def test_a_gate_is_shut_for_its_own_reason(gate: Gate, facts: OrderFacts, told: list[tuple[str, str]]) -> None:
    assert [(reason.rule, reason.code) for reason in gate(facts)] == told


@pytest.mark.parametrize(
    "facts",
    [
        order(item(line(issue()))),
        order(item(line(not_needed=True))),
        order(item(line(agreed=False))),
        order(item(line(issue(fitted=0, returned=1), not_needed=True))),
        order(item(), item(line(), state=ItemState.DECLINED)),
        order(item(), item(line(issue()), state=ItemState.REMOVED)),
        order(item(line(issue(basis=LOAN, old_received=1)))),
        order(item(line(issue(basis=LOAN, fitted=0, returned=1), not_needed=True))),
        order(item(), item(state=ItemState.REMOVED, unanswered=2)),
    ],
)
def test_a_gate_is_open_where_nothing_is_missing(facts: OrderFacts) -> None:
    for gate in _ALL:
        assert gate(facts) == []


@given(ORDERS)
def test_a_debt_is_what_was_lent_and_neither_returned_nor_paid_nor_written_off(facts: OrderFacts) -> None:
    owed = 0
    for one in facts.lines:
        for out in one.issues:
            closed = out.returned + out.written_off + out.old_received + out.old_written_off
            owed += max(0, out.quantity - closed) if out.basis is LOAN else 0
    told = sum(int(str(reason.args["pieces"])) for reason in gates.loans_settled(facts))
    assert told == owed


@given(ORDERS)
def test_a_removed_or_declined_item_asks_for_no_part_and_no_check(facts: OrderFacts) -> None:
    names = [reason.code for reason in gates.parts_fitted(facts) if reason.code == "part_missing"]
    wanted = [one for of in facts.agreed_items for one in of.lines if one.to_issue]
    assert len(names) == len(wanted)
    assert len(gates.self_checks_answered(facts)) == sum(bool(of.unanswered) for of in facts.agreed_items)


@given(ORDERS)
def test_pieces_in_somebodys_hands_shut_both_the_self_check_and_cancelling(facts: OrderFacts) -> None:
    out = [one for one in facts.lines if any(each.unfitted > each.cased for each in one.issues)]
    assert sum(reason.code == "part_unfitted" for reason in gates.parts_fitted(facts)) == len(out)
    assert sum(reason.code == "part_out" for reason in gates.nothing_fitted(facts)) == len(out)


@given(ORDERS)
def test_pieces_under_a_liability_case_shut_the_self_check_until_it_has_ended(facts: OrderFacts) -> None:
    new = sum(issue.cased for one in facts.lines for issue in one.issues)
    old = sum(min(issue.debt, issue.old_cased) for one in facts.lines for issue in one.issues)
    found = {gates.parts_fitted: new, gates.nothing_fitted: new, gates.loans_settled: old}
    for gate, pieces in found.items():
        told = [reason.args["pieces"] for reason in gate(facts) if reason.code == "case_open"]
        assert sum(int(str(one)) for one in told) == pieces


@given(ORDERS)
def test_the_counter_never_issues_more_than_was_agreed(facts: OrderFacts) -> None:
    for one in facts.lines:
        assert 0 <= one.to_issue <= one.quantity
        if one.to_issue:
            assert one.agreed
            assert one.kept + one.to_issue == one.quantity


@given(ORDERS)
def test_every_reason_names_a_rule_of_the_regulation_and_says_what_to_do(facts: OrderFacts) -> None:
    for gate in _ALL:
        for reason in gate(facts):
            assert reason.rule.startswith("W")
            assert str(reason.kind.text).format_map(dict(reason.args))


_ALL: tuple[Gate, ...] = (
    gates.has_items,
    gates.plate_not_held,
    gates.plate_verified,
    gates.discrepancies_answered,
    gates.items_done,
    gates.clocks_stopped,
    gates.parts_fitted,
    gates.findings_answered,
    gates.changes_decided,
    gates.loans_settled,
    gates.self_checks_answered,
    gates.handover_offered,
    gates.inspection_answered,
)
