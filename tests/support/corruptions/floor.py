"""The floor: training, cleaning, tools: states that break a rule."""

_UNANSWERED = "done = NULL, answered_by_id = NULL, answered_at = NULL, answered_on = NULL"
_SIGNED_LIST = "(SELECT MIN(id) FROM cleaning_list WHERE signed_by_id IS NOT NULL)"
_LONG_AGO = "'2001-01-01 00:00:00.000000'"
_FAR_OFF = "'2101-01-01 00:00:00.000000'"

FLOOR: dict[str, tuple[str, ...]] = {
    "certificate_unearned": (
        "UPDATE certificate SET person_id = 1 WHERE id IN (SELECT certificate_id FROM session_attendance)",
        "UPDATE training_session SET training = 'airbag' WHERE training = 'gas'",
        "UPDATE training_session SET closed_at = NULL, closed_by_id = NULL WHERE training IS NOT NULL",
    ),
    "certificate_withheld": ("UPDATE session_attendance SET certificate_id = NULL WHERE certificate_id IS NOT NULL",),
    "roll_astray": (
        f"UPDATE session_attendance SET at = {_FAR_OFF}",
        "UPDATE training_session SET called_off = 'x' WHERE training IS NOT NULL",
    ),
    "excuse_untold": (
        "UPDATE session_invitee SET excuse = '' WHERE excused_at IS NOT NULL",
        "UPDATE session_invitee SET excused_by_id = person_id WHERE excused_at IS NOT NULL",
    ),
    "session_closed_early": (
        f"UPDATE training_session SET closed_at = {_LONG_AGO} WHERE closed_at IS NOT NULL",
        "DELETE FROM session_invitee",
    ),
    "list_not_due_there": (
        "INSERT INTO calendar_day (day, kind, name_zh, name_en) "
        "SELECT DISTINCT day, 'holiday', '', '' FROM cleaning_list WHERE moment = 'before_work'",
        "UPDATE cleaning_list SET moment = 'as_needed' WHERE moment = 'closing'",
        "UPDATE cleaning_list SET moment = 'weekly' WHERE moment = 'before_leaving'",
    ),
    "list_outside_area": (
        "UPDATE area SET since = '2090-01-01'",
        "UPDATE cleaning_list SET until = '2001-01-01'",
    ),
    "list_signed_unanswered": (
        "DELETE FROM cleaning_line",
        f"UPDATE cleaning_line SET {_UNANSWERED} WHERE list_id = {_SIGNED_LIST}",
    ),
    "line_answer_incomplete": (
        "UPDATE cleaning_line SET answered_by_id = NULL WHERE done",
        "UPDATE cleaning_line SET answered_on = NULL WHERE done",
        "UPDATE cleaning_line SET reason = '' WHERE NOT done",
    ),
    "countersigned_alone": (
        "UPDATE cleaning_list SET countersigned_by_id = signed_by_id WHERE signed_by_id IS NOT NULL",
        "UPDATE cleaning_list SET signed_by_id = NULL WHERE countersigned_by_id IS NOT NULL",
    ),
    "late_unmarked": (
        "UPDATE cleaning_line SET late = FALSE WHERE late",
        "UPDATE cleaning_list SET late = FALSE WHERE late",
        "UPDATE cleaning_line SET answered_on = '2090-01-01' WHERE done AND NOT late",
    ),
    "late_unfounded": (
        "UPDATE cleaning_list SET late_reason = '' WHERE late",
        "UPDATE cleaning_line SET late = TRUE WHERE NOT late",
        "UPDATE cleaning_list SET signed_by_id = NULL WHERE moment = 'closing'",
    ),
    "closed_over_open": ("UPDATE cleaning_list SET open_reason = '' WHERE moment = 'closing'",),
    "plan_lines_crossed": (
        "UPDATE cleaning_plan_line SET position = 1",
        "UPDATE cleaning_plan_line SET valid_until = '2001-01-01'",
        "UPDATE cleaning_plan_line SET valid_until = NULL",
    ),
    "spot_check_untold": (
        "UPDATE spot_check SET finding = '' WHERE NOT passed",
        "UPDATE spot_check SET finding = 'x' WHERE passed",
        "UPDATE spot_check SET remedied_by_id = NULL WHERE remedied_by_id IS NOT NULL",
    ),
    "violation_own": ("UPDATE violation SET seen_by_id = person_id",),
    "tool_nowhere": ("DELETE FROM tool_move WHERE tool_id = 1",),
    "tool_in_two_places": (
        "UPDATE tool_move SET person_id = 1 WHERE place = 'crib'",
        "UPDATE tool_move SET cart_id = NULL WHERE place = 'cart'",
        "UPDATE tool_move SET place = 'bay' WHERE place = 'person'",
    ),
    "retired_tool_moved": (
        "INSERT INTO tool_move (id, tool_id, place, kept, note, by_id, at) "
        "SELECT 9999, tool_id, 'crib', kept, note, by_id, at FROM tool_move WHERE place = 'out_of_use'",
    ),
    "overdue_tool_used": (
        "DELETE FROM tool_service",
        "UPDATE tool_service SET done_on = '2001-01-01', valid_until = '2001-02-01'",
        "UPDATE check_answer SET answered_at = '2001-01-01 00:00:00.000000' WHERE value IS NOT NULL",
    ),
    "instrument_idle": ("UPDATE check_answer SET value = NULL WHERE value IS NOT NULL",),
    "count_missing": (
        "DELETE FROM tool_count_line",
        "UPDATE tool_count SET round = 9",
        "UPDATE tool_count SET moment = 'before_work' WHERE moment = 'before_close'",
        f"UPDATE tool_count SET at = {_LONG_AGO} WHERE moment = 'after_work'",
    ),
    "cart_uncounted": ("UPDATE tool_count SET moment = 'before_work' WHERE moment = 'after_work'",),
    "cart_left_drawn": ("UPDATE order_cart SET back_at = NULL, back_by_id = NULL WHERE back_at IS NOT NULL",),
    "missing_unsettled": ("DELETE FROM missing_tool",),
    "missing_signed_by_counter": (
        "UPDATE missing_tool SET reason = '' WHERE NOT found",
        "UPDATE missing_tool SET by_id = (SELECT MIN(by_id) FROM tool_count)",
        "UPDATE tool_count_line SET seen = TRUE WHERE NOT seen",
    ),
    "tool_left_out": ("UPDATE tool_move SET kept = FALSE WHERE kept",),
}
