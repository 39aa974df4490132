"""What holds an order up and whether it is late: derived from the facts and one `now`, never stored (W3)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workshop.domain.facts import OrderFacts
from workshop.domain.states import ENDED, Hold, Stage


@dataclass(frozen=True, slots=True)
class Lateness:
    """`late`: the promised time has passed. `will_be`: by the hours still to do it will."""

    late: bool
    will_be: bool


def holds(facts: OrderFacts) -> tuple[Hold, ...]:
    """Everything the order waits for that its own technician cannot give."""
    if facts.stage in ENDED:
        return ()
    found = {
        Hold.PLATE: facts.plate_held,
        Hold.DISCREPANCY: bool(facts.discrepancies),
        Hold.APPROVAL: bool(facts.undecided or facts.findings),
        Hold.PARTS: any(line.to_issue > line.in_stock for item in facts.agreed_items for line in item.lines),
        Hold.INSPECTION: facts.inspection_failed and facts.stage is Stage.IN_WORK,
    }
    return tuple(hold for hold, applies in found.items() if applies)


def lateness(facts: OrderFacts, now: datetime) -> Lateness:
    """W3: shown before it is late. A released vehicle is no longer the workshop's delay."""
    if facts.stage in ENDED or facts.stage is Stage.RELEASED:
        return Lateness(late=False, will_be=False)
    late = now > facts.promised_at
    will_be = now + timedelta(minutes=facts.remaining) > facts.promised_at
    return Lateness(late=late, will_be=will_be and not late)
