"""The gates of a repair order: functions from facts to the reasons that keep it shut. An empty list opens it."""

from collections.abc import Callable

from workshop.domain.facts import ItemFacts, OrderFacts, PartLineFacts
from workshop.domain.reasons import Reason, ReasonKind
from workshop.domain.roles import Role
from workshop.domain.states import TO_DO
from workshop.domain.words import N_

Gate = Callable[[OrderFacts], list[Reason]]

NO_ITEMS = ReasonKind(
    "W3", "no_items", N_("The order has no agreed item. Add one with the customer's consent."), (Role.ADVISOR,)
)
PLATE_UNVERIFIED = ReasonKind(
    "W1", "plate_unverified", N_("Check the plate on the car first; nothing else may start before."), (Role.TECHNICIAN,)
)
PLATE_HELD = ReasonKind(
    "W1",
    "plate_held",
    N_("The plate did not match. An advisor must correct the order, then the plate is checked afresh."),
    (Role.ADVISOR,),
)
DISCREPANCY_OPEN = ReasonKind(
    "W2", "discrepancy_open", N_("An advisor must answer the discrepancy first: {note}"), (Role.ADVISOR,)
)
ITEM_UNDONE = ReasonKind(
    "W3", "item_undone", N_("Finish this item, or have it removed with consent: {item}"), (Role.TECHNICIAN,)
)
CLOCK_RUNNING = ReasonKind("W3", "clock_running", N_("A labour clock is still running on: {item}"), (Role.TECHNICIAN,))
PART_UNFITTED = ReasonKind(
    "W3",
    "part_unfitted",
    N_("{pieces} of {part} issued but neither fitted nor returned to the counter."),
    (Role.TECHNICIAN, Role.PARTS_CLERK),
)
PART_MISSING = ReasonKind(
    "W3",
    "part_missing",
    N_("{pieces} of {part} not issued yet. Have it issued, or mark it as not needed."),
    (Role.PARTS_CLERK, Role.TECHNICIAN),
)
FINDING_OPEN = ReasonKind("W4", "finding_open", N_("An advisor must answer the finding first: {what}"), (Role.ADVISOR,))
CHANGE_UNDECIDED = ReasonKind(
    "W5",
    "change_undecided",
    N_("Change lines undecided: {lines}. The front desk decides."),
    (Role.ADVISOR,),
)
LOAN_OPEN = ReasonKind(
    "W6b",
    "loan_open",
    N_("The old part is still owed: {pieces} of {part}. Bring it to the counter."),
    (Role.TECHNICIAN,),
)
CASE_OPEN = ReasonKind(
    "W6c",
    "case_open",
    N_("A liability case about {pieces} of {part} has not ended; it awaits a decision, or the answer to one."),
    (Role.MANAGER, Role.TECHNICIAN),
)
CHECK_INCOMPLETE = ReasonKind(
    "W7a", "check_incomplete", N_("Self-check lines unanswered: {lines}, on: {item}"), (Role.TECHNICIAN,)
)
NOT_OFFERED = ReasonKind("W7b", "not_offered", N_("The technician must sign the hand-over first."), (Role.TECHNICIAN,))
INSPECTION_INCOMPLETE = ReasonKind(
    "W7c", "inspection_incomplete", N_("Inspection lines unanswered: {lines}."), (Role.INSPECTOR,)
)
PART_FITTED = ReasonKind(
    "W5", "part_fitted", N_("A part is already fitted ({part}); the order can no longer be cancelled.")
)
PART_OUT = ReasonKind(
    "W6b",
    "part_out",
    N_("{pieces} of {part} must come back to the counter before the order is cancelled."),
    (Role.PARTS_CLERK,),
)


def has_items(facts: OrderFacts) -> list[Reason]:
    """W3: there is something to do."""
    return [] if facts.agreed_items else [NO_ITEMS()]


def plate_not_held(facts: OrderFacts) -> list[Reason]:
    """W1: no mismatch awaits a correction."""
    return [PLATE_HELD()] if facts.plate_held else []


