"""An order, the work on it, and the consent to it: states that break a rule."""

_FIRST_OPENED = "(SELECT MIN(id) FROM repair_order WHERE stage = 'opened')"
_LONG_AGO = "'2001-01-01 00:00:00.000000'"

ORDERS: dict[str, tuple[str, ...]] = {
    "released_uninspected": (
        "UPDATE inspection SET passed = FALSE WHERE passed",
        "UPDATE repair_order SET round = round + 1 WHERE stage = 'delivered'",
        "UPDATE repair_order SET stage = 'released' WHERE stage = 'in_work'",
    ),
    "passed_unreleased": ("UPDATE repair_order SET stage = 'handed_over' WHERE stage = 'delivered'",),
    "failed_same_round": ("UPDATE inspection SET round = 9 WHERE NOT passed",),
    "not_handed_over": ("UPDATE hand_over SET accepted = FALSE WHERE accepted", "DELETE FROM hand_over WHERE accepted"),
    "self_check_unsigned": (
        "DELETE FROM self_check WHERE round = 1",
        "UPDATE self_check SET round = 1",
        "UPDATE repair_order SET stage = 'self_checked' WHERE stage = 'in_work'",
    ),
    "plate_unverified": (
        "DELETE FROM plate_check WHERE matched",
        "UPDATE plate_check SET matched = FALSE",
        "UPDATE plate_correction SET after_check_id = (SELECT MAX(id) FROM plate_check)",
        "UPDATE repair_order SET stage = 'plate_verified' WHERE stage = 'dispatched'",
    ),
    "issued_unproven": ("UPDATE plate_check SET matched = FALSE WHERE matched",),
    "plate_match_false": (
        "UPDATE plate_check SET seen = '粤B00000' WHERE matched",
        "UPDATE repair_order SET plate = '粤B00000' WHERE stage = 'delivered'",
    ),
    "not_dispatched": (
        "UPDATE repair_order SET bay_id = NULL WHERE stage = 'in_work'",
        "UPDATE repair_order SET technician_id = NULL WHERE stage = 'delivered'",
    ),
    "touched_before_dispatch": ("UPDATE repair_order SET stage = 'opened' WHERE stage = 'in_work'",),
    "bay_shared": ("UPDATE repair_order SET bay_id = 1",),
    "vehicle_twice": ("UPDATE repair_order SET vehicle_id = 1",),
    "comeback_astray": (f"UPDATE repair_order SET comeback_of_id = {_FIRST_OPENED} WHERE stage = 'delivered'",),
    "release_incomplete": (
        "UPDATE repair_order SET odometer_out = NULL WHERE stage = 'delivered'",
        "UPDATE repair_order SET odometer_out = odometer_in - 1 WHERE stage = 'delivered'",
        f"UPDATE repair_order SET released_at = {_LONG_AGO} WHERE stage = 'opened'",
    ),
    "delivery_incomplete": (
        "UPDATE repair_order SET delivered_at = NULL WHERE stage = 'delivered'",
        "UPDATE repair_order SET received_by = '' WHERE stage = 'delivered'",
        "UPDATE repair_order SET delivered_by_id = 1 WHERE stage = 'opened'",
    ),
    "copies_out_of_order": (
        "UPDATE printed_paper SET copy = copy + 1 WHERE paper = 'badge'",
        "DELETE FROM printed_paper WHERE paper = 'repair-order' AND copy = 0",
    ),
    "exchanged_undelivered": (
        "UPDATE health_exchange SET order_id = (SELECT MIN(id) FROM repair_order WHERE stage = 'opened')",
    ),
    "printed_too_early": (
        "UPDATE printed_paper SET paper = 'settlement', subject = "
        "(SELECT number FROM repair_order WHERE stage = 'in_work') WHERE paper = 'badge'",
    ),
    "certificate_wrong": (
        "UPDATE repair_order SET certificate_no = NULL WHERE stage = 'delivered'",
        "UPDATE repair_order SET certificate_no = '2026999999' WHERE stage = 'in_work'",
        "UPDATE order_item SET repair_class = 'minor'",
    ),
    "guarantee_wrong": (
        "UPDATE order_item SET guarantee_until = NULL WHERE guarantee_until IS NOT NULL",
        "UPDATE order_item SET guarantee_odometer = 1 WHERE guarantee_odometer IS NULL",
    ),
    "cancelled_untold": (
        "UPDATE repair_order SET cancelled_reason = '' WHERE stage = 'cancelled'",
        "UPDATE repair_order SET cancelled_reason = 'x' WHERE stage = 'opened'",
    ),
    "unstarted_in_work": ("DELETE FROM labour_entry",),
    "worked_too_early": ("UPDATE repair_order SET stage = 'items_confirmed' WHERE stage = 'in_work'",),
    "item_left_undone": ("UPDATE order_item SET state = 'approved' WHERE state = 'done'",),
    "nothing_done": ("UPDATE order_item SET state = 'removed' WHERE state = 'done'",),
    "done_unworked": ("UPDATE order_item SET state = 'done' WHERE state = 'approved'",),
    "worked_unagreed": (
        "UPDATE order_item SET state = 'proposed' WHERE state = 'started'",
        "UPDATE order_item SET state = 'declined' WHERE state = 'done'",
    ),
    "clock_left_running": (
        "UPDATE repair_order SET stage = 'self_checked' WHERE stage = 'in_work'",
        "UPDATE labour_entry SET ended_at = NULL WHERE id = 1",
    ),
    "two_clocks": (
        "INSERT INTO labour_entry (id, item_id, technician_id, started_at) "
        "SELECT 9999, item_id, technician_id, started_at FROM labour_entry WHERE ended_at IS NULL",
    ),
    "clock_backwards": (f"UPDATE labour_entry SET ended_at = {_LONG_AGO} WHERE ended_at IS NOT NULL",),
    "conditions_unconfirmed": ("DELETE FROM safety_confirmation",),
    "watched_by_oneself": ("UPDATE safety_confirmation SET watcher_id = technician_id",),
    "removal_untold": ("UPDATE order_item SET work_done = '' WHERE state = 'removed'",),
    "discrepancy_unanswered": ("UPDATE discrepancy SET answered_at = NULL, answered_by_id = NULL, answer = ''",),
    "discrepancy_half_answered": ("UPDATE discrepancy SET answer = ''", "UPDATE discrepancy SET answered_by_id = NULL"),
    "finding_unanswered": ("UPDATE finding SET ended = NULL, closed_by_id = NULL",),
    "finding_own": ("UPDATE finding SET closed_by_id = found_by_id",),
    "finding_added_nothing": ("UPDATE change_line SET decision = 'declined' WHERE decision = 'approved'",),
    "line_undecided": ("UPDATE change_line SET decision = NULL, decided_by_id = NULL WHERE decision IS NOT NULL",),
    "decided_by_raiser": (
        "UPDATE change_line SET decided_by_id = (SELECT raised_by_id FROM change_request WHERE id = request_id) "
        "WHERE decision IS NOT NULL",
    ),
    "decided_without_consent": (
        "UPDATE change_line SET consented_by = '' WHERE decision = 'approved'",
        "UPDATE change_line SET channel = NULL WHERE decision = 'declined'",
        "UPDATE change_line SET agreed_price = NULL WHERE decision = 'approved'",
        "UPDATE change_line SET decided_at = NULL WHERE decision = 'approved'",
    ),
    "item_against_decision": (
        "UPDATE change_line SET decision = 'declined' WHERE kind = 'add_item' AND decision = 'approved'",
        "UPDATE change_line SET decision = 'deferred' WHERE kind = 'add_item' AND decision = 'declined'",
        "UPDATE order_item SET state = 'approved' WHERE state = 'proposed'",
        "UPDATE order_item SET state = 'deferred' WHERE state = 'approved'",
    ),
    "removed_unapproved": (
        "UPDATE change_line SET decision = 'declined' WHERE kind = 'remove_item'",
        "UPDATE order_item SET state = 'removed' WHERE state = 'done'",
    ),
    "part_against_decision": (
        "UPDATE part_line SET agreed = FALSE WHERE agreed",
        "UPDATE part_line SET item_id = (SELECT MIN(id) FROM order_item WHERE state = 'declined')",
    ),
    "proposal_left": ("UPDATE repair_order SET stage = 'released' WHERE stage = 'in_work'",),
    "taken_up_astray": (
        "UPDATE order_item SET taken_up_by_id = (SELECT MAX(id) FROM order_item) WHERE state = 'declined'",
        "UPDATE order_item SET taken_up_by_id = id WHERE state = 'done'",
    ),
}
