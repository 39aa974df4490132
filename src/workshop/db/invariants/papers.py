"""Papers and exchange: originals exist once, and nothing tells of a release or a delivery that was not."""

from workshop.db.invariants.rule import OUT, Invariant
from workshop.domain.words import N_

_COPIES = """
    SELECT paper, subject, COUNT(*) AS printed, MAX(copy) AS last FROM printed_paper
    GROUP BY paper, subject HAVING MIN(copy) <> 0 OR MAX(copy) <> COUNT(*) - 1
"""
_EARLY = f"""
    SELECT p.id, p.paper, o.number FROM printed_paper p JOIN repair_order o ON o.number = p.subject
    WHERE p.paper IN ('settlement', 'certificate') AND (o.stage NOT IN {OUT}
        OR (p.paper = 'certificate' AND o.certificate_no IS NULL))
"""

INVARIANTS = (
    Invariant("-", "copies_out_of_order", N_("A paper has no original, or a copy is missing before another."), _COPIES),
    Invariant(
        "W7c",
        "printed_too_early",
        N_("A settlement list or certificate was printed of an order that was not released, or needs none."),
        _EARLY,
    ),
    Invariant(
        "-",
        "exchanged_undelivered",
        N_("A health record was sent of an order that was not delivered."),
        "SELECT h.id, o.number, o.stage FROM health_exchange h JOIN repair_order o ON o.id = h.order_id "
        "WHERE o.stage <> 'delivered'",
    ),
)
