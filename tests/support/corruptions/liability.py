"""Liability: states that break a rule."""

_KEEPER = "(SELECT MIN(person_id) FROM personrole WHERE role = 'tool_keeper')"
_SECOND = "(SELECT decided_by_id FROM liability_decision WHERE instance = 2)"
_OBJECTOR = (
    "(SELECT s.person_id FROM liability_answer a JOIN liability_share s ON s.id = a.share_id WHERE NOT a.acknowledged)"
)
_WRITE_OFF = "INSERT INTO part_write_off (case_id, at) SELECT MAX(id), MAX(at) FROM liability_case"

LIABILITY: dict[str, tuple[str, ...]] = {
    "liability_shares_askew": (
        "UPDATE liability_share SET percent = percent - 1",
        "UPDATE liability_share SET amount = amount + 1",
        "DELETE FROM liability_share",
        "UPDATE liability_decision SET cause = NULL WHERE instance = 2",
    ),
    "liable_beyond": (
        "UPDATE liability_decision SET cause = 'wear' WHERE instance = 2",
        "UPDATE liability_decision SET amount = 99999 WHERE instance = 2",
        "UPDATE liability_case SET price = 0",
        "UPDATE liability_decision SET method = 'repair' WHERE cause IS NOT NULL",
    ),
    "decided_on_oneself": (
        "UPDATE liability_decision SET decided_by_id = "
        "(SELECT c.custodian_id FROM liability_case c WHERE c.id = case_id) WHERE instance = 2",
        f"UPDATE liability_decision SET decided_by_id = {_OBJECTOR} WHERE instance = 2",
        f"UPDATE liability_share SET person_id = {_SECOND} WHERE decision_id = "
        "(SELECT id FROM liability_decision WHERE instance = 2)",
    ),
    "second_decision_astray": (
        "UPDATE liability_answer SET acknowledged = TRUE",
        "DELETE FROM liability_answer WHERE NOT acknowledged",
        f"UPDATE liability_decision SET decided_by_id = {_SECOND} WHERE instance = 1",
        "DELETE FROM liability_decision WHERE instance = 1",
    ),
    "answer_astray": (
        "UPDATE liability_answer SET statement = '' WHERE NOT acknowledged",
        "UPDATE liability_decision SET instance = 2 WHERE cause IS NOT NULL AND instance = 1 "
        "AND case_id <> (SELECT case_id FROM liability_decision WHERE instance = 2)",
    ),
    "liability_overpaid": ("UPDATE liability_settlement SET amount = 99999",),
    "settled_undecided": (
        "DELETE FROM liability_decision WHERE instance = 2",
        "DELETE FROM liability_answer WHERE acknowledged",
        "UPDATE liability_settlement SET received_by_id = "
        "(SELECT s.person_id FROM liability_share s WHERE s.id = share_id)",
    ),
    "custodian_astray": (
        f"UPDATE liability_case SET custodian_id = {_KEEPER}",
        "UPDATE liability_case SET custodian_id = NULL WHERE tool_id IS NOT NULL",
        "UPDATE liability_case SET move_id = move_id - 1",
        f"UPDATE part_issue SET technician_id = {_KEEPER}",
    ),
    "reported_twice": ("DELETE FROM tool_release",),
    "frozen_moved": (
        "INSERT INTO tool_move (id, tool_id, place, person_id, kept, note, by_id, at) "
        "SELECT 9000 + c.id, c.tool_id, 'person', 1, FALSE, '', 1, c.at FROM liability_case c "
        "WHERE c.tool_id IS NOT NULL AND c.id NOT IN (SELECT case_id FROM tool_release)",
        "UPDATE tool_release SET after_move_id = (SELECT MAX(id) FROM tool_move) WHERE fate = 'in_service'",
    ),
    "release_astray": (
        "DELETE FROM liability_decision WHERE ground IS NOT NULL",
        "UPDATE tool_release SET fate = 'in_service' WHERE fate = 'out_of_use'",
        "UPDATE tool_release SET fate = 'out_of_use' WHERE fate = 'in_service'",
        "UPDATE tool_release SET after_move_id = NULL",
    ),
    "write_off_astray": (
        "DELETE FROM part_write_off",
        f"{_WRITE_OFF} WHERE issue_id IS NOT NULL",
        f"{_WRITE_OFF} WHERE tool_id IS NOT NULL",
    ),
    "reported_too_many": (
        "UPDATE liability_case SET pieces = 9 WHERE issue_id IS NOT NULL",
        "UPDATE part_issue SET basis = 'consumable' WHERE basis = 'loan'",
    ),
}
