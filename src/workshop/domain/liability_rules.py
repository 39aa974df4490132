"""Who may take which step in a liability case, and on which terms (W8a, W6c).

What gives reasons keeps the step shut by them; what gives a share is `Refused` where there is none to act on.
"""

from collections.abc import Collection, Sequence
from decimal import Decimal

from workshop.domain.liability import (
    TO_DECIDE,
    CaseFacts,
    CaseState,
    CaseSubject,
    Cause,
    Method,
    ShareFacts,
)
from workshop.domain.reasons import Reason, ReasonKind, Refused
from workshop.domain.roles import Role
from workshop.domain.shares import WHOLE
from workshop.domain.words import N_

_CLERKS, _KEEPERS = (Role.PARTS_CLERK, Role.MANAGER), (Role.TOOL_KEEPER, Role.MANAGER)
UNDER_CASE = ReasonKind(
    "W6c",
    "pieces_under_case",
    N_("A liability case is open about {pieces} of these. If they are here again, the manager closes it first."),
    (Role.MANAGER,),
)
NOT_TO_DECIDE = ReasonKind("W8a", "not_to_decide", N_("There is nothing to decide; the case stands at: {state}"))
OWN_CASE = ReasonKind(
    "W8a",
    "own_case",
    N_("You had it in custody or have a share in it. A manager who is not concerned must decide."),
    (Role.MANAGER,),
)
SECOND_MANAGER = ReasonKind(
    "W8a", "second_manager", N_("The first decision was yours; the objection goes to another manager."), (Role.MANAGER,)
)
WORN_OUT = ReasonKind(
    "W8a", "worn_out", N_("What is worn out in normal use is nobody's debt. Close the case without liability.")
)
ABOVE_PRICE = ReasonKind("W8a", "above_price", N_("Nobody pays more than its price at the report: {price}"))
SHARES_NOT_WHOLE = ReasonKind("W8a", "shares_not_whole", N_("The shares come to {percent} %; they must come to 100 %."))
SHARED_TWICE = ReasonKind("W8a", "shared_twice", N_("Name every person once."))
PARTS_UNREPAIRED = ReasonKind(
    "W6c", "parts_unrepaired", N_("A part is paid for or replaced by a new one; only tools are repaired.")
)
NOT_TO_ANSWER = ReasonKind("W8a", "not_to_answer", N_("There is nothing to answer; the case stands at: {state}"))
NO_SHARE = ReasonKind("W8a", "no_share", N_("Only who has a share in this case answers it, and you have none."))
ANSWERED = ReasonKind("W8a", "liability_answered", N_("You have answered this decision already."))
NOT_TO_SETTLE = ReasonKind("W8a", "not_to_settle", N_("There is nothing to settle; the case stands at: {state}"))
NO_DEBTOR = ReasonKind("W8a", "no_debtor", N_("{person} has no share in this case. Choose somebody who has."))
OWN_DEBT = ReasonKind(
    "W8a", "own_debt", N_("You have a share in it yourself. Somebody else must take this in and sign.")
)
PAID_TOO_MUCH = ReasonKind("W8a", "paid_too_much", N_("Only {owed} is still owed by {person}."))
OTHER_METHOD = ReasonKind("W8a", "other_method", N_("It was decided otherwise: {method}"))
NOT_A_TOOL = ReasonKind("W8a", "not_a_tool", N_("This case is about parts; the parts clerk sees to it."), _CLERKS)
NOT_PARTS = ReasonKind("W8a", "not_parts", N_("This case is about a tool; the tool keeper sees to it."), _KEEPERS)
RELEASED = ReasonKind("W8a", "tool_released", N_("The tool is no longer frozen."))
STILL_UNDECIDED = ReasonKind(
    "W8a",
    "tool_frozen_undecided",
    N_("The tool stays frozen until the case is decided for good; it stands at: {state}"),
)
COMES_WITH_SETTLEMENT = ReasonKind(
    "W8a", "release_with_settlement", N_("The tool is released when this is accepted: {method}")
)


