"""Orders made up of facts alone, for the rules that need no database."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from workshop.domain.facts import FindingFacts, IssueFacts, ItemFacts, OrderFacts, PartLineFacts
from workshop.domain.order_tools import OrderTool, ToolFacts
from workshop.domain.states import IssueBasis, ItemState, Severity, Stage
from workshop.domain.tools import CountMoment
from workshop.domain.words import Name

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PIECES = st.integers(0, 4)


def issue(**given: Any) -> IssueFacts:
    """One piece issued for its old one and fitted."""
    plain = {"id": 1, "basis": IssueBasis.OLD_PART, "quantity": 1, "returned": 0, "fitted": 1, "old_received": 0}
    return IssueFacts(**plain | {"technician_id": 5} | given)


def line(*issues: IssueFacts, **given: Any) -> PartLineFacts:
    """One piece agreed on."""
    plain = {"id": 1, "part_no": "PAD", "name": Name("制动片", "Pad"), "quantity": 1, "agreed": True}
    return PartLineFacts(**plain | {"not_needed": False, "in_stock": 9, "issues": issues} | given)


def item(*lines: PartLineFacts, **given: Any) -> ItemFacts:
    """An item done and checked."""
    plain = {"id": 1, "number": "1100000016", "name": Name("保养", "Service"), "state": ItemState.DONE, "minutes": 30}
    more = {"worked": 30, "running": frozenset(), "workers": frozenset({5}), "checks": 2, "unanswered": 0}
    return ItemFacts(**plain | more | {"lines": lines} | given)


def order(*items: ItemFacts, **given: Any) -> OrderFacts:
    """An order on which nothing is missing."""
    plain = {"id": 1, "number": "1000000018", "stage": Stage.IN_WORK, "round": 1, "opened_at": NOON}
    more = {"promised_at": NOON + timedelta(hours=3), "plate_verified": True, "plate_held": False}
    rest = {"discrepancies": (), "findings": (), "undecided": 0, "offered_by": 5}
    last = {"inspection_unanswered": 0, "inspection_failed": False}
    return OrderFacts(**plain | more | rest | last | {"items": items or (item(),)} | given)


def tool(number: int = 1, **given: Any) -> OrderTool:
    """A tool drawn for the order."""
    return OrderTool(number, f"20000000{number:02}", Name("棘轮扳手", "Ratchet"), **given)


TOOLS = st.builds(
    lambda own, counted, missing, signed: ToolFacts(
        own=tuple(own),
        counted=counted,
        missing=tuple(one for one in own if one.id in missing - signed),
        signed=frozenset(signed),
        carts=("1号工具车",) if any(one.in_cart for one in own) else (),
    ),
    st.lists(
        st.builds(tool, st.integers(1, 4), in_cart=st.booleans(), kept=st.booleans()),
        max_size=3,
        unique_by=lambda one: one.id,
    ),
    st.dictionaries(st.sampled_from(CountMoment), st.frozensets(st.integers(1, 4))),
    st.sets(st.integers(1, 4), max_size=2),
    st.sets(st.integers(1, 4), max_size=2),
)
FINDING = FindingFacts(1, "漏油", Severity.SAFETY)


@st.composite
def issues(draw: st.DrawFn) -> IssueFacts:
    """An issue whose pieces add up."""
    left = quantity = draw(st.integers(1, 4))
    new = {}
    for name in ("returned", "fitted", "written_off", "cased"):
        new[name] = draw(st.integers(0, left))
        left -= new[name]
    basis = draw(st.sampled_from(IssueBasis))
    old = {"old_received": 0}
    if basis is IssueBasis.LOAN:
        left = quantity
        for name in ("old_received", "old_written_off", "old_cased"):
            old[name] = draw(st.integers(0, left))
            left -= old[name]
    return issue(basis=basis, quantity=quantity, **new, **old)


LINES = st.builds(
    lambda quantity, agreed, not_needed, in_stock, of: line(
        *of, quantity=quantity, agreed=agreed, not_needed=not_needed, in_stock=in_stock
    ),
    st.integers(1, 4),
    st.booleans(),
    st.booleans(),
    PIECES,
    st.lists(issues(), max_size=2),
)
PEOPLE = st.frozensets(st.integers(1, 4), max_size=2)
ITEMS = st.builds(
    lambda state, worked, running, more, unanswered, lines: item(
        *lines, state=state, worked=worked, running=running, workers=running | more, unanswered=unanswered
    ),
    st.sampled_from(ItemState),
    st.integers(0, 90),
    PEOPLE,
    PEOPLE,
    PIECES,
    st.lists(LINES, max_size=2),
)
ORDERS = st.builds(
    lambda items, stage, **rest: order(stage=stage, **rest) if not items else order(*items, stage=stage, **rest),
    st.lists(ITEMS, max_size=3),
    st.sampled_from(Stage),
    plate_verified=st.booleans(),
    plate_held=st.booleans(),
    discrepancies=st.sampled_from([(), ("不符",)]),
    findings=st.sampled_from([(), (FINDING,)]),
    undecided=PIECES,
    offered_by=st.none() | st.just(5),
    inspection_unanswered=PIECES,
    inspection_failed=st.booleans(),
    tools=TOOLS,
)
