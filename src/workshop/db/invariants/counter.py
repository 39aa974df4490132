"""The parts counter: new for old, loans, old parts and what became of every piece (W5, W6a, W6b)."""

from workshop.db.invariants.rule import CHECKED, OF_LINE, PIECES, UNAGREED, Invariant
from workshop.domain.words import N_

_ENDS = "('taken', 'returned_to_maker', 'scrapped', 'hazardous_waste')"

INVARIANTS = (
    Invariant(
        "W5",
        "issued_unagreed",
        N_("A part was issued that the customer had not agreed to."),
        f"""
        SELECT i.id, t.number, t.state, n.agreed FROM part_issue i {OF_LINE.format("i")}
        WHERE NOT n.agreed OR t.state IN {UNAGREED}
        """,
    ),
    Invariant(
        "W5",
        "issued_too_many",
        N_("More pieces are out for a line than were agreed."),
        f"""
        SELECT n.id, n.quantity, SUM(x.issued - x.returned - x.lost) AS out FROM ({PIECES}) x JOIN part_line n
        ON n.id = x.line_id GROUP BY n.id, n.quantity HAVING SUM(x.issued - x.returned - x.lost) > n.quantity
        """,
    ),
    Invariant(
        "W6a",
        "fitted_too_many",
        N_("More pieces were fitted and returned than issued."),
        f"SELECT x.id, x.issued, x.returned, x.fitted FROM ({PIECES}) x WHERE x.fitted + x.returned > x.issued",
    ),
    Invariant(
        "W6a",
        "exception_by_one",
        N_("An exception from fitment was signed twice by one person, or without a reason."),
        """
        SELECT id, line_id, clerk_id, technician_id FROM fit_exception
        WHERE technician_id = clerk_id OR clerk_reason = ''
            OR (technician_id IS NOT NULL AND (technician_reason = '' OR technician_at IS NULL))
        """,
    ),
    Invariant(
        "W6b",
        "loan_unsettled",
        N_("An order is signed as complete while an old part is still owed."),
        f"""
        SELECT x.id, o.number, o.stage, x.issued - x.returned - x.lost - x.old_back - x.old_lost AS owed
        FROM ({PIECES}) x {OF_LINE.format("x")}
        WHERE o.stage IN {CHECKED} AND x.basis = 'loan' AND x.issued - x.returned - x.lost > x.old_back + x.old_lost
        """,
    ),
    Invariant(
        "W3",
        "part_left_over",
        N_("An order is signed as complete, or cancelled, while issued parts are neither fitted nor back."),
        f"""
        SELECT x.id, o.number, o.stage, x.issued - x.returned - x.lost - x.fitted AS pieces
        FROM ({PIECES}) x {OF_LINE.format("x")}
        WHERE (o.stage IN {CHECKED} OR o.stage = 'cancelled' OR t.state = 'removed')
            AND x.issued - x.returned - x.lost > x.fitted
        """,
    ),
    Invariant(
        "W3",
        "part_not_issued",
        N_("An order is signed as complete while an agreed part is neither issued nor marked as not needed."),
        f"""
        SELECT n.id, o.number, o.stage, n.quantity FROM part_line n
        JOIN order_item t ON t.id = n.item_id JOIN repair_order o ON o.id = t.order_id
        WHERE o.stage IN {CHECKED} AND t.state = 'done' AND n.agreed AND n.not_needed = ''
            AND n.quantity >
                COALESCE((SELECT SUM(x.issued - x.returned - x.lost) FROM ({PIECES}) x WHERE x.line_id = n.id), 0)
        """,
    ),
    Invariant(
        "W5",
        "cancelled_with_parts",
        N_("An order was cancelled after a part had been fitted."),
        f"""
        SELECT x.id, o.number, x.fitted FROM ({PIECES}) x {OF_LINE.format("x")}
        WHERE o.stage = 'cancelled' AND x.fitted > 0
        """,
    ),
    Invariant(
        "W6b",
        "loan_overpaid",
        N_("More old parts came back for a loan than were issued, or came for an issue that was no loan."),
        f"""
        SELECT x.id, x.basis, x.issued, x.old_back FROM ({PIECES}) x
        WHERE x.old_back > x.issued OR (x.basis <> 'loan' AND x.old_back > 0)
        """,
    ),
    Invariant(
        "W6b",
        "old_part_astray",
        N_("An old part does not stand against exactly one issue of the same part and line."),
        """
        SELECT p.id, p.number, p.quantity FROM old_part p
        WHERE (SELECT COUNT(*) FROM part_issue i
                WHERE i.old_part_id = p.id AND i.line_id = p.line_id AND i.quantity = p.quantity)
            + (SELECT COUNT(*) FROM loan_return b JOIN part_issue i ON i.id = b.issue_id
                WHERE b.old_part_id = p.id AND i.line_id = p.line_id) <> 1
            OR NOT EXISTS (SELECT 1 FROM part_line n WHERE n.id = p.line_id AND n.part_id = p.part_id)
        """,
    ),
    Invariant(
        "W6a",
        "another_part",
        N_("Another part was issued than the line asks for."),
        """
        SELECT i.id, i.line_id, i.part_id FROM part_issue i JOIN part_line n ON n.id = i.line_id
        WHERE n.part_id <> i.part_id
        """,
    ),
    Invariant(
        "W6b",
        "hazardous_let_go",
        N_("Hazardous waste was given to the customer or thrown away as ordinary scrap."),
        "SELECT id, number, state FROM old_part WHERE hazardous AND state IN ('taken', 'scrapped')",
    ),
    Invariant(
        "W6b",
        "old_part_chain",
        N_("A step in an old part's life does not follow from the one before."),
        f"""
        SELECT m.id, m.old_part_id, m.previous, m.was, m.became FROM (
            SELECT id, old_part_id, "before" AS was, "after" AS became,
                LAG("after", 1, 'held') OVER (PARTITION BY old_part_id ORDER BY id) AS previous
            FROM old_part_move) m
        WHERE m.was <> m.previous OR m.was IN {_ENDS} OR m.became = 'held' OR m.was = m.became
        """,
    ),
    Invariant(
        "W6b",
        "old_part_state",
        N_("An old part is not where its last step took it."),
        """
        SELECT p.id, p.number, p.state FROM old_part p
        WHERE p.state <> COALESCE(
            (SELECT m."after" FROM old_part_move m WHERE m.old_part_id = p.id ORDER BY m.id DESC LIMIT 1), 'held')
        """,
    ),
    Invariant(
        "W6b",
        "choice_ignored",
        N_("What became of the old parts is not what the customer chose at delivery."),
        f"""
        SELECT p.id, p.number, p.state, o.number AS order_number, o.old_parts FROM old_part p {OF_LINE.format("p")}
        WHERE o.stage = 'delivered' AND (o.old_parts = 'no_old_parts'
            OR (o.old_parts = 'customer_takes' AND NOT p.hazardous AND p.state IN ('held', 'shown')))
        """,
    ),
)