def untouchable(asked: int, free: int, there: int) -> list[Reason]:
    """W6c: of the pieces `there`, only those are `free` to be fitted or given back that no open case is about."""
    return [UNDER_CASE(pieces=there - free)] if free < asked <= there else []


def deciding(case: CaseFacts, manager_id: int, holders: Collection[int]) -> list[Reason]:
    """Nobody decides on himself, and an objection goes to a second manager. `holders` get a share by the decision."""
    if case.state not in TO_DECIDE:
        return [NOT_TO_DECIDE(state=case.state.label)]
    reasons = [OWN_CASE()] if manager_id in case.concerned.union(holders) else []
    if any(decision.decided_by == manager_id for decision in case.decisions):
        reasons.append(SECOND_MANAGER())
    return reasons


def terms(
    case: CaseFacts,
    cause: Cause,
    amount: Decimal,
    method: Method,
    holders: Sequence[int],
    percents: Sequence[Decimal],
) -> list[Reason]:
    """What a decision may lay on people: shares that come to 100 %, at most the price, and never for wear."""
    if cause is Cause.WEAR:
        return [WORN_OUT()]
    reasons = []
    if amount > case.price:
        reasons.append(ABOVE_PRICE(price=f"{case.price:.2f}"))
    if sum(percents) != WHOLE:
        reasons.append(SHARES_NOT_WHOLE(percent=f"{sum(percents):f}"))
    if len(set(holders)) < len(holders):
        reasons.append(SHARED_TWICE())
    if method is Method.REPAIR and case.subject is not CaseSubject.TOOL:
        reasons.append(PARTS_UNREPAIRED())
    return reasons


def share_to_answer(case: CaseFacts, person_id: int) -> ShareFacts:
    """A first decision is answered once by each who has a share in it; `Refused` otherwise, for the second is final."""
    share = case.share_of(person_id)
    if share is None:
        raise Refused(NO_SHARE())
    if share.acknowledged is not None:
        raise Refused(ANSWERED())
    if case.state is not CaseState.DECIDED:
        raise Refused(NOT_TO_ANSWER(state=case.state.label))
    return share


def share_to_pay(case: CaseFacts, person_id: int, name: str, amount: Decimal, receiver_id: int) -> ShareFacts:
    """An instalment of this person, called `name`: at most what is still owed, and taken in by somebody else.

    `Refused` otherwise.
    """
    if case.state is not CaseState.SETTLING:
        raise Refused(NOT_TO_SETTLE(state=case.state.label))
    share = case.share_of(person_id)
    if share is None:
        raise Refused(NO_DEBTOR(person=name))
    if person_id == receiver_id:
        raise Refused(OWN_DEBT())
    if amount > share.owed:
        raise Refused(PAID_TOO_MUCH(owed=f"{share.owed:.2f}", person=name))
    return share


def making_good(case: CaseFacts, method: Method, receiver_id: int, *, tool: bool) -> list[Reason]:
    """A replacement or a repair of a tool, or of parts: as it was decided, and accepted by somebody without a share."""
    if tool is not (case.subject is CaseSubject.TOOL):
        return [NOT_A_TOOL() if tool else NOT_PARTS()]
    if case.state is not CaseState.SETTLING or case.last is None:
        return [NOT_TO_SETTLE(state=case.state.label)]
    reasons = [OWN_DEBT()] if case.share_of(receiver_id) else []
    if case.last.method is not method:
        decided = case.last.method or Method.PAY
        reasons.append(OTHER_METHOD(method=decided.label))
    return reasons


def releasing(case: CaseFacts, person_id: int) -> list[Reason]:
    """The end of a tool's freeze: after the final decision, unless it comes with a replacement or a repair."""
    if case.subject is not CaseSubject.TOOL:
        return [NOT_A_TOOL()]
    if case.released:
        return [RELEASED()]
    if not case.final or case.last is None:
        return [STILL_UNDECIDED(state=case.state.label)]
    if case.share_of(person_id):
        return [OWN_DEBT()]
    method = case.last.method
    if case.state is CaseState.SETTLING and method is not None and method is not Method.PAY:
        return [COMES_WITH_SETTLEMENT(method=method.label)]
    return []
