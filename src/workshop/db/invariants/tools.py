"""Tools: each in one place, none used past its calibration, every order's counted and back (W8a, W8b)."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from workshop.db.invariants.rule import CHECKED, TAKEN_OVER, Invariant, Row
from workshop.db.tables import CheckAnswer, CheckInstrument, LedgerLine, Tool, ToolModel, ToolMove, ToolService
from workshop.domain.tools import ToolPlace
from workshop.domain.words import N_

# The acts, by the names that the ledger keeps for ever.
_PUT_MODEL = "put-tool-model"
_GIVEN_OUT = ("check-out-tool", "draw-tool", "place-tool")
_CITED = ("answer-check", "answer-inspection")

# The move of every tool that says where it is; lines of counts that did not see their tool and are the order's last.
_NEWEST = "NOT EXISTS (SELECT 1 FROM tool_move x WHERE x.tool_id = m.tool_id AND x.id > m.id)"
_UNSEEN = """
    SELECT l.id, l.tool_id, c.order_id, c.by_id AS counter_id,
        EXISTS (SELECT 1 FROM missing_tool s WHERE s.line_id = l.id) AS settled,
        EXISTS (SELECT 1 FROM missing_tool s WHERE s.line_id = l.id AND NOT s.found) AS signed
    FROM tool_count_line l JOIN tool_count c ON c.id = l.count_id
    WHERE NOT l.seen AND NOT EXISTS (
        SELECT 1 FROM tool_count_line y JOIN tool_count z ON z.id = y.count_id
        WHERE y.tool_id = l.tool_id AND z.order_id = c.order_id AND y.id > l.id)
"""
# What an order has of its own, each tool of its own accord or in a cart drawn for it.
_OWN = f"""
    SELECT m.order_id, m.tool_id, m.kept FROM tool_move m WHERE m.order_id IS NOT NULL AND {_NEWEST}
    UNION ALL SELECT d.order_id, m.tool_id, m.kept FROM tool_move m JOIN order_cart d ON d.cart_id = m.cart_id
    WHERE d.back_at IS NULL AND {_NEWEST}
"""


def _overdue_used(session: Session) -> Iterator[Row]:
    """The catalogue may ask for a calibration later; what counts is what it asked for when the tool was used."""
    services: dict[int, list[tuple[date, date]]] = {}
    for row in session.exec(select(ToolService)):
        services.setdefault(row.tool_id, []).append((row.done_on, row.valid_until))
    suspects = {
        (use.what, use.key): use
        for use in session.execute(sa.union_all(_moves(), _citations()))
        if not _valid(services.get(use.tool_id, []), use.at.date())
    }
    for found, asked in _asked_at_use(session, set(suspects)).items():
        if asked.get(suspects[found].code):
            yield {"id": found[1], "what": found[0], "tool": suspects[found].number, "at": suspects[found].at}


def _valid(services: list[tuple[date, date]], day: date) -> bool:
    """Whether one of them covers the day; it may be the day before or after in the shop's own zone."""
    one = timedelta(days=1)
    return any(done - one <= day <= until + one for done, until in services)


def _moves() -> sa.Select[*tuple[Any, ...]]:
    return _used("move", col(ToolMove.id), col(ToolMove.at), ToolMove).where(
        col(ToolMove.place).in_((ToolPlace.PERSON, ToolPlace.CART, ToolPlace.BAY))
    )


def _citations() -> sa.Select[*tuple[Any, ...]]:
    query = _used("check", col(CheckInstrument.check_id), col(CheckAnswer.answered_at), CheckInstrument)
    return query.join(CheckAnswer, col(CheckAnswer.id) == col(CheckInstrument.check_id))


def _used(what: str, key: Any, at: Any, table: Any) -> sa.Select[*tuple[Any, ...]]:
    """Every use of tools that need a service now."""
    return (
        sa.select(
            sa.literal(what).label("what"),
            key.label("key"),
            at.label("at"),
            col(Tool.number),
            col(Tool.id).label("tool_id"),
            col(ToolModel.code),
        )
        .select_from(table)
        .join(Tool, col(Tool.id) == table.tool_id)
        .join(ToolModel, col(ToolModel.id) == col(Tool.model_id))
        .where(col(ToolModel.service).is_not(None))
    )


def _asked_at_use(session: Session, wanted: set[tuple[str, int]]) -> dict[tuple[str, int], dict[str, Any]]:
    """What the catalogue asked of every kind of tool when these uses were made: told by the ledger."""
    if not wanted:
        return {}
    query = select(LedgerLine.command, LedgerLine.payload, LedgerLine.outcome)
    acts = query.where(col(LedgerLine.command).in_((_PUT_MODEL, *_GIVEN_OUT, *_CITED)))
    asked: dict[str, Any] = {}
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for command, payload, outcome in session.exec(acts.order_by(col(LedgerLine.number))):
        given = json.loads(payload)
        if command == _PUT_MODEL:
            asked[given["tool_code"]] = given.get("service")
            continue
        use = ("check", given["check"]) if command in _CITED else ("move", json.loads(outcome)["move"])
        if use in wanted:
            found[use] = dict(asked)
    return found


