"""Orders: every stage stands on the signatures and records that lead to it (W1, W3, W7c)."""

from workshop.db.invariants.rule import CHECKED, OUT, TAKEN_OVER, Invariant
from workshop.domain.words import N_

_ON_FLOOR = "('dispatched', 'plate_verified', 'items_confirmed', 'in_work', 'self_checked', 'handed_over')"

INVARIANTS = (
    Invariant(
        "W7c",
        "released_uninspected",
        N_("A released order has no passed inspection in its last round."),
        f"""
        SELECT o.id, o.number, o.stage, o.round FROM repair_order o
        WHERE o.stage IN {OUT} AND NOT EXISTS (
            SELECT 1 FROM inspection i WHERE i.order_id = o.id AND i.round = o.round AND i.passed)
        """,
    ),
    Invariant(
        "W7c",
        "passed_unreleased",
        N_("An inspection was passed, yet its order is not released in that round."),
        f"""
        SELECT i.id, o.number, o.stage, o.round FROM inspection i JOIN repair_order o ON o.id = i.order_id
        WHERE i.passed AND (o.stage NOT IN {OUT} OR i.round <> o.round)
        """,
    ),
    Invariant(
        "W7c",
        "failed_same_round",
        N_("An inspection was failed, yet no new round of work began."),
        """
        SELECT i.id, o.number, o.stage, o.round FROM inspection i JOIN repair_order o ON o.id = i.order_id
        WHERE NOT i.passed AND i.round >= o.round
        """,
    ),
    Invariant(
        "W7b",
        "not_handed_over",
        N_("An order went to inspection without an accepted hand-over in its round."),
        f"""
        SELECT o.id, o.number, o.stage, o.round FROM repair_order o
        WHERE o.stage IN {TAKEN_OVER} AND NOT EXISTS (
            SELECT 1 FROM hand_over h WHERE h.order_id = o.id AND h.round = o.round AND h.accepted)
        """,
    ),
    Invariant(
        "W7a",
        "self_check_unsigned",
        N_("Not every finished round of the order has exactly one signed self-check."),
        f"""
        SELECT o.id, o.number, o.stage, o.round FROM repair_order o
        WHERE (SELECT COUNT(*) FROM self_check s WHERE s.order_id = o.id)
                <> o.round - CASE WHEN o.stage IN {CHECKED} THEN 0 ELSE 1 END
            OR (SELECT COUNT(DISTINCT s.round) FROM self_check s WHERE s.order_id = o.id AND s.round >= 1
                AND s.round <= o.round) <> o.round - CASE WHEN o.stage IN {CHECKED} THEN 0 ELSE 1 END
        """,
    ),
    Invariant(
        "W1",
        "plate_unverified",
        N_("Work or a later stage without a plate check that matched after the last correction."),
        """
        SELECT o.id, o.number, o.stage FROM repair_order o
        WHERE (
            o.stage NOT IN ('opened', 'dispatched', 'cancelled')
            OR EXISTS (SELECT 1 FROM labour_entry l JOIN order_item t ON t.id = l.item_id WHERE t.order_id = o.id)
        ) AND NOT EXISTS (
            SELECT 1 FROM plate_check c WHERE c.order_id = o.id AND c.matched
            AND c.id = (SELECT MAX(a.id) FROM plate_check a WHERE a.order_id = o.id)
            AND c.id > COALESCE((SELECT MAX(k.after_check_id) FROM plate_correction k WHERE k.order_id = o.id), 0))
        """,
    ),
    Invariant(
        "W1",
        "issued_unproven",
        N_("A part was issued before any plate check of the order had matched."),
        """
        SELECT i.id, o.number, o.stage FROM part_issue i JOIN part_line n ON n.id = i.line_id
        JOIN order_item t ON t.id = n.item_id JOIN repair_order o ON o.id = t.order_id
        WHERE NOT EXISTS (SELECT 1 FROM plate_check c WHERE c.order_id = o.id AND c.matched)
        """,
    ),
    Invariant(
        "W1",
        "plate_match_false",
        N_("A plate check counts as matched, yet what was seen is neither the order's plate nor the end of the VIN."),
        """
        SELECT c.id, o.number, c.seen, o.plate FROM plate_check c
        JOIN repair_order o ON o.id = c.order_id JOIN vehicle v ON v.id = o.vehicle_id
        WHERE c.matched AND c.seen <> COALESCE(o.plate, '') AND c.seen <> substr(v.vin, 10)
        """,
    ),
    Invariant(
        "W1",
        "not_dispatched",
        N_("An order is past dispatch without team, technician or bay."),
        """
        SELECT id, number, stage, team_id, technician_id, bay_id FROM repair_order
        WHERE stage NOT IN ('opened', 'cancelled')
            AND (team_id IS NULL OR technician_id IS NULL OR bay_id IS NULL)
        """,
    ),
    Invariant(
        "W1",
        "touched_before_dispatch",
        N_("An order that is only opened already has a plate check."),
        """
        SELECT o.id, o.number FROM repair_order o
        WHERE o.stage = 'opened' AND EXISTS (SELECT 1 FROM plate_check c WHERE c.order_id = o.id)
        """,
    ),
    Invariant(
        "W1",
        "bay_shared",
        N_("Two orders stand in the same bay."),
        f"""
        SELECT bay_id AS id, COUNT(*) AS orders FROM repair_order
        WHERE stage IN {_ON_FLOOR} AND bay_id IS NOT NULL GROUP BY bay_id HAVING COUNT(*) > 1
        """,
    ),
    Invariant(
        "W3",
        "vehicle_twice",
        N_("A vehicle has two open orders."),
        """
        SELECT vehicle_id AS id, COUNT(*) AS orders FROM repair_order
        WHERE stage NOT IN ('delivered', 'cancelled') GROUP BY vehicle_id HAVING COUNT(*) > 1
        """,
    ),
    Invariant(
        "W3",
        "comeback_astray",
        N_("A comeback belongs to an order of another vehicle, or to one that was never delivered."),
        """
        SELECT o.id, o.number, f.number AS first FROM repair_order o JOIN repair_order f ON f.id = o.comeback_of_id
        WHERE f.vehicle_id <> o.vehicle_id OR f.stage <> 'delivered'
        """,
    ),
    Invariant(
        "W7c",
        "release_incomplete",
        N_("The marks of a release (time, mileage out) do not agree with the order's stage."),
        f"""
        SELECT id, number, stage, released_at, odometer_out FROM repair_order
        WHERE stage IN {OUT} AND (released_at IS NULL OR odometer_out IS NULL OR odometer_out < odometer_in)
            OR stage NOT IN {OUT} AND (released_at IS NOT NULL OR odometer_out IS NOT NULL)
        """,
    ),
    Invariant(
        "W7c",
        "delivery_incomplete",
        N_("The marks of a delivery (time, by whom, to whom) do not agree with the order's stage."),
        """
        SELECT id, number, stage, delivered_at, delivered_by_id, received_by FROM repair_order
        WHERE stage = 'delivered' AND (delivered_at IS NULL OR delivered_by_id IS NULL OR received_by = '')
            OR stage <> 'delivered' AND (delivered_at IS NOT NULL OR delivered_by_id IS NOT NULL)
        """,
    ),
    Invariant(
        "W7c",
        "certificate_wrong",
        N_("A completion certificate number is missing where one is due, or given where none is."),
        f"""
        SELECT o.id, o.number, o.stage, o.certificate_no FROM repair_order o
        WHERE (o.certificate_no IS NOT NULL) <> (o.stage IN {OUT} AND EXISTS (
            SELECT 1 FROM order_item t WHERE t.order_id = o.id AND t.state = 'done'
            AND t.repair_class IN ('level2', 'assembly', 'whole')))
        """,
    ),
    Invariant(
        "W7c",
        "guarantee_wrong",
        N_("The guarantee of a done item is missing on a released order, or given on another."),
        f"""
        SELECT t.id, o.number, t.state, t.guarantee_until, t.guarantee_odometer
        FROM order_item t JOIN repair_order o ON o.id = t.order_id
        WHERE (t.guarantee_until IS NOT NULL) <> (o.stage IN {OUT} AND t.state = 'done')
            OR (t.guarantee_odometer IS NOT NULL) <> (o.stage IN {OUT} AND t.state = 'done')
        """,
    ),
    Invariant(
        "W5",
        "cancelled_untold",
        N_("An order was cancelled without a reason, or bears a reason without being cancelled."),
        """
        SELECT id, number, stage, cancelled_reason FROM repair_order
        WHERE (stage = 'cancelled') <> (cancelled_reason <> '')
        """,
    ),
)
