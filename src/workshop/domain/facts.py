"""One order as the gates see it. It feeds the screens too, so what they call missing is what a gate refuses."""

from dataclasses import dataclass
from datetime import datetime

from workshop.domain.order_tools import NO_TOOLS, ToolFacts
from workshop.domain.safety_facts import SAFE, SafetyFacts
from workshop.domain.states import AGREED, IssueBasis, ItemState, Severity, Stage
from workshop.domain.words import Name


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """One issue of a part over the counter. Quantities are pieces.

    `cased` new and `old_cased` owed pieces stand under a liability case that has not ended; others were written off by
    one that has (W6c).
    """

    id: int
    basis: IssueBasis
    quantity: int
    returned: int
    fitted: int
    old_received: int
    technician_id: int
    written_off: int = 0
    old_written_off: int = 0
    cased: int = 0
    old_cased: int = 0

    @property
    def kept(self) -> int:
        """Pieces that left the counter for the car: neither back unused nor written off."""
        return self.quantity - self.returned - self.written_off

    @property
    def unfitted(self) -> int:
        """Pieces in the technician's hands, neither fitted nor returned."""
        return self.kept - self.fitted

    @property
    def in_hand(self) -> int:
        """Of these, the pieces that can be fitted or given back: no case is about them."""
        return self.unfitted - self.cased

    @property
    def debt(self) -> int:
        """Old parts still owed for it (W6b); only they themselves or a final decision close it (W6c)."""
        paid = self.old_received + self.old_written_off
        return max(0, self.kept - paid) if self.basis is IssueBasis.LOAN else 0

    @property
    def awaited(self) -> int:
        """Of these, the old parts that are still to come to the counter: no case is about them."""
        return max(0, self.debt - self.old_cased)


@dataclass(frozen=True, slots=True)
class PartLineFacts:
    """A part asked for by an item."""

    id: int
    part_no: str
    name: Name
    quantity: int
    agreed: bool
    not_needed: bool
    in_stock: int
    issues: tuple[IssueFacts, ...] = ()

    @property
    def kept(self) -> int:
        """Pieces issued and not returned."""
        return sum(issue.kept for issue in self.issues)

    @property
    def fitted(self) -> int:
        """Pieces on the car."""
        return sum(issue.fitted for issue in self.issues)

    @property
    def debt(self) -> int:
        """Old parts owed for this line (W6b)."""
        return sum(issue.debt for issue in self.issues)

    @property
    def cased(self) -> int:
        """Pieces under a liability case that has not ended (W6c)."""
        return sum(issue.cased for issue in self.issues)

    @property
    def old_cased(self) -> int:
        """Old parts owed that are under such a case."""
        return sum(issue.debt - issue.awaited for issue in self.issues)

    @property
    def to_issue(self) -> int:
        """Pieces that the counter still has to issue."""
        return 0 if self.not_needed or not self.agreed else max(0, self.quantity - self.kept)


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item of the order. Times are minutes; people are ids."""

    id: int
    number: str
    name: Name
    state: ItemState
    minutes: int
    worked: int
    running: frozenset[int]
    workers: frozenset[int]
    checks: int
    unanswered: int
    lines: tuple[PartLineFacts, ...] = ()

    @property
    def agreed(self) -> bool:
        """Whether it belongs to the order by the customer's consent (W5)."""
        return self.state in AGREED

    @property
    def remaining(self) -> int:
        """Minutes of work still to do by the agreed hours."""
        if self.state is ItemState.APPROVED:
            return self.minutes
        return max(0, self.minutes - self.worked) if self.state is ItemState.STARTED else 0


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """A finding nobody has answered yet (W4)."""

    id: int
    what: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """Everything that decides what may happen to an order next."""

    id: int
    number: str
    stage: Stage
    round: int
    opened_at: datetime
    promised_at: datetime
    plate_verified: bool
    plate_held: bool
    items: tuple[ItemFacts, ...]
    discrepancies: tuple[str, ...]
    findings: tuple[FindingFacts, ...]
    undecided: int
    offered_by: int | None
    inspection_unanswered: int
    inspection_failed: bool
    technician_id: int | None = None
    team_id: int | None = None
    self_checkers: frozenset[int] = frozenset()
    tools: ToolFacts = NO_TOOLS
    safety: SafetyFacts = SAFE

    @property
    def agreed_items(self) -> tuple[ItemFacts, ...]:
        """The items that the customer consented to and that were not removed."""
        return tuple(item for item in self.items if item.agreed)

    @property
    def lines(self) -> tuple[PartLineFacts, ...]:
        """The part lines of all items."""
        return tuple(line for item in self.items for line in item.lines)

    @property
    def workers(self) -> frozenset[int]:
        """Everyone who has worked on the car."""
        return frozenset().union(*(item.workers for item in self.items))

    @property
    def involved(self) -> frozenset[int]:
        """Who may neither take the order over nor inspect it: who put a hand to the car, or checked it (W7b, W7c)."""
        return self.workers | self.safety.hands | self.self_checkers

    @property
    def remaining(self) -> int:
        """Minutes of agreed work still to do."""
        return sum(item.remaining for item in self.items)
