"""Liability: who decides on whom, what is owed and paid to the fen, what is frozen, what is written off (W8a, W6c)."""

from workshop.db.invariants.rule import PIECES, Invariant
from workshop.domain.words import N_

# The decisions that stand for good: nobody liable, the second, or the first when everybody has acknowledged it.
_FINAL = """
    SELECT d.id, d.case_id, d.cause, d.ground FROM liability_decision d
    WHERE d.instance = (SELECT MAX(x.instance) FROM liability_decision x WHERE x.case_id = d.case_id)
        AND (d.cause IS NULL OR d.instance = 2 OR NOT EXISTS (
            SELECT 1 FROM liability_share s LEFT JOIN liability_answer a ON a.share_id = s.id
            WHERE s.decision_id = d.id AND (a.share_id IS NULL OR NOT a.acknowledged)))
"""

# Everybody whom a case concerns, and from which decision on: its custodian, and who has or had a share in it.
_CONCERNED = """
    SELECT id AS case_id, custodian_id AS person_id, 1 AS instance FROM liability_case WHERE custodian_id IS NOT NULL
    UNION SELECT d.case_id, s.person_id, d.instance FROM liability_share s
        JOIN liability_decision d ON d.id = s.decision_id
"""

# The pieces of an issue that are, or were, under a case: the new ones and the old ones owed.
_REPORTED = """
    COALESCE((SELECT SUM(c.pieces) FROM liability_case c WHERE c.issue_id = x.id AND c.subject = '{0}'
        AND NOT EXISTS (SELECT 1 FROM liability_decision d WHERE d.case_id = c.id AND d.ground = 'unfounded')), 0)
"""

