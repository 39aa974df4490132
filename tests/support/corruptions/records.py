"""The ledger, numbers, and stages nothing tells of: states that break a rule."""

RECORDS: dict[str, tuple[str, ...]] = {
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
    "stage_untold": (
        "UPDATE repair_order SET stage = 'items_confirmed' WHERE stage = 'in_work'",
        "UPDATE repair_order SET stage = 'opened' WHERE stage = 'dispatched'",
        "DELETE FROM ledger_line WHERE command = 'open-order'",
    ),
}
