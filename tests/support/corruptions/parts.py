"""Parts: the counter and the stock: states that break a rule."""

PARTS: dict[str, tuple[str, ...]] = {
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
}
