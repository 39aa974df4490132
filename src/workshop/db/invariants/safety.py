"""Lifts: sound, not overloaded, one vehicle each (S2). Removed assemblies: none left behind or dirty (S3)."""

from collections.abc import Iterator

from sqlmodel import Session, select

from workshop.db.invariants.rule import CHECKED, OUT, Invariant, Row, shop_zone
from workshop.db.tables import Lifting, ToolService
from workshop.domain.tools import Service
from workshop.domain.words import N_


def _unsound(session: Session) -> Iterator[Row]:
    zone = shop_zone(session)
    inspected: dict[int, list[ToolService]] = {}
    for one in session.exec(select(ToolService).where(ToolService.service == Service.INSPECTION)):
        inspected.setdefault(one.tool_id, []).append(one)
    for row in session.exec(select(Lifting)):
        day = row.up_at.astimezone(zone).date()
        if not any(one.done_on <= day <= one.valid_until for one in inspected.get(row.tool_id, ())):
            yield {"id": row.id, "tool": row.tool_id, "day": day}


INVARIANTS = (
    Invariant(
        "S2",
        "left_on_lift",
        N_("An order was released or cancelled while its vehicle is on a lift."),
        f"""
        SELECT l.id, o.number, o.stage FROM lifting l JOIN repair_order o ON o.id = l.order_id
        WHERE l.down_at IS NULL AND (o.stage = 'cancelled' OR o.stage IN {OUT})
        """,
    ),
    Invariant(
        "S2",
        "lift_shared",
        N_("Two vehicles are on the same lift."),
        """
        SELECT tool_id AS id, COUNT(*) AS vehicles FROM lifting WHERE down_at IS NULL
        GROUP BY tool_id HAVING COUNT(*) > 1
        """,
    ),
    Invariant(
        "S2",
        "lift_overloaded",
        N_("A vehicle is or was on a lift that does not carry it."),
        "SELECT id, order_id, weight, rated_load FROM lifting WHERE weight > rated_load",
    ),
    Invariant(
        "S2",
        "lift_unsound",
        N_("A vehicle was put on a lift whose inspection was not valid on that day."),
        _unsound,
    ),
    Invariant(
        "S2",
        "lift_gone_under_vehicle",
        N_("A lift is out of use while a vehicle is on it."),
        """
        SELECT l.id, l.tool_id, l.order_id FROM lifting l JOIN tool_move m ON m.tool_id = l.tool_id
        WHERE l.down_at IS NULL AND m.place = 'out_of_use'
        """,
    ),
    Invariant(
        "S3",
        "assembly_left_off",
        N_("An order is signed as complete, or cancelled, while something taken off its car is not accounted for."),
        f"""
        SELECT a.id, o.number, o.stage, a.what FROM removed_assembly a
        JOIN order_item t ON t.id = a.item_id JOIN repair_order o ON o.id = t.order_id
        WHERE a.ended IS NULL AND (o.stage = 'cancelled' OR o.stage IN {CHECKED})
        """,
    ),
    Invariant(
        "S3",
        "assembly_incomplete",
        N_("A removed assembly was not cleaned, or it is not kept who covered it or what became of it."),
        """
        SELECT id, what, cleaned, covered_at, ended, note FROM removed_assembly
        WHERE NOT cleaned OR (covered_at IS NULL) <> (covered_by_id IS NULL)
            OR (ended IS NULL) <> (ended_at IS NULL) OR (ended IS NULL) <> (ended_by_id IS NULL)
            OR (ended <> 'refitted' AND note = '')
        """,
    ),
    Invariant(
        "S3",
        "assembly_unworked",
        N_("Something was taken off a car for an item that nobody ever worked on."),
        """
        SELECT a.id, a.item_id, a.what FROM removed_assembly a
        WHERE NOT EXISTS (SELECT 1 FROM labour_entry l WHERE l.item_id = a.item_id)
        """,
    ),
)
