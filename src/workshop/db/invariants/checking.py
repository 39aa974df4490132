"""Self-check, hand-over, final inspection: complete, and by the right people (W7a, W7b, W7c)."""

from collections.abc import Iterator

from sqlmodel import Session, col, select

from workshop.db.invariants.rule import CHECKED, INVOLVED, OUT, WORKED, Invariant, Row
from workshop.db.tables import CheckAnswer
from workshop.domain.checks import CheckLine
from workshop.domain.states import Answer
from workshop.domain.words import N_, Name


def _outside_limits(session: Session) -> Iterator[Row]:
    query = select(CheckAnswer).where(CheckAnswer.answer != Answer.NOT_OK, col(CheckAnswer.value).is_not(None))
    for row in session.exec(query):
        line = CheckLine(Name(row.text_zh, row.text_en), row.unit, row.low, row.high, row.value_required)
        if row.value is not None and not line.inside(row.value):
            yield {"id": row.id, "value": row.value, "low": row.low, "high": row.high}


INVARIANTS = (
    Invariant(
        "W7a",
        "ok_outside_limits",
        N_("A measured value outside its limits was answered as OK or as not applicable."),
        _outside_limits,
    ),
    Invariant(
        "W7a",
        "answer_incomplete",
        N_("An answer lacks its person, its reason or the value that was asked for."),
        """
        SELECT id, order_id, answer, answered_by_id, reason, value FROM check_answer
        WHERE (answer IS NULL) <> (answered_by_id IS NULL) OR (answer <> 'ok' AND reason = '')
            OR (answer = 'ok' AND value_required AND value IS NULL)
        """,
    ),
    Invariant(
        "W7a",
        "not_ok_yet_done",
        N_("A line of the self-check is not OK, yet its item was not sent back to work."),
        """
        SELECT c.id, t.number, t.state, c.round FROM check_answer c JOIN order_item t ON t.id = c.item_id
        WHERE c.answer = 'not_ok' AND c.round >= t.round
        """,
    ),
    Invariant(
        "W7a",
        "list_missing",
        N_("A finished item has no self-check list, or an unfinished one has it already."),
        """
        SELECT t.id, t.number, t.state, t.round FROM order_item t
        WHERE (t.state = 'done') <> EXISTS (SELECT 1 FROM check_answer c
            WHERE c.item_id = t.id AND c.order_id = t.order_id AND c.round >= t.round)
        """,
    ),
    Invariant(
        "W7a",
        "check_unanswered",
        N_("An order is signed as complete while a line of a self-check is unanswered."),
        f"""
        SELECT c.id, o.number, o.stage, t.number AS item FROM check_answer c
        JOIN order_item t ON t.id = c.item_id JOIN repair_order o ON o.id = t.order_id
        WHERE o.stage IN {CHECKED} AND c.round = t.round AND c.answer IS NULL
        """,
    ),
    Invariant(
        "W7a",
        "checked_by_stranger",
        N_("A line of a self-check was answered by somebody who did not work on the item."),
        f"""
        SELECT c.id, c.item_id, c.answered_by_id FROM check_answer c
        WHERE c.item_id IS NOT NULL AND c.answered_by_id IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM ({WORKED}) w WHERE w.item_id = c.item_id AND w.person_id = c.answered_by_id)
        """,
    ),
    Invariant(
        "W7a",
        "signed_by_stranger",
        N_("A self-check or a hand-over was signed by somebody who did not work on the order."),
        f"""
        SELECT s.order_id AS id, s.person_id, s.round FROM (
            SELECT order_id, technician_id AS person_id, round FROM self_check
            UNION ALL SELECT order_id, giver_id, round FROM hand_over) s
        WHERE NOT EXISTS (SELECT 1 FROM ({WORKED}) w WHERE w.order_id = s.order_id AND w.person_id = s.person_id)
        """,
    ),
    Invariant(
        "W7b",
        "taken_by_giver",
        N_("A hand-over was given and taken by the same person."),
        "SELECT id, order_id, giver_id FROM hand_over WHERE giver_id = taker_id",
    ),
    Invariant(
        "W7b",
        "taken_by_worker",
        N_("An order was taken over or sent back by somebody who had worked on it or checked it."),
        f"""
        SELECT h.id, o.number, h.taker_id FROM hand_over h JOIN repair_order o ON o.id = h.order_id
        WHERE EXISTS (SELECT 1 FROM ({INVOLVED}) w WHERE w.order_id = h.order_id AND w.person_id = h.taker_id
            AND (h.round = o.round OR w.round <= h.round))
        """,
    ),
    Invariant(
        "W7b",
        "hand_over_incomplete",
        N_("A hand-over is half signed, or still open although its order has moved on."),
        """
        SELECT h.id, o.number, o.stage, h.accepted FROM hand_over h JOIN repair_order o ON o.id = h.order_id
        WHERE (h.accepted IS NULL AND (o.stage <> 'self_checked' OR h.round <> o.round OR h.taker_id IS NOT NULL))
            OR (h.accepted AND (h.taker_id IS NULL OR h.taken_at IS NULL))
            OR (NOT h.accepted AND (h.reason = '' OR h.round >= o.round))
            OR EXISTS (SELECT 1 FROM hand_over x WHERE x.order_id = h.order_id AND x.round = h.round AND x.id <> h.id)
        """,
    ),
    Invariant(
        "W7c",
        "inspected_by_worker",
        N_("A vehicle was inspected by somebody who had worked on it or checked it."),
        f"""
        SELECT i.id, o.number, i.person_id FROM (
            SELECT id, order_id, round, inspector_id AS person_id FROM inspection
            UNION ALL SELECT id, order_id, round, answered_by_id FROM check_answer
                WHERE item_id IS NULL AND answered_by_id IS NOT NULL) i
        JOIN repair_order o ON o.id = i.order_id
        WHERE EXISTS (SELECT 1 FROM ({INVOLVED}) w WHERE w.order_id = i.order_id AND w.person_id = i.person_id
            AND (i.round = o.round OR w.round <= i.round))
        """,
    ),
    Invariant(
        "W7c",
        "inspection_incomplete",
        N_("A released order has no inspection list, or a line of it that is unanswered or not OK."),
        f"""
        SELECT o.id, o.number, o.stage, o.round FROM repair_order o
        WHERE o.stage IN {OUT} AND (
            NOT EXISTS (SELECT 1 FROM check_answer c
                WHERE c.order_id = o.id AND c.item_id IS NULL AND c.round = o.round)
            OR EXISTS (SELECT 1 FROM check_answer c WHERE c.order_id = o.id AND c.item_id IS NULL
                AND c.round = o.round AND (c.answer IS NULL OR c.answer = 'not_ok')))
        """,
    ),
    Invariant(
        "W7c",
        "defects_astray",
        N_("An inspection was failed without a defect, or passed with one."),
        """
        SELECT i.id, i.order_id, i.round, i.passed FROM inspection i
        WHERE i.passed = EXISTS (SELECT 1 FROM defect d WHERE d.inspection_id = i.id)
        """,
    ),
    Invariant(
        "W7c",
        "defect_unfounded",
        N_("A defect does not come from exactly one inspection or hand-over, or its item is on another order."),
        """
        SELECT d.id, d.order_id, d.item_id FROM defect d JOIN order_item t ON t.id = d.item_id
        WHERE (d.inspection_id IS NULL) = (d.hand_over_id IS NULL) OR t.order_id <> d.order_id
        """,
    ),
)
