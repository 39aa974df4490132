"""The tools that an order has of its own, and how far they are counted against the record (W8b)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from workshop.domain.states import Stage
from workshop.domain.tools import CountMoment
from workshop.domain.words import Name

DRAWING = (Stage.DISPATCHED, Stage.PLATE_VERIFIED, Stage.ITEMS_CONFIRMED, Stage.IN_WORK)
"""The stages in which tools are drawn and counted: from dispatch until the self-check is signed."""


def stands(moment: CountMoment, counted_at: datetime, started_at: datetime | None) -> bool:
    """Whether a count still counts: after work is after the clock was last started, at `started_at`, on the order."""
    return moment is not CountMoment.AFTER_WORK or started_at is None or counted_at >= started_at


@dataclass(frozen=True, slots=True)
class OrderTool:
    """A tool of the order: checked out for it, or (`in_cart`) in a cart drawn for it. `kept`: knowingly."""

    id: int
    number: str
    name: Name
    in_cart: bool = False
    kept: bool = False


@dataclass(frozen=True, slots=True)
class ToolFacts:
    """What decides about an order's tools.

    `counted`: the tools on the newest count of each moment in the order's present round, seen or not, if it still
    `stands`. `missing`: those
    that the order's last count of them did not see and nobody has settled. `signed`: those among them for which a team
    leader has signed; they are expected no more. `carts` are the names of those drawn for it now.
    """

    own: tuple[OrderTool, ...] = ()
    counted: Mapping[CountMoment, frozenset[int]] = field(default_factory=dict)
    missing: tuple[OrderTool, ...] = ()
    signed: frozenset[int] = frozenset()
    carts: tuple[str, ...] = ()

    @property
    def expected(self) -> tuple[OrderTool, ...]:
        """What a count has to see."""
        return tuple(tool for tool in self.own if tool.id not in self.signed)

    def uncounted(self, moment: CountMoment) -> tuple[OrderTool, ...]:
        """What the count of this moment has not answered yet."""
        answered = self.counted.get(moment, frozenset())
        return tuple(tool for tool in self.expected if tool.id not in answered)

    @property
    def out(self) -> tuple[OrderTool, ...]:
        """What was checked out for the order and is neither back nor knowingly kept."""
        return tuple(tool for tool in self.expected if not tool.in_cart and not tool.kept)


NO_TOOLS = ToolFacts()
"""An order that never drew a tool."""
