"""Checks, inspection, and safety at the car: states that break a rule."""

_FIRST_OPENED = "(SELECT MIN(id) FROM repair_order WHERE stage = 'opened')"
_KEEPER = "(SELECT MIN(person_id) FROM personrole WHERE role = 'tool_keeper')"
_INSPECTOR = "(SELECT MIN(inspector_id) FROM inspection)"
_INSPECTED = "(SELECT MIN(order_id) FROM inspection)"
_ITS_ITEM = f"(SELECT MIN(id) FROM order_item WHERE order_id = {_INSPECTED})"
_LONG_AGO = "'2001-01-01 00:00:00.000000'"

CHECKING: dict[str, tuple[str, ...]] = {
    "ok_outside_limits": (
        "UPDATE check_answer SET value = '99.9', low = '100', high = NULL WHERE answer = 'ok'",
        "UPDATE check_answer SET value = '9.5', low = NULL, high = '9.45' WHERE answer = 'ok'",
        "UPDATE check_answer SET answer = 'not_applicable', reason = 'x', value = '9.5', high = '9.45' "
        "WHERE answer = 'ok'",
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
        f"UPDATE hv_shutdown SET order_id = {_INSPECTED}, worker_id = {_INSPECTOR}",
        f"UPDATE removed_assembly SET item_id = {_ITS_ITEM}, removed_by_id = {_INSPECTOR}",
        f"UPDATE removed_assembly SET item_id = {_ITS_ITEM}, ended_by_id = {_INSPECTOR}",
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
    "left_on_lift": (
        "UPDATE repair_order SET stage = 'cancelled' WHERE id IN (SELECT order_id FROM lifting WHERE down_at IS NULL)",
    ),
    "lift_gone_under_vehicle": (
        "INSERT INTO tool_move (id, tool_id, place, kept, note, by_id, at) "
        "SELECT 90000 + id, tool_id, 'out_of_use', FALSE, '', up_by_id, up_at FROM lifting WHERE down_at IS NULL",
    ),
    "lift_shared": ("UPDATE lifting SET down_at = NULL",),
    "lift_overloaded": ("UPDATE lifting SET weight = rated_load + 1", "UPDATE lifting SET rated_load = 1"),
    "lift_unsound": (
        "DELETE FROM tool_service",
        "UPDATE tool_service SET service = 'calibration'",
        f"UPDATE lifting SET up_at = {_LONG_AGO}",
    ),
    "assembly_left_off": ("UPDATE removed_assembly SET ended = NULL, ended_by_id = NULL, ended_at = NULL",),
    "assembly_incomplete": (
        "UPDATE removed_assembly SET cleaned = FALSE",
        "UPDATE removed_assembly SET covered_by_id = NULL WHERE covered_at IS NOT NULL",
        "UPDATE removed_assembly SET ended_by_id = NULL WHERE ended IS NOT NULL",
        "UPDATE removed_assembly SET note = '' WHERE ended = 'replaced'",
    ),
    "assembly_unworked": (
        "UPDATE removed_assembly SET item_id = (SELECT MIN(id) FROM order_item WHERE state = 'approved')",
    ),
    "worked_live": (
        "UPDATE hv_measurement SET volts = '60'",
        "DELETE FROM hv_measurement",
        "DELETE FROM hv_shutdown",
    ),
    "high_voltage_left_off": ("DELETE FROM hv_power_up",),
    "high_voltage_alone": (
        "UPDATE hv_shutdown SET worker_id = watcher_id",
        "UPDATE hv_power_up SET watcher_id = worker_id",
    ),
    "high_voltage_off_twice": (
        "INSERT INTO hv_shutdown (id, order_id, worker_id, watcher_id, confirmed, off_at, wait_minutes) "
        "SELECT id + n, order_id, worker_id, watcher_id, confirmed, off_at, wait_minutes FROM hv_shutdown, "
        "(SELECT 900 AS n UNION SELECT 901) more",
    ),
    "measured_early": (
        f"UPDATE hv_measurement SET at = {_LONG_AGO}",
        "UPDATE hv_shutdown SET wait_minutes = 4",
        "UPDATE hv_measurement SET volts = '60'",
    ),
    "high_voltage_incomplete": (
        "UPDATE hv_shutdown SET confirmed = 'barrier;key_away'",
        "UPDATE hv_power_up SET confirmed = ''",
        "UPDATE hv_power_up SET insulation = '0.1'",
    ),
    "high_voltage_untrained": (
        f"UPDATE hv_shutdown SET watcher_id = {_KEEPER}",
        f"UPDATE hv_power_up SET worker_id = {_KEEPER}",
        f"UPDATE hv_measurement SET by_id = {_KEEPER}",
        "UPDATE certificate SET training = 'gas'",
        f"UPDATE hv_shutdown SET off_at = {_LONG_AGO}",
    ),
}
