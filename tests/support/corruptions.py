"""Forbidden states, as they would have to be written into the busy shop's database behind the commands' back.

By the code of the invariant that must report them; each statement stands alone.
"""

_FIRST_OPENED = "(SELECT MIN(id) FROM repair_order WHERE stage = 'opened')"
_KEEPER = "(SELECT MIN(person_id) FROM personrole WHERE role = 'tool_keeper')"
_INSPECTOR = "(SELECT MIN(inspector_id) FROM inspection)"
_LONG_AGO = "'2001-01-01 00:00:00.000000'"

CORRUPTIONS: dict[str, tuple[str, ...]] = {
    # orders
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
    # work
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
    # consent
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
    # counter
    "issued_unagreed": (
        "UPDATE part_line SET agreed = FALSE",
        "UPDATE order_item SET state = 'deferred' WHERE state = 'started'",
    ),
    "issued_too_many": ("UPDATE part_issue SET quantity = quantity + 5",),
    "fitted_too_many": ("UPDATE part_fitting SET quantity = 9", "UPDATE part_return SET quantity = 9"),
    "exception_by_one": (
        "UPDATE fit_exception SET technician_id = clerk_id",
        "UPDATE fit_exception SET technician_reason = ''",
    ),
    "loan_unsettled": ("DELETE FROM loan_return",),
    "part_left_over": (
        "DELETE FROM part_fitting",
        "UPDATE repair_order SET stage = 'cancelled' WHERE stage = 'in_work'",
    ),
    "part_not_issued": ("UPDATE part_line SET quantity = quantity + 1 WHERE not_needed = ''",),
    "cancelled_with_parts": ("UPDATE repair_order SET stage = 'cancelled' WHERE stage = 'delivered'",),
    "loan_overpaid": (
        "UPDATE old_part SET quantity = 9",
        "UPDATE part_issue SET basis = 'consumable' WHERE basis = 'loan'",
    ),
    "old_part_astray": (
        "DELETE FROM loan_return",
        "UPDATE part_issue SET old_part_id = NULL WHERE basis = 'old_part'",
        "UPDATE old_part SET part_id = part_id + 1",
    ),
    "another_part": ("UPDATE part_issue SET part_id = part_id + 1",),
    "hazardous_let_go": (
        "UPDATE old_part SET state = 'taken' WHERE hazardous",
        "UPDATE old_part SET state = 'scrapped' WHERE hazardous",
    ),
    "old_part_chain": (
        "UPDATE old_part_move SET before = 'shown'",
        "UPDATE old_part_move SET after = 'held'",
        "INSERT INTO old_part_move (id, old_part_id, before, after, by_id, at, note) "
        "SELECT id + 900, old_part_id, after, 'scrapped', by_id, at, note FROM old_part_move",
    ),
    "old_part_state": ("UPDATE old_part SET state = 'scrapped'", "DELETE FROM old_part_move"),
    "choice_ignored": (
        "UPDATE repair_order SET old_parts = 'no_old_parts' WHERE stage = 'delivered'",
        "UPDATE old_part SET state = 'held'",
    ),
    # stock
    "stock_negative": (
        "UPDATE stock_movement SET quantity = -9999 WHERE kind = 'issue'",
        "DELETE FROM stock_movement WHERE kind = 'receipt'",
    ),
    "issue_unmoved": (
        "DELETE FROM stock_movement WHERE kind = 'issue'",
        "UPDATE stock_movement SET quantity = quantity - 1 WHERE kind = 'issue'",
        "UPDATE stock_movement SET part_id = part_id + 1 WHERE kind = 'issue'",
        "INSERT INTO stock_movement (id, part_id, quantity, kind, issue_id, by_id, at, note) "
        "SELECT id + 9000, part_id, quantity, kind, issue_id, by_id, at, note FROM stock_movement WHERE kind = 'issue'",
    ),
    "return_unmoved": (
        "DELETE FROM stock_movement WHERE kind = 'return'",
        "UPDATE stock_movement SET quantity = quantity + 1 WHERE kind = 'return'",
    ),
    "movement_groundless": (
        "UPDATE stock_movement SET kind = 'receipt' WHERE kind = 'issue'",
        "UPDATE stock_movement SET quantity = -quantity WHERE kind = 'receipt'",
        "UPDATE stock_movement SET issue_id = NULL WHERE kind = 'issue'",
    ),
    # checking
    "ok_outside_limits": (
        "UPDATE check_answer SET value = '99.9', low = '100', high = NULL WHERE answer = 'ok'",
        "UPDATE check_answer SET value = '9.5', low = NULL, high = '9.45' WHERE answer = 'ok'",
    ),
    "answer_incomplete": (
        "UPDATE check_answer SET answered_by_id = NULL WHERE answer IS NOT NULL",
        "UPDATE check_answer SET answer = 'not_applicable', reason = '' WHERE answer = 'ok'",
        "UPDATE check_answer SET value = NULL WHERE value_required AND answer = 'ok'",
    ),
    "not_ok_yet_done": ("UPDATE check_answer SET answer = 'not_ok' WHERE item_id IS NOT NULL AND answer = 'ok'",),
    "list_missing": (
        "DELETE FROM check_answer WHERE item_id IS NOT NULL",
        "UPDATE order_item SET round = round + 1 WHERE state = 'done'",
        "UPDATE order_item SET state = 'started' WHERE state = 'done'",
    ),
    "check_unanswered": ("UPDATE check_answer SET answer = NULL, answered_by_id = NULL WHERE item_id IS NOT NULL",),
    "checked_by_stranger": (f"UPDATE check_answer SET answered_by_id = {_KEEPER} WHERE item_id IS NOT NULL",),
    "signed_by_stranger": (
        f"UPDATE self_check SET technician_id = {_KEEPER}",
        f"UPDATE hand_over SET giver_id = {_KEEPER}",
    ),
    "taken_by_giver": ("UPDATE hand_over SET taker_id = giver_id",),
    "taken_by_worker": (
        "UPDATE labour_entry SET technician_id = (SELECT MAX(taker_id) FROM hand_over) WHERE ended_at IS NOT NULL",
        "UPDATE self_check SET technician_id = (SELECT MAX(taker_id) FROM hand_over) WHERE round = 1",
    ),
    "hand_over_incomplete": (
        "UPDATE hand_over SET taken_at = NULL WHERE accepted",
        "UPDATE hand_over SET reason = '' WHERE NOT accepted",
        "UPDATE hand_over SET accepted = NULL",
        "UPDATE hand_over SET round = 1",
    ),
    "inspected_by_worker": (
        f"UPDATE labour_entry SET technician_id = {_INSPECTOR} WHERE ended_at IS NOT NULL",
        f"UPDATE part_fitting SET technician_id = {_INSPECTOR}",
        f"UPDATE self_check SET technician_id = {_INSPECTOR}",
        f"UPDATE check_answer SET answered_by_id = {_INSPECTOR} WHERE item_id IS NOT NULL AND answer IS NOT NULL",
        "UPDATE check_answer SET answered_by_id = (SELECT MIN(technician_id) FROM self_check) WHERE item_id IS NULL",
    ),
    "inspection_incomplete": (
        "DELETE FROM check_answer WHERE item_id IS NULL",
        "UPDATE check_answer SET answer = 'not_ok' WHERE item_id IS NULL AND answer IS NOT NULL",
        "UPDATE check_answer SET answer = NULL WHERE item_id IS NULL",
    ),
    "defects_astray": ("DELETE FROM defect", "UPDATE inspection SET passed = TRUE WHERE NOT passed"),
    "defect_unfounded": (
        "UPDATE defect SET inspection_id = NULL, hand_over_id = NULL",
        f"UPDATE defect SET order_id = {_FIRST_OPENED}",
    ),
    # records
    "ledger_broken": (
        "UPDATE ledger_line SET payload = '{}' WHERE number = 5",
        "UPDATE ledger_line SET at = '2001-01-01 00:00:00.000000' WHERE number = 5",
        "DELETE FROM ledger_line WHERE number = 5",
        "DELETE FROM ledger_line WHERE number = (SELECT MAX(number) FROM ledger_line)",
        "UPDATE ledger_head SET number = number + 1",
    ),
    "number_wrong": (
        "UPDATE repair_order SET number = '1000000019' WHERE id = 1",
        "UPDATE order_item SET number = '1200000016' WHERE id = 1",
        "UPDATE numberseries SET last = 1",
    ),
    "issued_without_old": (
        "UPDATE part_issue SET basis = 'consumable' WHERE basis = 'loan'",
        "UPDATE part_issue SET basis = 'first_fitting', old_part_id = NULL WHERE basis = 'old_part'",
    ),
}
