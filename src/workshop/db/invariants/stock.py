"""Stock: every change is a movement, and movements, issues and returns agree one to one (W6b)."""

from workshop.db.invariants.rule import Invariant
from workshop.domain.words import N_

INVARIANTS = (
    Invariant(
        "W6b",
        "stock_negative",
        N_("The stock of a part fell below nothing."),
        """
        SELECT s.id, s.part_id, s.level FROM (
            SELECT id, part_id, SUM(quantity) OVER (PARTITION BY part_id ORDER BY id) AS level FROM stock_movement) s
        WHERE s.level < 0
        """,
    ),
    Invariant(
        "W6b",
        "issue_unmoved",
        N_("An issue does not stand against exactly one movement of stock of as many pieces."),
        """
        SELECT i.id, i.part_id, i.quantity FROM part_issue i
        WHERE (SELECT COUNT(*) FROM stock_movement m WHERE m.issue_id = i.id) <> 1
            OR NOT EXISTS (SELECT 1 FROM stock_movement m WHERE m.issue_id = i.id AND m.kind = 'issue'
                AND m.part_id = i.part_id AND m.quantity = -i.quantity)
        """,
    ),
    Invariant(
        "W6b",
        "return_unmoved",
        N_("A return does not stand against exactly one movement of stock of as many pieces."),
        """
        SELECT r.id, r.quantity FROM part_return r JOIN part_issue i ON i.id = r.issue_id
        WHERE (SELECT COUNT(*) FROM stock_movement m WHERE m.return_id = r.id) <> 1
            OR NOT EXISTS (SELECT 1 FROM stock_movement m WHERE m.return_id = r.id AND m.kind = 'return'
                AND m.part_id = i.part_id AND m.quantity = r.quantity)
        """,
    ),
    Invariant(
        "W6b",
        "movement_groundless",
        N_("A movement of stock has not the ground that its kind asks for."),
        """
        SELECT id, part_id, kind, quantity FROM stock_movement
        WHERE (kind = 'issue') <> (issue_id IS NOT NULL) OR (kind = 'return') <> (return_id IS NOT NULL)
            OR (kind = 'issue' AND quantity >= 0) OR (kind IN ('receipt', 'return') AND quantity <= 0)
        """,
    ),
)