def plate_verified(facts: OrderFacts) -> list[Reason]:
    """W1: the plate on the car has been proven since the last correction."""
    if facts.plate_held:
        return [PLATE_HELD()]
    return [] if facts.plate_verified else [PLATE_UNVERIFIED()]


def discrepancies_answered(facts: OrderFacts) -> list[Reason]:
    """W2: every discrepancy has the advisor's answer."""
    return [DISCREPANCY_OPEN(note=note) for note in facts.discrepancies]


def items_done(facts: OrderFacts) -> list[Reason]:
    """W3: every agreed item is done and no clock runs."""
    undone = [ITEM_UNDONE(item=item.name) for item in facts.items if item.state in TO_DO]
    return undone + clocks_stopped(facts)


def clocks_stopped(facts: OrderFacts) -> list[Reason]:
    """W3: nobody is booked on the car any more."""
    return [CLOCK_RUNNING(item=item.name) for item in facts.items if item.running]


def parts_fitted(facts: OrderFacts) -> list[Reason]:
    """W3: every part agreed upon is on the car, back at the counter, or marked as not needed."""
    missing = [reason for item in facts.agreed_items for reason in _not_issued(item)]
    return missing + _unfitted(facts.lines, PART_UNFITTED)


def item_parts_fitted(item: ItemFacts) -> list[Reason]:
    """W3: the same for one item: it is not done while one of its parts is missing or lies beside the car."""
    return _not_issued(item) + _unfitted(item.lines, PART_UNFITTED)


def item_parts_in_hand(item: ItemFacts) -> list[Reason]:
    """S1: none of its parts lies beside the car, waiting for hands."""
    return _in_hand(item.lines, PART_UNFITTED)


def findings_answered(facts: OrderFacts) -> list[Reason]:
    """W4: no finding is without an advisor's answer."""
    return [FINDING_OPEN(what=finding.what) for finding in facts.findings]


def changes_decided(facts: OrderFacts) -> list[Reason]:
    """W5: no line awaits the front desk."""
    return [CHANGE_UNDECIDED(lines=facts.undecided)] if facts.undecided else []


def loans_settled(facts: OrderFacts) -> list[Reason]:
    """W6b: every old part owed is on the counter, or its debt closed by a final decision (W6c)."""
    awaited = [(line.debt - line.old_cased, line.name) for line in facts.lines]
    owed = [LOAN_OPEN(pieces=pieces, part=name) for pieces, name in awaited if pieces]
    return owed + [CASE_OPEN(pieces=line.old_cased, part=line.name) for line in facts.lines if line.old_cased]


def self_checks_answered(facts: OrderFacts) -> list[Reason]:
    """W7a: every line of every item's self-check has its own answer."""
    return [CHECK_INCOMPLETE(lines=item.unanswered, item=item.name) for item in facts.agreed_items if item.unanswered]


def handover_offered(facts: OrderFacts) -> list[Reason]:
    """W7b: the giver has signed."""
    return [] if facts.offered_by is not None else [NOT_OFFERED()]


def inspection_answered(facts: OrderFacts) -> list[Reason]:
    """W7c: the inspector has answered every line."""
    open_lines = facts.inspection_unanswered
    return [INSPECTION_INCOMPLETE(lines=open_lines)] if open_lines else []


def nothing_fitted(facts: OrderFacts) -> list[Reason]:
    """Cancelling is possible until parts are fitted, and only with every part back."""
    fitted = [PART_FITTED(part=line.name) for line in facts.lines if line.fitted]
    return fitted + _unfitted(facts.lines, PART_OUT)


def _not_issued(item: ItemFacts) -> list[Reason]:
    return [PART_MISSING(pieces=line.to_issue, part=line.name) for line in item.lines if line.to_issue]


def _unfitted(lines: tuple[PartLineFacts, ...], kind: ReasonKind) -> list[Reason]:
    return _in_hand(lines, kind) + [CASE_OPEN(pieces=line.cased, part=line.name) for line in lines if line.cased]


def _in_hand(lines: tuple[PartLineFacts, ...], kind: ReasonKind) -> list[Reason]:
    out = [(sum(issue.in_hand for issue in line.issues), line.name) for line in lines]
    return [kind(pieces=pieces, part=name) for pieces, name in out if pieces > 0]