INVARIANTS = (
    Invariant(
        "W8a",
        "liability_shares_askew",
        N_("The shares of a decision do not come to 100 % and to its amount, or nobody is liable and has a share."),
        """
        SELECT d.id, d.case_id, d.amount, SUM(s.amount) AS shared, SUM(s.percent) AS percent FROM liability_decision d
        LEFT JOIN liability_share s ON s.decision_id = d.id
        GROUP BY d.id, d.case_id, d.amount, d.cause
        HAVING (d.cause IS NULL AND COUNT(s.id) > 0) OR (d.cause IS NOT NULL
            AND (COALESCE(SUM(s.percent), 0) <> 10000 OR COALESCE(SUM(s.amount), 0) <> d.amount))
        """,
    ),
    Invariant(
        "W8a",
        "liable_beyond",
        N_("Somebody is liable for what was worn out, for more than its price, or for the repair of a part."),
        """
        SELECT d.id, c.number, d.cause, d.amount, c.price, d.method FROM liability_decision d
        JOIN liability_case c ON c.id = d.case_id
        WHERE d.cause = 'wear' OR d.amount > c.price OR (d.method = 'repair' AND c.subject <> 'tool')
        """,
    ),
    Invariant(
        "W8a",
        "decided_on_oneself",
        N_("A case was decided by somebody whom it concerned."),
        f"""
        SELECT d.id, d.case_id, d.decided_by_id FROM liability_decision d
        JOIN ({_CONCERNED}) p ON p.case_id = d.case_id AND p.person_id = d.decided_by_id AND p.instance <= d.instance
        """,
    ),
    Invariant(
        "W8a",
        "second_decision_astray",
        N_("A second decision was made without an objection to the first, or by the same manager."),
        """
        SELECT d.id, d.case_id, d.decided_by_id FROM liability_decision d
        WHERE d.instance = 2 AND NOT EXISTS (SELECT 1 FROM liability_decision x
            JOIN liability_share s ON s.decision_id = x.id JOIN liability_answer a ON a.share_id = s.id
            WHERE x.case_id = d.case_id AND x.instance = 1 AND x.decided_by_id <> d.decided_by_id
                AND NOT a.acknowledged)
        """,
    ),
    Invariant(
        "W8a",
        "answer_astray",
        N_("An answer was given to a second decision, or an objection without a statement."),
        """
        SELECT a.share_id AS id, d.case_id, d.instance FROM liability_answer a
        JOIN liability_share s ON s.id = a.share_id JOIN liability_decision d ON d.id = s.decision_id
        WHERE d.instance = 2 OR (NOT a.acknowledged AND a.statement = '')
        """,
    ),
    Invariant(
        "W8a",
        "liability_overpaid",
        N_("More was made good of a share than was owed."),
        """
        SELECT s.id, s.person_id, s.amount, SUM(p.amount) AS settled FROM liability_share s
        JOIN liability_settlement p ON p.share_id = s.id
        GROUP BY s.id, s.person_id, s.amount HAVING SUM(p.amount) > s.amount
        """,
    ),
    Invariant(
        "W8a",
        "settled_undecided",
        N_("Something was made good of a share that was not decided for good, or taken in by the debtor."),
        f"""
        SELECT p.id, s.person_id, p.received_by_id
        FROM liability_settlement p JOIN liability_share s ON s.id = p.share_id
        WHERE p.received_by_id = s.person_id OR NOT EXISTS (SELECT 1 FROM ({_FINAL}) f WHERE f.id = s.decision_id)
        """,
    ),
    Invariant(
        "W8a",
        "custodian_astray",
        N_("A case names another custodian than the record: the tool's move, or the part's issue."),
        """
        SELECT c.id, c.number, c.custodian_id FROM liability_case c
        LEFT JOIN tool_move m ON m.id = c.move_id LEFT JOIN part_issue i ON i.id = c.issue_id
        WHERE (c.issue_id IS NOT NULL AND c.custodian_id <> i.technician_id)
            OR (c.tool_id IS NOT NULL AND (m.tool_id IS NULL OR m.tool_id <> c.tool_id
                OR (m.place = 'person' AND (c.custodian_id IS NULL OR c.custodian_id <> m.person_id))
                OR (m.place IN ('crib', 'bay') AND c.custodian_id IS NOT NULL) OR m.place = 'out_of_use'))
        """,
    ),
    Invariant(
        "W8a",
        "reported_twice",
        N_("A tool is frozen by two cases at once."),
        """
        SELECT c.tool_id AS id, COUNT(*) AS cases FROM liability_case c
        WHERE c.tool_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM tool_release r WHERE r.case_id = c.id)
        GROUP BY c.tool_id HAVING COUNT(*) > 1
        """,
    ),
    Invariant(
        "W8a",
        "frozen_moved",
        N_("A frozen tool went to somebody else, or elsewhere than to the tool crib."),
        """
        SELECT m.id, c.number, m.tool_id, m.place FROM tool_move m JOIN liability_case c ON c.tool_id = m.tool_id
        LEFT JOIN tool_release r ON r.case_id = c.id
        WHERE m.id > c.move_id AND m.place NOT IN ('crib', 'out_of_use')
            AND (m.person_id IS NULL OR c.custodian_id IS NULL OR m.person_id <> c.custodian_id)
            AND (r.case_id IS NULL OR m.id <= r.after_move_id)
        """,
    ),
    Invariant(
        "W8a",
        "release_astray",
        N_("A tool was released before its case was decided for good, or is not where its release says."),
        f"""
        SELECT r.case_id AS id, c.number, r.fate FROM tool_release r JOIN liability_case c ON c.id = r.case_id
        LEFT JOIN tool_move m ON m.id = r.after_move_id
        WHERE c.tool_id IS NULL OR m.tool_id IS NULL OR m.tool_id <> c.tool_id
            OR (r.fate = 'out_of_use') <> (m.place = 'out_of_use')
            OR NOT EXISTS (SELECT 1 FROM ({_FINAL}) f WHERE f.case_id = r.case_id)
        """,
    ),
    Invariant(
        "W6c",
        "write_off_astray",
        N_("Parts were written off without a final decision on them, or were not although there is one."),
        f"""
        SELECT c.id, c.number, c.subject FROM liability_case c LEFT JOIN ({_FINAL}) f ON f.case_id = c.id
        LEFT JOIN part_write_off w ON w.case_id = c.id
        WHERE (w.case_id IS NOT NULL) <> (c.subject <> 'tool' AND f.id IS NOT NULL
            AND (f.ground IS NULL OR f.ground <> 'unfounded'))
        """,
    ),
    Invariant(
        "W6c",
        "reported_too_many",
        N_("More pieces of an issue were reported as lost or spoilt than were out, or old ones owed."),
        f"""
        SELECT y.id, y.issued, y.new_gone, y.old_gone FROM (
            SELECT x.id, x.basis, x.issued, x.fitted + x.returned + {_REPORTED.format("new_part")} AS new_gone,
                x.old_back + {_REPORTED.format("old_part")} AS old_gone FROM ({PIECES}) x) y
        WHERE y.new_gone > y.issued OR y.old_gone > y.issued OR (y.basis <> 'loan' AND y.old_gone > 0)
        """,
    ),
)
