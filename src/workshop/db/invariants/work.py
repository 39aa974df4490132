"""Work: clocks, conditions and who did it (W3, W5, S1, S5)."""

from workshop.db.invariants.rule import CHECKED, UNAGREED, Invariant
from workshop.domain.words import N_

INVARIANTS = (
    Invariant(
        "W3",
        "unstarted_in_work",
        N_("An order is in work or beyond, yet nobody ever worked on it."),
        f"""
        SELECT o.id, o.number, o.stage FROM repair_order o
        WHERE (o.stage = 'in_work' OR o.stage IN {CHECKED}) AND NOT EXISTS (
            SELECT 1 FROM labour_entry l JOIN order_item t ON t.id = l.item_id WHERE t.order_id = o.id)
        """,
    ),
    Invariant(
        "W3",
        "worked_too_early",
        N_("Somebody worked on an order whose items were not confirmed yet."),
        """
        SELECT l.id, o.number, o.stage FROM labour_entry l
        JOIN order_item t ON t.id = l.item_id JOIN repair_order o ON o.id = t.order_id
        WHERE o.stage IN ('opened', 'dispatched', 'plate_verified', 'items_confirmed')
        """,
    ),
    Invariant(
        "W3",
        "item_left_undone",
        N_("An order is signed as complete while an agreed item is still to do."),
        f"""
        SELECT t.id, o.number, o.stage, t.state FROM order_item t JOIN repair_order o ON o.id = t.order_id
        WHERE o.stage IN {CHECKED} AND t.state IN ('approved', 'started')
        """,
    ),
    Invariant(
        "W3",
        "nothing_done",
        N_("An order is signed as complete without one item done."),
        f"""
        SELECT o.id, o.number, o.stage FROM repair_order o
        WHERE o.stage IN {CHECKED} AND NOT EXISTS (
            SELECT 1 FROM order_item t WHERE t.order_id = o.id AND t.state = 'done')
        """,
    ),
    Invariant(
        "W3",
        "done_unworked",
        N_("An item is started or done, yet nobody ever worked on it."),
        """
        SELECT t.id, t.number, t.state FROM order_item t
        WHERE t.state IN ('started', 'done')
            AND NOT EXISTS (SELECT 1 FROM labour_entry l WHERE l.item_id = t.id)
        """,
    ),
    Invariant(
        "W5",
        "worked_unagreed",
        N_("Somebody worked on an item that the customer had not agreed to."),
        f"""
        SELECT l.id, t.number, t.state FROM labour_entry l JOIN order_item t ON t.id = l.item_id
        WHERE t.state IN {UNAGREED}
        """,
    ),
    Invariant(
        "W3",
        "clock_left_running",
        N_("A labour clock runs on an item that is not in work."),
        """
        SELECT l.id, o.number, o.stage, t.state FROM labour_entry l
        JOIN order_item t ON t.id = l.item_id JOIN repair_order o ON o.id = t.order_id
        WHERE l.ended_at IS NULL AND (t.state <> 'started' OR o.stage <> 'in_work')
        """,
    ),
    Invariant(
        "W3",
        "two_clocks",
        N_("A person has two labour clocks running."),
        """
        SELECT technician_id AS id, COUNT(*) AS clocks FROM labour_entry
        WHERE ended_at IS NULL GROUP BY technician_id HAVING COUNT(*) > 1
        """,
    ),
    Invariant(
        "W3",
        "clock_backwards",
        N_("A stretch of work ended before it began."),
        "SELECT id, started_at, ended_at FROM labour_entry WHERE ended_at < started_at",
    ),
    Invariant(
        "S1",
        "conditions_unconfirmed",
        N_("Somebody worked on an item without confirming its conditions of safety."),
        """
        SELECT l.id, l.item_id, l.technician_id FROM labour_entry l
        WHERE NOT EXISTS (SELECT 1 FROM safety_confirmation c
            WHERE c.item_id = l.item_id AND c.technician_id = l.technician_id)
        """,
    ),
    Invariant(
        "S5",
        "watched_by_oneself",
        N_("Somebody watched the own hoisting."),
        "SELECT id, item_id, technician_id FROM safety_confirmation WHERE watcher_id = technician_id",
    ),
    Invariant(
        "W5",
        "removal_untold",
        N_("An item was removed after work on it, and nobody wrote down what had been done."),
        """
        SELECT t.id, t.number FROM order_item t
        WHERE t.state = 'removed' AND t.work_done = ''
            AND EXISTS (SELECT 1 FROM labour_entry l WHERE l.item_id = t.id)
        """,
    ),
)
