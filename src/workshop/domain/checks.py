"""Answering one line of a checklist: the self-check (W7a) and the final inspection (W7c)."""

from dataclasses import dataclass
from decimal import Decimal

from workshop.domain.reasons import Reason, ReasonKind
from workshop.domain.states import Answer
from workshop.domain.words import N_, Name

VALUE_MISSING = ReasonKind("W7a", "value_missing", N_("Enter the measured value in {unit} for: {line}"))
VALUE_OUTSIDE = ReasonKind(
    "W7a", "value_outside", N_("{value} {unit} is outside {limits}: this line is not OK. Line: {line}")
)
VALUE_UNASKED = ReasonKind("W7a", "value_unasked", N_("No value is measured on this line: {line}"))
REASON_MISSING = ReasonKind("W7a", "answer_reason_missing", N_("Give the reason for this answer on: {line}"))


@dataclass(frozen=True, slots=True)
class CheckLine:
    """What the template asks on one line; limits are in `unit`, either may be open."""

    text: Name
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    value_required: bool = False

    @property
    def limits(self) -> str:
        """The limits as people write them: `4 to 12`, `>= 4`, `<= 3`."""
        low, high = _plain(self.low), _plain(self.high)
        if low and high:
            return f"{low}–{high}"
        return f">= {low}" if low else f"<= {high}" if high else ""

    def inside(self, value: Decimal) -> bool:
        """Whether a measured value lies within the limits, the limits included."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def objections(line: CheckLine, answer: Answer, value: Decimal | None, reason: str) -> list[Reason]:
    """Why this answer cannot stand (W7a): a value missing or outside its limits is not OK; others need a reason.

    What was measured applies: a value outside its limits does not become not applicable by being called so.
    """
    if answer is not Answer.OK and not reason:
        return [REASON_MISSING(line=line.text)]
    if value is not None and not line.unit:
        return [VALUE_UNASKED(line=line.text)]
    if answer is Answer.NOT_OK:
        return []
    if value is None:
        missing = line.value_required and answer is Answer.OK
        return [VALUE_MISSING(unit=line.unit, line=line.text)] if missing else []
    if not line.inside(value):
        return [
            VALUE_OUTSIDE(value=_plain(value), unit=line.unit, limits=line.limits, line=line.text),
        ]
    return []


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
