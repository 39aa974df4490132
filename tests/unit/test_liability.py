"""Liability: shares add up to the fen, nobody decides on himself, worn out is nobody's debt (W8a, W6c)."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.cases import AMOUNTS, CUSTODIAN, FIRST, SECOND, answered, cases, decision, percents, settled

from workshop.domain.liability import FINAL, CaseFacts, CaseState, CaseSubject, Cause, DecisionFacts, Ground, Method
from workshop.domain.liability_rules import deciding, making_good, releasing, share_to_answer, share_to_pay, terms
from workshop.domain.reasons import Reason, Refused
from workshop.domain.shares import Entry, account, split

FEN = Decimal("0.01")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PEOPLE = st.integers(1, 13)
ALL = {CUSTODIAN: "100"}


def tool(*decisions: DecisionFacts, released: bool = False) -> CaseFacts:
    """A torque wrench of 520 yuan that the custodian had."""
    return CaseFacts(1, CaseSubject.TOOL, Decimal(520), CUSTODIAN, decisions, released)


def parts(*decisions: DecisionFacts, subject: CaseSubject = CaseSubject.OLD_PART) -> CaseFacts:
    """Parts of 88.80 yuan that the custodian had."""
    return CaseFacts(1, subject, Decimal("88.80"), CUSTODIAN, decisions)


def codes(reasons: list[Reason]) -> list[str]:
    """What keeps a step shut."""
    return [reason.code for reason in reasons]


def refusal(refused: pytest.ExceptionInfo[Refused]) -> str:
    """The code of the one reason."""
    (reason,) = refused.value.reasons
    return reason.code


# --- shares and the account -------------------------------------------------------------------------------------------


@given(AMOUNTS, percents())
def test_an_amount_is_split_to_the_fen_and_every_share_lies_within_a_fen_of_the_exact_one(
    amount: Decimal, whole: tuple[Decimal, ...]
) -> None:
    found = split(amount, whole)
    assert sum(found) == amount
    for percent, part in zip(whole, found, strict=True):
        assert part == part.quantize(FEN)
        assert abs(part - amount * percent / 100) < FEN


@given(AMOUNTS, percents())
def test_who_has_the_larger_share_never_owes_less(amount: Decimal, whole: tuple[Decimal, ...]) -> None:
    found = sorted(zip(whole, split(amount, whole), strict=True))
    assert [part for _, part in found] == sorted(part for _, part in found)


def test_the_odd_fen_goes_to_the_largest_remainder_and_of_equal_ones_to_the_first() -> None:
    half, third = Decimal(50), Decimal("33.33")
    assert split(FEN, [half, half]) == (FEN, Decimal(0))
    assert split(Decimal(10), [third, Decimal("66.67")]) == (Decimal("3.33"), Decimal("6.67"))
    assert split(Decimal("0.05"), [Decimal("33.34"), third, third]) == (Decimal("0.02"), Decimal("0.02"), FEN)


ENTRIES = st.builds(Entry, st.integers(0, 9).map(lambda day: NOON + timedelta(day)), st.just("1"), AMOUNTS, AMOUNTS)


@given(st.lists(ENTRIES, max_size=8))
def test_an_account_adds_up_line_by_line_in_the_order_of_time(entries: list[Entry]) -> None:
    lines = account(entries)
    balance = Decimal(0)
    for line in lines:
        balance += line.entry.debit - line.entry.credit
        assert line.balance == balance
    assert balance == sum(one.debit for one in entries) - sum(one.credit for one in entries)
    assert [line.entry.at for line in lines] == sorted(one.at for one in entries)


def test_a_debt_stands_before_what_pays_it_at_the_same_moment() -> None:
    lines = account([Entry(NOON, "1", credit=Decimal(5)), Entry(NOON, "1", debit=Decimal(5))])
    assert [line.balance for line in lines] == [5, 0]


# --- the life of a case -----------------------------------------------------------------------------------------------


def test_a_case_goes_from_its_report_through_an_objection_and_a_second_decision_to_its_settlement() -> None:
    first = decision(FIRST, "520", ALL)
    objected, second = answered(first, False), decision(SECOND, "300", ALL)
    way = [
        tool(),
        tool(first),
        tool(objected),
        tool(objected, second),
        tool(objected, settled(second, "299.99")),
        tool(objected, settled(second, "300")),
    ]
    assert [case.state.value for case in way] == [
        "reported",
        "decided",
        "objected",
        "settling",
        "settling",
        "settled",
    ]
    assert [case.final for case in way] == [False, False, False, True, True, True]
    assert not way[-1].closed, "the tool is still frozen"
    assert tool(objected, settled(second, "300"), released=True).closed


def test_a_first_decision_is_final_once_everybody_has_acknowledged_it_and_one_objection_is_enough() -> None:
    shared = decision(FIRST, "100", {CUSTODIAN: "60", 2: "40"})
    states = {
        answers: tool(answered(shared, *answers)).state.value
        for answers in ((True, None), (True, True), (True, False), (None, False))
    }
    assert states == {
        (True, None): "decided",
        (True, True): "settling",
        (True, False): "objected",
        (None, False): "objected",
    }


@pytest.mark.parametrize("ground", Ground)
def test_where_nobody_is_liable_the_case_ends_at_once(ground: Ground) -> None:
    nobody = DecisionFacts(FIRST, ground=ground)
    assert parts(nobody).state is CaseState.NOBODY
    assert parts(nobody).closed
    assert parts(nobody).writes_off is (ground is not Ground.UNFOUNDED)


@given(cases())
def test_parts_are_written_off_by_a_final_decision_and_by_no_other(case: CaseFacts) -> None:
    found_again = case.last is not None and case.last.ground is Ground.UNFOUNDED
    final = case.state in FINAL and not found_again
    assert case.writes_off is (final and case.subject is not CaseSubject.TOOL)


@given(cases())
def test_a_closed_case_owes_nothing_and_freezes_nothing(case: CaseFacts) -> None:
    if case.closed:
        assert not any(share.owed for share in case.shares)
        assert case.released or case.subject is not CaseSubject.TOOL


# --- who may decide, and what -----------------------------------------------------------------------------------------


@given(cases(), PEOPLE, st.sets(PEOPLE, max_size=3))
def test_nobody_decides_on_himself_and_nobody_decides_twice(case: CaseFacts, manager: int, holders: set[int]) -> None:
    shut = deciding(case, manager, holders)
    if not shut:
        assert case.state in {CaseState.REPORTED, CaseState.OBJECTED}
        assert manager != case.custodian_id
        assert manager not in holders
        for before in case.decisions:
            assert manager != before.decided_by
            assert manager not in before.holders


def test_the_objection_goes_to_a_second_manager_who_is_not_concerned() -> None:
    objected = tool(answered(decision(FIRST, "520", {2: "100"}), False))
    assert codes(deciding(objected, FIRST, [2])) == ["second_manager"]
    assert codes(deciding(objected, CUSTODIAN, [2])) == ["own_case"], "who had it in custody"
    assert codes(deciding(objected, 2, [3])) == ["own_case"], "who was to pay by the first decision"
    assert codes(deciding(objected, SECOND, [SECOND])) == ["own_case"]
    assert deciding(objected, SECOND, [2]) == []
    assert codes(deciding(tool(decision(FIRST, "520", ALL)), SECOND, [])) == ["not_to_decide"]


@given(cases(), st.sampled_from(Cause), AMOUNTS, st.sampled_from(Method), st.lists(PEOPLE, min_size=1, max_size=4))
def test_shares_come_to_100_percent_of_at_most_the_price_and_never_for_wear(
    case: CaseFacts, cause: Cause, amount: Decimal, method: Method, holders: list[int]
) -> None:
    whole = [Decimal(100) / 4] * len(holders)
    if not terms(case, cause, amount, method, holders, whole):
        assert cause is not Cause.WEAR
        assert amount <= case.price
        assert len(set(holders)) == 4
        assert method is not Method.REPAIR or case.subject is CaseSubject.TOOL


def test_everything_that_is_wrong_with_a_decision_is_told_at_once() -> None:
    found = terms(parts(), Cause.LOSS, Decimal("88.81"), Method.REPAIR, [2, 2], [Decimal(50), Decimal("49.99")])
    assert codes(found) == ["above_price", "shares_not_whole", "shared_twice", "parts_unrepaired"]
    assert codes(terms(tool(), Cause.WEAR, Decimal(1), Method.PAY, [2], [Decimal(100)])) == ["worn_out"]
    assert terms(parts(), Cause.LOSS, Decimal("88.80"), Method.REPLACE, [2], [Decimal(100)]) == []


# --- answers and settlement -------------------------------------------------------------------------------------------


def test_only_who_has_a_share_answers_and_only_once_and_only_the_first_decision() -> None:
    shared = decision(FIRST, "100", {CUSTODIAN: "60", 2: "40"})
    assert share_to_answer(tool(answered(shared, True, None)), 2).amount == Decimal(40)
    wrong = {
        "no_share": (tool(shared), 3),
        "liability_answered": (tool(answered(shared, True, None)), CUSTODIAN),
        "not_to_answer": (tool(answered(shared, False, None)), 2),
    }
    for code, (case, person) in wrong.items():
        with pytest.raises(Refused) as refused:
            share_to_answer(case, person)
        assert refusal(refused) == code
    with pytest.raises(Refused) as refused:
        share_to_answer(tool(answered(shared, False, None), decision(SECOND, "100", ALL)), CUSTODIAN)
    assert refusal(refused) == "not_to_answer", "the second decision is final"


@given(cases(), PEOPLE, AMOUNTS, PEOPLE)
def test_no_payment_exceeds_what_is_owed_or_is_taken_in_by_its_debtor(
    case: CaseFacts, debtor: int, amount: Decimal, receiver: int
) -> None:
    try:
        share = share_to_pay(case, debtor, "周", amount, receiver)
    except Refused:
        return
    assert case.state is CaseState.SETTLING
    assert share.person_id == debtor != receiver
    assert amount <= share.owed


def test_the_last_instalment_is_what_is_still_owed() -> None:
    case = tool(answered(settled(decision(FIRST, "520", ALL), "200.01"), True))
    assert share_to_pay(case, CUSTODIAN, "周", Decimal("319.99"), FIRST).owed == Decimal("319.99")
    wrong = {
        "paid_too_much": (CUSTODIAN, "320.00", FIRST),
        "no_debtor": (2, "1", FIRST),
        "own_debt": (CUSTODIAN, "1", CUSTODIAN),
    }
    for code, (person, amount, receiver) in wrong.items():
        with pytest.raises(Refused) as refused:
            share_to_pay(case, person, "周", Decimal(amount), receiver)
        assert refusal(refused) == code


@pytest.mark.parametrize("method", [Method.REPLACE, Method.REPAIR])
def test_a_replacement_or_a_repair_settles_what_was_so_decided(method: Method) -> None:
    case = tool(answered(decision(FIRST, "520", ALL, method), True))
    assert making_good(case, method, SECOND, tool=True) == []
    assert codes(making_good(case, method, CUSTODIAN, tool=True)) == ["own_debt"]
    other = tool(answered(decision(FIRST, "520", ALL), True))
    assert codes(making_good(other, method, SECOND, tool=True)) == ["other_method"]
    assert codes(making_good(tool(), method, SECOND, tool=True)) == ["not_to_settle"]


def test_a_tool_is_accepted_by_its_keeper_and_parts_at_their_counter() -> None:
    replaced = answered(decision(FIRST, "88.80", ALL, Method.REPLACE), True)
    assert codes(making_good(tool(replaced), Method.REPLACE, SECOND, tool=False)) == ["not_parts"]
    assert codes(making_good(parts(replaced), Method.REPLACE, SECOND, tool=True)) == ["not_a_tool"]
    assert making_good(parts(replaced), Method.REPLACE, SECOND, tool=False) == []


@given(cases(), PEOPLE)
def test_a_tool_is_released_once_and_only_by_a_final_decision(case: CaseFacts, keeper: int) -> None:
    if not releasing(case, keeper):
        assert case.subject is CaseSubject.TOOL
        assert case.final
        assert not case.released
        assert keeper not in {share.person_id for share in case.shares}


def test_a_tool_that_is_to_be_replaced_or_repaired_waits_for_that_unless_it_was_paid_for_instead() -> None:
    replaced = answered(decision(FIRST, "520", ALL, Method.REPLACE), True)
    assert codes(releasing(tool(replaced), SECOND)) == ["release_with_settlement"]
    assert releasing(tool(settled(replaced, "520")), SECOND) == []
    assert releasing(tool(answered(decision(FIRST, "520", ALL), True)), SECOND) == []
    assert codes(releasing(tool(), SECOND)) == ["tool_frozen_undecided"]
