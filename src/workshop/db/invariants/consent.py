"""Discrepancies, findings and change requests: nothing without consent, nothing unanswered (W2, W4, W5)."""

from workshop.db.invariants.rule import CHECKED, OUT, UNAGREED, Invariant
from workshop.domain.words import N_

# Cancelling an order defers what still waits; that asks for nobody's consent.
_NOT_BY_CANCELLING = "NOT (o.stage = 'cancelled' AND l.decision = 'deferred' AND l.channel IS NULL)"
_LINES = "change_line l JOIN change_request q ON q.id = l.request_id JOIN repair_order o ON o.id = q.order_id"

INVARIANTS = (
    Invariant(
        "W2",
        "discrepancy_unanswered",
        N_("An order is signed as complete with an unanswered discrepancy."),
        f"""
        SELECT d.id, o.number, o.stage FROM discrepancy d JOIN repair_order o ON o.id = d.order_id
        WHERE o.stage IN {CHECKED} AND d.answered_at IS NULL
        """,
    ),
    Invariant(
        "W2",
        "discrepancy_half_answered",
        N_("A discrepancy counts as answered without an answer or without a person."),
        """
        SELECT id, order_id, answer, answered_by_id FROM discrepancy
        WHERE (answered_at IS NULL) <> (answered_by_id IS NULL) OR (answered_at IS NULL) <> (answer = '')
        """,
    ),
    Invariant(
        "W4",
        "finding_unanswered",
        N_("An order left the workshop with an unanswered finding."),
        """
        SELECT f.id, o.number, o.stage FROM finding f JOIN repair_order o ON o.id = f.order_id
        WHERE o.stage IN ('released', 'delivered', 'cancelled') AND f.ended IS NULL
        """,
    ),
    Invariant(
        "W4",
        "finding_own",
        N_("A finding was closed by the person who reported it."),
        """
        SELECT f.id, o.number, f.found_by_id FROM finding f JOIN repair_order o ON o.id = f.order_id
        WHERE f.closed_by_id = f.found_by_id AND NOT (o.stage = 'cancelled' AND f.ended = 'next_visit')
        """,
    ),
    Invariant(
        "W4",
        "finding_added_nothing",
        N_("A finding counts as turned into an added item, yet no line of it was approved."),
        """
        SELECT f.id, f.order_id FROM finding f WHERE f.ended = 'added' AND NOT EXISTS (
            SELECT 1 FROM change_request q JOIN change_line l ON l.request_id = q.id
            WHERE q.finding_id = f.id AND l.decision = 'approved')
        """,
    ),
    Invariant(
        "W5",
        "line_undecided",
        N_("An order left the workshop with an undecided line of a change request."),
        f"""
        SELECT l.id, o.number, o.stage FROM {_LINES}
        WHERE o.stage IN ('released', 'delivered', 'cancelled') AND l.decision IS NULL
        """,
    ),
    Invariant(
        "W5",
        "decided_by_raiser",
        N_("A line was decided by the person who raised it."),
        f"""
        SELECT l.id, o.number, l.decision, l.decided_by_id FROM {_LINES}
        WHERE l.decided_by_id = q.raised_by_id AND {_NOT_BY_CANCELLING}
        """,
    ),
    Invariant(
        "W5",
        "decided_without_consent",
        N_("A line was decided, and it is not kept how, by whom or when, or at what price."),
        f"""
        SELECT l.id, o.number, l.decision, l.channel, l.consented_by FROM {_LINES}
        WHERE l.decision IS NOT NULL AND {_NOT_BY_CANCELLING}
            AND (l.channel IS NULL OR l.consented_by = '' OR l.decided_by_id IS NULL OR l.decided_at IS NULL
                OR (l.decision = 'approved' AND l.agreed_price IS NULL))
        """,
    ),
    Invariant(
        "W5",
        "item_against_decision",
        N_("An item's state is not the one that was decided."),
        """
        SELECT t.id, t.number, t.state, l.decision FROM order_item t
        LEFT JOIN change_line l ON l.item_id = t.id AND l.kind = 'add_item'
        WHERE (l.id IS NULL OR l.decision = 'approved') AND t.state IN ('proposed', 'declined', 'deferred')
            OR l.id IS NOT NULL AND l.decision IS NULL AND t.state <> 'proposed'
            OR l.decision = 'declined' AND t.state <> 'declined'
            OR l.decision = 'deferred' AND t.state <> 'deferred'
        """,
    ),
    Invariant(
        "W5",
        "removed_unapproved",
        N_("An item was removed without an approved line, or is still there in spite of one."),
        """
        SELECT t.id, t.number, t.state FROM order_item t
        WHERE (t.state = 'removed') <> EXISTS (SELECT 1 FROM change_line l
            WHERE l.item_id = t.id AND l.kind = 'remove_item' AND l.decision = 'approved')
        """,
    ),
    Invariant(
        "W5",
        "part_against_decision",
        N_("A part counts as agreed against the decision, or as not agreed in spite of it."),
        f"""
        SELECT n.id, t.number, n.agreed, l.decision FROM part_line n
        JOIN order_item t ON t.id = n.item_id LEFT JOIN change_line l ON l.id = n.change_line_id
        WHERE n.agreed AND (t.state IN {UNAGREED} OR (n.change_line_id IS NOT NULL
                AND COALESCE(l.decision, '') <> 'approved'))
            OR NOT n.agreed AND t.state NOT IN {UNAGREED} AND (l.id IS NULL OR l.decision = 'approved')
        """,
    ),
    Invariant(
        "W5",
        "proposal_left",
        N_("A released order still has an item awaiting approval."),
        f"""
        SELECT t.id, o.number, o.stage FROM order_item t JOIN repair_order o ON o.id = t.order_id
        WHERE o.stage IN {OUT} AND t.state = 'proposed'
        """,
    ),
    Invariant(
        "W5",
        "taken_up_astray",
        N_("A deferred or declined line counts as taken up, yet not by a living order of the same vehicle."),
        """
        SELECT t.id, t.number, n.number AS by_item FROM order_item t JOIN repair_order o ON o.id = t.order_id
        JOIN order_item n ON n.id = t.taken_up_by_id JOIN repair_order p ON p.id = n.order_id
        WHERE p.vehicle_id <> o.vehicle_id OR p.stage = 'cancelled' OR t.state NOT IN ('declined', 'deferred')
        """,
    ),
)
