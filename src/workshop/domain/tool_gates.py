"""The gates of an order's tools (W8b): the three counts, what is missing, what is not back. No tools, no questions."""

from workshop.domain.facts import OrderFacts
from workshop.domain.reasons import Reason, ReasonKind
from workshop.domain.roles import Role
from workshop.domain.states import Stage
from workshop.domain.tools import CountMoment
from workshop.domain.words import N_

TOOLS_UNCOUNTED = ReasonKind(
    "W8b",
    "tools_uncounted",
    N_("Count the tools of the order: {moment} ({pieces} not counted)."),
    (Role.TECHNICIAN,),
)
TOOL_NOT_FOUND = ReasonKind(
    "W8b",
    "tool_not_found",
    N_("{tool} is missing. The vehicle stays in the bay until it is found or a team leader signs."),
    (Role.TECHNICIAN, Role.TEAM_LEADER),
)
TOOL_OUT = ReasonKind(
    "W8b",
    "tool_out",
    N_("{tool} was taken for this order. Bring it back, or record why it is kept."),
    (Role.TECHNICIAN,),
)
CART_OUT = ReasonKind(
    "W8b", "cart_out", N_("{cart} is drawn for this order. Put it back, counted."), (Role.TECHNICIAN,)
)


def counted_before_work(facts: OrderFacts) -> list[Reason]:
    """Before the first item starts, the tools drawn so far are counted; what is drawn later is scanned as it comes."""
    if facts.stage is Stage.IN_WORK:
        return []
    return _uncounted(facts, CountMoment.BEFORE_WORK) + missing_settled(facts)


def counted_at_the_end(facts: OrderFacts) -> list[Reason]:
    """Before the covers close and after work every tool is counted in the present round, and none is missing."""
    at_close = _uncounted(facts, CountMoment.BEFORE_CLOSE)
    return at_close + _uncounted(facts, CountMoment.AFTER_WORK) + missing_settled(facts)


def missing_settled(facts: OrderFacts) -> list[Reason]:
    """A missing tool keeps the vehicle in the bay until it is found or a team leader has signed."""
    return [TOOL_NOT_FOUND(tool=tool.name) for tool in facts.tools.missing]


def tools_back(facts: OrderFacts) -> list[Reason]:
    """What was checked out for the order is back, or knowingly kept."""
    return [TOOL_OUT(tool=tool.name) for tool in facts.tools.out]


def nothing_drawn(facts: OrderFacts) -> list[Reason]:
    """An order that ends without hand-over leaves no tool and no cart behind."""
    return missing_settled(facts) + tools_back(facts) + [CART_OUT(cart=cart) for cart in facts.tools.carts]


def _uncounted(facts: OrderFacts, moment: CountMoment) -> list[Reason]:
    pieces = len(facts.tools.uncounted(moment))
    return [TOOLS_UNCOUNTED(moment=moment.label, pieces=pieces)] if pieces else []
