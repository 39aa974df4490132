"""One order as the gates see it. It feeds the screens too, so what they call missing is what a gate refuses."""

from dataclasses import dataclass
from datetime import datetime

from workshop.domain.states import AGREED, IssueBasis, ItemState, Severity, Stage
from workshop.domain.words import Name


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """One issue of a part over the counter. Quantities are pieces."""

    id: int
    basis: IssueBasis
    quantity: int
    returned: int
    fitted: int
    old_received: int
    technician_id: int

    @property
    def kept(self) -> int:
        """Pieces that left the counter and did not come back unused."""
        return self.quantity - self.returned

    @property
    def unfitted(self) -> int:
        """Pieces in the technician's hands, neither fitted nor returned."""
        return self.kept - self.fitted

    @property
    def debt(self) -> int:
        """Old parts still owed for it (W6b)."""
        return max(0, self.kept - self.old_received) if self.basis is IssueBasis.LOAN else 0


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
    def remaining(self) -> int:
        """Minutes of agreed work still to do."""
        return sum(item.remaining for item in self.items)