INVARIANTS = (
    Invariant(
        "W8a",
        "tool_nowhere",
        N_("A tool was never put anywhere."),
        "SELECT t.id, t.number FROM tool t WHERE NOT EXISTS (SELECT 1 FROM tool_move m WHERE m.tool_id = t.id)",
    ),
    Invariant(
        "W8a",
        "tool_in_two_places",
        N_("A change of custody does not name exactly the one place where the tool went."),
        """
        SELECT id, tool_id, place FROM tool_move
        WHERE (place = 'person') <> (person_id IS NOT NULL) OR (place = 'cart') <> (cart_id IS NOT NULL)
            OR (place = 'bay') <> (bay_id IS NOT NULL)
        """,
    ),
    Invariant(
        "W8a",
        "retired_tool_moved",
        N_("A tool was moved after it had been taken out of use."),
        """
        SELECT m.id, m.tool_id, m.place FROM tool_move m
        WHERE EXISTS (SELECT 1 FROM tool_move x WHERE x.tool_id = m.tool_id AND x.id < m.id AND x.place = 'out_of_use')
        """,
    ),
    Invariant(
        "W8a",
        "overdue_tool_used",
        N_("A tool was given out, or cited for a measured value, without a valid calibration or inspection."),
        _overdue_used,
    ),
    Invariant(
        "W8a",
        "instrument_idle",
        N_("An instrument is cited where no value was measured."),
        """
        SELECT i.check_id AS id, i.tool_id FROM check_instrument i JOIN check_answer c ON c.id = i.check_id
        WHERE c.value IS NULL
        """,
    ),
    Invariant(
        "W8b",
        "count_missing",
        N_("An order is signed as complete while a tool of its own was not counted in its last round, or too early."),
        f"""
        SELECT w.tool_id AS id, o.number, o.stage, k.moment FROM ({_OWN}) w JOIN repair_order o ON o.id = w.order_id
        CROSS JOIN (SELECT 'before_close' AS moment UNION ALL SELECT 'after_work') k
        WHERE o.stage IN {CHECKED}
            AND NOT EXISTS (SELECT 1 FROM tool_count c JOIN tool_count_line l ON l.count_id = c.id
                WHERE c.order_id = o.id AND c.round = o.round AND c.moment = k.moment AND l.tool_id = w.tool_id
                AND (k.moment <> 'after_work' OR NOT EXISTS (SELECT 1 FROM labour_entry b
                    JOIN order_item t ON t.id = b.item_id WHERE t.order_id = o.id AND b.started_at > c.at)))
            AND NOT EXISTS (SELECT 1 FROM ({_UNSEEN}) u WHERE u.order_id = o.id AND u.tool_id = w.tool_id AND u.signed)
        """,
    ),
    Invariant(
        "W8b",
        "cart_uncounted",
        N_("A cart went back from an order under another count than one of that order after work."),
        """
        SELECT d.id, d.order_id, d.cart_id, d.count_id FROM order_cart d JOIN tool_count c ON c.id = d.count_id
        WHERE d.back_at IS NULL OR c.order_id <> d.order_id OR c.round < d.round OR c.moment <> 'after_work'
        """,
    ),
    Invariant(
        "W8b",
        "cart_left_drawn",
        N_("A cart is still drawn for an order that was handed over or cancelled."),
        f"""
        SELECT d.id, o.number, o.stage, d.cart_id FROM order_cart d JOIN repair_order o ON o.id = d.order_id
        WHERE d.back_at IS NULL AND (o.stage IN {TAKEN_OVER} OR o.stage = 'cancelled')
        """,
    ),
    Invariant(
        "W8b",
        "missing_unsettled",
        N_("An order is signed as complete, or cancelled, while a tool is missing from it."),
        f"""
        SELECT u.id, o.number, o.stage, u.tool_id FROM ({_UNSEEN}) u JOIN repair_order o ON o.id = u.order_id
        WHERE NOT u.settled AND (o.stage IN {CHECKED} OR o.stage = 'cancelled')
        """,
    ),
    Invariant(
        "W8b",
        "missing_signed_by_counter",
        N_("Somebody signed for a missing tool whom the count concerned, or without a reason."),
        """
        SELECT s.id, s.by_id, s.reason FROM missing_tool s
        JOIN tool_count_line l ON l.id = s.line_id JOIN tool_count c ON c.id = l.count_id
        WHERE l.seen OR (NOT s.found AND (s.by_id = c.by_id OR s.reason = ''))
        """,
    ),
    Invariant(
        "W8b",
        "tool_left_out",
        N_("A tool drawn for an order is neither back nor knowingly kept, yet the order was handed over or cancelled."),
        f"""
        SELECT m.id, o.number, o.stage, m.tool_id FROM tool_move m JOIN repair_order o ON o.id = m.order_id
        WHERE NOT m.kept AND {_NEWEST} AND (o.stage IN {TAKEN_OVER} OR o.stage = 'cancelled')
            AND NOT EXISTS (SELECT 1 FROM ({_UNSEEN}) u WHERE u.order_id = o.id AND u.tool_id = m.tool_id AND u.signed)
        """,
    ),
)
